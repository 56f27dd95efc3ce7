"""Write the generated part of docs/acl.md: what each preset is given and why, and what it may do.

    python -m tools.docs.make_user_table

Every cell is the ACL model's answer for one command line, so the table cannot say what the rules do not.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import get_args

from constructs_lib.acl.judgement import Allowed, may_run
from constructs_lib.acl.presets import PRESETS, PresetName
from constructs_lib.acl.user import AclUser
from constructs_lib.values.version import Version

GUIDE = Path(__file__).parents[2] / "docs" / "acl.md"
BEGIN, END = "<!-- generated: presets -->", "<!-- end of the generated part -->"
SERVER = Version.of("v1.36.0")

RIGHTS = (
    ("read and write its own keys", ("GET OWN", "SET OWN 1", "HGETALL OWN", "MSET OWN 1", "DEL OWN")),
    ("read and write other keys", ("GET other", "SET other 1", "RENAME OWN other")),
    ("wait for list entries (`BLPOP`)", ("BLPOP OWN 0",)),
    (
        "read streams (`XREAD`), with groups (`XREADGROUP`)",
        ("XREAD STREAMS OWN 0", "XREADGROUP GROUP g c STREAMS OWN >"),
    ),
    ("make groups of streams (`XGROUP`)", ("XGROUP CREATE OWN g 0",)),
    ("run scripts (`EVALSHA`, `SCRIPT LOAD`)", ("EVALSHA 0 1 OWN", "SCRIPT LOAD x")),
    ("run transactions (`MULTI`, `WATCH`)", ("MULTI", "EXEC", "WATCH OWN")),
    ("publish and subscribe on its own channels", ("PUBLISH OWN m", "SUBSCRIBE OWN")),
    ("publish and subscribe on other channels", ("PUBLISH other m", "SUBSCRIBE other")),
    ("keep JSON (`JSON.SET`)", ("JSON.SET OWN $ 1",)),
    ("see the names of all keys (`SCAN`), their number (`DBSIZE`)", ("SCAN 0", "DBSIZE")),
    ("draw a key's name (`RANDOMKEY`)", ("RANDOMKEY",)),
    ("see the size of any key (`MEMORY USAGE`)", ("MEMORY USAGE other",)),
    ("see and close connections (`CLIENT LIST`, `CLIENT KILL`)", ("CLIENT LIST", "CLIENT KILL ID 1")),
    ("search indexes over all keys (`FT.SEARCH`)", ("FT.SEARCH i *",)),
    ("see the state of the server (`INFO`)", ("INFO",)),
    ("list key names at once (`KEYS`), sort (`SORT`)", ("KEYS *", "SORT OWN")),
    ("read and set the server's configuration (`CONFIG`)", ("CONFIG GET x",)),
    ("empty the store (`FLUSHALL`, `DFLY LOAD`)", ("FLUSHALL", "DFLY LOAD x")),
    ("change users (`ACL SETUSER`), decide who is master (`REPLICAOF`)", ("ACL SETUSER x", "REPLICAOF NO ONE")),
)
"""Rights by name, each with command lines that need it. OWN stands for a key or channel of the user's own."""


def user_table() -> str:
    """The generated part: a table of reasons for each preset, and one of all presets and rights."""
    return "\n".join([*_reasons(), "### What each may do", "", *_rights()])


def main() -> None:
    """Put the generated part into the guide."""
    before, _, rest = GUIDE.read_text("utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    GUIDE.write_text(f"{before}{BEGIN}\n\n{user_table()}\n{END}{after}", "utf-8")


def _presets() -> Iterator[tuple[PresetName, AclUser]]:
    for name in get_args(PresetName):
        yield name, AclUser(name=name, preset=name)


def _reasons() -> Iterator[str]:
    for name, preset in PRESETS.items():
        yield from (f"### {name}", "", preset.client, "", "| argument | given | why |", "| --- | --- | --- |")
        for grant in preset.entries:
            values = ", ".join(f"`{word}`" for word in grant.values)
            yield f"| `{grant.argument}` | {values} | {grant.reason} |"
        yield ""


def _rights() -> Iterator[str]:
    users = dict(_presets())
    yield f"| may it … | {' | '.join(users)} |"
    yield f"| --- {'| :---: ' * len(users)}|"
    for permission, command_lines in RIGHTS:
        cells = [_cell(user, command_lines) for user in users.values()]
        yield f"| {permission} | {' | '.join(cells)} |"
    yield ""


def _cell(user: AclUser, command_lines: tuple[str, ...]) -> str:
    own = user.key_rules[0].glob.replace("*", "1")
    permissions = user.permissions(SERVER)
    verdicts = [may_run(permissions, *line.replace("OWN", own).split(" ")) for line in command_lines]
    allowed = [isinstance(verdict, Allowed) for verdict in verdicts]
    if all(allowed):
        return "yes"
    return "in part" if any(allowed) else "–"


if __name__ == "__main__":
    main()
