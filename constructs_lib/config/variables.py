"""The variables of `cluster.yaml`: a table of what each is called there and which argument it gives.

Type, meaning and constraints of a variable are those of the argument that it feeds, and stand there alone; here stand
its name, the file's own default where it differs, and a closer bound where the file has one.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import import_module
from typing import Any

from pydantic.fields import FieldInfo

from constructs_lib.acl.presets import PRESETS
from constructs_lib.arguments.model import Arguments
from constructs_lib.config.switches import Switches
from constructs_lib.deprecations import VARIABLES as DEPRECATED_VARIABLES
from constructs_lib.deprecations import Deprecation, deprecation_of
from constructs_lib.errors import Finding

MODELS = {
    "cache": "cache.arguments.CacheArguments",
    "secrets": "secrets.arguments.SecretsArguments",
    "operator": "operator.arguments.OperatorArguments",
    "kustomization": "flux.arguments.KustomizationArguments",
    "monitoring": "monitoring.arguments.MonitoringArguments",
    "backup": "backup.arguments.BackupArguments",
    "network_policy": "network.arguments.NetworkPolicyArguments",
    "certificate": "certificate.arguments.CertificateArguments",
    "bucket": "backup.bucket_arguments.BucketArguments",
    "restore_drill": "backup.drill_arguments.RestoreDrillArguments",
}
"""The constructs' arguments that variables feed, by the name used in this table."""

CONSTRUCTS = {
    "cache": "DragonflyCache",
    "monitoring": "DragonflyMonitoring",
    "backup": "DragonflyBackup",
    "bucket": "DragonflyBucket",
    "restore_drill": "DragonflyRestoreDrill",
    "secrets": "DragonflySecrets",
    "network_policy": "DragonflyNetworkPolicy",
    "certificate": "DragonflyCertificate",
    "operator": "DragonflyOperator",
    "kustomization": "FluxKustomization",
}
"""The construct that takes each model's arguments."""


@cache
def model_named(name: str) -> type[Arguments]:
    """The arguments' model; loaded when a file needs it, since loading them all costs more than reading the file."""
    module, _, model = MODELS[name].rpartition(".")
    arguments: type[Arguments] = getattr(import_module(f"constructs_lib.{module}"), model)
    return arguments


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable that gives arguments: `feeds` names them as `model.argument`, the first says what it means."""

    key: str
    feeds: tuple[str, ...]
    default: Any = None
    """The file's own default, where it differs from the argument's."""
    bounds: tuple[int, int] | None = None

    @property
    def field(self) -> FieldInfo:
        """The argument that the variable means."""
        model, argument = self.feeds[0].split(".")
        return model_named(model).model_fields[argument]

    @property
    def deprecation(self) -> Deprecation | None:
        """Until when it is there, where it goes by itself or with its argument."""
        model, argument = self.feeds[0].split(".")
        return DEPRECATED_VARIABLES.get(self.key) or deprecation_of(model_named(model), argument)


@dataclass(frozen=True, slots=True)
class SecretVariable:
    """A variable that holds a secret: never copied anywhere; the Secret's key that must hold it instead."""

    key: str
    secret_key: str
    meaning: str


def _cache(key: str, argument: str, default: Any = None, bounds: tuple[int, int] | None = None) -> Variable:
    return Variable(f"dragonfly_{key}", (f"cache.{argument}",), default, bounds)


def _backup(key: str, argument: str, default: Any = None) -> Variable:
    return Variable(f"dragonfly_{key}", (f"backup.{argument}",), default)


def _drill(argument: str) -> Variable:
    return Variable(f"dragonfly_restore_drill_{argument}", (f"restore_drill.{argument}",))


def _monitoring(argument: str) -> Variable:
    return Variable(f"dragonfly_monitoring_{argument}", (f"monitoring.{argument}",))


def _policy(argument: str, key: str | None = None) -> Variable:
    return Variable(f"dragonfly_{key or argument}", (f"network_policy.{argument}",))


def _tls(argument: str) -> Variable:
    return Variable(f"dragonfly_tls_{argument}", (f"certificate.{argument}",))


def _flux(argument: str) -> Variable:
    return Variable(f"dragonfly_flux_{argument}", (f"kustomization.{argument}",))


