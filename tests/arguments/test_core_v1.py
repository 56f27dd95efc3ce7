"""Parts that are core/v1 objects: as the YAML they are, or as cdk8s-plus' own types; checked either way."""

from __future__ import annotations

from typing import Any

import pytest
from cdk8s import Chart
from cdk8s_plus_28 import k8s

from constructs_lib import DragonflyBackup, DragonflyCache, InvalidArguments
from tests.charts import spec_of

OPERATOR = "v1.6.1"

MISSPELT: list[tuple[str, Any, str]] = [
    (
        "affinity",
        {"nodeAfinity": {}},
        "affinity.nodeAfinity: no field of Affinity; did you mean 'nodeAffinity'?",
    ),
    (
        "affinity",
        {"podAntiAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": [{"topologykey": "zone"}]}},
        "affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].topologykey: no field of "
        "PodAffinityTerm; did you mean 'topologyKey'?",
    ),
    (
        "additional_containers",
        [{"name": "sidecar", "volumeMount": []}],
        "additional_containers[0].volumeMount: no field of Container; did you mean 'volumeMounts'?",
    ),
    (
        "init_containers",
        [{"name": "first"}, {"name": "second", "env": [{"nme": "A"}]}],
        "init_containers[1].env[0].nme: no field of EnvVar; did you mean 'name'?",
    ),
    (
        "additional_volumes",
        [{"name": "scratch", "emptydir": {}}],
        "additional_volumes[0].emptydir: no field of Volume; did you mean 'emptyDir'?",
    ),
    (
        "tolerations",
        [{"key": "a", "operater": "Exists"}],
        "tolerations[0].operater: no field of Toleration; did you mean 'operator'?",
    ),
    (
        "topology_spread_constraints",
        [{"maxSkew": 1, "topologyKey": "zone", "whenUnsatisfiable": "DoNotSchedule", "minDomain": 2}],
        "topology_spread_constraints[0].minDomain: no field of TopologySpreadConstraint; did you mean 'minDomains'?",
    ),
    (
        "env",
        [{"name": "A", "valueFrom": {"secretKeyref": {"name": "a", "key": "b"}}}],
        "env[0].valueFrom.secretKeyref: no field of EnvVarSource; did you mean 'secretKeyRef'?",
    ),
    (
        "pod_security_context",
        {"runAsuser": 5},
        "pod_security_context.runAsuser: no field of PodSecurityContext; did you mean 'runAsUser'?",
    ),
    (
        "container_security_context",
        {"capabilities": {"drops": ["ALL"]}},
        "container_security_context.capabilities.drops: no field of Capabilities; did you mean 'drop'?",
    ),
    (
        "tiering",
        {"accessMode": ["ReadWriteOnce"]},
        "tiering.accessMode: no field of PersistentVolumeClaimSpec; did you mean 'accessModes'?",
    ),
]

WRONG: list[tuple[str, Any, str]] = [
    ("affinity", "x", "affinity: a text is not accepted; accepted: a mapping with the fields of Affinity"),
    ("tolerations", {"key": "a"}, "tolerations: a mapping is not accepted; accepted: a list"),
    (
        "tolerations",
        [{"tolerationSeconds": "5"}],
        "tolerations[0].tolerationSeconds: a text is not accepted; accepted: a number",
    ),
    (
        "tolerations",
        [{"tolerationSeconds": True}],
        "tolerations[0].tolerationSeconds: a boolean is not accepted; accepted: a number",
    ),
    (
        "additional_containers",
        [{"image": "a"}],
        "additional_containers[0]: Container has no name; it is required",
    ),
    (
        "additional_containers",
        [{"name": "a", "args": "b"}],
        "additional_containers[0].args: a text is not accepted; accepted: a list",
    ),
    (
        "additional_containers",
        [{"name": "a", "tty": "yes"}],
        "additional_containers[0].tty: a text is not accepted; accepted: true or false",
    ),
    (
        "additional_containers",
        [{"name": "a", "resources": {"limits": {"cpu": [1]}}}],
        "additional_containers[0].resources.limits.cpu: a list is not accepted; accepted: a number or text",
    ),
    (
        "additional_containers",
        [{"name": "a", "resources": {"limits": "1Gi"}}],
        "additional_containers[0].resources.limits: a text is not accepted; accepted: a mapping",
    ),
    (
        "env",
        [{"name": "A", "valueFrom": {"secretKeyRef": {"name": "a"}}}],
        "env[0].valueFrom.secretKeyRef: SecretKeySelector has no key; it is required",
    ),
]

