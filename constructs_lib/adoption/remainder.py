"""The second half: where the manifests and what is now written differ, field by field, with the reason and what to do.

The review of both finds every difference, so that nothing is forgotten; why a field is not carried over is known from
the module of its kind, from the refusal of its argument, from the doctor, or from a table here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase

from constructs_lib.adoption.model import NotCarried, Origin
from constructs_lib.adoption.surroundings import Surroundings
from constructs_lib.checks.manifests import Manifest
from constructs_lib.doctor.doctor import examine
from constructs_lib.doctor.model import Severity
from constructs_lib.review.changes.model import Change, Tree
from constructs_lib.review.changes.redaction import VALUES
from constructs_lib.review.outputs.values import told
from constructs_lib.review.review import review
from constructs_lib.review.sides.trees import key_of

ARGS = "/spec/args"

_STAYS = "go on applying it as it is, beside what is written"

_FILES = ("ConfigMap", "Secret")

_SEE = "see that it suits you"
_ANOTHER = "give another where it does not suit you"
_PATH = "move the files, and give the folder above them as `dragonfly_flux_path`"

GONE = {
    "Dragonfly": ("it is another instance", "import it on its own, by `--name`"),
    "Secret": ("no value of a Secret is written", _STAYS),
    "ExternalSecret": ("it is not written as it stands", "go on applying it, or give `dragonfly_secrets`"),
}
"""Why an object of that kind is not among what is written, and what to do."""

NOT_OF_THE_STACK = ("it is none of the objects that are written", _STAYS)

NEW = (
    "the manifests have no such object",
    "take it over with the rest, or keep its file out of what Flux applies",
)

RENAMED = ("it is written under another name", "see what is said of its /metadata/name")

WRITTEN = (
    (
        "Dragonfly /metadata/annotations/ignore-check.*",
        "why port 9999 is open",
        "close it by a policy that is enforced",
    ),
    ("Dragonfly /spec/args", "the flag is always written, with the server's own value where that is known", _ANOTHER),
    ("Dragonfly /spec/resources*", "requests and a memory limit are always written", _ANOTHER),
    ("Dragonfly /spec/affinity*", "rather not two pods on one node", "give `affinity` if it shall be otherwise"),
    ("Dragonfly /spec/env*", "what the snapshots need comes last", _SEE),
    (
        "HelmRelease /spec/values/*",
        "the operator's chart gets what Pod Security `restricted` and its metrics ask for",
        _SEE,
    ),
    ("HelmRelease /spec/*", "a release that fails is tried again", _SEE),
    ("Kustomization /spec/path", "what is written has a folder each for the operator and for the cache", _PATH),
    (
        "Kustomization /spec/*",
        "Flux waits, tries again and gives up in good time",
        "give the `dragonfly_flux_*` variables",
    ),
    ("Namespace *", "Flux never prunes it, and its Pod Security level is audited and warned of, too", _SEE),
    ("ConfigMap *", "the dashboard that is written is another one", "keep the old one beside it under another name"),
    (
        "GrafanaDashboard *",
        "the dashboard that is written is another one",
        "keep the old one beside it under another name",
    ),
    ("PrometheusRule *", "the rules that are written hold for what the server exports", "change them by `alerts`"),
    ("PodMonitor *", "it scrapes what the rules and the dashboard read", _SEE),
    ("*NetworkPolicy *", "it lets through what the instance needs, and who is named", "name others as `clients`"),
)
"""What is written in its own way whatever the manifests say: kind and field, why, and what to do."""

DIFFERENT = ("it is written in another way", _SEE)
NOT_WRITTEN = ("no argument gives it", "where it is needed, add it by a JSON patch on the construct's `api_object`")


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
        known: what the modules of kinds and the refusals said.
        unnamed: objects of whose namespace the manifests do not tell.
    """
    original = {key_of(manifest.object): manifest.object for manifest in around.objects.manifests}
    own = key_of(around.instance.manifest.object)
    found = [*map(_without_namespace, unnamed)]
    reasons = [_Reason(each.origin, each.why, each.advice) for each in known]
    told_by: set[_Reason] = set()
    diagnosed = list(_diagnosed(around))
    for change in review(original, written, around.operator).changes:
        origin = _place(change, around)
        fitting = [reason for reason in reasons if change.field and reason.is_about(origin, change)]
        told_by |= set(fitting)
        if change.field:
            found.append(_difference(change, origin, fitting or _diagnoses(diagnosed, origin, change)))
        else:
            found.append(NotCarried(origin, *_whole_object(change, is_own=change.object == own)))
    found += [each for each, reason in zip(known, reasons, strict=True) if reason not in told_by]
    return sorted(dict.fromkeys(found), key=lambda each: (each.origin.object, each.origin.field))


def _whole_object(change: Change, is_own: bool) -> tuple[str, str]:
    if change.before is None:
        return NEW
    return RENAMED if is_own else GONE.get(change.object.kind, NOT_OF_THE_STACK)


def _difference(change: Change, origin: Origin, reasons: Sequence[_Reason]) -> NotCarried:
    told_reasons = [(reason.why, reason.advice) for reason in reasons] or [_usual_reason(change)]
    whys, advices = (dict.fromkeys(texts) for texts in zip(*told_reasons, strict=True))
    return NotCarried(origin, f"{_shown(change)}{', and '.join(whys)}", ", and ".join(advices))


def _shown(change: Change) -> str:
    """What became of the value; of the contents of files nothing, since an ACL file may be one of them."""
    is_a_file = change.object.kind in _FILES and change.field.split("/")[1] in VALUES
    return "" if is_a_file else f"{told(change.before, change.after)}: "


def _usual_reason(change: Change) -> tuple[str, str]:
    """Why a field is another of which nothing better is known."""
    if change.after is None:
        return NOT_WRITTEN
    if change.field == ARGS and change.before is not None:
        return DIFFERENT
    field = f"{change.object.kind} {change.field}"
    return next(((why, advice) for pattern, why, advice in WRITTEN if fnmatchcase(field, pattern)), DIFFERENT)


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
