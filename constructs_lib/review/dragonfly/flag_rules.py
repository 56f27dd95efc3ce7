"""What the server's flags have to do with, beside that another flag is another pod template.

A flag of the server's that has no row changes nothing that a reviewer must know of: who gets in, what is kept, where
it is found. What is no flag of the server's is not known (`rules_of`).
Read in the server's help (`dragonfly --helpfull`, v1.36.0 and v1.40.1) and docs/dragonfly.md.
"""

from __future__ import annotations

from collections.abc import Iterator

from constructs_lib.dragonfly.flags import flag_types
from constructs_lib.review.changes.model import Effect
from constructs_lib.review.dragonfly import access, memory, snapshots
from constructs_lib.review.dragonfly.consequences import Consequence, Rule, Step
from constructs_lib.review.dragonfly.instance import Instance
from constructs_lib.review.dragonfly.server_faults import FLAGS_FROM_ELSEWHERE, LOOPBACK, new_faults


def _when_other(flag: str, default: str, effect: Effect, clause: str) -> Rule:
    """One effect of whatever other value."""

    def rule(step: Step) -> Iterator[Consequence]:
        before, after = (instance.flags.get(flag, default) for instance in (step.old, step.new))
        if before != after:
            yield Consequence(effect, clause.format(before=before, after=after))

    return rule


def _when_less(flag: str, default: int, effect: Effect, clause: str) -> Rule:
    """One effect of a lower number."""

    def rule(step: Step) -> Iterator[Consequence]:
        before, after = (_number(instance, flag, default) for instance in (step.old, step.new))
        if after < before:
            yield Consequence(effect, clause.format(before=before, after=after))

    return rule


def _when_switched(flag: str, default: bool, on: tuple[Effect, str], off: tuple[Effect, str] | None) -> Rule:
    """An effect of each position of a switch; None where `server_faults.py` tells it."""

    def rule(step: Step) -> Iterator[Consequence]:
        before, after = (instance.is_on(flag, default) for instance in (step.old, step.new))
        if before != after and (switched := on if after else off):
            yield Consequence(*switched)

    return rule


def _when_listed(flag: str, more: tuple[Effect, str] | None, less: tuple[Effect, str] | None) -> Rule:
    """Effects of words that come to a list, and of those that go."""

    def rule(step: Step) -> Iterator[Consequence]:
        before, after = (
            set(filter(None, instance.flags.get(flag, "").split(","))) for instance in (step.old, step.new)
        )
        for words, effect in ((after - before, more), (before - after, less)):
            if words and effect:
                yield Consequence(effect[0], f"{effect[1]}: {', '.join(sorted(words))}")

    return rule


def _not_known(clause: str) -> Rule:
    """Whatever it does."""

    def rule(step: Step) -> Iterator[Consequence]:
        yield Consequence(Effect.UNKNOWN, clause)

    return rule


def _unless_fault(flag: str, clause: str) -> Rule:
    """Not known, unless the server is known to exit over it."""

    def rule(step: Step) -> Iterator[Consequence]:
        if not any(flag in fault.flags for fault in new_faults(step.old, step.new)):
            yield Consequence(Effect.UNKNOWN, clause)

    return rule


def _clients_shut_out(step: Step) -> Iterator[Consequence]:
    """Port 6379 inside the pod alone; the operator, probes and replication go on, on 9999."""
    before, after = (instance.flags.get("bind", "") in LOOPBACK for instance in (step.old, step.new))
    if after and not before:
        yield Consequence(Effect.ACCESS_CLOSED, "port 6379 answers inside its pod alone, so that no client gets in")


def _number(instance: Instance, flag: str, default: int) -> int:
    given = instance.flags.get(flag, "")
    return int(given) if given.isascii() and given.isdigit() else default


_OF_REPLICATION = ("masterauth", "masteruser", "tls_replication")
"""The operator has its pods replicate without a password and without TLS (docs/dragonfly.md, "Port 9999")."""

_http = (Effect.ACCESS_OPENED, "port 6379 answers HTTP as well, with metrics and a console")
_no_http = (Effect.ACCESS_CLOSED, "port 6379 no longer answers HTTP")

FLAG_RULES: dict[str, tuple[Rule, ...]] = {
    "aclfile": (access.users,),
    "admin_nopass": (
        _when_switched(
            "admin_nopass",
            True,
            (Effect.ACCESS_OPENED, "port 9999 takes every command without a password"),
            None,
        ),
    ),
    "bind": (
        _when_other("bind", "", Effect.ADDRESS_CHANGED, "port 6379 listens on other addresses of its pod"),
        _clients_shut_out,
    ),
    "cache_mode": (memory.cache_mode,),
    "dbfilename": (snapshots.place,),
    "dbnum": (
        _when_less(
            "dbnum", 16, Effect.ADDRESS_CHANGED, "of {before} databases {after} are left, and those above are gone"
        ),
    ),
    "default_lua_flags": (
        _when_listed("default_lua_flags", None, (Effect.ACCESS_CLOSED, "scripts lose what they might do")),
    ),
    "dir": (snapshots.place,),
    "maxclients": (
        _when_less(
            "maxclients", 64000, Effect.ACCESS_CLOSED, "beyond {after} connections clients are refused, not {before}"
        ),
    ),
    "maxmemory": (memory.memory,),
    "memcached_port": (access.memcached,),
    "port": (access.port,),
    "primary_port_http_enabled": (_when_switched("primary_port_http_enabled", False, _http, _no_http),),
    "rename_command": (
        _when_other("rename_command", "", Effect.ACCESS_CLOSED, "clients find commands under other names only"),
    ),
    "requirepass": (access.password,),
    "restricted_commands": (
        _when_listed(
            "restricted_commands",
            (Effect.ACCESS_CLOSED, "clients may no longer run"),
            (Effect.ACCESS_OPENED, "clients may run"),
        ),
    ),
    "s3_endpoint": (snapshots.place,),
    "snapshot_cron": (snapshots.schedule,),
    "tls": (access.tls, access.client_certificate),
    "tls_ca_cert_file": (access.client_certificate,),
    **dict.fromkeys(_OF_REPLICATION, (_not_known("whether replicas still reach the master is not known"),)),
    **dict.fromkeys(FLAGS_FROM_ELSEWHERE, (_not_known("it brings other flags with it, which are not known here"),)),
}


def rules_of(flag: str) -> tuple[Rule, ...]:
    """What a flag has to do with."""
    if flag in FLAG_RULES or not flag or flag_types(flag):
        return FLAG_RULES.get(flag, ())
    return (_unless_fault(flag, f"what --{flag} does is not known, since no known server has the flag"),)
