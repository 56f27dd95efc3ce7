"""What a change of a Namespace does to the pods in it.

https://kubernetes.io/docs/concepts/security/pod-security-admission/
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from constructs_lib.review.changes.differences import Difference
from constructs_lib.review.changes.fields import field_changes, of_group
from constructs_lib.review.changes.model import Change, Context, Effect, Pair
from constructs_lib.review.changes.pruning import gone
from constructs_lib.review.changes.rows import Reading, Row, reading, row

_POD_SECURITY = "https://kubernetes.io/docs/concepts/security/pod-security-standards/"
_LEVELS = ("privileged", "baseline", "restricted")


@of_group("")
def changes(pair: Pair, context: Context) -> Iterator[Change]:
    """What each difference between two versions of a Namespace does."""
    if pair.new is None:
        caches = sorted(key.name for key in context.old if key.kind == "Dragonfly" and key.namespace == pair.key.name)
        hangs = "With it goes every object and volume in it"
        hangs += f", the cache {', '.join(caches)} with its data among them." if caches else "."
        yield gone(pair, context, hangs, (Effect.DATA_LOST,))
    elif pair.old is None:
        yield Change(pair.key, "", None, pair.new, (Effect.CREATED,), "A new namespace.")
    else:
        yield from field_changes(pair, context, ROWS)


def _enforce(difference: Difference, pair: Pair, context: Context) -> Reading | None:
    before, after = _level(difference.before), _level(difference.after)
    if before is None or after is None:
        return None
    if after < before:
        return (Effect.ACCESS_OPENED,), "Pods with more rights on their node are let into the namespace from now on."
    refused = [
        key.name
        for key, instance in sorted(context.new.items())
        if key.kind == "Dragonfly" and key.namespace == pair.key.name and not _passes(instance.get("spec") or {}, after)
    ]
    if refused:
        return (Effect.STUCK, Effect.AT_NEXT_RESTART), (
            f"The pods of {', '.join(refused)} run on, but a new one is refused as soon as one restarts: it sets less "
            f"than {difference.after} asks for."
        )
    return (Effect.AT_NEXT_RESTART,), (
        f"Pods run on, and those that do not pass {difference.after} are refused when they start again; those of the "
        "instances here pass."
    )


def _notice(difference: Difference, pair: Pair, context: Context) -> Reading | None:
    before, after = _level(difference.before), _level(difference.after)
    if before is None or after is None:
        return None
    if after < before:
        return (Effect.UNWATCHED,), "Fewer pods are told of that ask for more rights than they should."
    return (Effect.LIVE,), "More pods are told of; none is refused."


ROWS: tuple[Row, ...] = (
    reading("/metadata/labels/pod-security.kubernetes.io~1enforce", _enforce, _POD_SECURITY),
    reading("/metadata/labels/pod-security.kubernetes.io~1audit", _notice, _POD_SECURITY),
    reading("/metadata/labels/pod-security.kubernetes.io~1warn", _notice, _POD_SECURITY),
    row(
        "/metadata/labels/kubernetes.io~1metadata.name",
        Effect.NONE,
        "The API server sets it to the namespace's name, whatever is written.",
        "https://kubernetes.io/docs/reference/labels-annotations-taints/#kubernetes-io-metadata-name",
    ),
)
"""Policies may select a namespace by any other label, so that these are unknown."""


def _level(value: Any) -> int | None:
    """The level by its place; what is left out is privileged."""
    value = "privileged" if value is None else value
    return _LEVELS.index(value) if value in _LEVELS else None


def _passes(spec: Mapping[str, Any], level: int) -> bool:
    """Whether an instance's pods are admitted, where nothing is put into them that is not looked into here."""
    if any(spec.get(name) for name in ("additionalContainers", "additionalVolumes", "initContainers")):
        return False
    if level < _LEVELS.index("restricted"):
        return True
    pod, container = spec.get("podSecurityContext") or {}, spec.get("containerSecurityContext") or {}
    seccomp = (container.get("seccompProfile") or pod.get("seccompProfile") or {}).get("type")
    return (
        bool(container.get("runAsNonRoot", pod.get("runAsNonRoot")))
        and seccomp in ("RuntimeDefault", "Localhost")
        and container.get("allowPrivilegeEscalation") is False
        and "ALL" in ((container.get("capabilities") or {}).get("drop") or ())
    )
