"""What a change of the operator's Helm release, or of where its chart comes from, does.

https://fluxcd.io/flux/components/helm/helmreleases/; the chart's values: docs/dragonfly.md, "The operator's Helm chart"
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from constructs_lib.operator.helm_release import installs_operator, is_operator_chart
from constructs_lib.review.changes.differences import Difference
from constructs_lib.review.changes.fields import field_changes, of_group
from constructs_lib.review.changes.metadata import RECOMMENDED_LABELS
from constructs_lib.review.changes.model import Change, Context, Effect, Manifest, ObjectKey, Pair, Tree
from constructs_lib.review.changes.pruning import gone, kept_because
from constructs_lib.review.changes.rows import Reading, Row, reading, row
from constructs_lib.review.objects.operator_upgrade import upgrade
from constructs_lib.values.fields import value

_HELM = "https://fluxcd.io/flux/components/helm/helmreleases/"
_SOURCES = "https://fluxcd.io/flux/components/source/"
_VALUES = "docs/dragonfly.md, The operator's Helm chart"


@dataclass(frozen=True, slots=True)
class _Chart:
    """Where a release's chart lies, and which version of it."""

    address: str
    version: str


@of_group("helm.toolkit.fluxcd.io", "source.toolkit.fluxcd.io")
def changes(pair: Pair, context: Context) -> Iterator[Change]:
    """What each difference between two versions of a HelmRelease, HelmRepository or OCIRepository does."""
    is_release = pair.key.kind == "HelmRelease"
    if pair.new is None:
        yield _release_gone(pair, context) if is_release else _source_gone(pair, context)
    elif pair.old is None:
        effects, what = _created(pair, context)
        yield Change(pair.key, "", None, pair.new, effects, what)
    elif not is_release:
        yield from field_changes(pair, context, SOURCE_ROWS)
    elif installs_operator(pair.old, context.old.values()) and installs_operator(pair.new, context.new.values()):
        yield from field_changes(pair, context, (*RELEASE_ROWS, *VALUE_ROWS))
    else:
        yield from field_changes(pair, context, RELEASE_ROWS)


def _release_gone(pair: Pair, context: Context) -> Change:
    assert pair.old is not None
    if not installs_operator(pair.old, context.old.values()):
        return gone(
            pair, context, "Helm uninstalls what it installed, which is not among these files.", (Effect.UNKNOWN,)
        )
    moved = _other_release(context.new, context.old)
    goes = f"The operator moves to {moved}" if moved else "The operator goes"
    if not _keeps_crds(pair.old):
        hangs = f"{goes} and, as crds.keep is false, the CRDs go: every instance of the cluster is deleted."
        return gone(pair, context, hangs, (Effect.DATA_LOST,))
    stay = "its CRDs and the instances stay, with nobody who fails over or carries out a change"
    return gone(pair, context, f"{goes}; {stay}{' until it runs there' if moved else ''}.")


def _created(pair: Pair, context: Context) -> Reading:
    assert pair.new is not None
    is_operators = pair.key.kind == "HelmRelease" and installs_operator(pair.new, context.new.values())
    moved = _other_release(context.old, context.new) if is_operators else None
    if moved is None:
        return (Effect.CREATED,), f"A new {pair.key.kind}."
    what = f"The operator moves here from {moved}."
    if not _keeps_crds(context.old[moved]) or value(pair.new, "spec", "values", "crds", "install") is False:
        return (Effect.CREATED,), what
    return (Effect.UNKNOWN, Effect.CREATED), f"{what} {_OF_ANOTHER_RELEASE}"


_OF_ANOTHER_RELEASE = (
    "The CRDs that Helm kept name the old release, so Helm may refuse this one until they are taken over: annotate "
    "dragonflies.dragonflydb.io with the new release's meta.helm.sh/release-name and meta.helm.sh/release-namespace."
)
"""An object that is there already must name the release that installs it: Helm's `checkOwnership`,
https://github.com/helm/helm/blob/v3.18.0/pkg/action/validate.go; CRDs of this chart are templates, which it checks."""


