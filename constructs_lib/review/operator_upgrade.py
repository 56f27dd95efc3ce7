"""What another version of the operator does to the instances that are there.

From docs/dragonfly.md ("Versions", "The operator") and `dragonfly/operator_versions.py`: operators v1.3.1 to v1.6.1
were seen taking over from each other; nobody saw a downgrade.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from constructs_lib.dragonfly.operator_versions import (
    FIELD_SINCE,
    NEWEST_SEEN_RUNNING,
    OLDEST_SUPPORTED,
    REFUSED_VERSIONS,
    has_field,
    operator_release,
)
from constructs_lib.review.fields import worst_first
from constructs_lib.review.model import Context, Effect, Manifest
from constructs_lib.review.rows import Reading
from constructs_lib.values.names import OPERATOR_LABELS
from constructs_lib.values.version import Version

_POLICY_CUTS_OFF_OTHER_NAMESPACES = Version.of("v1.6.0")
_LABELS_STOP_IT = Version.of("v1.5.0")


def upgrade(before: str, after: str, context: Context) -> Reading:
    """What happens when the chart's version goes from one to the other."""
    try:
        old, new = Version.of(before), Version.of(after)
    except ValueError:
        return (Effect.UNKNOWN,), f"Which operator {after} is, is not known: no exact version."
    if not after.startswith("v"):
        return (Effect.STUCK,), (
            f"No chart has the tag {after}, which Flux takes literally: {new} has. The operator stays what it is."
        )
    if old == new:
        return (Effect.LIVE,), "The same version, written otherwise."
    if new in REFUSED_VERSIONS:
        return (Effect.STUCK,), f"Operator {new} does not work: {REFUSED_VERSIONS[new]}; use {NEWEST_SEEN_RUNNING}."
    found: list[Reading] = [((Effect.LIVE,), f"The operator becomes {new}; pods whose image is pinned do not restart.")]
    found += _unseen(old, new)
    for key, instance in sorted(context.new.items()):
        if key.kind == "Dragonfly":
            spec = instance.get("spec") or {}
            for effects, what in _of_instance(spec, old, new):
                found.append((effects, f"{key.name}: {what}"))
    return worst_first(effect for effects, _ in found for effect in effects), " ".join(what for _, what in found)


def _unseen(old: Version, new: Version) -> Iterator[Reading]:
    if new < old:
        yield (Effect.UNKNOWN,), f"Nobody has seen what {new} makes of instances that {old} served."
    elif not OLDEST_SUPPORTED <= new <= NEWEST_SEEN_RUNNING:
        yield (Effect.UNKNOWN,), f"{new} was not seen running; {OLDEST_SUPPORTED} to {NEWEST_SEEN_RUNNING} were."


def _of_instance(spec: Mapping[str, Any], old: Version, new: Version) -> Iterator[Reading]:
    before, after = operator_release(old), operator_release(new)
    if "image" not in spec and before.default_server != after.default_server:
        yield _restart(spec, f"its image is left out, so every pod restarts with {after.default_server}")
    for field in sorted(FIELD_SINCE):
        if _has(spec, field) and has_field(old, field) and not has_field(new, field):
            yield (Effect.REFUSED,), f"the CRD of {new} has no field {field}, so its manifest is refused."
    if new >= _LABELS_STOP_IT > old and (taken := sorted(OPERATOR_LABELS & (spec.get("labels") or {}).keys())):
        yield (Effect.STUCK,), f"it sets the operator's own labels {', '.join(taken)}, at which {new} fails."
    yield from _policy(spec, old, new)


def _policy(spec: Mapping[str, Any], old: Version, new: Version) -> Iterator[Reading]:
    """The NetworkPolicy that some versions make unless told not to."""
    made_before = operator_release(old).makes_network_policies and spec.get("networkPolicyEnabled") is not False
    made_after = operator_release(new).makes_network_policies and spec.get("networkPolicyEnabled") is not False
    cuts_off = new >= _POLICY_CUTS_OFF_OTHER_NAMESPACES
    if made_after and not made_before:
        others = " and clients in other namespaces" if cuts_off else ""
        yield (
            (Effect.ACCESS_CLOSED, Effect.UNWATCHED),
            (
                f"the operator makes a NetworkPolicy for it at once, which cuts off Prometheus{others}; write "
                "networkPolicyEnabled: false."
            ),
        )
    elif made_after and cuts_off and old < _POLICY_CUTS_OFF_OTHER_NAMESPACES:
        yield (Effect.ACCESS_CLOSED,), "its NetworkPolicy cuts off clients in other namespaces from now on."
    elif made_before and not made_after:
        yield (Effect.UNKNOWN,), f"what becomes of the NetworkPolicy that {old} made is not known."


def _restart(spec: Mapping[str, Any], why: str) -> Reading:
    if (spec.get("replicas") or 0) > 1:
        return (Effect.ROLLING_RESTART,), f"{why}, replicas first."
    snapshot = spec.get("snapshot") or {}
    if snapshot.get("dir") or snapshot.get("persistentVolumeClaimSpec"):
        return (Effect.RESTART,), f"{why} and finds its snapshot again."
    return (Effect.DATA_LOST,), f"{why}, and there is no snapshot to find."


def _has(spec: Manifest, field: str) -> bool:
    value: Any = spec
    for step in field.split("."):
        if not isinstance(value, Mapping) or step not in value:
            return False
        value = value[step]
    return True
