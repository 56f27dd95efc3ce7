"""The server's flags: which version knows which, of what type, and which are not the user's to set.

`data/server_flags.json` holds every flag of servers v1.36.0 and v1.40.1 by type, read off their sources and
a running server. A flag or value that the server does not know ends it at start, so both are errors here.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import isfinite

from constructs_lib.errors import Finding
from constructs_lib.values.cron import Cron
from constructs_lib.values.memory import ServerMemory
from constructs_lib.values.redact import redact
from constructs_lib.values.suggest import suggest
from constructs_lib.values.version import Version

FlagValue = bool | int | float | str

OPERATORS_FLAGS = {
    "admin_bind": "the operator reaches port 9999 on every address; leave it out",
    "admin_nopass": "the operator sets it; leave it out",
    "admin_port": "the operator sets 9999 and talks to it; leave it out",
    "aclfile": "give `acl_from_secret`: the operator mounts the file and sets the flag",
    "alsologtostderr": "the operator sets it; leave it out",
    "bind": "the operator, probes and clients reach the pod's address; leave it out",
    "break_replication_on_master_restart": "the operator sets it; leave it out",
    "dir": "use `DragonflyBackup`: the operator sets the flag from snapshot.dir, after yours",
    "memcached_port": "give `memcached_port`: the operator sets the flag and opens the port",
    "no_tls_on_admin_port": "give `tls_secret_ref`: the operator sets the flag",
    "port": "the operator's Service, probes and policies count on 6379; leave it out",
    "primary_port_http_enabled": "the operator sets it to false; leave it out",
    "replicaof": "the operator decides who is master; leave it out",
    "snapshot_cron": "use `DragonflyBackup`: the operator sets the flag from snapshot.cron, after yours",
    "tiered_prefix": "give `tiering`: the operator sets the flag",
    "tls": "give `tls_secret_ref`: the operator sets the flag",
    "tls_ca_cert_file": "give `client_ca_cert_secret`: the operator mounts the file and sets the flag",
    "tls_cert_file": "give `tls_secret_ref`: the operator mounts the file and sets the flag",
    "tls_key_file": "give `tls_secret_ref`: the operator mounts the file and sets the flag",
    "tls_replication": "the operator replicates over port 9999, which has no TLS; leave it out",
}
"""Flags that the operator sets itself (given twice, the last one wins, or the pod no longer works with it)."""

SECRET_FLAGS = {
    "requirepass": "a password in a flag stands in the CR for all to read; give `password_from_secret`",
    "masterauth": "a password in a flag stands in the CR for all to read; replication needs none",
}
"""Flags whose values are secrets: never in a manifest."""

FOREIGN_FLAGS = {
    "flagfile": "flags from a file are checked by nobody; give them in `flags`",
    "fromenv": "flags from the environment are checked by nobody; give them in `flags`",
    "tryfromenv": "flags from the environment are checked by nobody; give them in `flags`",
    "undefok": "it hides misspelt flags; leave it out",
}
"""Ways around this check."""

DBFILENAME_PLACEHOLDERS = ("{timestamp}", "{Y}", "{m}", "{d}")


@dataclass(frozen=True, slots=True)
class _FlagType:
    """A type of flag: what a value must be, said and checked."""

    accepted: str
    takes: Callable[[FlagValue], bool]


def _whole(lowest: int, highest: int) -> _FlagType:
    return _FlagType(
        f"a whole number from {lowest} to {highest}",
        lambda value: isinstance(value, int) and not isinstance(value, bool) and lowest <= value <= highest,
    )


def _parses(parse: Callable[[str], object]) -> Callable[[FlagValue], bool]:
    def takes(value: FlagValue) -> bool:
        try:
            parse(value)  # type: ignore[arg-type]  # the parsers refuse every other type themselves
        except ValueError:
            return False
        return True

    return takes


_TYPES = {
    "bool": _FlagType("true or false", lambda value: isinstance(value, bool)),
    "uint16": _whole(0, 2**16 - 1),
    "uint32": _whole(0, 2**32 - 1),
    "uint64": _whole(0, 2**64 - 1),
    "int32": _whole(-(2**31), 2**31 - 1),
    "number": _FlagType("a number", lambda value: not isinstance(value, bool | str) and isfinite(value)),
    "memory": _FlagType(ServerMemory.accepted, _parses(ServerMemory.of)),
    "cron": _FlagType(Cron.accepted, _parses(Cron.of)),
    "text": _FlagType("a text", lambda value: isinstance(value, str)),
    "list": _FlagType("a text, with commas between its parts", lambda value: isinstance(value, str)),
}

_CHOICES = {
    "cluster_mode": ("emulated", "yes"),
    "proactor_affinity_mode": ("on", "off", "auto"),
}
"""Texts of which the server knows a few only, and exits on any other."""


def flag_findings(flags: Mapping[str, FlagValue], server: Version) -> Iterator[Finding]:
    """What is wrong or worth a warning about giving these flags to that server."""
    for name, value in flags.items():
        where = f"flags.{name}"
        taken = OPERATORS_FLAGS.get(name) or SECRET_FLAGS.get(name) or FOREIGN_FLAGS.get(name)
        if taken:
            yield Finding.error(where, f"not yours to set: {taken}")
            continue
        kind, error = _kind(name, server)
        if kind is None:
            yield Finding.error(where, error)
        elif kind == "retired":
            yield Finding.error(where, f"server {server} takes the flag and does nothing with it; leave it out")
        else:
            yield from _value_findings(where, name, kind, value)


def server_version_findings(server: Version, argument: str = "version") -> Iterator[Finding]:
    """What is worth a warning about choosing that version of the server."""
    known = _known_versions()
    if server < known[0] or server > known[-1]:
        taken = known[0] if server < known[0] else known[-1]
        yield Finding.warning(
            argument,
            f"{server} is {'older' if server < taken else 'newer'} than what is known; its flags and metrics are "
            f"taken to be those of {taken}. Known: {known[0]} to {known[-1]}",
        )


def flag_type(name: str, server: Version) -> str | None:
    """The type of a flag at that version of the server: `bool`, `memory`, …; None where it has no such flag."""
    return _kind(name, server)[0]


def versions_with(name: str) -> list[Version]:
    """The versions of the server that are known to have a flag."""
    return sorted(version for version, flags in _flags_by_version().items() if name in flags)


def flag_argument(name: str, value: FlagValue) -> str:
    """The command line's word for a flag: `--cache_mode=true`."""
    return f"--{name}={str(value).lower() if isinstance(value, bool) else value}"