SAME_AS_YAML: list[tuple[str, Any, Any]] = [
    (
        "affinity",
        k8s.Affinity(
            pod_anti_affinity=k8s.PodAntiAffinity(
                required_during_scheduling_ignored_during_execution=[
                    k8s.PodAffinityTerm(topology_key="zone", label_selector=k8s.LabelSelector(match_labels={"a": "b"}))
                ]
            )
        ),
        {
            "podAntiAffinity": {
                "requiredDuringSchedulingIgnoredDuringExecution": [
                    {"topologyKey": "zone", "labelSelector": {"matchLabels": {"a": "b"}}}
                ]
            }
        },
    ),
    (
        "tolerations",
        [k8s.Toleration(key="a", toleration_seconds=5)],
        [{"key": "a", "tolerationSeconds": 5}],
    ),
    (
        "additional_containers",
        [
            k8s.Container(
                name="sidecar",
                ports=[k8s.ContainerPort(container_port=80, host_ip="127.0.0.1")],
                resources=k8s.ResourceRequirements(
                    limits={"cpu": k8s.Quantity.from_number(1), "memory": k8s.Quantity.from_string("1Gi")}
                ),
                liveness_probe=k8s.Probe(http_get=k8s.HttpGetAction(port=k8s.IntOrString.from_string("web"))),
            )
        ],
        [
            {
                "name": "sidecar",
                "ports": [{"containerPort": 80, "hostIP": "127.0.0.1"}],
                "resources": {"limits": {"cpu": 1, "memory": "1Gi"}},
                "livenessProbe": {"httpGet": {"port": "web"}},
            }
        ],
    ),
    (
        "additional_volumes",
        [
            k8s.Volume(
                name="pod",
                downward_api=k8s.DownwardApiVolumeSource(
                    items=[
                        k8s.DownwardApiVolumeFile(
                            path="labels", field_ref=k8s.ObjectFieldSelector(field_path="metadata.labels")
                        )
                    ]
                ),
            ),
            k8s.Volume(name="disk", azure_disk=k8s.AzureDiskVolumeSource(disk_name="a", disk_uri="b")),
            k8s.Volume(name="fabric", fc=k8s.FcVolumeSource(target_ww_ns=["a"])),
            k8s.Volume(name="elastic", aws_elastic_block_store=k8s.AwsElasticBlockStoreVolumeSource(volume_id="a")),
        ],
        [
            {
                "name": "pod",
                "downwardAPI": {"items": [{"path": "labels", "fieldRef": {"fieldPath": "metadata.labels"}}]},
            },
            {"name": "disk", "azureDisk": {"diskName": "a", "diskURI": "b"}},
            {"name": "fabric", "fc": {"targetWWNs": ["a"]}},
            {"name": "elastic", "awsElasticBlockStore": {"volumeID": "a"}},
        ],
    ),
    (
        "env",
        [
            k8s.EnvVar(name="A", value="b"),
            {"name": "C", "valueFrom": k8s.EnvVarSource(secret_key_ref=k8s.SecretKeySelector(key="k", name="n"))},
        ],
        [{"name": "A", "value": "b"}, {"name": "C", "valueFrom": {"secretKeyRef": {"key": "k", "name": "n"}}}],
    ),
    (
        "container_security_context",
        k8s.SecurityContext(capabilities=k8s.Capabilities(drop=["ALL"])),
        {"capabilities": {"drop": ["ALL"]}},
    ),
]

