"""What a review calls refused, the API server refuses as Flux applies it, and nothing else: of all kinds that we write.

OLD is on the server, NEW is applied over it as kustomize-controller does: server-side, as its field manager, by force,
and where that is refused as invalid and the object bears `force: enabled`, anew under no older version.

What no test here can say: what the webhooks of cert-manager, external-secrets and the prometheus-operator refuse
beyond their CRDs (an expression that is no PromQL), since none of them runs here; and of Kubernetes' own kinds what
no edit below comes near to, since their validation is code and not a schema. The random edits are the same at every
run.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from constructs_lib.review.changes.model import Effect
from constructs_lib.review.kinds import KINDS
from constructs_lib.review.review import review
from constructs_lib.values.version import Version
from tests.e2e.clusters import Cluster
from tests.e2e.edits import Object, Put, at, edited, key_of, original, originals
from tools.imports import make_crd_schemas

EXAMPLES = 60
"""Random edits of each kind."""

FORCED = at("metadata.annotations.kustomize|toolkit|fluxcd|io/force", "enabled")
IMMUTABLE = at("immutable", True)
POD = "spec.jobTemplate.spec.template.spec"
LONG = "a" * 64

REFUSED: Mapping[str, tuple[Put, ...]] = {
    "Certificate": (
        at("spec.secretName"),
        at("spec.issuerRef"),
        at("spec.issuerRef.name"),
        at("spec.dnsNames", "cache.example.com"),
        at("spec.privateKey.rotationPolicy", "Sometimes"),
        at("spec.privateKey.algorithm", "DSA"),
        at("spec.privateKey", {}),
        at("spec.revisionHistoryLimit", "0"),
        at("spec.renewBefore", 30),
        at("spec.secretname", "other"),
        at("metadata.labels", {"a": LONG}),
        at("apiVersion", "cert-manager.io/v1alpha2"),
    ),
    "CiliumNetworkPolicy": (
        at("spec.endpointSelector"),
        at("spec.nodeSelector", {}),
        at("spec.ingress.0.fromEntities", ["nowhere"]),
        at("spec.ingress.0.toPorts.0.ports.0.protocol", "HTTP"),
        at("spec.ingress.0.toPorts.0.ports.0.port", 6379),
        at("spec.egress.0.toCIDR", ["10.0.0.0/33"]),
        at("spec.ingress.0.from", []),
        at("spec.enableDefaultDeny.ingress", "true"),
        at("spec.endpointSelector.matchLabels", {"app": "a b"}),
    ),
    "ConfigMap": (
        at("data", ["a"]),
        at("data", {"a b": "c"}),
        at("data", {"a": 1}),
        at("data", {LONG * 4: "a"}),
        at("binaryData", {"a": "no base64"}),
        at("immutable", "yes"),
        at("spec", {}),
        at("metadata.labels", {"a": "b c"}),
        at("metadata.annotations", {"a b": "c"}),
    ),
    "CronJob": (
        at("spec.schedule"),
        at("spec.schedule", "@never"),
        at("spec.schedule", "60 * * * *"),
        at("spec.schedule", "0 0 * * 7"),
        at("spec.schedule", "TZ=UTC 0 0 * * *"),
        at("spec.timeZone", "Mars/Olympus"),
        at("spec.concurrencyPolicy", "Never"),
        at("spec.successfulJobsHistoryLimit", -1),
        at("spec.startingDeadlineSeconds", "1h"),
        at("spec.jobTemplate.spec.backoffLimit", -1),
        at("spec.jobTemplate.spec.completionMode", "Indexed"),
        at("spec.jobTemplate.spec.template.metadata.labels", {"a": LONG}),
        at(f"{POD}.restartPolicy", "Always"),
        at(f"{POD}.restartPolicy"),
        at(f"{POD}.containers", []),
        at(f"{POD}.containers.0.image"),
        at(f"{POD}.containers.0.name", "A"),
        at(f"{POD}.containers.0.imagePullPolicy", "Sometimes"),
        at(f"{POD}.containers.0.resources", {"requests": {"memory": "2Gi"}, "limits": {"memory": "1Gi"}}),
        at(f"{POD}.containers.0.resources", {"limits": {"memory": "1GB"}}),
        at(f"{POD}.containers.0.resources", {"limits": {"disk": "1Gi"}}),
        at(f"{POD}.containers.0.volumeMounts", [{"name": "none", "mountPath": "/a"}]),
        at(f"{POD}.containers.0.env", [{"name": "A"}, {"name": "A"}]),
        at(f"{POD}.containers.0.env", [{"name": "A", "valueFrom": {}}]),
        at(f"{POD}.containers.0.env", [{"name": "A=B"}]),
        at(f"{POD}.containers.0.securityContext", {"privileged": True, "allowPrivilegeEscalation": False}),
        at(f"{POD}.tolerations", [{"operator": "Equal", "value": "a"}]),
        at(f"{POD}.tolerations", [{"key": "a", "effect": "Never"}]),
        at(f"{POD}.securityContext.runAsUser", -1),
        at(f"{POD}.serviceAccountName", "A"),
        at(f"{POD}.nodeSelector", {"a": "b c"}),
    ),
    "ExternalSecret": (
        at("spec.data.0.remoteRef"),
        at("spec.data.0.secretKey", "a b"),
        at("spec.refreshInterval", 60),
        at("spec.secretStoreRef.kind", "Vault"),
        at("spec.target.creationPolicy", "Always"),
        at("spec.target.template.engineVersion", "v1"),
        at("spec", {}),
        at("spec.target.secretName", "a"),
    ),
    "GrafanaDashboard": (
        at("spec.instanceSelector"),
        at("spec.instanceSelector.matchLabels", {"dashboards": "other"}),
        at("spec.uid", "added"),
        at("spec.allowCrossNamespaceImport", False),
        at("spec.folderRef", "a"),
        at("spec.json", {}),
        at("spec.resyncPeriod", "often"),
        at("spec.plugins", [{"name": "a"}]),
    ),
    "HelmRelease": (
        at("spec.interval"),
        at("spec.interval", "often"),
        at("spec.chart"),
        at("spec.chartRef", {"kind": "OCIRepository", "name": "a"}),
        at("spec.install.remediation", {}),
        at("spec.upgrade.strategy", {"name": "RemediateOnFailure", "retryInterval": "1m"}),
        at("spec.install.crds", "Always"),
        at("spec.releaseName", "a" * 54),
        at("spec.suspend", "no"),
    ),
    "HelmRepository": (
        at("spec.url"),
        at("spec.url", "ftp://example.com"),
        at("spec.type", "git"),
        at("spec.timeout", "1d"),
        at("spec.spec", {}),
    ),
    "Job": (
        at("spec.template.spec.restartPolicy", "Always"),
        at("spec.template.spec.containers.0.image"),
        at("spec.backoffLimit", "3"),
        at("spec.activeDeadlineSeconds", -1),
        at("spec.ttlSecondsAfterFinished", -1),
        at("spec.selector", {"matchLabels": {"a": "b"}}),
    ),
    "Kustomization": (
        at("spec.interval"),
        at("spec.prune"),
        at("spec.sourceRef"),
        at("spec.sourceRef.kind", "HelmRepository"),
        at("spec.interval", "1 hour"),
        at("spec.dependsOn", [{"namespace": "a"}]),
        at("spec.decryption", {"provider": "vault"}),
        at("spec.wait", "yes"),
        at("spec.deletionPolicy", "Keep"),
        at("spec.timeOut", "1m"),
        at("spec.kubeConfig", {}),
    ),
    "Namespace": (
        at("metadata.labels.pod-security|kubernetes|io/enforce", "strict"),
        at("metadata.labels.pod-security|kubernetes|io/warn", ""),
        at("metadata.labels", {"a": LONG}),
        at("metadata.labels", {"-a": "b"}),
        at("spec", {"quota": 1}),
    ),
    "NetworkPolicy": (
        at("spec.policyTypes", ["Ingress", "Both"]),
        at("spec.ingress.0.ports.0.port", 70000),
        at("spec.ingress.0.ports.0.port", "A Port"),
        at("spec.ingress.0.ports.0.protocol", "ICMP"),
        at("spec.ingress.0.ports.0", {"port": 9, "endPort": 8}),
        at("spec.ingress.0.ports.0", {"port": "redis", "endPort": 8}),
        at("spec.ingress.0.from", [{}]),
        at("spec.ingress.0.from", [{"ipBlock": {"cidr": "10.0.0.1/8"}}]),
        at("spec.ingress.0.from", [{"ipBlock": {"cidr": "10.0.0.0/8", "except": ["11.0.0.0/16"]}}]),
        at("spec.ingress.0.from", [{"ipBlock": {"cidr": "10.0.0.0/8"}, "podSelector": {}}]),
        at("spec.podSelector.matchLabels", {"app": "a b"}),
        at("spec.podSelector.matchExpressions", [{"key": "a", "operator": "In"}]),
        at("spec.podSelector.matchExpressions", [{"key": "a", "operator": "Near", "values": ["b"]}]),
    ),
    "OCIRepository": (
        at("spec.url"),
        at("spec.url", "https://example.com"),
        at("spec.interval"),
        at("spec.ref", {}),
        at("spec.provider", "elsewhere"),
    ),
    "PodMonitor": (
        at("spec.selector"),
        at("spec.namespaceSelector", {}),
        at("spec.podMetricsEndpoints.0.interval", "30"),
        at("spec.podMetricsEndpoints.0.scheme", "ftp"),
        at("spec.podMetricsEndpoints.0.port", 9999),
        at("spec.podMetricsEndpoints.0.portNumber", 70000),
        at("spec.podTargetLabels", "app"),
        at("spec.sampleLimit", "10"),
    ),
    "PrometheusRule": (
        at("spec.groups.0.name"),
        at("spec.groups.0.rules.0.expr"),
        at("spec.groups.0.interval", "often"),
        at("spec.groups.0.rules.0.for", "5 minutes"),
        at("spec.groups.0.rules.0.labels", ["critical"]),
        at("spec.groups.0.limit", "1"),
        at("spec.groups.0.rules.0.severity", "critical"),
    ),
    "Secret": (
        at("type", "kubernetes.io/tls"),
        at("data", {"a": "no base64"}),
        at("data", {"a b": "YQ=="}),
        at("stringData", {"a": 1}),
        at("immutable", "yes"),
        at("value", "a"),
    ),
}
"""Edits that are refused: what cannot be changed, types, words that are none, what is missing, what is too long."""

TAKEN: Mapping[str, tuple[Put, ...]] = {
    "Certificate": (
        at("spec.duration", "1h30m"),
        at("spec.dnsNames", []),
        at("spec.subject", {"organizations": ["a"]}),
        at("spec.privateKey"),
    ),
    "CiliumNetworkPolicy": (
        at("spec.description", "words"),
        at("spec.ingress.0.toPorts.0.ports.0.port", "70000"),
        at("spec.ingress", [{}]),
        at("spec.egress.0.toCIDR", ["2001:db8::/32"]),
        at("spec.endpointSelector.matchLabels", {"app": "other"}),
    ),
    "ConfigMap": (IMMUTABLE, at("data"), at("data", {"a": "b"}), at("binaryData", {"b": "YQ=="}), FORCED),
    "CronJob": (
        at("spec.schedule", "@daily"),
        at("spec.schedule", "*/5 0-6 1,15 JAN-mar ?"),
        at("spec.timeZone", "Europe/Zurich"),
        at("spec.suspend", True),
        at("spec.jobTemplate.metadata.labels", {"a": "not looked at /"}),
        at(f"{POD}.containers.0.image", "registry.example/image:2"),
        at(f"{POD}.containers.0.args", []),
        at(f"{POD}.volumes.0", {"name": "scripts", "emptyDir": {}}),
        at(f"{POD}.securityContext", {}),
        at(f"{POD}.tolerations", [{"operator": "Exists"}]),
        at(f"{POD}.priorityClassName", "low"),
    ),
    "ExternalSecret": (
        at("spec.refreshInterval", "5m"),
        at("spec.target.template", {}),
        at("spec.target"),
        at("spec.data", []),
        at("spec"),
    ),
    "GrafanaDashboard": (
        at("spec.json", "{}"),
        at("spec.suspend", True),
        at("spec.folder"),
        at("spec.resyncPeriod", "1h"),
        at("spec.plugins", [{"name": "a", "version": "1.0.0"}]),
    ),
    "HelmRelease": (
        at("spec.values"),
        at("spec.values", {"anything": {"goes": [1]}}),
        at("spec.values", "even this"),
        at("spec.install"),
        at("spec.suspend", True),
        at("spec.chart.spec.version", "v9.9.9"),
        at("spec"),
    ),
    "HelmRepository": (at("spec.interval", "1h30m"), at("spec.type"), at("spec")),
    "Job": (
        at("spec.template.spec.containers.0.image", "registry.example/image:2"),
        at("spec.template.spec.priorityClassName", "low"),
        at("spec.completions", 2),
        at("spec.completionMode", "NonIndexed"),
        at("spec.backoffLimit", 9),
        at("spec.ttlSecondsAfterFinished", 60),
        at("spec.parallelism", 2),
    ),
    "Kustomization": (
        at("spec.suspend", True),
        at("spec.path", "./elsewhere"),
        at("spec.targetNamespace", "other"),
        at("spec.dependsOn", []),
        at("spec.interval", "1h30m"),
        at("spec.deletionPolicy", "Orphan"),
    ),
    "Namespace": (
        at("metadata.labels.pod-security|kubernetes|io/enforce", "privileged"),
        at("metadata.labels"),
        at("metadata.annotations", {"example.com/a": "any text /"}),
    ),
    "NetworkPolicy": (
        at("spec.podSelector"),
        at("spec.podSelector", {}),
        at("spec.policyTypes"),
        at("spec.ingress", []),
        at("spec.ingress.0.from", []),
        at("spec.ingress.0.ports.0", {"port": 8000, "endPort": 9000}),
        at("spec.egress", [{}]),
        at("spec"),
    ),
    "OCIRepository": (at("spec.ref", {"semver": "1.x"}), at("spec.insecure", True), at("spec.suspend", True)),
    "PodMonitor": (
        at("spec.podMetricsEndpoints", []),
        at("spec.podMetricsEndpoints.0.interval", "1h30m"),
        at("spec.selector", {}),
        at("spec.namespaceSelector"),
        at("spec.sampleLimit", 10),
    ),
    "PrometheusRule": (
        at("spec.groups.0.rules", []),
        at("spec.groups.0.interval", "1m"),
        at("spec.groups.0.rules.0.expr", "no ( PromQL"),
        at("spec.groups.0.limit", 1),
    ),
    "Secret": (IMMUTABLE, at("stringData"), at("data", {"a": "YQ=="}), at("type"), at("stringData.further", "value")),
}
"""Edits that are taken, some of which look as if they were not."""

AGAIN: Mapping[str, tuple[str, tuple[Put, ...], Put, bool]] = {
    "another pod of a Job": ("Job", (at("metadata.annotations"),), at("spec.template.spec.hostname", "a"), True),
    "a further completion": ("Job", (at("metadata.annotations"),), at("spec.completions", 2), True),
    "a default of a Job's pods": (
        "Job",
        (at("metadata.annotations"),),
        at("spec.template.spec.dnsPolicy", "ClusterFirst"),
        False,
    ),
    "force taken away with it": ("Job", (), at("metadata.annotations"), False),
    "pods of a suspended Job": (
        "Job",
        (at("metadata.annotations"), at("spec.suspend", True)),
        at("spec.template.spec.containers.0.image", "registry.example/image:2"),
        True,
    ),
    "where a suspended Job runs": (
        "Job",
        (at("metadata.annotations"), at("spec.suspend", True)),
        at("spec.template.spec.nodeSelector", {"a": "b"}),
        False,
    ),
    "an immutable ConfigMap": ("ConfigMap", (IMMUTABLE,), at("data", {"a": "b"}), True),
    "what is immutable once and no longer": ("ConfigMap", (IMMUTABLE,), at("immutable"), True),
    "a label of an immutable ConfigMap": ("ConfigMap", (IMMUTABLE,), at("metadata.labels", {"a": "b"}), False),
    "an immutable ConfigMap by force": ("ConfigMap", (IMMUTABLE, FORCED), at("data", {"a": "b"}), False),
    "an immutable Secret": ("Secret", (IMMUTABLE,), at("stringData.password", "other"), True),
    "an immutable Secret by force": ("Secret", (IMMUTABLE, FORCED), at("stringData.password", "other"), False),
    "another type by force": ("Secret", (FORCED,), at("type", "example.com/any"), False),
    "another uid": ("GrafanaDashboard", (at("spec.uid", "one"),), at("spec.uid", "two"), True),
    "another uid by force": ("GrafanaDashboard", (at("spec.uid", "one"), FORCED), at("spec.uid", "two"), False),
    "what is wrong by force": ("GrafanaDashboard", (FORCED,), at("spec.resyncPeriod", "often"), True),
}
"""Changes of an object that was edited before: by name the kind, those edits, the change, and whether it is refused."""

NAMES: Mapping[str, tuple[str, ...]] = {
    "ConfigMap": ("a.b", "A", "a_b", "-a", "a" * 253, "a" * 254, "1"),
    "CronJob": ("a", "a" * 52, "a" * 53, "a.b"),
    "Dragonfly": ("a" * 60, "A", "a.b", "a" * 254),
    "GrafanaDashboard": ("a" * 253, "a" * 254, "a b"),
    "Job": ("a" * 63, "a" * 64, "a.b", "A"),
    "Kustomization": ("a" * 253, "a" * 254, "a/b"),
    "Namespace": ("a" * 63, "a" * 64, "a.b", "1"),
    "Secret": ("a.b", "a..b", "a" * 254),
}
"""Names that an object of a kind is made under."""


@pytest.fixture(scope="module")
def namespace(cluster: Cluster) -> str:
    """A namespace for objects that are edited, with the CRDs of the newest operator."""
    cluster.use(cluster.operators[-1])
    return cluster.namespace("edits")


@pytest.fixture(scope="module")
def applied(cluster: Cluster, namespace: str) -> dict[str, Object]:
    """One object of each kind, on the cluster."""
    found = {kind: original(kind, namespace) for kind in originals()}
    for manifest in found.values():
        answer = cluster.server.apply(manifest)
        assert answer.accepted, answer.message
    return found


def refused_by_server(old: Object, new: Object, cluster: Cluster) -> str:
    """Why the API server refuses NEW over OLD as Flux applies it; empty where it takes it."""
    answer = cluster.server.apply(new, dry_run=True)
    if answer.status == 422 and (_is_forced(old) or _is_forced(new)):
        anew = copy.deepcopy(new)
        anew["metadata"]["name"] += "-anew"
        answer = cluster.server.apply(anew, dry_run=True)
    return answer.message


def _is_forced(manifest: Object) -> bool:
    annotations = manifest["metadata"].get("annotations")
    return isinstance(annotations, dict) and annotations.get("kustomize.toolkit.fluxcd.io/force") == "enabled"


def called_refused(old: Object | None, new: Object, operator: str) -> list[str]:
    """What the review says of it."""
    key = key_of(new)
    found = review({key: old} if old else {}, {key: new}, Version.of(operator)).changes
    return [change.what for change in found if Effect.REFUSED in change.effects]


def with_edits(manifest: Object, *edits: Callable[[Object], object]) -> Object:
    made = copy.deepcopy(manifest)
    for edit in edits:
        edit(made)
    return made


def cases(table: Mapping[str, tuple[Put, ...]]) -> list[object]:
    return [pytest.param(kind, edit, id=f"{kind}: {edit}") for kind, edits in table.items() for edit in edits]


def test_the_schemas_that_come_with_the_library_are_those_of_the_cluster(cluster: Cluster) -> None:
    crds = cluster.definitions(cluster.operators[-1]).crds
    found = {(crd["spec"]["group"], crd["spec"]["names"]["kind"]): crd for crd in crds}
    assert make_crd_schemas.TABLE.read_text(encoding="utf-8") == make_crd_schemas.rendered(found)


def test_there_are_edits_of_every_kind_of_both_sorts() -> None:
    assert set(REFUSED) == set(TAKEN) == set(KINDS) - {"Dragonfly"}


@pytest.mark.parametrize(("kind", "edit"), cases(REFUSED))
def test_what_is_refused_is_called_so(kind: str, edit: Put, applied: dict[str, Object], cluster: Cluster) -> None:
    old = applied[kind]
    new = with_edits(old, edit)
    assert refused_by_server(old, new, cluster)
    assert called_refused(old, new, cluster.operators[-1])


@pytest.mark.parametrize(("kind", "edit"), cases(TAKEN))
def test_what_is_taken_is_not_called_refused(
    kind: str, edit: Put, applied: dict[str, Object], cluster: Cluster
) -> None:
    old = applied[kind]
    new = with_edits(old, edit)
    assert not refused_by_server(old, new, cluster)
    assert not called_refused(old, new, cluster.operators[-1])


@pytest.mark.parametrize(("kind", "before", "edit", "is_refused"), AGAIN.values(), ids=AGAIN)
def test_what_was_edited_before_decides_what_can_be_changed(
    kind: str, before: tuple[Put, ...], edit: Put, is_refused: bool, namespace: str, cluster: Cluster
) -> None:
    old = with_edits(original(kind, namespace), *before)
    old["metadata"]["name"] = "edited-before"
    assert cluster.server.apply(old).accepted
    try:
        new = with_edits(old, edit)
        assert bool(refused_by_server(old, new, cluster)) == is_refused
        assert bool(called_refused(old, new, cluster.operators[-1])) == is_refused
    finally:
        resource = cluster.server.resource(old["apiVersion"], kind)
        assert resource
        path = resource.at(namespace, "edited-before")
        cluster.server.request("DELETE", path, propagationPolicy="Background")


@pytest.mark.parametrize(("kind", "name"), [(kind, name) for kind, names in NAMES.items() for name in names])
def test_a_name_that_is_refused_is_called_so(kind: str, name: str, namespace: str, cluster: Cluster) -> None:
    new = original(kind, namespace)
    new["metadata"]["name"] = name
    refused = cluster.server.apply(new, dry_run=True).message
    assert bool(called_refused(None, new, cluster.operators[-1])) == bool(refused), refused


@pytest.mark.parametrize("kind", sorted(KINDS))
@settings(max_examples=EXAMPLES, derandomize=True, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_of_random_edits_those_are_called_refused_that_are(
    kind: str, applied: dict[str, Object], cluster: Cluster, data: st.DataObject
) -> None:
    old = applied[kind]
    new = data.draw(edited(old))
    refused = refused_by_server(old, new, cluster)
    called = called_refused(old, new, cluster.operators[-1])
    assert bool(called) == bool(refused), refused or called
