"""What is not carried over: where manifests and what is now written differ, with the reason and what to do.

The review of both finds every difference, so that nothing is forgotten; why a field is not carried over is known from
the module of its kind, from the refusal of its argument, from the doctor, or from `reasons.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from constructs_lib.adoption.kinds.server import ARGS
from constructs_lib.adoption.model import NotCarried, Origin
from constructs_lib.adoption.reasons import of_a_field, of_an_object
from constructs_lib.adoption.surroundings import Surroundings
from constructs_lib.checks.manifests import Manifest
from constructs_lib.doctor.doctor import examine
from constructs_lib.doctor.model import Severity
from constructs_lib.review.changes.model import Change, Tree
from constructs_lib.review.changes.redaction import VALUES
from constructs_lib.review.dragonfly.arguments import flags_in
from constructs_lib.review.outputs.values import told
from constructs_lib.review.review import review
from constructs_lib.review.sides.trees import key_of

_FILES = ("ConfigMap", "Secret")


def remainder(
    around: Surroundings, written: Tree, known: Sequence[NotCarried], unnamed: Iterable[Manifest]
) -> list[NotCarried]:
    """Everything in which what is written differs from the manifests, and what was refused although it does not show.

    Args:
        around: the instance, among all objects of the manifests.
        written: what is written now.
        known: what the modules of kinds and the refusals said.
        unnamed: objects of whose namespace the manifests do not tell.
    """
    original = {key_of(manifest.object): manifest.object for manifest in around.objects.manifests}
    own = key_of(around.instance.manifest.object)
    found = [*map(_without_namespace, unnamed)]
    diagnosed = list(_diagnosed(around))
    told_by: set[NotCarried] = set()
    for change in review(original, written, around.operator).changes:
        origin = _place(change, around)
        if not change.field:
            found.append(NotCarried(origin, *of_an_object(change, change.object == own)))
            continue
        fitting = [each for each in known if _is_about(each, origin, change)]
        told_by |= set(fitting)
        found.append(_difference(change, origin, fitting or _diagnoses(diagnosed, origin, change)))
    found += [each for each in known if each not in told_by]
    return sorted(dict.fromkeys(found), key=lambda each: each.origin.order)


def _is_about(known: NotCarried, origin: Origin, change: Change) -> bool:
    """Whether something is known about that field, about one in it, or about what it is in.

    What is only added is told by the very field alone, and a flag by its own word. A rule that is added has its place
    among the new ones.
    """
    if change.before is None or change.field == ARGS:
        return known.origin == origin and origin.object.kind != "PrometheusRule"
    return isinstance(known.origin, Origin) and known.origin.overlaps(origin)


def _difference(change: Change, origin: Origin, known: Sequence[NotCarried]) -> NotCarried:
    reasons = [(each.why, each.advice) for each in known] or [of_a_field(change)]
    whys, advices = (dict.fromkeys(texts) for texts in zip(*reasons, strict=True))
    return NotCarried(origin, f"{_shown(change)}{', and '.join(whys)}", ", and ".join(advices))


def _shown(change: Change) -> str:
    """What became of the value; of the contents of files nothing, since an ACL file may be one of them."""
    is_a_file = change.object.kind in _FILES and change.field.split("/")[1] in VALUES
    return "" if is_a_file else f"{told(change.before, change.after)}: "


def _place(change: Change, around: Surroundings) -> Origin:
    """The change's field; of a flag that the manifests give, its word."""
    origin = Origin(change.object, change.field)
    if change.field != ARGS or not isinstance(change.before, str):
        return origin
    (given, *_) = flags_in(change.before.split(" ", 1))
    flag = around.instance.flag(given.name)
    return origin if flag is None else replace(origin, field=f"{ARGS}/{flag.index}")


def _diagnosed(around: Surroundings) -> Iterator[NotCarried]:
    """What the doctor says of the manifests."""
    for found in examine(around.objects).findings:
        if found.check.severity is not Severity.INFO and found.field:
            yield NotCarried(Origin.of(found.manifest, found.field), found.what, found.fix)


def _diagnoses(diagnosed: Sequence[NotCarried], origin: Origin, change: Change) -> list[NotCarried]:
    """Those about a field that the manifests have: what is added is no fault of theirs."""
    if change.before is None:
        return []
    return [each for each in diagnosed if _is_about(each, origin, change)]


def _without_namespace(manifest: Manifest) -> NotCarried:
    metadata = {name: each for name, each in manifest.metadata.items() if name != "namespace"}
    nameless = replace(manifest, object={**manifest.object, "metadata": metadata})
    return NotCarried(
        Origin.of(nameless, "/metadata/namespace"),
        f"the manifests do not say it; taken: {manifest.namespace}",
        "`--namespace` names another for all of them",
    )
