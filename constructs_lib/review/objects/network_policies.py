"""What a change of a network policy does: compared by flows, so that only what passes or no longer passes is said.

All policies of a tree that are for the same pods count together, of both kinds: what one lets through passes, and one
that drops is enough to drop. docs/dragonfly.md, "Port 9999" and "Who must reach whom".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from constructs_lib.dragonfly.instance import own_labels
from constructs_lib.dragonfly.ports import ADMIN_PORT
from constructs_lib.network.peers import Party, Peer, SelectedPods
from constructs_lib.network.reach import KINDS, REDIS, Reach, UnreadablePolicy, Way, allowed_by, reach_of
from constructs_lib.network.rules import DIRECTIONS, Direction, Manifest, Request
from constructs_lib.network.selectors import Selector
from constructs_lib.operator.arguments import OPERATOR_NAMESPACE, OPERATOR_POD_LABELS
from constructs_lib.operator.helm_release import installs_operator
from constructs_lib.review.changes.fields import field_changes, of_group, worst_first
from constructs_lib.review.changes.metadata import RECOMMENDED_LABELS
from constructs_lib.review.changes.model import Change, Context, Effect, ObjectKey, Pair, Tree
from constructs_lib.review.changes.pruning import gone, kept_because
from constructs_lib.review.objects.flows import Opening, beyond, openings, proxied, remaining, unclear

_SCRAPE = Request("HTTP", "GET", "/metrics")


@dataclass(frozen=True, slots=True)
class _Together:
    """What all policies of a tree for the same pods come to."""

    enforced: frozenset[Direction]
    ways: tuple[Way, ...]


@of_group("cilium.io", "networking.k8s.io")
def changes(pair: Pair, context: Context) -> Iterator[Change]:
    """What each difference between two versions of a policy does."""
    kept = kept_because(pair, context) if pair.new is None else ""
    if kept:
        yield gone(pair, context)
        return
    try:
        old = None if pair.old is None else reach_of(pair.old)
        new = None if pair.new is None else reach_of(pair.new)
    except UnreadablePolicy as error:
        what = f"Whom it lets through is not known: it says {error}, which is not understood here."
        whole = Effect.CREATED if pair.old is None else Effect.PRUNED if pair.new is None else None
        yield Change(pair.key, "" if whole else "/spec", pair.old, pair.new, _with(Effect.UNKNOWN, whole), what)
        return
    if old is None or new is None:
        whole = Effect.CREATED if old is None else Effect.PRUNED
        what = "A new policy." if old is None else "Flux deletes the policy."
        yield Change(pair.key, "", pair.old, pair.new, (whole,), what)
        if _comes_or_goes_with_its_pods(old, new, context):
            return
    else:
        yield from field_changes(pair, context, RECOMMENDED_LABELS, leave_out=("/spec",))
    found = list(_flow_changes(pair.key, old, new, context))
    yield from found
    if pair.old and pair.new and not found and pair.old.get("spec") != pair.new.get("spec"):
        what = "Written otherwise; the same flows pass."
        yield Change(pair.key, "/spec", pair.old["spec"], pair.new["spec"], (Effect.NONE,), what)


def _flow_changes(key: ObjectKey, old: Reach | None, new: Reach | None, context: Context) -> Iterator[Change]:
    if old and new and old.pods != new.pods:
        yield _other_pods(key, old, new)
    pods = new or old
    assert pods is not None
    before, after = _together(pods, context.once(_policies_before)), _together(pods, context.once(_policies_after))
    for direction in DIRECTIONS:
        yield from _enforcement(key, direction, before, after, old, new)
        if direction in before.enforced and direction in after.enforced:
            yield from _openings(key, direction, before, after, old, new)
        elif direction not in before.enforced and direction not in after.enforced:
            yield from _requests_alone(key, direction, old, new)
    yield from _no_master(key, pods, before, after, context)
    tangled = [way for way in unclear(new.ways if new else ()) if way not in unclear(old.ways if old else ())]
    for opening in openings(tangled):
        what = (
            f"A rule on requests for {opening} is for some of the pods that another rule lets send anything: the HTTP "
            "proxy takes all that comes from these, and drops what is no HTTP."
        )
        yield Change(key, f"/spec/{opening.direction}", None, str(opening), (Effect.UNKNOWN,), what)


def _openings(
    key: ObjectKey, direction: Direction, before: _Together, after: _Together, old: Reach | None, new: Reach | None
) -> Iterator[Change]:
    """The flows that are new by this policy, and those that were and are gone."""
    for opening in openings(beyond(_as_they_work(new, after, direction), before.ways)):
        yield Change(key, f"/spec/{direction}", None, str(opening), (Effect.ACCESS_OPENED,), _opened(opening))
    for opening in openings(beyond(_as_they_work(old, before, direction), after.ways)):
        yield Change(key, f"/spec/{direction}", str(opening), None, (Effect.ACCESS_CLOSED,), _closed(opening, after))


def _requests_alone(key: ObjectKey, direction: Direction, old: Reach | None, new: Reach | None) -> Iterator[Change]:
    """Rules on requests, which drop what they do not name even where nothing else is dropped."""
    was, is_now = (
        {way for way in reach.ways if way.direction == direction and way.request} if reach else set()
        for reach in (old, new)
    )
    for opening in openings(is_now - was):
        what = f"From {opening} passes, and nothing else, although the policy drops nothing of others."
        yield Change(key, f"/spec/{direction}", None, str(opening), (Effect.ACCESS_CLOSED,), what)
    for opening in openings(was - is_now):
        what = f"Opened to {opening.peer} on {opening.where()}, with whatever is sent."
        yield Change(key, f"/spec/{direction}", str(opening), None, (Effect.ACCESS_OPENED,), what)


def _as_they_work(reach: Reach | None, together: _Together, direction: Direction) -> list[Way]:
    """One policy's ways beside those of all the others, whose rules on requests count for its peers too."""
    if reach is None:
        return []
    return [way for way in proxied([*reach.ways, *together.ways])[: len(reach.ways)] if way.direction == direction]