VARIABLES = (
    _cache("name", "name"),
    _cache("namespace", "namespace", "cache"),
    _cache("version", "version"),
    Variable("dragonfly_operator_version", ("operator.version", "cache.operator_version"), "v1.3.1"),
    Variable(
        "dragonfly_operator_namespace",
        ("operator.namespace", "network_policy.operator_namespace", "monitoring.operator_namespace"),
    ),
    Variable("dragonfly_operator_source", ("operator.source",)),
    _cache("replicas", "replicas", bounds=(1, 10)),
    _cache("image", "image"),
    _cache("maxmemory", "maxmemory", "512mb"),
    _cache("threads", "proactor_threads", bounds=(1, 16)),
    _cache("cpu_request", "cpu_request"),
    _cache("cpu_limit", "cpu_limit"),
    _cache("memory_request", "memory_request"),
    _cache("memory_limit", "memory_limit"),
    _cache("profile", "profile"),
    _cache("cache_mode", "cache_mode"),
    _cache("slowlog_threshold", "slowlog_log_slower_than"),
    _cache("slowlog_max_len", "slowlog_max_len", bounds=(0, 1000)),
    _cache("default_lua_flags", "default_lua_flags"),
    _cache("cluster_mode", "cluster_mode"),
    _cache("lock_on_hashtags", "lock_on_hashtags"),
    _cache("maxclients", "maxclients"),
    _cache("timeout", "timeout"),
    _cache("dbnum", "dbnum"),
    _cache("keys_output_limit", "keys_output_limit"),
    _cache("notify_keyspace_events", "notify_keyspace_events"),
    _cache("version_check", "version_check"),
    _cache("flags", "flags"),
    _cache("authentication", "authentication"),
    _cache("acl_default", "acl_default"),
    Variable("dragonfly_secrets", ("secrets.source",)),
    Variable("dragonfly_secrets_file", ("secrets.file",)),
    Variable("dragonfly_secret_version", ("secrets.version",)),
    Variable("dragonfly_secret_store", ("secrets.secret_store",)),
    Variable("dragonfly_secret_remote_key", ("secrets.remote_key",)),
    Variable("dragonfly_secret_refresh_interval", ("secrets.refresh_interval",)),
    _cache("tls_secret", "tls_secret_ref"),
    _cache("tls_client_ca_secret", "client_ca_cert_secret"),
    _cache("memcached_port", "memcached_port"),
    _cache("service_type", "service_type"),
    _cache("service_name", "service_name"),
    _cache("service_node_port", "service_node_port"),
    _cache("service_annotations", "service_annotations"),
    _cache("pdb_min_available", "pdb_min_available"),
    _cache("pdb_max_unavailable", "pdb_max_unavailable"),
    _cache("control_plane_only", "control_plane_only"),
    _cache("affinity", "affinity"),
    _cache("topology_spread_constraints", "topology_spread_constraints"),
    _cache("node_selector", "node_selector"),
    _cache("tolerations", "tolerations"),
    _cache("priority_class_name", "priority_class_name"),
    _cache("pod_security", "pod_security"),
    _cache("pod_security_context", "pod_security_context"),
    _cache("container_security_context", "container_security_context"),
    _cache("labels", "labels"),
    _cache("annotations", "annotations"),
    _cache("env", "env"),
    _cache("tiering", "tiering"),
    _cache("additional_containers", "additional_containers"),
    _cache("additional_volumes", "additional_volumes"),
    _backup("snapshot_cron", "schedule"),
    _backup("s3_bucket", "bucket", "dragonfly-backups"),
    _backup("s3_prefix", "prefix"),
    _backup("s3_endpoint", "endpoint", "rustfs-svc.storage.svc.cluster.local:9000"),
    _backup("s3_use_https", "https", False),
    _backup("s3_region", "region"),
    _backup("snapshot_volume_size", "size"),
    _backup("snapshot_storage_class", "storage_class"),
    _backup("snapshot_existing_claim", "existing_persistent_volume_claim_name"),
    _backup("snapshot_retention", "retention"),
    _backup("snapshot_retention_schedule", "retention_schedule"),
    _backup("restore_from", "restore_from"),
    _backup("restore_of", "restore_of"),
    _backup("restore_replaces_data", "restore_replaces_data"),
    _backup("backup_job_image", "job_image"),
    Variable("dragonfly_s3_admin_secret", ("bucket.admin_secret",)),
    Variable("dragonfly_s3_versioning", ("bucket.versioning",)),
    Variable("dragonfly_s3_noncurrent_days", ("bucket.noncurrent_days",)),
    _drill("schedule"),
    _drill("tolerance"),
    _drill("compare_with_live"),
    _drill("pushgateway"),
    _drill("memory_limit"),
    _monitoring("interval"),
    _monitoring("scrape_timeout"),
    _monitoring("pod_monitor_labels"),
    _monitoring("rule_labels"),
    _monitoring("alerts"),
    _monitoring("alert_labels"),
    _monitoring("extra_rules"),
    _monitoring("known_metrics"),
    _monitoring("pod_target_labels"),
    _monitoring("runbook_url"),
    _monitoring("availability_objective"),
    _monitoring("dashboard"),
    _monitoring("dashboard_labels"),
    _monitoring("dashboard_folder"),
    _monitoring("dashboard_instance_selector"),
    _policy("provider", "network_policy_provider"),
    _policy("clients"),
    _policy("prometheus_pod_labels"),
    _policy("dns_namespace"),
    _policy("dns_pod_labels"),
    _policy("dns_port"),
    _policy("s3_egress"),
    _tls("issuer"),
    _tls("duration"),
    _tls("renew_before"),
    _tls("dns_names"),
    _tls("ip_addresses"),
    _flux("interval"),
    _flux("retry_interval"),
    _flux("timeout"),
    _flux("prune"),
    _flux("wait"),
    _flux("suspend"),
    _flux("service_account_name"),
    _flux("source_ref"),
    _flux("decryption_secret"),
)

