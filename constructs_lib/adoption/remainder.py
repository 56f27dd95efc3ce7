"""The second half: where the manifests and what is now written differ, field by field, with the reason and what to do.

The review of both finds every difference, so that nothing is forgotten; why a field is not carried over is known from
its reader, from the refusal of its argument, from the doctor, or from a row here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from constructs_lib.adoption.model import NotCarried, Origin
from constructs_lib.adoption.surroundings import Surroundings
from constructs_lib.checks.manifests import Manifest
from constructs_lib.doctor.doctor import examine
from constructs_lib.doctor.model import Severity
from constructs_lib.review.changes.model import Change, Tree
from constructs_lib.review.outputs.values import told
from constructs_lib.review.review import review
from constructs_lib.review.sides.trees import key_of

ARGS = "/spec/args"

_STAYS = "go on applying it as it is, beside what is written"

GONE = {
    "Dragonfly": ("it is another instance", "import it on its own, by `--name`"),
    "Secret": ("no value of a Secret is written", _STAYS),
    "ExternalSecret": ("it is not written as it stands", "go on applying it, or give `dragonfly_secrets`"),
}
"""Why an object of that kind is not among what is written, and what to do."""

NOT_OF_THE_STACK = ("it is none of the objects that are written", _STAYS)

NEW = (
    "the manifests have no such object, and what is written is a stack that stands by itself",
    "take it over with the rest, or leave its file out of what Flux applies",
)

FIELDS = {
    "added": ("it is always written", "see that it suits you"),
    "gone": ("no argument gives it", "where it is needed, add it by a JSON patch on the construct's `api_object`"),
    "changed": ("it is written in another way", "see that it suits you"),
}
"""Why a field differs of which nothing better is known."""


@dataclass(frozen=True, slots=True)
class _Reason:
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
        known: what the readers and the refusals said.
        unnamed: objects of whose namespace the manifests do not tell.
    """
    original = {key_of(manifest.object): manifest.object for manifest in around.objects.manifests}
    found = [*map(_without_namespace, unnamed)]
    reasons = [_Reason(each.origin, each.why, each.advice) for each in known]
    told_by: set[_Reason] = set()
    diagnosed = list(_diagnosed(around))
    for change in review(original, written, around.operator).changes:
        origin = _place(change, around)
        fitting = [reason for reason in reasons if change.field and reason.is_about(origin, change)]
        told_by |= set(fitting)
        found.append(_difference(change, origin, fitting or _diagnoses(diagnosed, origin, change)))
    found += [each for each, reason in zip(known, reasons, strict=True) if reason not in told_by]
    return sorted(dict.fromkeys(found), key=lambda each: (each.origin.object, each.origin.field))


def _difference(change: Change, origin: Origin, reasons: Sequence[_Reason]) -> NotCarried:
    if not change.field:
        why, advice = NEW if change.before is None else GONE.get(change.object.kind, NOT_OF_THE_STACK)
        return NotCarried(origin, why, advice)
    values = told(change.before, change.after)
    if reasons:
        whys, advices = (dict.fromkeys(texts) for texts in zip(*((r.why, r.advice) for r in reasons), strict=True))
        return NotCarried(origin, f"{values}: {', and '.join(whys)}", ", and ".join(advices))
    kind = "added" if change.before is None else "gone" if change.after is None else "changed"
    why, advice = FIELDS[kind]
    return NotCarried(origin, f"{values}: {why}", advice)


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


def _diagnosed(around: Surroundings) -> Iterator[_Reason]:
    """What the doctor says of the manifests."""
    for found in examine(around.objects).findings:
        if found.check.severity is not Severity.INFO and found.field:
            yield _Reason(Origin.of(found.manifest, found.field), found.what, found.fix)


def _diagnoses(reasons: Sequence[_Reason], origin: Origin, change: Change) -> list[_Reason]:
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