def _other_release(there: Tree, not_there: Tree) -> ObjectKey | None:
    """The one release of the operator that is in one tree alone."""
    found = [
        key
        for key, manifest in there.items()
        if key.kind == "HelmRelease" and key not in not_there and installs_operator(manifest, there.values())
    ]
    return found[0] if len(found) == 1 else None


def _keeps_crds(release: Manifest) -> bool:
    return value(release, "spec", "values", "crds", "keep") is not False


def _source_gone(pair: Pair, context: Context) -> Change:
    users = sorted(
        str(key)
        for key, manifest in context.new.items()
        if key.kind == "HelmRelease" and _source(key, manifest) == pair.key
    )
    if not users or kept_because(pair, context):
        return gone(pair, context)
    hangs = f"{', '.join(users)} finds no chart any more: what is installed stays as it is."
    return gone(pair, context, hangs, (Effect.STUCK,))


def _chart_changed(difference: Difference, pair: Pair, context: Context) -> Reading:
    before, after = _chart(pair.key, pair.old, context.old), _chart(pair.key, pair.new, context.new)
    if before is None or after is None:
        return (Effect.UNKNOWN,), "Which chart it is is not among these files."
    if before.address != after.address:
        return (Effect.UNKNOWN,), f"The chart comes from {after.address}: what is there is not known."
    if before == after:
        return (Effect.LIVE,), f"The same chart, {after.version}, by another way."
    if not is_operator_chart(after.address):
        return (Effect.UNKNOWN,), "What another version of that chart does is not known."
    return upgrade(before.version, after.version, context)


def _url(difference: Difference, pair: Pair, context: Context) -> Reading:
    before, after = str(difference.before).rstrip("/"), str(difference.after).rstrip("/")
    if before == after:
        return (Effect.LIVE,), "The same address, written otherwise."
    return (Effect.UNKNOWN,), f"Charts come from {after}: what is there is not known."


def _tag(difference: Difference, pair: Pair, context: Context) -> Reading:
    if not is_operator_chart(str(_spec(pair.new).get("url", ""))):
        return (Effect.UNKNOWN,), "What another version of that chart does is not known."
    return upgrade(str(difference.before), str(difference.after), context)


def _suspend(difference: Difference, pair: Pair, context: Context) -> Reading:
    if difference.after:
        return (
            Effect.ORPHANED,
        ), "Flux leaves it as it is until it is resumed: what changes in the files does not reach it."
    return (Effect.UNKNOWN,), "Flux takes it up again, with every change that was held back."


def _crds_install(difference: Difference, pair: Pair, context: Context) -> Reading:
    if difference.after is not False:
        return (Effect.LIVE,), "The chart brings its CRDs up to date."
    keep = ((_spec(pair.new).get("values") or {}).get("crds") or {}).get("keep", True)
    if keep:
        return (
            Effect.ORPHANED,
        ), "The CRDs stay as they are: later versions of the chart do not bring them up to date."
    return (Effect.DATA_LOST,), "Helm deletes the CRDs, and with them every instance of the cluster."


def _crds_keep(difference: Difference, pair: Pair, context: Context) -> Reading:
    if difference.after is not False:
        return (Effect.LIVE,), "The CRDs stay when the release is uninstalled, and every instance with them."
    return (Effect.PRUNED,), (
        "From now on the CRDs go when the release is uninstalled, and with them every instance of the cluster."
    )


def _replicas(difference: Difference, pair: Pair, context: Context) -> Reading:
    if difference.after == 0:
        return (Effect.STUCK,), "No operator runs: nobody fails over, and no change to an instance is carried out."
    return (Effect.LIVE,), "There are more pods of the operator, or fewer; one of them leads."


