"""What ends the server at its start, or keeps the operator from it: the roll-out stays where it is.

docs/dragonfly.md, "Memory", "Snapshots" and "Secrets"; which version takes which flag: `dragonfly/flags.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from constructs_lib.dragonfly.command_line import flag_value, takes_text
from constructs_lib.dragonfly.flags import flag_types, nearest_known_versions
from constructs_lib.dragonfly.ports import ADMIN_PORT
from constructs_lib.review.changes.model import Effect
from constructs_lib.review.dragonfly.consequences import Consequence, Step
from constructs_lib.review.dragonfly.instance import Instance
from constructs_lib.review.dragonfly.memory import amount
from constructs_lib.values.cron import Cron
from constructs_lib.values.memory import MEBIBYTE

MEMORY_PER_THREAD = 256 * MEBIBYTE
"""«There are N threads, so X are required. Exiting...»"""

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
"""For `--bind` of port 6379 alone, for `--admin_bind` of port 9999 alone: read in the server's source."""
FLAGS_FROM_ELSEWHERE = frozenset({"flagfile", "fromenv", "tryfromenv"})
"""They bring any other flag with them."""

_EVERY_ADDRESS = frozenset({"", "0.0.0.0", "::"})
_ADMIN_FLAGS = frozenset({"admin_port", "admin_bind", "admin_nopass"})


@dataclass(frozen=True, slots=True)
class Fault:
    """One reason why the server does not stay up."""

    flags: frozenset[str]
    """The flags that it lies in."""
    consequence: Consequence


def server_faults(step: Step) -> Iterator[Consequence]:
    """What ends the server after and did not before."""
    yield from (fault.consequence for fault in new_faults(step.old, step.new))


def may_go_no_further(instance: Instance) -> bool:
    """Whether something holds up a roll-out of this instance, or may."""
    return bool(FLAGS_FROM_ELSEWHERE & instance.flags.keys()) or any(faults(instance))


def new_faults(old: Instance, new: Instance) -> list[Fault]:
    """The faults of an instance that it did not have before."""
    before = set(faults(old))
    return [fault for fault in faults(new) if fault not in before]


def faults(instance: Instance) -> Iterator[Fault]:
    """Why the server exits or nobody makes it master, as far as the manifest shows."""
    for name, value in instance.flags.items():
        yield from _flag_faults(name, value, instance)
    yield from _memory_faults(instance)
    yield from _admin_faults(instance)
    if instance.is_on("tls") and not instance.password and "tls_ca_cert_file" not in instance.flags:
        yield _fault("TLS with neither a password nor clients' certificates", "tls", "requirepass", "tls_ca_cert_file")


def _flag_faults(name: str, value: str, instance: Instance) -> Iterator[Fault]:
    server = instance.server
    types = flag_types(name, server)
    if name in instance.flags.get("undefok", "").split(","):
        return
    if not types and server is not None and _is_known(instance):
        yield _fault(f"flag {name}, which server {server} does not have", name)
    elif not types:
        clause = f"whether {instance.image} takes flag {name} is not known, and without it the server exits at start"
        yield Fault(frozenset({name}), Consequence(Effect.UNKNOWN, clause))
    elif name == "snapshot_cron":
        if not _is_schedule(value):
            yield _fault(f"schedule {value!r}, or reads something else in it", name)
    elif "$" not in value and value and not any(takes_text(type_name, value) for type_name in types):
        yield _fault(f"a value of flag {name} that is none", name)


def _memory_faults(instance: Instance) -> Iterator[Fault]:
    """Threads that are not told are one at least."""
    if instance.maxmemory is None:
        return
    threads, given = instance.threads or 1, amount(instance.maxmemory)
    if instance.maxmemory < threads * MEMORY_PER_THREAD:
        needed = amount(threads * MEMORY_PER_THREAD)
        who = f"{threads} threads, which need" if threads > 1 else "its threads, of which one alone needs"
        yield _fault(f"{given} for {who} {needed}", "maxmemory", "proactor_threads")
    elif instance.memory_limit is not None and instance.maxmemory > instance.memory_limit:
        clause = (
            f"the server takes up to {given} for data and its container has {amount(int(instance.memory_limit))}, "
            "so that a pod is killed before it is full, and the roll-out goes no further where one holds as much"
        )
        yield Fault(frozenset({"maxmemory"}), Consequence(Effect.STUCK, clause))


def _admin_faults(instance: Instance) -> Iterator[Fault]:
    """Port 9999 elsewhere, or closed to the operator. The operator's own flags win over variables, `args` over both."""
    given = {name: instance.arguments[name].text for name in _ADMIN_FLAGS & instance.arguments.keys()}
    port, address = given.get("admin_port", str(ADMIN_PORT)), given.get("admin_bind", "")
    if port != str(ADMIN_PORT):
        yield _unreachable(f"the server's own port is {port}", "admin_port")
    if address in LOOPBACK:
        yield _unreachable(f"the server's own port answers on {address} alone", "admin_bind")
    elif address not in _EVERY_ADDRESS:
        clause = f"whether the operator and the probes reach port {ADMIN_PORT} on {address} is not known"
        yield Fault(frozenset({"admin_bind"}), Consequence(Effect.UNKNOWN, clause))
    if flag_value(given.get("admin_nopass", "true"), "bool") is not True and instance.password:
        clause = (
            f"the operator itself has no password for port {ADMIN_PORT}, and elects no master any more, so that the "
            "roll-out goes no further"
        )
        yield Fault(frozenset({"admin_nopass"}), Consequence(Effect.STUCK, clause))


def _unreachable(reason: str, flag: str) -> Fault:
    clause = (
        f"{reason}, and the operator and replication look for it on {ADMIN_PORT} of the pod's address, so that no "
        "master is elected and the roll-out goes no further"
    )
    return Fault(frozenset({flag}), Consequence(Effect.STUCK, clause))


def _fault(reason: str, *flags: str) -> Fault:
    clause = f"the server exits at start over {reason}, so that no pod gets ready and the roll-out goes no further"
    return Fault(frozenset(flags), Consequence(Effect.STUCK, clause))


def _is_known(instance: Instance) -> bool:
    """Whether the server's version lies among those whose flags are known."""
    assert instance.server is not None
    older, newer = nearest_known_versions(instance.server)
    return older <= instance.server <= newer


def _is_schedule(text: str) -> bool:
    if "$" in text:
        return True
    try:
        Cron.of(text)
    except ValueError:
        return False
    return "  " not in text.strip()
