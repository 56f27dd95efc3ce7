"""Write the generated part of docs/how-to/moving-from-redis.md: what becomes of each directive of a redis.conf.

.venv/bin/python tools/docs/make_directive_table.py
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from constructs_lib.adoption.redis.directives import CARRIED, Argument, Becomes, Flag, Together
from constructs_lib.adoption.redis.without import WITHOUT
from constructs_lib.config.variables import keys_by_argument

GUIDE = Path(__file__).parents[2] / "docs" / "how-to" / "moving-from-redis.md"
BEGIN, END = "<!-- generated: directives -->", "<!-- end of the generated part -->"


def directive_table() -> str:
    """The generated part: what becomes an argument or a flag, then the rest by the reason."""
    return "\n".join([*_carried(), "", "Nothing becomes of these, for a reason:", "", *_without(), ""])


def main() -> None:
    """Put the generated part into the page."""
    before, _, rest = GUIDE.read_text("utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    GUIDE.write_text(f"{before}{BEGIN}\n\n{directive_table()}\n{END}{after}", "utf-8")


def _carried() -> Iterator[str]:
    yield from ("| directive | becomes |", "| --- | --- |")
    for name, becomes in CARRIED.items():
        yield f"| `{name}` | {_told(becomes)} |"


def _told(becomes: Becomes) -> str:
    match becomes:
        case Argument(name):
            return f"`{keys_by_argument('cache')[name]}`"
        case Flag(name):
            return f"`{name}` in `dragonfly_flags`"
        case Together(what):
            return what
    raise AssertionError(becomes)


def _without() -> Iterator[str]:
    yield from ("| directives | why | what to do |", "| --- | --- | --- |")
    for reason in WITHOUT:
        names = ", ".join(f"`{name}`" for name in sorted(reason.directives))
        yield f"| {names} | {reason.why} | {reason.advice} |"


if __name__ == "__main__":
    main()