def _service_monitor(difference: Difference, pair: Pair, context: Context) -> Reading:
    values = _spec(pair.new).get("values") or {}
    if not (values.get("serviceMonitor") or {}).get("enabled"):
        return (Effect.UNWATCHED,), "Prometheus no longer scrapes the operator."
    if (values.get("rbacProxy") or {}).get("enabled", True):
        return (Effect.UNWATCHED,), "The operator's target is always down: it listens on loopback behind rbacProxy."
    return (Effect.LIVE,), "Prometheus scrapes the operator."


def _of_monitor(effect: Effect, what: str) -> Callable[[Difference, Pair, Context], Reading]:
    """What a field of the monitor does to one that stays; of one that comes or goes only that is to be said."""

    def reads(difference: Difference, pair: Pair, context: Context) -> Reading:
        was, is_now = (
            value(side, "spec", "values", "serviceMonitor", "enabled") is True for side in (pair.old, pair.new)
        )
        if was != is_now:
            return _service_monitor(difference, pair, context)
        return ((effect,), what) if is_now else ((Effect.NONE,), "Prometheus does not scrape the operator anyway.")

    return reads


def _dashboard(difference: Difference, pair: Pair, context: Context) -> Reading:
    if difference.after:
        return (Effect.LIVE,), "The chart brings its dashboard."
    return (Effect.UNWATCHED,), "The operator's dashboard goes."


def _ignored(name: str) -> Row:
    what = f"The chart has no value {name} at the top and silently ignores it; it stands below manager."
    return row(f"/spec/values/{name}/**", Effect.NONE, what, _VALUES)


_REFERENCE = ("kind", "name", "namespace")

RELEASE_ROWS: tuple[Row, ...] = (
    reading("/spec/chart/spec/version", _chart_changed, _VALUES),
    reading("/spec/chart/spec/chart", _chart_changed, _VALUES),
    reading("/spec/chart", _chart_changed, _VALUES),
    *(reading(f"/spec/chart/spec/sourceRef/{name}", _chart_changed, _VALUES) for name in _REFERENCE),
    row(
        "/spec/chart/spec/interval", Effect.LIVE, "Flux looks for the chart at other times.", f"{_HELM}#chart-template"
    ),
    reading("/spec/chartRef", _chart_changed, f"{_HELM}#chart-reference"),
    *(reading(f"/spec/chartRef/{name}", _chart_changed, f"{_HELM}#chart-reference") for name in _REFERENCE),
    reading("/spec/suspend", _suspend, f"{_HELM}#suspend"),
    row("/spec/interval", Effect.LIVE, "Flux looks at the release at other times.", f"{_HELM}#interval"),
    row("/spec/timeout", Effect.LIVE, "Helm waits for a longer or shorter time.", f"{_HELM}#timeout"),
    row(
        "/spec/maxHistory",
        Effect.LIVE,
        "Helm remembers more versions of the release, or fewer.",
        f"{_HELM}#max-history",
    ),
    *(
        row(
            f"/spec/{action}/remediation/retries",
            Effect.LIVE,
            "Flux tries more often, or less.",
            f"{_HELM}#remediation",
        )
        for action in ("install", "upgrade")
    ),
    row(
        "/spec/upgrade/cleanupOnFail",
        Effect.LIVE,
        "What a failed upgrade leaves behind.",
        f"{_HELM}#upgrade-configuration",
    ),
    row(
        "/spec/install/crds",
        Effect.NONE,
        "It is for a chart's crds/ folder; this chart's CRDs are templates, by its value crds.install.",
        _VALUES,
    ),
    row(
        "/spec/upgrade/crds",
        Effect.NONE,
        "It is for a chart's crds/ folder; this chart's CRDs are templates, by its value crds.install.",
        _VALUES,
    ),
    *(
        row(
            f"/spec/{name}",
            Effect.UNKNOWN,
            "Flux uninstalls the release and installs it under another name or elsewhere; the operator's pods are "
            "called otherwise, and policies that name them must follow.",
            f"{_HELM}#release-name",
        )
        for name in ("releaseName", "targetNamespace", "storageNamespace")
    ),
    *RECOMMENDED_LABELS,
)