def _enforcement(
    key: ObjectKey, direction: Direction, before: _Together, after: _Together, old: Reach | None, new: Reach | None
) -> Iterator[Change]:
    was, is_now = direction in before.enforced, direction in after.enforced
    field = f"/spec/{direction}"
    if was and not is_now and old and direction in old.enforced:
        reached = "reaches these pods on every port" if direction == "ingress" else "is reached from these pods"
        what = f"Nothing is dropped any more: everybody {reached}"
        what += (
            f", {ADMIN_PORT} with them, which takes every command with no password." if direction == "ingress" else "."
        )
        yield Change(key, field, "enforced", "not enforced", (Effect.ACCESS_OPENED,), what)
    elif is_now and not was and new and direction in new.enforced:
        named = ", ".join(str(each) for each in openings(way for way in after.ways if way.direction == direction))
        side = "from" if direction == "ingress" else "to"
        what = f"Everything {side} others is dropped from now on; what passes: {named or 'nothing'}."
        yield Change(key, field, "not enforced", "enforced", (Effect.ACCESS_CLOSED,), what)


def _comes_or_goes_with_its_pods(old: Reach | None, new: Reach | None, context: Context) -> bool:
    """Whether the pods of a policy are those of one instance, which like the policy is on one side alone."""
    reach = new or old
    assert reach is not None
    here, there = (context.new, context.old) if old is None else (context.old, context.new)
    for each in reach.pods.requirements:
        if each.key == "app" and each.values and not each.negated:
            keys = [ObjectKey("Dragonfly", reach.namespace, name) for name in each.values]
            return all(key in here and key not in there for key in keys)
    return False


def _other_pods(key: ObjectKey, old: Reach, new: Reach) -> Change:
    effects = []
    if not new.pods.covers(old.pods):
        effects.append(Effect.ACCESS_OPENED)
    if not old.pods.covers(new.pods):
        effects.append(Effect.ACCESS_CLOSED)
    was, is_now = (str(reach.pods) or "any label" for reach in (old, new))
    what = f"It is for other pods: those with {is_now}, where it was those with {was}."
    selector = "podSelector" if key.kind == "NetworkPolicy" else "endpointSelector"
    return Change(key, f"/spec/{selector}", str(old.pods), str(new.pods), worst_first(effects), what)


def _no_master(key: ObjectKey, pods: Reach, before: _Together, after: _Together, context: Context) -> Iterator[Change]:
    """What no instance works without, and that this change takes away."""
    for party, direction, why in _needed(pods, context):
        if _admits(after, direction, party) or not _admits(before, direction, party):
            continue
        what = f"{why}: {ADMIN_PORT} is closed for it, and no master is elected any more."
        yield Change(key, f"/spec/{direction}", f"{party.name} on {ADMIN_PORT}", None, (Effect.STUCK,), what)