NEWER: list[tuple[str, Any]] = [
    ("additional_containers", [{"name": "a", "lifecycle": {"preStop": {"sleep": {"seconds": 5}}}}]),
    (
        "additional_containers",
        [{"name": "a", "volumeMounts": [{"name": "a", "mountPath": "/a", "recursiveReadOnly": "Enabled"}]}],
    ),
    ("additional_containers", [{"name": "a", "securityContext": {"appArmorProfile": {"type": "RuntimeDefault"}}}]),
    ("additional_volumes", [{"name": "a", "image": {"reference": "registry.example.com/a:1"}}]),
    ("additional_volumes", [{"name": "a", "projected": {"sources": [{"clusterTrustBundle": {"path": "ca.crt"}}]}}]),
    ("pod_security_context", {"fsGroup": 999, "supplementalGroupsPolicy": "Strict"}),
    (
        "tiering",
        {
            "accessModes": ["ReadWriteOnce"],
            "resources": {"requests": {"storage": "5Gi"}},
            "volumeAttributesClassName": "fast",
        },
    ),
    (
        "affinity",
        {
            "podAntiAffinity": {
                "requiredDuringSchedulingIgnoredDuringExecution": [
                    {"topologyKey": "zone", "matchLabelKeys": ["pod-template-hash"]}
                ]
            }
        },
    ),
]

FIELDS = {
    "affinity": "affinity",
    "additional_containers": "additionalContainers",
    "additional_volumes": "additionalVolumes",
    "container_security_context": "containerSecurityContext",
    "env": "env",
    "init_containers": "initContainers",
    "pod_security_context": "podSecurityContext",
    "tiering": "tiering",
    "tolerations": "tolerations",
}


def written(chart: Chart, argument: str) -> Any:
    part = spec_of(chart)[FIELDS[argument]]
    return part["persistentVolumeClaimSpec"] if argument == "tiering" else part


@pytest.mark.parametrize(("argument", "value", "message"), MISSPELT)
def test_a_misspelt_field_is_an_error_that_names_the_nearest(
    chart: Chart, argument: str, value: Any, message: str
) -> None:
    with pytest.raises(InvalidArguments) as error:
        DragonflyCache(chart, "cache", operator_version=OPERATOR, **{argument: value})
    assert message in [str(error) for error in error.value.errors]


@pytest.mark.parametrize(("argument", "value", "message"), WRONG)
def test_a_part_of_the_wrong_shape_is_an_error(chart: Chart, argument: str, value: Any, message: str) -> None:
    with pytest.raises(InvalidArguments) as error:
        DragonflyCache(chart, "cache", operator_version=OPERATOR, **{argument: value})
    assert [str(error) for error in error.value.errors] == [message]


@pytest.mark.parametrize(("argument", "value", "yaml"), SAME_AS_YAML)
def test_cdk8s_plus_own_types_are_written_under_kubernetes_names(
    chart: Chart, argument: str, value: Any, yaml: Any
) -> None:
    DragonflyCache(chart, "cache", operator_version=OPERATOR, **{argument: value})
    assert written(chart, argument) == yaml


@pytest.mark.parametrize(("argument", "value"), NEWER)
def test_fields_that_came_after_cdk8s_plus_are_taken(chart: Chart, argument: str, value: Any) -> None:
    DragonflyCache(chart, "cache", operator_version=OPERATOR, **{argument: value})
    assert written(chart, argument) == value


def test_a_container_of_cdk8s_plus_may_not_replace_the_servers_either(chart: Chart) -> None:
    with pytest.raises(InvalidArguments, match=r"additional_containers\[0\]\.name: 'dragonfly' replaces"):
        DragonflyCache(
            chart, "cache", operator_version=OPERATOR, additional_containers=[k8s.Container(name="dragonfly")]
        )


def test_a_claim_of_a_backup_is_checked_too(chart: Chart, cache: DragonflyCache) -> None:
    with pytest.raises(InvalidArguments, match="no field of PersistentVolumeClaimSpec; did you mean 'accessModes'"):
        DragonflyBackup(chart, "backup", cache=cache, persistent_volume_claim_spec={"accesModes": []})
