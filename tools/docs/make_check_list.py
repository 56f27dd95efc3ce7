"""Write the generated part of docs/doctor.md: each check, how bad it is, where it is found, and how it is known.

python -m tools.docs.make_check_list
"""

from __future__ import annotations

from collections.abc import Iterator
from os.path import relpath
from pathlib import Path

from constructs_lib.doctor.doctor import CHECKS
from constructs_lib.doctor.model import Check

PAGE = Path(__file__).parents[2] / "docs" / "doctor.md"
BEGIN, END = "<!-- generated: checks -->", "<!-- end of the generated part -->"


def check_list() -> str:
    """The generated part: a heading for each check, by which `docs` in a finding leads to it."""
    return "\n".join(line for check in CHECKS for line in _check(check))


def main() -> None:
    """Put the generated part into the page."""
    before, _, rest = PAGE.read_text("utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    PAGE.write_text(f"{before}{BEGIN}\n\n{check_list()}\n{END}{after}", "utf-8")


def _check(check: Check) -> Iterator[str]:
    kinds = "any object" if check.kinds == ("any",) else ", ".join(check.kinds)
    yield from (f"### {check.name}", "", f"{check.severity.value.capitalize()}, in {kinds}. {check.meaning}", "")
    if check.source != "docs/doctor.md":
        yield from (f"Known from {_link(check.source)}.", "")


def _link(source: str) -> str:
    if source.startswith("https://"):
        return f"<{source}>"
    page, hash, anchor = source.partition("#")
    return f"[{source.removeprefix('docs/')}]({relpath(page, 'docs')}{hash}{anchor})"


if __name__ == "__main__":
    main()
