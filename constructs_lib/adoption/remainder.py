"""The second half: where the manifests and what is now written differ, field by field, with the reason and what to do.

The review of both finds every difference, so that nothing is forgotten; why a field is not carried over is known from
the module of its kind, from the refusal of its argument, from the doctor, or from `reasons.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from constructs_lib.adoption.model import NotCarried, Origin
from constructs_lib.adoption.reasons import ARGS, of_a_field, of_an_object
from constructs_lib.adoption.surroundings import Surroundings
from constructs_lib.checks.manifests import Manifest
from constructs_lib.doctor.doctor import examine
from constructs_lib.doctor.model import Severity
from constructs_lib.review.changes.model import Change, Tree
from constructs_lib.review.changes.redaction import VALUES
from constructs_lib.review.outputs.values import told
from constructs_lib.review.review import review
from constructs_lib.review.sides.trees import key_of

_FILES = ("ConfigMap", "Secret")


@dataclass(frozen=True, slots=True)
class _Known:
    """Why something at a field is as it is."""

    origin: Origin
    why: str
    advice: str

    def is_about(self, origin: Origin, change: Change) -> bool:
        """Whether it says something about that field, about one in it, or about what it is in.

        What is only added is told by the very field alone, and a flag by its own word. A rule that is added has its
        place among the new ones.
        """
        if change.before is None or change.field == ARGS:
            return self.origin == origin and origin.object.kind != "PrometheusRule"
        mine, theirs = f"{self.origin.field}/", f"{origin.field}/"
        return self.origin.object == origin.object and (mine.startswith(theirs) or theirs.startswith(mine))


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
    reasons = [_Known(each.origin, each.why, each.advice) for each in known]
    told_by: set[_Known] = set()
    diagnosed = list(_diagnosed(around))
    for change in review(original, written, around.operator).changes:
        origin = _place(change, around)
        fitting = [reason for reason in reasons if change.field and reason.is_about(origin, change)]
        told_by |= set(fitting)
        if change.field:
            found.append(_difference(change, origin, fitting or _diagnoses(diagnosed, origin, change)))
        else:
            found.append(NotCarried(origin, *of_an_object(change, change.object == own)))
    found += [each for each, reason in zip(known, reasons, strict=True) if reason not in told_by]
    return sorted(dict.fromkeys(found), key=lambda each: (each.origin.object, each.origin.field))


def _difference(change: Change, origin: Origin, reasons: Sequence[_Known]) -> NotCarried:
    told_reasons = [(reason.why, reason.advice) for reason in reasons] or [of_a_field(change)]
    whys, advices = (dict.fromkeys(texts) for texts in zip(*told_reasons, strict=True))
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
    flag = change.before.split("=")[0].split(" ")[0].lstrip("-").removeprefix("no")
    for each in around.instance.flags:
        if each.name.removeprefix("no") == flag:
            return replace(origin, field=f"{ARGS}/{each.index}")
    return origin


def _diagnosed(around: Surroundings) -> Iterator[_Known]:
    """What the doctor says of the manifests."""
    for found in examine(around.objects).findings:
        if found.check.severity is not Severity.INFO and found.field:
            yield _Known(Origin.of(found.manifest, found.field), found.what, found.fix)


def _diagnoses(reasons: Sequence[_Known], origin: Origin, change: Change) -> list[_Known]:
    """Those about a field that the manifests have: what is added is no fault of theirs."""
    if change.before is None:
        return []
    return [reason for reason in reasons if reason.is_about(origin, change)]


def _without_namespace(manifest: Manifest) -> NotCarried:
    metadata = {name: each for name, each in manifest.metadata.items() if name != "namespace"}
    nameless = replace(manifest, object={**manifest.object, "metadata": metadata})
    return NotCarried(
        Origin.of(nameless, "/metadata/namespace"),
        f"the manifests do not say it; taken: {manifest.namespace}",
        "`--namespace` names another for all of them",
    )
