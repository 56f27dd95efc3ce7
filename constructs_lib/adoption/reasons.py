"""Why something is written otherwise than it was, and what to do, where nothing is known of the one field alone."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import NamedTuple

from constructs_lib.adoption.kinds.server import ARGS
from constructs_lib.review.changes.model import Change


class Reason(NamedTuple):
    """Why, and what to do."""

    why: str
    advice: str


_SEE = "see that it suits you"
_ANOTHER = "give another where it does not suit you"
_BESIDE = "go on applying it as it is, beside what is written"
_KEEP_THE_OLD_ONE = "keep the old one beside it under another name"

NEW = Reason(
    "the manifests have no such object", "take it over with the rest, or keep its file out of what Flux applies"
)
RENAMED = Reason("it is written under another name", "see what is said of its /metadata/name")
NOT_OF_THE_STACK = Reason("it is none of the objects that are written", _BESIDE)

GONE = {
    "Dragonfly": Reason("it is another instance", "import it on its own, by `--name`"),
    "Secret": Reason("no value of a Secret is written", _BESIDE),
    "ExternalSecret": Reason("it is not written as it stands", "go on applying it, or give `dragonfly_secrets`"),
}
"""Of objects that are not among what is written, by kind."""

NOT_WRITTEN = Reason(
    "no argument gives it", "where it is needed, add it by a JSON patch on the construct's `api_object`"
)
DIFFERENT = Reason("it is written in another way", _SEE)

WRITTEN = {
    "Dragonfly /metadata/annotations/ignore-check.*": Reason(
        "why port 9999 is open", "close it by a policy that is enforced"
    ),
    f"Dragonfly {ARGS}": Reason(
        "the flag is always written, with the server's own value where that is known", _ANOTHER
    ),
    "Dragonfly /spec/resources*": Reason("requests and a memory limit are always written", _ANOTHER),
    "Dragonfly /spec/affinity*": Reason("rather not two pods on one node", "give `affinity` if it shall be otherwise"),
    "Dragonfly /spec/env*": Reason("what the snapshots need comes last", _SEE),
    "Dragonfly /spec/aclFromSecret*": Reason(
        "the users have a file in the Secret", "put it there under that key, with a password's SHA-256 for each"
    ),
    "HelmRelease /spec/values/*": Reason(
        "the chart is told what Pod Security `restricted`, the metrics and a small operator need", _SEE
    ),
    "HelmRelease /spec/*": Reason("the release has the operator's usual name and is tried again where it fails", _SEE),
    "Kustomization /spec/path": Reason(
        "the operator and the cache have a folder each",
        "move the files, and give the folder above them as `dragonfly_flux_path`",
    ),
    "Kustomization /spec/*": Reason(
        "Flux waits, tries again and gives up in good time", "give the `dragonfly_flux_*` variables"
    ),
    "Namespace *": Reason("Flux never prunes it, and its Pod Security level is audited and warned of, too", _SEE),
    "ConfigMap *": Reason("the dashboard is another one", _KEEP_THE_OLD_ONE),
    "GrafanaDashboard *": Reason("the dashboard is another one", _KEEP_THE_OLD_ONE),
    "PrometheusRule *": Reason("our rules hold for what the server exports", "change them by `alerts`"),
    "PodMonitor *": Reason("it scrapes what the rules and the dashboard read", _SEE),
    "*NetworkPolicy *": Reason("it lets through what the instance needs, and who is named", "name others as `clients`"),
}
"""Of fields that are written in their own way, whatever the manifests say: by kind and field, the first that fits."""


def of_an_object(change: Change, is_the_instance: bool) -> Reason:
    """Why a whole object is new, or is gone."""
    if change.before is None:
        return NEW
    return RENAMED if is_the_instance else GONE.get(change.object.kind, NOT_OF_THE_STACK)


def of_a_field(change: Change) -> Reason:
    """Why a field is another."""
    if change.after is None:
        return NOT_WRITTEN
    if change.field == ARGS and change.before is not None:
        return DIFFERENT
    field = f"{change.object.kind} {change.field}"
    return next((reason for pattern, reason in WRITTEN.items() if fnmatchcase(field, pattern)), DIFFERENT)
