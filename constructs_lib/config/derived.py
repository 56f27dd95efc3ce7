"""Arguments that no single variable gives: what follows from the switches and from other variables."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from constructs_lib.arguments.references import SecretKey
from constructs_lib.config.switches import Switches
from constructs_lib.values.names import default_secret, default_tls_secret

PROMETHEUS_NAMESPACE = "monitoring"

CLIENT_NAMESPACES = {"keycloak_enabled": "identity", "litellm_enabled": "ai-system", "langfuse_enabled": "ai-system"}
"""Where the clients run that the file's switches name."""

ALWAYS_A_CLIENT = "default"

_BUCKET = frozenset({"bucket", "prefix", "endpoint", "https", "region"})
_VOLUME = frozenset({"size", "storage_class", "existing_persistent_volume_claim_name"})
"""Arguments of a backup that are of one of its two places."""


def derived_arguments(
    part: str, given: Mapping[str, Any], switches: Switches, variables: Mapping[Any, Any]
) -> dict[str, Any]:
    """A part's arguments: those that its variables give, with what follows from the rest of the file."""
    if part == "cache":
        return {**given, **_secret_references(switches, variables)}
    if part == "secrets" and variables.get("dragonfly_secrets") == "sops":
        return {**given, "file": variables.get("dragonfly_secrets_file", f"secrets/{_name(variables)}.sops.yaml")}
    if part == "operator":
        return {**given, "monitoring": switches.dragonfly_monitoring_enabled}
    if part == "monitoring":
        return {**given, "operator_metrics": True}
    if part == "backup":
        return _backup(given, switches, variables)
    if part == "network_policy":
        return {
            **given,
            "mode": switches.network_policies_mode,
            "clients": _clients(switches, variables),
            "prometheus_namespace": PROMETHEUS_NAMESPACE if switches.monitoring_enabled else None,
        }
    return dict(given)


def _secret_references(switches: Switches, variables: Mapping[Any, Any]) -> dict[str, Any]:
    secret = _auth_secret(switches, variables)
    references: dict[str, Any] = {}
    if variables.get("dragonfly_authentication") is not False:
        references["password_from_secret"] = SecretKey(name=secret, key="password")
    if switches.dragonfly_acl_enabled:
        references["acl_from_secret"] = SecretKey(name=secret, key="acl.conf")
    if switches.dragonfly_tls_enabled and "dragonfly_tls_secret" not in variables:
        references["tls_secret_ref"] = default_tls_secret(_name(variables))
    return references


def _backup(given: Mapping[str, Any], switches: Switches, variables: Mapping[Any, Any]) -> dict[str, Any]:
    """The arguments for the one place that the file chose: the bucket, or a volume."""
    left_out = _VOLUME if switches.dragonfly_backup_enabled else _BUCKET
    kept = {name: value for name, value in given.items() if name not in left_out}
    if kept.get("endpoint") == "":
        del kept["endpoint"]
    if "bucket" in kept:
        kept["credentials_secret"] = _auth_secret(switches, variables)
    return kept


def _clients(switches: Switches, variables: Mapping[Any, Any]) -> Any:
    """The file's own clients first, so that an error in one has its place in the file."""
    given = variables.get("dragonfly_clients", [])
    pods = [{"namespace": namespace} for namespace in _client_namespaces(switches)]
    if not isinstance(given, list):
        return given
    return [*given, *(client for client in pods if client not in given and client["namespace"] not in given)]


def _client_namespaces(switches: Switches) -> list[str]:
    named = [place for switch, place in CLIENT_NAMESPACES.items() if getattr(switches, switch)]
    return list(dict.fromkeys([*named, ALWAYS_A_CLIENT, *switches.dragonfly_client_namespaces]))


def _auth_secret(switches: Switches, variables: Mapping[Any, Any]) -> str:
    return switches.dragonfly_auth_secret or default_secret(_name(variables))


def _name(variables: Mapping[Any, Any]) -> str:
    """The cache's name; the default where the file's is refused anyway."""
    name = variables.get("dragonfly_name")
    return name if isinstance(name, str) and re.fullmatch(r"[a-z0-9-]+", name) else "dragonfly"