@cache
def flag_types(name: str, server: Version | None = None) -> frozenset[str]:
    """The types (`bool`, `memory`, …) that a flag has at the known versions around a server's, or at all of them.

    Empty where none of them takes the flag: a server exits on it.
    """
    table = _flags_by_version()
    versions = table if server is None else nearest_known_versions(server)
    return frozenset(table[version][name] for version in versions if name in table[version])


def takes_value(kind: str, value: FlagValue) -> bool:
    """Whether a flag of that type takes that value."""
    known = _TYPES.get(kind)
    return known is None or known.takes(value)


@cache
def nearest_known_versions(server: Version) -> tuple[Version, Version]:
    """The known versions around that one: both the same where it is known itself, or outside what is known."""
    known = _known_versions()
    below = [version for version in known if version <= server] or [known[0]]
    above = [version for version in known if version >= server] or [known[-1]]
    return below[-1], above[0]


def _value_findings(where: str, name: str, kind: str, value: FlagValue) -> Iterator[Finding]:
    known = _TYPES[kind]
    if not known.takes(value):
        yield Finding.error(where, f"{redact(value)} is not accepted; accepted: {known.accepted}")
    elif name in _CHOICES and value not in _CHOICES[name]:
        yield Finding.error(where, f"{redact(value)} ends the server at start; accepted: {' or '.join(_CHOICES[name])}")
    elif name == "dbfilename" and not any(mark in str(value) for mark in DBFILENAME_PLACEHOLDERS):
        yield Finding.error(
            where,
            f"{value!r} has no placeholder, so that every snapshot overwrites the one before; accepted: a name with "
            f"{', '.join(DBFILENAME_PLACEHOLDERS)}, such as 'dump-{{timestamp}}'",
        )


def _kind(name: str, server: Version) -> tuple[str | None, str]:
    """The flag's type at that version, or None and why that version does not take it.

    Between two known versions a flag must be known to both: nobody has seen when it came or went.
    """
    table = _flags_by_version()
    older, newer = nearest_known_versions(server)
    if name in table[older] and name in table[newer]:
        return table[newer][name], ""
    known_to = versions_with(name)
    if not known_to:
        return None, f"no flag of the server; {suggest(name, table[newer]) or 'see `dragonfly --help`'}"
    if later := [version for version in known_to if version > server]:
        advice = f"{later[0]} is the first version known to have it: use that or leave it out"
    else:
        advice = f"{known_to[-1]} is the last version known to have it; leave it out"
    lacks = "lacks" if server in table else "may lack"
    return None, f"server {server} {lacks} the flag; {advice}"


@cache
def _flags_by_version() -> dict[Version, dict[str, str]]:
    text = files("constructs_lib.dragonfly").joinpath("data/server_flags.json").read_text("utf-8")
    return {Version.of(version): flags for version, flags in json.loads(text).items()}


def _known_versions() -> list[Version]:
    return sorted(_flags_by_version())
