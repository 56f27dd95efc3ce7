"""Every variable of `cluster.yaml` comes back from what it gives."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from constructs_lib.config.variables import SECRET_VARIABLES, known_keys
from main import synthesize
from tests.adoption.imports import run

VOLUME = {"dragonfly_snapshot_volume_size": "5Gi"}
BUCKET = {"dragonfly_backup_enabled": True, "rustfs_enabled": True}
WATCHED = {"monitoring_enabled": True, "dragonfly_monitoring_enabled": True}
CLOSED = {"network_policies_enabled": True, "network_policies_mode": "enforce"}
CERTIFIED = {"dragonfly_tls_enabled": True, "dragonfly_tls_issuer": {"name": "ca"}}
LATER = {"dragonfly_operator_version": "v1.6.1"}
STORE = {"dragonfly_secrets": "external-secrets", "dragonfly_secret_store": {"name": "vault"}}
USERS = {**STORE, "dragonfly_acl_enabled": True}
DRILLED = {**BUCKET, "dragonfly_restore_drill_schedule": "0 4 * * *"}
PREPARED = {**BUCKET, "dragonfly_s3_admin_secret": "admin"}
RESTORED = {**BUCKET, "dragonfly_restore_from": "latest", "dragonfly_restore_replaces_data": True}
AWS = {**BUCKET, "dragonfly_s3_endpoint": "", "dragonfly_s3_use_https": True}
RULE = {"alert": "Mine", "expr": "dragonfly_connected_clients > 5", "for": "5m", "labels": {"severity": "info"}}

SAMPLES: dict[str, tuple[Any, dict[str, Any]]] = {
    "dragonfly_name": ("sessions", {}),
    "dragonfly_namespace": ("shop", {}),
    "dragonfly_version": ("v1.40.1", {}),
    "dragonfly_operator_version": ("v1.5.0", {}),
    "dragonfly_operator_namespace": ("operators", CLOSED),
    "dragonfly_operator_source": ("OCIRepository", {}),
    "dragonfly_replicas": (3, {}),
    "dragonfly_image": ("mirror.example.com/dragonfly:v1.36.0", {}),
    "dragonfly_maxmemory": ("600mb", {}),
    "dragonfly_threads": (1, {}),
    "dragonfly_cpu_request": ("200m", {}),
    "dragonfly_cpu_limit": ("2", {}),
    "dragonfly_memory_request": ("512Mi", {}),
    "dragonfly_memory_limit": ("2Gi", {}),
    "dragonfly_profile": ("queue", {}),
    "dragonfly_cache_mode": (True, {}),
    "dragonfly_slowlog_threshold": (5, {}),
    "dragonfly_slowlog_max_len": (7, {}),
    "dragonfly_default_lua_flags": (["disable-atomicity"], {}),
    "dragonfly_cluster_mode": ("emulated", {}),
    "dragonfly_lock_on_hashtags": (True, {}),
    "dragonfly_maxclients": (7, {}),
    "dragonfly_timeout": (7, {}),
    "dragonfly_dbnum": (7, {}),
    "dragonfly_keys_output_limit": (7, {}),
    "dragonfly_notify_keyspace_events": ("Ex", {}),
    "dragonfly_version_check": (True, {}),
    "dragonfly_flags": ({"tcp_keepalive": 7, "rss_oom_deny_ratio": 1.5, "dbfilename": "dump-{timestamp}"}, {}),
    "dragonfly_authentication": (False, {}),
    "dragonfly_auth_secret": ("mine", {}),
    "dragonfly_acl_enabled": (True, STORE),
    "dragonfly_acl_clients": (["litellm", "langfuse"], USERS),
    "dragonfly_acl_users": ([{"name": "worker", "keys": ["%R~a:*"], "allow": ["@all"], "deny": ["KEYS"]}], USERS),
    "dragonfly_acl_default": ("closed", USERS),
    "dragonfly_secrets": ("substitute", {}),
    "dragonfly_secret_version": ("7", {}),
    "dragonfly_secret_store": ({"name": "own", "kind": "SecretStore"}, STORE),
    "dragonfly_secret_remote_key": ("team/cache", STORE),
    "dragonfly_secret_refresh_interval": ("5m", STORE),
    "dragonfly_tls_enabled": (True, {"dragonfly_tls_secret": "own"}),
    "dragonfly_tls_secret": ("own", {"dragonfly_tls_enabled": True}),
    "dragonfly_tls_client_ca_secret": ({"name": "clients", "key": "ca.crt"}, CERTIFIED),
    "dragonfly_tls_depends_on": ([{"name": "cert-manager", "namespace": "cert-manager"}], CERTIFIED),
    "dragonfly_tls_issuer": ({"name": "ca", "kind": "ClusterIssuer"}, {"dragonfly_tls_enabled": True}),
    "dragonfly_tls_duration": ("4000h", CERTIFIED),
    "dragonfly_tls_renew_before": ("1000h", CERTIFIED),
    "dragonfly_tls_dns_names": (["cache.example.com"], CERTIFIED),
    "dragonfly_tls_ip_addresses": (["203.0.113.7"], CERTIFIED),
    "dragonfly_memcached_port": (11211, CLOSED),
    "dragonfly_service_type": ("LoadBalancer", LATER),
    "dragonfly_service_name": ("redis", {}),
    "dragonfly_service_node_port": (30000, {"dragonfly_service_type": "NodePort"}),
    "dragonfly_service_annotations": ({"a": "b"}, {}),
    "dragonfly_pdb_min_available": (1, {**LATER, "dragonfly_replicas": 3}),
    "dragonfly_pdb_max_unavailable": ("50%", {**LATER, "dragonfly_replicas": 3}),
    "dragonfly_control_plane_only": (True, {}),
    "dragonfly_affinity": ({"nodeAffinity": {}}, {"dragonfly_replicas": 2}),
    "dragonfly_topology_spread_constraints": (
        [{"maxSkew": 1, "topologyKey": "zone", "whenUnsatisfiable": "DoNotSchedule"}],
        {},
    ),
    "dragonfly_node_selector": ({"disk": "ssd"}, {}),
    "dragonfly_tolerations": ([{"operator": "Exists"}], {}),
    "dragonfly_priority_class_name": ("high", {}),
    "dragonfly_pod_security": ("restricted", {}),
    "dragonfly_pod_security_context": ({"runAsUser": 999}, {}),
    "dragonfly_container_security_context": ({"readOnlyRootFilesystem": True}, {}),
    "dragonfly_labels": ({"team": "a"}, {}),
    "dragonfly_annotations": ({"a": "b"}, {}),
    "dragonfly_env": ([{"name": "TZ", "value": "UTC"}], BUCKET),
    "dragonfly_tiering": (
        {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "9Gi"}}},
        {"dragonfly_operator_version": "v1.6.1"},
    ),
    "dragonfly_additional_containers": ([{"name": "a", "image": "a:1"}], LATER),
    "dragonfly_additional_volumes": ([{"name": "a", "emptyDir": {}}], LATER),
    "dragonfly_snapshot_cron": ("0 1 * * *", BUCKET),
    "dragonfly_s3_bucket": ("mine", BUCKET),
    "dragonfly_s3_prefix": ("mine", BUCKET),
    "dragonfly_s3_endpoint": ("s3.example.com", {**BUCKET, **CLOSED}),
    "dragonfly_s3_use_https": (True, BUCKET),
    "dragonfly_s3_region": ("eu-central-1", {**AWS, **CLOSED}),
    "dragonfly_snapshot_volume_size": ("9Gi", {}),
    "dragonfly_snapshot_storage_class": ("fast", VOLUME),
    "dragonfly_snapshot_existing_claim": ("mine", LATER),
    "dragonfly_snapshot_retention": ("36h", BUCKET),
    "dragonfly_snapshot_retention_schedule": ("0 2 * * *", {**VOLUME, "dragonfly_snapshot_retention": 3}),
    "dragonfly_restore_from": ("2026-05-01T12:00:00Z", {**BUCKET, "dragonfly_restore_replaces_data": True}),
    "dragonfly_restore_of": ("s3://others/of/theirs", {**BUCKET, "dragonfly_restore_from": "latest"}),
    "dragonfly_restore_replaces_data": (True, {**BUCKET, "dragonfly_restore_from": "latest"}),
    "dragonfly_backup_job_image": ("mirror.example.com/python:3.13", RESTORED),
    "dragonfly_s3_admin_secret": ("admin", BUCKET),
    "dragonfly_s3_versioning": (False, PREPARED),
    "dragonfly_s3_noncurrent_days": (7, PREPARED),
    "dragonfly_restore_drill_schedule": ("30 5 * * 1", BUCKET),
    "dragonfly_restore_drill_tolerance": (0.5, DRILLED),
    "dragonfly_restore_drill_compare_with_live": (False, DRILLED),
    "dragonfly_restore_drill_pushgateway": ("http://gateway:9091", DRILLED),
    "dragonfly_restore_drill_memory_limit": ("3Gi", DRILLED),
    "dragonfly_monitoring_interval": ("15s", WATCHED),
    "dragonfly_monitoring_scrape_timeout": ("5s", WATCHED),
    "dragonfly_monitoring_pod_monitor_labels": ({"release": "a"}, WATCHED),
    "dragonfly_monitoring_rule_labels": ({"release": "a"}, WATCHED),
    "dragonfly_monitoring_alerts": (
        {
            "DragonflyRestarts": {"enabled": False},
            "DragonflyMemoryHigh": {"threshold": 0.5, "for": "20m", "severity": "critical", "labels": {"team": "a"}},
        },
        WATCHED,
    ),
    "dragonfly_monitoring_alert_labels": ({"team": "a"}, WATCHED),
    "dragonfly_monitoring_extra_rules": ([RULE], WATCHED),
    "dragonfly_monitoring_known_metrics": (["other_up"], {**WATCHED, "dragonfly_monitoring_extra_rules": [RULE]}),
    "dragonfly_monitoring_pod_target_labels": (["team"], WATCHED),
    "dragonfly_monitoring_runbook_url": ("https://example.com/runbooks", WATCHED),
    "dragonfly_monitoring_availability_objective": (99.5, WATCHED),
    "dragonfly_monitoring_dashboard": ("grafana-operator", WATCHED),
    "dragonfly_monitoring_dashboard_labels": ({"a": "b"}, WATCHED),
    "dragonfly_monitoring_dashboard_folder": ("Caches", WATCHED),
    "dragonfly_monitoring_dashboard_instance_selector": (
        {"a": "b"},
        {**WATCHED, "dragonfly_monitoring_dashboard": "grafana-operator"},
    ),
    "dragonfly_network_policy_provider": ("kubernetes", CLOSED),
    "dragonfly_clients": ([{"namespace": "a", "pod_labels": {"b": "c"}}, {"entities": ["world"]}], CLOSED),
    "dragonfly_client_namespaces": (["a", "b"], CLOSED),
    "dragonfly_prometheus_pod_labels": ({"a": "b"}, {**CLOSED, **WATCHED}),
    "dragonfly_dns_namespace": ("dns", CLOSED),
    "dragonfly_dns_pod_labels": ({"a": "b"}, CLOSED),
    "dragonfly_dns_port": (5353, CLOSED),
    "dragonfly_s3_egress": ([{"cidr": "203.0.113.0/24"}], {**CLOSED, **BUCKET}),
    "dragonfly_flux_interval": ("5m", {}),
    "dragonfly_flux_retry_interval": ("5m", {}),
    "dragonfly_flux_timeout": ("5m", {}),
    "dragonfly_flux_prune": (False, {}),
    "dragonfly_flux_wait": (False, {}),
    "dragonfly_flux_suspend": (True, {}),
    "dragonfly_flux_service_account_name": ("flux", {}),
    "dragonfly_flux_source_ref": ({"kind": "OCIRepository", "name": "a", "namespace": "b"}, {}),
    "dragonfly_flux_decryption_secret": ("age", {}),
    "dragonfly_flux_path": ("./clusters/a", {}),
    "dragonfly_flux_namespace": ("flux-system", {}),
    "dragonfly_flux_depends_on": ([], {}),
    "dragonfly_flux_substitute_from": ([{"kind": "ConfigMap", "name": "a", "optional": True}], {}),
    "dragonfly_flux_health_check_exprs": ([], {}),
    "dragonfly_backup_enabled": (True, {"rustfs_enabled": True}),
    "dragonfly_backup_depends_on": ([], BUCKET),
    "dragonfly_monitoring_enabled": (True, {"monitoring_enabled": True}),
    "dragonfly_enabled": (True, {}),
    "monitoring_enabled": (True, CLOSED),
    "rustfs_enabled": (True, {"dragonfly_backup_enabled": True}),
    "network_policies_enabled": (True, {}),
    "network_policies_mode": ("enforce", {"network_policies_enabled": True}),
    "keycloak_enabled": (True, CLOSED),
    "litellm_enabled": (True, {**USERS, **CLOSED}),
    "langfuse_enabled": (True, {**USERS, **CLOSED}),
}
"""Another value than the default for each variable, and what else it needs to mean something."""

NOT_IN_MANIFESTS = {
    "dragonfly_instances": "an import is of one instance",
    "dragonfly_monitoring_dashboard_scope": "of a fleet alone",
    "dragonfly_secrets_file": "the path of a file beside the cluster.yaml",
    **{variable.key: "a secret: never in the file in the clear" for variable in SECRET_VARIABLES},
}
"""Variables that no manifest shows, and why."""


def test_every_variable_has_a_sample_or_a_reason() -> None:
    left_out = known_keys() - SAMPLES.keys() - NOT_IN_MANIFESTS.keys()
    assert left_out == set(), "give it a row in SAMPLES"
    assert SAMPLES.keys() | NOT_IN_MANIFESTS.keys() <= known_keys()
    assert not SAMPLES.keys() & NOT_IN_MANIFESTS.keys()


@pytest.mark.parametrize("form", [(), ("--python",)], ids=["cluster.yaml", "python"])
@pytest.mark.parametrize("key", SAMPLES)
def test_what_a_variable_gives_comes_back(key: str, form: tuple[str, ...], tmp_path: Path) -> None:
    value, needed = SAMPLES[key]
    config, dist = tmp_path / "before.yaml", tmp_path / "before"
    config.write_text(yaml.safe_dump({"dragonfly_enabled": True, **needed, key: value}))
    dist.mkdir()
    synthesize([config], dist)
    result = run(dist, *form)
    # test_round_trip.py holds that the list names whatever comes back otherwise.
    assert (result.exit_code, result.stderr) == (0, "")
