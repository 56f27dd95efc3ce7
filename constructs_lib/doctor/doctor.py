"""Look at a tree of manifests with every check, and set aside what its objects or its reader ignore."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass

from constructs_lib.checks.ignores import IGNORE_PREFIX, ignored_checks
from constructs_lib.doctor.checks import (
    acl,
    alerts,
    arguments,
    chart,
    environment,
    fields,
    flux,
    memory,
    names,
    network_policies,
    operator,
    pod_security,
    scraping,
    snapshots,
    substitution,
    tls,
)
from constructs_lib.doctor.model import WARNING, Check, Found
from constructs_lib.doctor.objects import Objects
from constructs_lib.values.fields import pointer

MODULES = (
    fields,
    names,
    operator,
    arguments,
    memory,
    snapshots,
    environment,
    tls,
    acl,
    network_policies,
    pod_security,
    scraping,
    alerts,
    chart,
    flux,
    substitution,
)
"""The modules of checks, in the order in which they are described."""

IGNORE_WITHOUT_REASON = Check(
    "ignore-without-reason",
    WARNING,
    ("any",),
    "An annotation that ignores a check says why, and names a check that there is; else it does not count, and what "
    "it was to ignore is found.",
    "docs/doctor.md",
)

CHECKS: tuple[Check, ...] = (*(check for module in MODULES for check in module.CHECKS), IGNORE_WITHOUT_REASON)
"""Every check."""


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What was found in a tree."""

    tree: Objects
    findings: tuple[Found, ...]
    ignored: tuple[tuple[Found, str], ...]
    """What an object's annotation sets aside, with the reason that it gives."""


def examine(tree: Objects, ignore: Collection[str] = ()) -> Diagnosis:
    """Run every check.

    Args:
        tree: the objects.
        ignore: names of checks to leave out.
    """
    finders: list[Callable[[Objects], Iterable[Found]]] = [module.find for module in MODULES]
    found = [finding for find in (*finders, _ignores) for finding in find(tree) if finding.check.name not in ignore]
    ignored = [(finding, _reason(finding)) for finding in found]
    order = {id(manifest): number for number, manifest in enumerate(tree.manifests)}
    return Diagnosis(
        tree,
        tuple(
            sorted(
                (finding for finding, reason in ignored if not reason),
                key=lambda finding: order[id(finding.manifest)],
            )
        ),
        tuple((finding, reason) for finding, reason in ignored if reason),
    )


def _reason(finding: Found) -> str:
    return ignored_checks(finding.manifest).get(finding.check.name, "")


def _ignores(tree: Objects) -> Iterator[Found]:
    names = {check.name for check in CHECKS}
    for manifest in tree.manifests:
        for name, reason in ignored_checks(manifest).items():
            if name in names and reason:
                continue
            yield IGNORE_WITHOUT_REASON.found(
                manifest,
                pointer("metadata", "annotations", f"{IGNORE_PREFIX}{name}"),
                f"{name!r} is ignored without a reason" if name in names else f"there is no check {name!r} to ignore",
                "say why as its value, or take it away",
            )
