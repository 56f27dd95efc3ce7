"""What ends the server at its start: the pods never get ready, and the roll-out stays where it is.

docs/dragonfly.md, "Memory", "Snapshots" and "Secrets"; which version takes which flag: `dragonfly/flags.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from constructs_lib.dragonfly.flags import flag_types, nearest_known_versions, takes_text
from constructs_lib.review.changes.model import Effect
from constructs_lib.review.dragonfly.consequences import Consequence, Step
from constructs_lib.review.dragonfly.instance import Instance
from constructs_lib.review.dragonfly.memory import amount
from constructs_lib.values.cron import Cron
from constructs_lib.values.memory import MEBIBYTE

MEMORY_PER_THREAD = 256 * MEBIBYTE
"""«There are N threads, so X are required. Exiting...»"""


@dataclass(frozen=True, slots=True)
class Fault:
    """One reason why the server does not stay up."""

    flags: frozenset[str]
    """The flags that it lies in."""
    consequence: Consequence


def server_faults(step: Step) -> Iterator[Consequence]:
    """What ends the server after and did not before."""
    yield from (fault.consequence for fault in new_faults(step.old, step.new))


def new_faults(old: Instance, new: Instance) -> list[Fault]:
    """The faults of an instance that it did not have before."""
    before = set(faults(old))
    return [fault for fault in faults(new) if fault not in before]


def faults(instance: Instance) -> Iterator[Fault]:
    """Why the server exits, as far as the manifest shows."""
    for name, value in instance.flags.items():
        yield from _flag_faults(name, value, instance)
    yield from _memory_faults(instance)
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
            "so that a pod that holds as much is killed, and the roll-out goes no further"
        )
        yield Fault(frozenset({"maxmemory"}), Consequence(Effect.STUCK, clause))


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
