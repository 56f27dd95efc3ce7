"""Write the generated parts of docs/how-to/moving-from-redis.md: what a server lacks, what becomes of each directive.

python -m tools.docs.make_redis_tables
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from constructs_lib.adoption.redis.commands import IN_ITS_PLACE, lacking
from constructs_lib.adoption.redis.directives import CARRIED, Argument, Becomes, Flag, Together
from constructs_lib.adoption.redis.without import WITHOUT
from constructs_lib.config.variables import keys_by_argument
from constructs_lib.dragonfly.commands import known_versions
from tools.docs.markdown import table

DOCS = Path(__file__).parents[2] / "docs"
GUIDE = DOCS / "how-to" / "moving-from-redis.md"
END = "<!-- end of the generated part -->"


def redis_tables() -> dict[str, str]:
    """The generated parts, by the mark that each stands behind."""
    return {"<!-- generated: commands -->": _text(_commands()), "<!-- generated: directives -->": _text(_directives())}


def main() -> None:
    """Put the generated parts into the page."""
    page = GUIDE.read_text("utf-8")
    for mark, part in redis_tables().items():
        before, _, rest = page.partition(mark)
        _, _, after = rest.partition(END)
        page = f"{before}{mark}\n\n{part}\n{END}{after}"
    GUIDE.write_text(page, "utf-8")


def _text(lines: Iterator[str]) -> str:
    return "\n".join([*map(_with_links, lines), ""])


def _commands() -> Iterator[str]:
    missing = {version: lacking(version) for version in known_versions()}
    everywhere = set.intersection(*map(set, missing.values()))
    of_no_client = everywhere - IN_ITS_PLACE.keys()
    told = sorted({name for names in missing.values() for name in names} - of_no_client)
    rows = (
        (f"`{name}`", *("no" if name in names else "yes" for names in missing.values()), IN_ITS_PLACE.get(name, ""))
        for name in told
    )
    yield from table(("command", *(f"server {version}" for version in missing), "what to do"), rows)
    yield from ("", f"None has these either, which are for servers, administrators and tests: {_names(of_no_client)}.")


def _directives() -> Iterator[str]:
    """What becomes an argument or a flag, then the rest by the reason."""
    yield from table(("directive", "becomes"), ((f"`{name}`", _told(becomes)) for name, becomes in CARRIED.items()))
    yield from ("", "Nothing becomes of these, for a reason:", "")
    rows = ((_names(reason.directives), reason.why, reason.advice) for reason in WITHOUT)
    yield from table(("directives", "why", "what to do"), rows)


def _told(becomes: Becomes) -> str:
    match becomes:
        case Argument(name):
            return f"`{keys_by_argument('cache')[name]}`"
        case Flag(name):
            return f"`{name}` in `dragonfly_flags`"
        case Together(what):
            return what
    raise AssertionError(becomes)


def _names(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in sorted(names))


def _with_links(line: str) -> str:
    """A line with each page that it names as a link, by the page's title."""
    return re.sub(r"\bdocs/([\w/-]+\.md)", lambda match: _link(DOCS / match[1]), line)


def _link(page: Path) -> str:
    title = page.read_text("utf-8").partition("\n")[0].removeprefix("# ")
    return f"[{title}]({os.path.relpath(page, GUIDE.parent)})"


if __name__ == "__main__":
    main()
