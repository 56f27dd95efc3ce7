"""The operator's Helm chart under Flux: where it lies, its version, and values that it does not read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress

from constructs_lib.checks.manifests import Manifest
from constructs_lib.doctor.model import ERROR, INFO, WARNING, Check, Found, add
from constructs_lib.doctor.objects import Objects, may_be_same_namespace
from constructs_lib.operator.arguments import CHART
from constructs_lib.values.fields import mapping, pointer, text, value
from constructs_lib.values.version import Version

CHART_NOT_FOUND = Check(
    "chart-not-found",
    ERROR,
    ("HelmRelease", "HelmRepository", "OCIRepository"),
    "The chart is oci://ghcr.io/dragonflydb/dragonfly-operator/helm/dragonfly-operator. One level up there is nothing "
    "to install, and Flux says so once a minute.",
    "docs/dragonfly.md#the-operators-helm-chart",
)
CHART_VERSION_WITHOUT_V = Check(
    "chart-version-without-v",
    ERROR,
    ("HelmRelease", "OCIRepository"),
    "The chart's tags begin with a `v`, and Flux takes an exact version literally: `1.3.1` names no artifact.",
    "docs/dragonfly.md#the-operators-helm-chart",
)
CHART_VERSION_RANGE = Check(
    "chart-version-range",
    ERROR,
    ("HelmRelease",),
    "Tags with a `v` are no versions to the resolver of ranges: with a HelmRepository a range finds nothing.",
    "docs/dragonfly.md#the-operators-helm-chart",
)
REPOSITORY_NOT_OCI = Check(
    "helm-repository-not-oci",
    ERROR,
    ("HelmRepository",),
    "An `oci://` address needs `type: oci`; without it Flux asks for an index.yaml that is not there.",
    "https://fluxcd.io/flux/components/source/helmrepositories/",
)
CHART_VALUE_IGNORED = Check(
    "chart-value-ignored",
    WARNING,
    ("HelmRelease",),
    "The chart reads resources, priority class and the container's security context below `manager`; at the top of the "
    "values they are ignored without a word.",
    "docs/dragonfly.md#the-operators-helm-chart",
)
SERVICE_MONITOR_BEHIND_PROXY = Check(
    "service-monitor-behind-proxy",
    WARNING,
    ("HelmRelease",),
    "The manager listens on loopback behind kube-rbac-proxy, which lets no Prometheus in: the target is always down.",
    "docs/dragonfly.md#the-operators-helm-chart",
)
CRDS_POLICY_IGNORED = Check(
    "crds-policy-ignored",
    INFO,
    ("HelmRelease",),
    "The chart's CRDs are templates, not files of its crds/ folder: Flux' `install.crds` and `upgrade.crds` have no "
    "say in them. `crds.keep` keeps them, and with them every instance, when the release goes.",
    "docs/dragonfly.md#the-operators-helm-chart",
)

CHECKS = (
    CHART_NOT_FOUND,
    CHART_VERSION_WITHOUT_V,
    CHART_VERSION_RANGE,
    REPOSITORY_NOT_OCI,
    CHART_VALUE_IGNORED,
    SERVICE_MONITOR_BEHIND_PROXY,
    CRDS_POLICY_IGNORED,
)

PUBLISHED = "oci://ghcr.io/dragonflydb/dragonfly-operator"
REPOSITORY = f"{PUBLISHED}/helm"

BELOW_MANAGER = {
    "priorityClassName": "manager.priorityClassName",
    "resources": "manager.resources",
    "containerSecurityContext": "manager.securityContext",
}
"""Values that are ignored at the top, and where the chart reads them."""

PROXY_READER_SINCE = Version.of("v1.5.0")

_WITHOUT_V = re.compile(r"\d+\.\d+\.\d+([-+].*)?")


def find(tree: Objects) -> Iterator[Found]:
    """The operator's releases and sources."""
    for release in tree.of_kind("HelmRelease"):
        repository = _repository(release, tree)
        is_ours = release in tree.operator_releases or (
            repository is not None and _is_published(text(repository.object, "spec", "url"))
        )
        if is_ours:
            yield from _chart(release, repository)
            yield from _values(release, tree)
    for repository in tree.of_kind("HelmRepository"):
        yield from _helm_repository(repository)
    for source in tree.of_kind("OCIRepository"):
        yield from _oci_repository(source)


def _is_published(url: str) -> bool:
    return url == PUBLISHED or url.startswith(f"{PUBLISHED}/")


