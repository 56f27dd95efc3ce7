"""What the design that this project implements gets wrong, row by row: what is written instead, or refused.

Each row of class A (does not deploy, an outage, a hole) and B (silently without effect) that the constructs touch.
Rows on the ACL file's text and on alerts' expressions are proven beside the ACL model and on Prometheus' own engine.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from constructs_lib.config.load import load
from constructs_lib.errors import InvalidArguments, InvalidConfig
from main import synthesize

SECRET = "hunter2-canary"  # a canary, not a secret


class Written:
    """The manifests of one cluster.yaml, by kind and name."""

    def __init__(self, folder: Path, **variables: Any) -> None:
        config = folder / "cluster.yaml"
        config.write_text(yaml.safe_dump({"dragonfly_enabled": True, **variables}))
        self.folder = folder / "dist"
        self.folder.mkdir()
        synthesize([config], self.folder)
        self.objects = [yaml.safe_load(path.read_text()) for path in sorted(self.folder.rglob("*.yaml"))]
        self.text = "".join(path.read_text() for path in sorted(self.folder.rglob("*.yaml")))

    def one(self, kind: str, name: str | None = None) -> dict[str, Any]:
        (found,) = [o for o in self.objects if o["kind"] == kind and name in (None, o["metadata"]["name"])]
        return dict(found)

    @property
    def dragonfly(self) -> dict[str, Any]:
        return dict(self.one("Dragonfly")["spec"])


def refusal(folder: Path, **variables: Any) -> str:
    """What is said of a cluster.yaml that cannot work."""
    config = folder / "cluster.yaml"
    config.write_text(yaml.safe_dump({"dragonfly_enabled": True, **variables}))
    with pytest.raises(InvalidConfig) as error:
        load(config)
    return str(error.value)


BACKUP: dict[str, Any] = {"dragonfly_backup_enabled": True, "rustfs_enabled": True}
MONITORING: dict[str, Any] = {"dragonfly_monitoring_enabled": True, "monitoring_enabled": True}
POLICY: dict[str, Any] = {"network_policies_enabled": True, "network_policies_mode": "enforce"}


def test_row_1_the_chart_resolves(tmp_path: Path) -> None:
    written = Written(tmp_path)
    repository = written.one("HelmRepository")["spec"]
    chart = written.one("HelmRelease")["spec"]["chart"]["spec"]
    assert f"{repository['url']}/{chart['chart']}" == (
        "oci://ghcr.io/dragonflydb/dragonfly-operator/helm/dragonfly-operator"
    )
    assert repository["type"] == "oci"


@pytest.mark.parametrize("version", ["1.3.1", "v1.3.1"])
def test_row_2_the_chart_version_has_its_v(version: str, tmp_path: Path) -> None:
    written = Written(tmp_path, dragonfly_operator_version=version)
    assert written.one("HelmRelease")["spec"]["chart"]["spec"]["version"] == "v1.3.1"


@pytest.mark.parametrize("version", [">=1.3.0", "1.x", "latest", "v1.3"])
def test_row_2_a_range_is_refused(version: str, tmp_path: Path) -> None:
    assert "dragonfly_operator_version" in refusal(tmp_path, dragonfly_operator_version=version)


def test_row_4_a_schedule_has_a_directory_and_no_flag_repeats_it(tmp_path: Path) -> None:
    spec = Written(tmp_path, **BACKUP).dragonfly
    assert spec["snapshot"]["cron"] == "0 */6 * * *"
    assert spec["snapshot"]["dir"].startswith("s3://dragonfly-backups/")
    assert not [arg for arg in spec["args"] if arg.startswith(("--dir", "--snapshot_cron"))]


def test_row_4_a_schedule_without_a_place_is_refused(tmp_path: Path) -> None:
    assert "dragonfly_snapshot_cron" in refusal(tmp_path, dragonfly_snapshot_cron="0 1 * * *")


def test_row_4_s3_beside_a_volume_is_refused(tmp_path: Path) -> None:
    assert "dragonfly_snapshot_volume_size" in refusal(tmp_path, **BACKUP, dragonfly_snapshot_volume_size="5Gi")


def test_row_5_the_acl_file_is_no_volume(tmp_path: Path) -> None:
    spec = Written(tmp_path, dragonfly_acl_enabled=True).dragonfly
    assert spec["aclFromSecret"] == {"name": "dragonfly-auth", "key": "acl.conf"}
    assert not {"volumes", "volumeMounts"} & set(spec)


def test_row_6_no_config_map_holds_the_acl(tmp_path: Path) -> None:
    written = Written(tmp_path, dragonfly_acl_enabled=True)
    assert not [o for o in written.objects if o["kind"] in {"ConfigMap", "Secret"}]


def test_row_6_a_password_in_the_clear_is_refused_and_not_told(tmp_path: Path) -> None:
    said = refusal(tmp_path, dragonfly_acl_enabled=True, dragonfly_keycloak_password=SECRET)
    assert "dragonfly_keycloak_password: a secret in the clear" in said
    assert SECRET not in said


def test_row_7_the_operator_sets_the_acl_files_flag(tmp_path: Path) -> None:
    assert not [a for a in Written(tmp_path, dragonfly_acl_enabled=True).dragonfly["args"] if "aclfile" in a]


def test_row_7_the_acl_files_flag_is_refused(tmp_path: Path) -> None:
    assert "dragonfly_flags.aclfile" in refusal(tmp_path, dragonfly_flags={"aclfile": "/x"})


def acl_lines(folder: Path, **variables: Any) -> dict[str, str]:
    """The ACL file that Flux comes to fill with hashes, by user."""
    substituted = {"dragonfly_secrets": "substitute", "dragonfly_secret_version": "1"}
    secret = Written(folder, dragonfly_acl_enabled=True, **substituted, **variables).one("Secret")
    return {line.split()[1]: line for line in secret["stringData"]["acl.conf"].splitlines()}


def test_row_8_every_user_can_connect_and_read_the_state_where_it_must(tmp_path: Path) -> None:
    lines = acl_lines(tmp_path, langfuse_enabled=True, litellm_enabled=True)
    assert set(lines) == {"default", "appcache", "keycloak", "langfuse", "litellm"}
    assert all("+@connection" in line for name, line in lines.items() if name != "default")
    assert "&litellm:*" in lines["litellm"]
    assert lines["langfuse"].endswith("+INFO +CONFIG")


@pytest.mark.parametrize(
    ("default", "line"),
    [
        ("password", "USER default on #${DRAGONFLY_PASSWORD_SHA256} ~* &* +@all"),
        ("closed", "USER default off resetkeys -@all +@connection"),
    ],
)
def test_row_9_the_user_default_has_a_line(default: str, line: str, tmp_path: Path) -> None:
    assert acl_lines(tmp_path, dragonfly_acl_default=default)["default"] == line


def test_row_10_no_user_falls_back_to_the_default_users_password(tmp_path: Path) -> None:
    lines = acl_lines(tmp_path)
    hashes = [word for line in lines.values() for word in line.split() if word.startswith("#")]
    assert len(set(hashes)) == len(hashes) == 3


def test_row_11_an_enforced_policy_lets_operator_and_replicas_to_9999(tmp_path: Path) -> None:
    policy = Written(tmp_path, **POLICY).one("CiliumNetworkPolicy")["spec"]
    instance = {
        "io.kubernetes.pod.namespace": "cache",
        "app": "dragonfly",
        "app.kubernetes.io/name": "dragonfly",
    }
    operator = {
        "io.kubernetes.pod.namespace": "dragonfly-operator-system",
        "app.kubernetes.io/name": "dragonfly-operator",
        "control-plane": "controller-manager",
    }
    to_9999 = [
        endpoint["matchLabels"]
        for rule in policy["ingress"]
        for endpoint in rule["fromEndpoints"]
        if rule["toPorts"][0]["ports"] == [{"port": "9999", "protocol": "TCP"}] and "rules" not in rule["toPorts"][0]
    ]
    assert operator in to_9999
    assert instance in to_9999
    assert {"matchLabels": instance} in [e for rule in policy["egress"] for e in rule.get("toEndpoints", [])]


def test_row_12_prometheus_may_get_metrics_and_nothing_else(tmp_path: Path) -> None:
    policy = Written(tmp_path, **POLICY, monitoring_enabled=True).one("CiliumNetworkPolicy")["spec"]
    (rule,) = [
        rule
        for rule in policy["ingress"]
        if rule["fromEndpoints"][0]["matchLabels"]["io.kubernetes.pod.namespace"] == "monitoring"
    ]
    assert rule["toPorts"][0]["rules"] == {"http": [{"method": "GET", "path": "/metrics"}]}


def test_row_13_the_operators_namespace_is_made(tmp_path: Path) -> None:
    labels = Written(tmp_path).one("Namespace", "dragonfly-operator-system")["metadata"]["labels"]
    assert labels["pod-security.kubernetes.io/enforce"] == "restricted"


@pytest.mark.parametrize(
    ("operator", "expected"),
    [("v1.3.1", None), ("v1.4.0", None), ("v1.5.0", False), ("v1.6.1", False), ("v1.7.0", None)],
)
def test_row_14_the_operator_makes_no_policy_of_its_own(operator: str, expected: bool | None, tmp_path: Path) -> None:
    assert Written(tmp_path, dragonfly_operator_version=operator).dragonfly.get("networkPolicyEnabled") is expected


def test_row_15_chart_values_stand_where_the_chart_reads_them(tmp_path: Path) -> None:
    values = Written(tmp_path).one("HelmRelease")["spec"]["values"]
    assert values["manager"]["resources"]["limits"] == {"memory": "128Mi"}
    assert values["manager"]["priorityClassName"] == "system-cluster-critical"
    assert not {"priorityClassName", "resources", "containerSecurityContext"} & set(values)


def test_row_16_the_operators_metrics_are_scraped_without_the_proxy(tmp_path: Path) -> None:
    values = Written(tmp_path, **MONITORING).one("HelmRelease")["spec"]["values"]
    assert values["serviceMonitor"]["enabled"] is True
    assert values["rbacProxy"] == {"enabled": False}


def test_row_17_crds_are_installed_and_kept_by_the_charts_own_values(tmp_path: Path) -> None:
    spec = Written(tmp_path).one("HelmRelease")["spec"]
    assert spec["values"]["crds"] == {"install": True, "keep": True}
    assert "crds" not in spec["install"]


def test_row_18_flux_waits_for_the_phase(tmp_path: Path) -> None:
    spec = Written(tmp_path).one("Kustomization", "dragonfly")["spec"]
    (check,) = spec["healthCheckExprs"]
    assert (check["apiVersion"], check["kind"]) == ("dragonflydb.io/v1alpha1", "Dragonfly")
    assert "status.phase in ['Ready', 'ready']" in check["current"]
    assert spec["wait"] is True
    assert "healthChecks" not in spec


def test_row_23_series_carry_the_instance(tmp_path: Path) -> None:
    assert "app" in Written(tmp_path, **MONITORING).one("PodMonitor")["spec"]["podTargetLabels"]


@pytest.mark.parametrize("operator", ["v1.3.1", "v1.4.0", "v1.5.0"])
def test_row_24_the_service_keeps_its_labels(operator: str, tmp_path: Path) -> None:
    written = Written(tmp_path, dragonfly_operator_version=operator, dragonfly_service_type="NodePort")
    labels = written.dragonfly["serviceSpec"]["labels"]
    assert labels["app"] == "dragonfly"
    assert labels["app.kubernetes.io/managed-by"] == "dragonfly-operator"


def test_row_24_an_ordinary_service_is_left_to_the_operator(tmp_path: Path) -> None:
    assert "serviceSpec" not in Written(tmp_path, dragonfly_service_type="ClusterIP").dragonfly


def test_row_25_flux_substitutes_nothing_in_the_dashboard(tmp_path: Path) -> None:
    dashboard = Written(tmp_path, **MONITORING).one("ConfigMap")
    assert dashboard["metadata"]["annotations"]["kustomize.toolkit.fluxcd.io/substitute"] == "disabled"


def test_row_25_nothing_else_has_what_flux_would_substitute(tmp_path: Path) -> None:
    written = Written(tmp_path, **MONITORING, **BACKUP, **POLICY)
    others = [o for o in written.objects if o["kind"] != "ConfigMap"]
    assert "${" not in yaml.safe_dump_all(others)


@pytest.mark.parametrize("flag", ["admin_port", "primary_port_http_enabled", "admin_nopass"])
def test_row_26_the_operators_flags_are_refused_and_not_written(flag: str, tmp_path: Path) -> None:
    assert f"dragonfly_flags.{flag}" in refusal(tmp_path, dragonfly_flags={flag: True})


def test_row_27_no_snapshot_overwrites_another(tmp_path: Path) -> None:
    spec = Written(tmp_path, **BACKUP, dragonfly_replicas=3).dragonfly
    assert spec["snapshot"]["dir"].endswith("/$(POD_NAME)")
    assert spec["env"][0] == {"name": "POD_NAME", "valueFrom": {"fieldRef": {"fieldPath": "metadata.name"}}}
    assert not [arg for arg in spec["args"] if arg.startswith("--dbfilename")]


def test_row_27_a_name_without_a_placeholder_is_refused(tmp_path: Path) -> None:
    assert "dragonfly_flags.dbfilename" in refusal(tmp_path, dragonfly_flags={"dbfilename": "snapshot"})


def test_row_28_the_image_is_pinned(tmp_path: Path) -> None:
    assert Written(tmp_path).dragonfly["image"] == "docker.dragonflydb.io/dragonflydb/dragonfly:v1.36.0"


def test_row_34_tls_without_password_or_ca_is_refused(tmp_path: Path) -> None:
    assert "dragonfly_tls_secret" in refusal(tmp_path, dragonfly_tls_secret="t", dragonfly_authentication=False)


def test_row_36_flux_decrypts_when_told_with_what(tmp_path: Path) -> None:
    spec = Written(tmp_path, dragonfly_flux_decryption_secret="sops-age").one("Kustomization", "dragonfly")["spec"]
    assert spec["decryption"] == {"provider": "sops", "secretRef": {"name": "sops-age"}}


def test_replicas_are_always_written(tmp_path: Path) -> None:
    assert Written(tmp_path).dragonfly["replicas"] == 1


@pytest.mark.parametrize("label", ["app", "app.kubernetes.io/name", "app.kubernetes.io/managed-by"])
def test_the_operators_labels_are_refused(label: str, tmp_path: Path) -> None:
    assert f"dragonfly_labels.{label}" in refusal(tmp_path, dragonfly_labels={label: "x"})


def test_a_pod_security_context_keeps_the_group_that_may_write_to_the_volume(tmp_path: Path) -> None:
    spec = Written(
        tmp_path, dragonfly_snapshot_volume_size="5Gi", dragonfly_pod_security_context={"runAsNonRoot": True}
    ).dragonfly
    assert spec["podSecurityContext"] == {"fsGroup": 999, "runAsNonRoot": True}


def test_a_password_variable_in_the_environment_is_refused(tmp_path: Path) -> None:
    said = refusal(tmp_path, dragonfly_env=[{"name": "DFLY_PASSWORD", "value": SECRET}])
    assert "dragonfly_env[0].name" in said
    assert SECRET not in said


def test_constructs_refuse_what_the_file_refuses() -> None:
    from cdk8s import Chart, Testing

    from constructs_lib import DragonflyCache

    chart = Chart(Testing.app(), "c", namespace="cache")
    with pytest.raises(InvalidArguments, match="name: 'dflycache' begins with 'dfly'"):
        DragonflyCache(chart, "cache", name="dflycache")