_ADMITTED = "The operator's pods are made anew, and whether the namespace's Pod Security level admits them hangs on it."
_OPERATOR_RESTARTS = "The operator's pods are made anew; instances go on."

VALUE_ROWS: tuple[Row, ...] = (
    reading("/spec/values/crds/install", _crds_install, _VALUES),
    reading("/spec/values/crds/keep", _crds_keep, _VALUES),
    reading("/spec/values/replicaCount", _replicas, _VALUES),
    reading("/spec/values/rbacProxy/enabled", _service_monitor, _VALUES),
    reading("/spec/values/serviceMonitor/enabled", _service_monitor, _VALUES),
    reading(
        "/spec/values/serviceMonitor/interval",
        _of_monitor(Effect.LIVE, "The operator is scraped more often, or less."),
        _VALUES,
    ),
    reading(
        "/spec/values/serviceMonitor/labels/**",
        _of_monitor(Effect.UNWATCHED, "Prometheus selects ServiceMonitors by label: it may no longer take this one."),
        _VALUES,
    ),
    reading("/spec/values/grafanaDashboard/enabled", _dashboard, _VALUES),
    row("/spec/values/manager/priorityClassName", Effect.LIVE, _OPERATOR_RESTARTS, _VALUES),
    row("/spec/values/manager/tolerations", Effect.LIVE, _OPERATOR_RESTARTS, _VALUES),
    row("/spec/values/manager/nodeSelector/*", Effect.LIVE, _OPERATOR_RESTARTS, _VALUES),
    *(
        row(f"/spec/values/manager/resources/{bound}/{name}", Effect.LIVE, _OPERATOR_RESTARTS, _VALUES)
        for bound in ("limits", "requests")
        for name in ("cpu", "memory")
    ),
    *(
        row(f"/spec/values/{name}/**", Effect.UNKNOWN, _ADMITTED, _VALUES)
        for name in ("podSecurityContext", "manager/securityContext")
    ),
    *map(_ignored, ("priorityClassName", "resources", "containerSecurityContext")),
)
"""Values of the operator's chart; another one is unknown, unless the chart is known to ignore it."""

SOURCE_ROWS: tuple[Row, ...] = (
    reading("/spec/url", _url, _SOURCES),
    reading("/spec/ref/tag", _tag, _VALUES),
    reading("/spec/suspend", _suspend, _SOURCES),
    row("/spec/interval", Effect.LIVE, "Flux looks at the source at other times.", _SOURCES),
    row("/spec/timeout", Effect.LIVE, "Flux waits for the source for a longer or shorter time.", _SOURCES),
    *RECOMMENDED_LABELS,
)


def _chart(key: ObjectKey, release: Manifest | None, tree: Tree) -> _Chart | None:
    source = tree.get(_source(key, release)) if release is not None else None
    if source is None:
        return None
    url = str(_spec(source).get("url", "")).rstrip("/")
    template = (_spec(release).get("chart") or {}).get("spec")
    if template:
        return _Chart(f"{url}/{template.get('chart')}", str(template.get("version", "*")))
    return _Chart(url, str((_spec(source).get("ref") or {}).get("tag", "latest")))


def _source(key: ObjectKey, release: Manifest | None) -> ObjectKey:
    template = (_spec(release).get("chart") or {}).get("spec") or {}
    reference = template.get("sourceRef") or _spec(release).get("chartRef") or {}
    return ObjectKey(reference.get("kind", ""), reference.get("namespace") or key.namespace, reference.get("name", ""))


def _spec(manifest: Manifest | None) -> Mapping[str, Any]:
    return (manifest or {}).get("spec") or {}