def _repository(release: Manifest, tree: Objects) -> Manifest | None:
    """The HelmRepository that a release takes its chart from, if it is there."""
    reference = mapping(release.object, "spec", "chart", "spec", "sourceRef")
    namespace = text(reference, "namespace") or release.namespace
    return next(
        (
            repository
            for repository in tree.of_kind("HelmRepository")
            if repository.name == text(reference, "name") and may_be_same_namespace(repository.namespace, namespace)
        ),
        None,
    )


def _chart(release: Manifest, repository: Manifest | None) -> Iterator[Found]:
    template = mapping(release.object, "spec", "chart", "spec")
    if not template:
        return
    chart, version = text(template, "chart"), template.get("version")
    if chart != CHART and repository is not None and _is_published(text(repository.object, "spec", "url")):
        where = "/spec/chart/spec/chart"
        what = f"{chart!r} is no chart there"
        yield CHART_NOT_FOUND.found(release, where, what, f"write {CHART}, from {REPOSITORY}", add(where, CHART))
    where = "/spec/chart/spec/version"
    written = "" if version is None else str(version)
    if _WITHOUT_V.fullmatch(written):
        what = f"there is no tag {written}: the tags begin with a v"
        fix = f"write v{written}"
        yield CHART_VERSION_WITHOUT_V.found(release, where, what, fix, add(where, f"v{written}"))
    elif not _is_version(written):
        what = (
            f"{written!r} is a range, and finds nothing" if written else "no version is the range *, and finds nothing"
        )
        yield CHART_VERSION_RANGE.found(release, where, what, "write one version, with its v")


def _values(release: Manifest, tree: Objects) -> Iterator[Found]:
    values = mapping(release.object, "spec", "values")
    for key, place in BELOW_MANAGER.items():
        if key in values:
            where = pointer("spec", "values", key)
            yield CHART_VALUE_IGNORED.found(release, where, f"the chart reads no {key} there", f"write it as {place}")
    monitor = mapping(values, "serviceMonitor")
    opened = value(values, "rbacProxy", "enabled") is False or (
        tree.operator >= PROXY_READER_SINCE and "rbacProxyMetricsReader" in monitor
    )
    if monitor.get("enabled") is True and not opened and "valuesFrom" not in mapping(release.object, "spec"):
        what = "a ServiceMonitor, and the manager behind its proxy: the target is always down"
        where = "/spec/values/serviceMonitor"
        fix = "give rbacProxy: {enabled: false}"
        patch = [] if "rbacProxy" in values else [add("/spec/values/rbacProxy", {"enabled": False})]
        yield SERVICE_MONITOR_BEHIND_PROXY.found(release, where, what, fix, *patch)
    for action in ("install", "upgrade"):
        if value(release.object, "spec", action, "crds") is not None:
            where = pointer("spec", action, "crds")
            what = f"{action}.crds has no say in the chart's CRDs"
            fix = "leave it out; give the values crds: {install: true, keep: true}"
            yield CRDS_POLICY_IGNORED.found(release, where, what, fix, {"op": "remove", "path": where})


def _helm_repository(repository: Manifest) -> Iterator[Found]:
    url = text(repository.object, "spec", "url").rstrip("/")
    if _is_published(url) and url != REPOSITORY:
        what = "the chart does not lie at that address"
        yield CHART_NOT_FOUND.found(repository, "/spec/url", what, f"write {REPOSITORY}", add("/spec/url", REPOSITORY))
    if "dragonfly" in url and url.startswith("oci://") and text(repository.object, "spec", "type") != "oci":
        what = "an OCI registry, and no type: oci"
        yield REPOSITORY_NOT_OCI.found(repository, "/spec/type", what, "write type: oci", add("/spec/type", "oci"))


def _oci_repository(source: Manifest) -> Iterator[Found]:
    url, tag = text(source.object, "spec", "url").rstrip("/"), text(source.object, "spec", "ref", "tag")
    if not _is_published(url):
        return
    if url != f"{REPOSITORY}/{CHART}":
        what = "the chart does not lie at that address"
        right = f"{REPOSITORY}/{CHART}"
        yield CHART_NOT_FOUND.found(source, "/spec/url", what, f"write {right}", add("/spec/url", right))
    if _WITHOUT_V.fullmatch(tag):
        where = "/spec/ref/tag"
        what = f"there is no tag {tag}: the tags begin with a v"
        yield CHART_VERSION_WITHOUT_V.found(source, where, what, f"write v{tag}", add(where, f"v{tag}"))


def _is_version(written: str) -> bool:
    with suppress(ValueError):
        Version.of(written)
        return True
    return False