SECRET_VARIABLES = (
    SecretVariable("dragonfly_password", "password", "Password of user `default`."),
    SecretVariable("dragonfly_s3_access_key", "AWS_ACCESS_KEY_ID", "Access key for the bucket."),
    SecretVariable("dragonfly_s3_secret_key", "AWS_SECRET_ACCESS_KEY", "Secret key for the bucket."),
    *(
        SecretVariable(f"dragonfly_{client}_password", f"{client}-password", f"Password of user `{client}`.")
        for client in PRESETS
    ),
)

OF_THE_CLUSTER = frozenset(
    (
        "dragonfly_enabled",
        "dragonfly_flux_depends_on",
        "dragonfly_flux_namespace",
        "dragonfly_flux_path",
        "dragonfly_flux_source_ref",
        "dragonfly_instances",
        "dragonfly_monitoring_dashboard_scope",
        "dragonfly_operator_namespace",
        "dragonfly_operator_source",
        "dragonfly_operator_version",
    )
)
"""Variables of which a fleet has one for all its instances, beside the switches of other components."""

OTHER_KEYS = {
    "DragonflyBackup": "dragonfly_backup_enabled",
    "DragonflyBucket": "dragonfly_s3_admin_secret",
    "acl_from_secret": "dragonfly_acl_enabled",
    "mode": "network_policies_mode",
    "password_from_secret": "dragonfly_auth_secret",
    "substitute_from": "dragonfly_flux_substitute_from",
    "users": "dragonfly_acl_users",
}
"""The key that a file has for a construct, or for an argument that no variable gives."""


@cache
def known_keys() -> frozenset[str]:
    """Every key of the file that is ours."""
    tables = (Switches.model_fields, (v.key for v in VARIABLES), (v.key for v in SECRET_VARIABLES))
    return frozenset(key for table in tables for key in table)


@cache
def keys_by_argument(model: str) -> Mapping[str, str]:
    """The variable that gives each argument of a model."""
    return {argument: variable.key for variable, argument in _feeding(model)}


def given_arguments(model: str, variables: Mapping[Any, Any]) -> dict[str, Any]:
    """The arguments that the file, or its defaults, give a model."""
    given = {argument: variables.get(variable.key, variable.default) for variable, argument in _feeding(model)}
    return {argument: value for argument, value in given.items() if value is not None}


def under_variables(model: str, finding: Finding) -> Finding:
    """A finding of a model's argument as one of the variable that gives it; other arguments in its text likewise."""
    keys = {**OTHER_KEYS, **keys_by_argument(model)}
    argument, rest = re.fullmatch(r"(\w*)(.*)", finding.where, re.S).groups()  # type: ignore[union-attr]  # always matches
    text = re.sub(r"`(\w+)`", lambda match: f"`{keys.get(match[1], match[1])}`", finding.text)
    return replace(finding, where=keys.get(argument, argument) + rest, text=text)


@cache
def _feeding(model: str) -> Sequence[tuple[Variable, str]]:
    """The variables that give a model arguments, each with the argument; asked for every instance of a fleet."""
    targets = ((variable, target.partition(".")) for variable in VARIABLES for target in variable.feeds)
    return [(variable, argument) for variable, (name, _, argument) in targets if name == model]
