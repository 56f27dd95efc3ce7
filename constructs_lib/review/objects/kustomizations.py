"""What a change of a Flux Kustomization does to the folder that it applies.

https://fluxcd.io/flux/components/kustomize/kustomizations/; what Flux says of an encrypted Secret that it cannot
decrypt, of dependencies and of pruning was read in kustomize-controller v1's sources.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from constructs_lib.flux.annotations import FLUX_GROUP
from constructs_lib.review.changes.differences import Difference
from constructs_lib.review.changes.fields import field_changes, of_group, worst_first
from constructs_lib.review.changes.metadata import RECOMMENDED_LABELS, has_variables
from constructs_lib.review.changes.model import Change, Context, Effect, Manifest, ObjectKey, Pair, Tree
from constructs_lib.review.changes.pruning import appliers, gone
from constructs_lib.review.changes.rows import Reading, Row, reading, row

_DOCS = "https://fluxcd.io/flux/components/kustomize/kustomizations/"


@of_group(FLUX_GROUP)
def changes(pair: Pair, context: Context) -> Iterator[Change]:
    """What each difference between two versions of a Kustomization does."""
    if pair.new is None:
        yield _gone(pair, context)
    elif pair.old is None:
        effects, what = _created(pair, context)
        yield Change(pair.key, "", None, pair.new, effects, what)
    else:
        yield from field_changes(pair, context, ROWS)


def _gone(pair: Pair, context: Context) -> Change:
    spec = _spec(pair.old)
    stuck = [str(key) for key in _dependents(pair.key, context.new)]
    waits = f" {', '.join(stuck)} depends on it, and applies nothing any more." if stuck else ""
    effects = (Effect.STUCK,) if stuck else ()
    if spec.get("suspend") or not spec.get("prune") or spec.get("deletionPolicy") == "Orphan":
        what = f"Flux no longer applies {spec.get('path')}; what it applied stays on the cluster.{waits}"
        return Change(pair.key, "", pair.old, None, worst_first((Effect.ORPHANED, *effects)), what)
    caches = _caches_of(pair, context)
    hangs = f"With it goes all that it applied from {spec.get('path')}"
    hangs += f", the cache {', '.join(caches)} with its data among it." if caches else "."
    return gone(pair, context, f"{hangs}{waits}", (*effects, *((Effect.DATA_LOST,) if caches else ())))


def _created(pair: Pair, context: Context) -> Reading:
    effects, what = {Effect.CREATED}, ["A new Kustomization."]
    if _spec(pair.new).get("suspend"):
        what.append("It is suspended: Flux applies nothing of its folder.")
    for dependency in _dependencies(pair.key, pair.new):
        # What a new folder asks of its cluster stands outside of these files by design: it is said, and no fault.
        worse = _never_ready(pair.key, dependency, context, if_outside=Effect.CREATED)
        if worse:
            effects.update(worse[0])
            what.append(worse[1])
    what += [
        f"It takes values from {source}, which is not among these files: without it nothing of this folder is applied."
        for source in _sources(pair.key, pair.new)
        if source not in context.new
    ]
    return worst_first(effects), " ".join(what)


def _suspend(difference: Difference, pair: Pair, context: Context) -> Reading:
    if difference.after:
        return (Effect.ORPHANED,), (
            "Flux applies nothing of this folder until it is resumed: what changes or goes in the files does not on "
            "the cluster."
        )
    return (Effect.UNKNOWN,), (
        "Flux applies the folder again, with every change that was held back; what runs is not what these files were."
    )


def _prune(difference: Difference, pair: Pair, context: Context) -> Reading:
    if difference.after:
        return (Effect.LIVE,), "From now on Flux deletes what goes out of the folder; what went before stays."
    return (Effect.ORPHANED,), "From now on what goes out of the folder stays on the cluster."


def _path(difference: Difference, pair: Pair, context: Context) -> Reading:
    instead = f"Flux applies {difference.after} instead of {difference.before}: what is in the old one alone"
    if _spec(pair.new).get("prune"):
        return (Effect.PRUNED,), f"{instead} is deleted."
    return (Effect.ORPHANED,), f"{instead} stays on the cluster."


def _renames(difference: Difference, pair: Pair, context: Context) -> Reading:
    what = "Every object of the folder is made anew under another name or in another namespace"
    if _spec(pair.new).get("prune"):
        lost = (Effect.DATA_LOST, Effect.PRUNED, Effect.ADDRESS_CHANGED)
        return lost, f"{what}, and the old ones are deleted: a cache among them starts empty."
    return (Effect.ORPHANED, Effect.ADDRESS_CHANGED, Effect.CREATED), f"{what}; the old ones stay beside them."


def _depends_on(difference: Difference, pair: Pair, context: Context) -> Reading:
    before, after = _dependencies(pair.key, pair.old), _dependencies(pair.key, pair.new)
    effects: set[Effect] = {Effect.LIVE}
    what = []
    for dependency in sorted(after - before):
        worse = _never_ready(pair.key, dependency, context, if_outside=Effect.UNKNOWN)
        effects.update(worse[0] if worse else ())
        what.append(worse[1] if worse else f"Flux applies the folder only when {dependency} is ready.")
    what += [f"Flux no longer waits for {dependency}." for dependency in sorted(before - after)]
    if not what:
        return _in_another_order(
            difference
        ), "The same Kustomizations, with something else said of them or in another order."
    return worst_first(effects), " ".join(what)


def _in_another_order(difference: Difference) -> tuple[Effect, ...]:
    before, after = (sorted(map(repr, side or ())) for side in (difference.before, difference.after))
    return (Effect.NONE,) if before == after else (Effect.UNKNOWN,)


def _never_ready(key: ObjectKey, dependency: ObjectKey, context: Context, *, if_outside: Effect) -> Reading | None:
    """What keeps a dependency from being ready, as far as can be seen; nothing is seen of one outside of the files."""
    if _leads_to(dependency, key, context.new, set()):
        return (Effect.STUCK,), f"{dependency} waits for this one itself: neither is ever applied."
    if dependency in context.new or (dependency not in context.old and dependency in context.once(_waited_for)):
        return None
    if dependency in context.old:
        return (Effect.STUCK,), f"{dependency} is gone from the files: nothing of this folder is applied any more."
    return (if_outside,), f"{dependency} is not among these files: until it is ready nothing of this folder is applied."


def _waited_for(context: Context) -> set[ObjectKey]:
    """What Kustomizations waited for before: what they applied is there, so that these were ready."""
    return {
        dependency
        for key, manifest in context.old.items()
        if key.kind == "Kustomization"
        for dependency in _dependencies(key, manifest)
    }


def _decryption(difference: Difference, pair: Pair, context: Context) -> Reading:
    if difference.after is not None:
        return (Effect.LIVE,), "Flux decrypts what SOPS encrypted in this folder."
    encrypted = sorted(str(key) for key, manifest in context.new.items() if key.kind == "Secret" and "sops" in manifest)
    if encrypted:
        return (Effect.STUCK,), (
            f"Flux cannot decrypt {', '.join(encrypted)}: it fails the folder, and applies nothing of it any more."
        )
    return (Effect.UNKNOWN,), "An encrypted Secret fails the folder from now on; none is among these files."


def _substitute(difference: Difference, pair: Pair, context: Context) -> Reading:
    if isinstance(difference.after, list) and any(
        source not in (difference.before or ()) for source in difference.after
    ):
        return (Effect.UNKNOWN,), "What the values are taken from must be there, or it fails the folder."
    if not context.once(_has_variables):
        return (Effect.NONE,), "Nothing in these files is written as a variable."
    return (Effect.UNKNOWN,), (
        "The values of `${…}` come from elsewhere, or are no longer replaced; one that is not set fails the folder."
    )


def _has_variables(context: Context) -> bool:
    return any(has_variables(manifest) for tree in (context.old, context.new) for manifest in tree.values())


def _wait(difference: Difference, pair: Pair, context: Context) -> Reading:
    if difference.after:
        return (Effect.LIVE,), "It is ready only when all that it applied is."
    return (Effect.UNWATCHED,), "It is ready at once: nobody waits for what it applied to work."


def _health(difference: Difference, pair: Pair, context: Context) -> Reading:
    before, after = (
        {(each.get("apiVersion"), each.get("kind"), each.get("name")) for each in side or ()}
        for side in (difference.before, difference.after)
    )
    if before - after:
        return (Effect.UNWATCHED,), (
            "Flux calls objects ready that it cannot judge: a Dragonfly, which has a phase and no conditions, at once."
        )
    if before == after:
        return (Effect.UNKNOWN,), "Flux judges otherwise whether what it applied is ready."
    return (Effect.LIVE,), "Flux judges of more objects whether they are ready."


ROWS: tuple[Row, ...] = (
    reading("/spec/suspend", _suspend, f"{_DOCS}#suspend"),
    reading("/spec/prune", _prune, f"{_DOCS}#prune, and the inventory of kustomize-controller"),
    reading("/spec/path", _path, f"{_DOCS}#path"),
    reading("/spec/targetNamespace", _renames, f"{_DOCS}#target-namespace"),
    reading("/spec/namePrefix", _renames, f"{_DOCS}#name-prefix-and-suffix"),
    reading("/spec/nameSuffix", _renames, f"{_DOCS}#name-prefix-and-suffix"),
    reading("/spec/dependsOn", _depends_on, f"{_DOCS}#dependencies"),
    reading("/spec/decryption", _decryption, f"{_DOCS}#decryption, and kustomize-controller's apply"),
    row(
        "/spec/decryption/**",
        Effect.UNKNOWN,
        "Flux decrypts with another key: a Secret that was encrypted for the old one alone fails the folder.",
        f"{_DOCS}#decryption",
    ),
    reading("/spec/postBuild/substitute/**", _substitute, f"{_DOCS}#post-build-variable-substitution"),
    reading("/spec/postBuild/substituteFrom", _substitute, f"{_DOCS}#post-build-variable-substitution"),
    reading("/spec/wait", _wait, f"{_DOCS}#wait"),
    reading("/spec/healthCheckExprs", _health, f"{_DOCS}#health-check-expressions"),
    reading("/spec/healthChecks", _health, f"{_DOCS}#health-checks"),
    row("/spec/interval", Effect.LIVE, "Flux applies the folder again at other times.", f"{_DOCS}#interval"),
    row(
        "/spec/retryInterval",
        Effect.LIVE,
        "Flux tries again sooner or later after a failure.",
        f"{_DOCS}#retry-interval",
    ),
    row("/spec/timeout", Effect.LIVE, "Flux waits for a longer or shorter time.", f"{_DOCS}#timeout"),
    row(
        "/spec/sourceRef/**",
        Effect.UNKNOWN,
        "Flux takes the folder from another source, which is not among these files.",
        f"{_DOCS}#source-reference",
    ),
    row(
        "/spec/serviceAccountName",
        Effect.UNKNOWN,
        "Flux applies the folder with the rights of another account, which are not among these files.",
        f"{_DOCS}#service-account-reference",
    ),
    row(
        "/spec/force",
        Effect.UNKNOWN,
        "Where a field cannot be changed, Flux deletes the object and makes it anew, or does no longer.",
        f"{_DOCS}#force",
    ),
    *RECOMMENDED_LABELS,
)


def _spec(kustomization: Manifest | None) -> Mapping[str, Any]:
    return (kustomization or {}).get("spec") or {}


def _dependencies(key: ObjectKey, kustomization: Manifest | None) -> set[ObjectKey]:
    return {
        ObjectKey(key.kind, each.get("namespace") or key.namespace, each.get("name", ""))
        for each in _spec(kustomization).get("dependsOn") or ()
    }


def _sources(key: ObjectKey, kustomization: Manifest | None) -> list[ObjectKey]:
    """The Secrets and ConfigMaps that it cannot do without to replace variables."""
    return [
        ObjectKey(each.get("kind", ""), key.namespace, each.get("name", ""))
        for each in (_spec(kustomization).get("postBuild") or {}).get("substituteFrom") or ()
        if not each.get("optional")
    ]


def _dependents(key: ObjectKey, tree: Tree) -> Iterable[ObjectKey]:
    return sorted(
        other for other, manifest in tree.items() if other.kind == key.kind and key in _dependencies(other, manifest)
    )


def _leads_to(start: ObjectKey, end: ObjectKey, tree: Tree, seen: set[ObjectKey]) -> bool:
    if start == end:
        return True
    if start in seen:
        return False
    seen.add(start)
    return any(_leads_to(each, end, tree, seen) for each in _dependencies(start, tree.get(start)))


def _caches_of(pair: Pair, context: Context) -> list[str]:
    """The instances that the Kustomization applied, as far as it is told from others."""
    return context.once(_caches_by_applier).get(pair.key, [])


def _caches_by_applier(context: Context) -> Mapping[ObjectKey, list[str]]:
    caches: dict[ObjectKey, list[str]] = {}
    for key, manifest in sorted(context.old.items()):
        if key.kind == "Dragonfly":
            for kustomization in appliers(Pair(key, manifest, None), context):
                metadata = kustomization["metadata"]
                applier = ObjectKey("Kustomization", metadata.get("namespace", ""), metadata["name"])
                caches.setdefault(applier, []).append(key.name)
    return caches