def _needed(pods: Reach, context: Context) -> Iterator[tuple[Party, Direction, str]]:
    operator = Party("the operator", context.once(_operator_namespace), OPERATOR_POD_LABELS)
    for instance in context.once(_instances).get(pods.namespace, ()):
        labels = own_labels(instance)
        if pods.pods.selects(labels):
            replica = Party(f"{instance}'s own pods", pods.namespace, labels)
            yield operator, "ingress", f"The operator no longer reaches {instance}"
            yield replica, "ingress", f"{instance}'s replicas no longer reach its master"
            yield replica, "egress", f"{instance}'s replicas no longer reach its master"


def _admits(together: _Together, direction: Direction, party: Party) -> bool:
    reach = Reach("", Selector(), together.enforced, together.ways)
    return REDIS in allowed_by(reach, direction, party, ADMIN_PORT, "TCP")


def _operator_namespace(context: Context) -> str:
    objects = context.new.values()
    releases = sorted(
        key.namespace
        for key, manifest in context.new.items()
        if key.kind == "HelmRelease" and installs_operator(manifest, objects)
    )
    return releases[0] if releases else OPERATOR_NAMESPACE


def _policies_before(context: Context) -> Mapping[str, list[Reach]]:
    return _policies(context.old)


def _policies_after(context: Context) -> Mapping[str, list[Reach]]:
    return _policies(context.new)


def _policies(tree: Tree) -> Mapping[str, list[Reach]]:
    """What can be read of a tree's policies, by namespace."""
    found: dict[str, list[Reach]] = {}
    for key, manifest in sorted(tree.items()):
        if key.kind in KINDS and (reach := _readable(manifest)):
            found.setdefault(key.namespace, []).append(reach)
    return found


def _instances(context: Context) -> Mapping[str, list[str]]:
    """The instances after the change, by namespace."""
    found: dict[str, list[str]] = {}
    for key in sorted(context.new):
        if key.kind == "Dragonfly":
            found.setdefault(key.namespace, []).append(key.name)
    return found


def _together(pods: Reach, policies: Mapping[str, list[Reach]]) -> _Together:
    """All policies that are for all of those pods; one that cannot be read is left out."""
    enforced: set[Direction] = set()
    ways: list[Way] = []
    for reach in policies.get(pods.namespace, ()):
        if reach.pods.covers(pods.pods):
            enforced |= reach.enforced
            ways += reach.ways
    return _Together(frozenset(enforced), tuple(proxied(ways)))


def _readable(manifest: Manifest) -> Reach | None:
    try:
        return reach_of(manifest)
    except UnreadablePolicy:
        return None


def _opened(opening: Opening) -> str:
    if opening.direction == "egress":
        return f"These pods may connect to {opening}."
    if ADMIN_PORT not in opening or opening.requests == (_SCRAPE,) or _is_operator(opening):
        return f"Opened to {opening}."
    return f"Opened to {opening}: port {ADMIN_PORT} takes every command with no password, from whoever reaches it."


def _closed(opening: Opening, after: _Together) -> str:
    to = f"{opening}{_but_for(remaining(opening, after.ways), opening.peer)}."
    return f"These pods may no longer connect to {to}" if opening.direction == "egress" else f"Closed to {to}"


def _but_for(peers: list[Peer], among: Peer) -> str:
    return f", but for {' and '.join(_told_apart(peer, among) for peer in peers)}" if peers else ""


def _told_apart(peer: Peer, among: Peer) -> str:
    """A peer by that alone in which it is not all of another."""
    if isinstance(peer, SelectedPods) and isinstance(among, SelectedPods) and peer.namespaces == among.namespaces:
        return f"those with {Selector(peer.labels.requirements - among.labels.requirements)}"
    return str(peer)


def _is_operator(opening: Opening) -> bool:
    labels = [f"{name}={value}" for name, value in OPERATOR_POD_LABELS.items()]
    peer = opening.peer
    return isinstance(peer, SelectedPods) and set(labels) <= set(map(str, peer.labels.requirements))


def _with(effect: Effect, other: Effect | None) -> tuple[Effect, ...]:
    return (effect, other) if other else (effect,)
