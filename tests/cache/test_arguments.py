"""Arguments of a cache and its pods: what cannot work together, and what the operator's version lacks."""

from __future__ import annotations

from typing import Any

import pytest

from constructs_lib.arguments.model import validate
from constructs_lib.arguments.references import SecretKey
from constructs_lib.cache.arguments import FIELD_OF_ARGUMENT, CacheArguments
from constructs_lib.dragonfly.operator_versions import FIELD_SINCE
from constructs_lib.values.redact import redact
from tests.operators import NEWEST

CLAIM = {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "10Gi"}}}

ARGUMENT_VALUES: dict[str, Any] = {
    "additional_containers": [{"name": "sidecar"}],
    "additional_volumes": [{"name": "scratch", "emptyDir": {}}],
    "custom_liveness_probe_config_map": "probe",
    "custom_readiness_probe_config_map": "probe",
    "custom_startup_probe_config_map": "probe",
    "enable_replication_readiness_gate": True,
    "network_policy_enabled": False,
    "owned_objects_metadata_annotations": {"team": "blue"},
    "owned_objects_metadata_labels": {"team": "blue"},
    "pdb_max_unavailable": 1,
    "pdb_min_available": "50%",
    "pod_metadata_annotations": {"team": "blue"},
    "pod_metadata_labels": {"team": "blue"},
    "tiering": CLAIM,
}
"""A value for each argument whose field came with a later operator."""


def cache(**given: Any) -> CacheArguments:
    """The arguments, which must be without error."""
    validation = validate(CacheArguments, given)
    assert validation.errors == ()
    assert validation.arguments is not None
    return validation.arguments


def errors(**given: Any) -> list[str]:
    return [str(error) for error in validate(CacheArguments, given).errors]


def warnings(**given: Any) -> list[str]:
    validation = validate(CacheArguments, given)
    assert validation.errors == ()
    return [str(warning) for warning in validation.warnings]


def test_a_cache_needs_no_argument() -> None:
    arguments = cache()
    assert (arguments.name, arguments.replicas) == ("dragonfly", 1)
    assert warnings() == []


@pytest.mark.parametrize("argument", FIELD_OF_ARGUMENT)
def test_an_argument_whose_field_the_operator_lacks_is_refused_with_the_version_that_has_it(argument: str) -> None:
    field = FIELD_OF_ARGUMENT[argument]
    given = {argument: ARGUMENT_VALUES[argument], "replicas": 2}
    assert errors(**given, operator_version="v1.3.1") == [
        f"{argument}: operator v1.3.1 has no field {field}; it comes with {FIELD_SINCE[field]}: use that version or "
        "leave it out"
    ]
    assert errors(**given, operator_version=FIELD_SINCE[field]) == []


@pytest.mark.parametrize("name", ["seLinuxChangePolicy", "supplementalGroupsPolicy"])
def test_a_field_of_the_pods_security_context_may_need_a_later_operator_too(name: str) -> None:
    given = {"pod_security_context": {name: "x"}}
    assert errors(**given, operator_version="v1.4.0") == []
    assert errors(**given, operator_version="v1.3.1") == [
        f"pod_security_context.{name}: operator v1.3.1 has no field podSecurityContext.{name}; it comes with v1.4.0: "
        "use that version or leave it out"
    ]


def test_v1_7_has_no_network_policy_of_its_own_to_switch() -> None:
    assert errors(network_policy_enabled=False, operator_version="v1.7.0") == [
        "network_policy_enabled: operator v1.7.0 has no field networkPolicyEnabled: v1.7.0 removed it; leave it out"
    ]


@pytest.mark.parametrize(
    ("version", "cut_off"), [("v1.5.0", "Prometheus"), ("v1.6.1", "Prometheus, and clients in other namespaces")]
)
def test_the_operators_own_policy_is_warned_of(version: str, cut_off: str) -> None:
    assert warnings(network_policy_enabled=True, operator_version=version) == [
        f"network_policy_enabled: operator {version}'s own policy cuts off {cut_off}; use DragonflyNetworkPolicy "
        "instead"
    ]


# Names and labels


@pytest.mark.parametrize("argument", ["name", "service_name"])
def test_no_service_may_have_a_name_that_ends_the_servers(argument: str) -> None:
    assert errors(**{argument: "dfly-cache"}) == [
        f"{argument}: 'dfly-cache' begins with 'dfly', whose Service variables (DFLY_…) make every server of the "
        "namespace exit at start; accepted: any other beginning"
    ]


@pytest.mark.parametrize(
    "argument", ["labels", "pod_metadata_labels", "owned_objects_metadata_labels", "service_labels"]
)
def test_the_operators_own_labels_are_refused_wherever_labels_are_given(argument: str) -> None:
    assert errors(**{argument: {"app.kubernetes.io/name": "x"}}, operator_version="v1.6.1") == [
        f"{argument}.app.kubernetes.io/name: label 'app.kubernetes.io/name' is the operator's own, and setting it "
        "blocks every later change to the instance; accepted: any other key"
    ]


def test_a_long_name_would_be_too_long_for_the_pods_label() -> None:
    assert errors(name="x" * 52) == []
    assert errors(name="x" * 53) == [
        f"name: '{'x' * 53}' is not a valid name; accepted: lower-case letters, digits and '-', beginning with a "
        "letter, at most 52 characters (the StatefulSet's pods carry it in a label)"
    ]


# Image


@pytest.mark.parametrize(
    "image",
    [
        "registry.example.com/dragonfly:v1.36.0",
        "registry.example.com:5000/dragonfly:v1.36.0@sha256:0000",
        "registry.example.com/dragonfly:1.36.0-patched",
        "registry.example.com/dragonfly@sha256:0000",
    ],
)
def test_an_image_of_that_version_or_of_ones_own_is_taken(image: str) -> None:
    assert errors(image=image) == []


def test_an_image_of_another_version_is_refused() -> None:
    assert errors(image="registry.example.com/dragonfly:v1.37.0") == [
        "image: 'registry.example.com/dragonfly:v1.37.0' is not version v1.36.0; give that as `version`"
    ]


def test_an_image_that_changes_under_a_running_cache_is_refused() -> None:
    assert errors(image="registry.example.com/dragonfly:latest") == [
        "image: 'registry.example.com/dragonfly:latest' changes under a running cache; accepted: the tag of one version"
    ]


# Disruption budget


def test_a_disruption_budget_has_one_bound() -> None:
    assert errors(pdb_min_available=1, pdb_max_unavailable=1, replicas=3, operator_version="v1.6.1") == [
        "pdb_min_available: given beside `pdb_max_unavailable`, and the API server refuses both; leave one out"
    ]


@pytest.mark.parametrize("value", [-1, True, "50", "101%", "1.5%", "%", 1.5, "a"])
def test_a_bound_is_a_number_of_pods_or_a_percentage(value: object) -> None:
    assert errors(pdb_max_unavailable=value, operator_version="v1.6.1") == [
        f"pdb_max_unavailable: {redact(value)} is not accepted; accepted: a number of pods, or a percentage such as "
        "'50%'"
    ]


@pytest.mark.parametrize("value", [0, 2, "0%", "50%", "100%"])
def test_numbers_and_percentages_are_bounds(value: int | str) -> None:
    assert errors(pdb_max_unavailable=value, operator_version="v1.6.1") == []


def test_a_budget_that_lets_no_node_drain_is_warned_of() -> None:
    given = {"replicas": 2, "operator_version": "v1.6.1"}
    assert warnings(pdb_min_available=1, **given) == []
    assert warnings(pdb_min_available=2, **given) == [
        "pdb_min_available: 2 of 2 pods: no node with one of them can be drained"
    ]


# Authentication


def test_the_password_is_a_key_of_the_instances_own_secret() -> None:
    assert cache(name="sessions").password_secret == SecretKey(name="sessions-auth", key="password")
    given = {"name": "vault", "key": "redis"}
    assert cache(password_from_secret=given).password_secret == SecretKey(name="vault", key="redis")
    assert cache(authentication=False).password_secret is None


def test_a_password_beside_no_authentication_is_refused() -> None:
    given = {"name": "vault", "key": "redis"}
    assert errors(authentication=False, password_from_secret=given) == [
        "password_from_secret: given while `authentication` is off; leave one of the two out"
    ]


def test_a_cache_that_asks_nobody_is_warned_of() -> None:
    assert warnings(authentication=False) == ["authentication: false: whoever reaches port 6379 owns the data"]
    assert warnings(authentication=False, acl_from_secret={"name": "vault", "key": "acl"}) == []


def test_tls_needs_a_password_or_a_ca() -> None:
    ca = {"name": "ca", "key": "ca.crt"}
    assert errors(tls_secret_ref="tls") == []
    assert errors(tls_secret_ref="tls", authentication=False, client_ca_cert_secret=ca) == []
    assert errors(tls_secret_ref="tls", authentication=False) == [
        "tls_secret_ref: TLS without a password or a client CA: the server exits at start; give "
        "`client_ca_cert_secret`, or leave `authentication` on"
    ]


def test_client_certificates_need_tls() -> None:
    assert errors(client_ca_cert_secret={"name": "ca", "key": "ca.crt"}) == [
        "client_ca_cert_secret: without `tls_secret_ref` no client speaks TLS; give that as well"
    ]


# Ports and Service


@pytest.mark.parametrize("port", [6379, 9999])
def test_memcached_may_not_take_a_port_of_the_servers(port: int) -> None:
    assert errors(memcached_port=port) == [
        f"memcached_port: {port} is the server's already; accepted: another, such as 11211"
    ]


def test_memcached_asks_nobody_and_that_is_told() -> None:
    assert warnings(memcached_port=11211) == [
        "memcached_port: memcached clients need no password and heed no ACL; let a network policy say who may"
    ]


@pytest.mark.parametrize(
    ("port", "accepted"), [(0, "a number not below 1"), (65536, "a number not above 65535"), ("1", "a whole number")]
)
def test_a_port_is_a_port(port: object, accepted: str) -> None:
    assert errors(memcached_port=port) == [f"memcached_port: {port!r} is not accepted; accepted: {accepted}"]


def test_a_node_port_needs_a_service_that_has_one() -> None:
    assert errors(service_node_port=30000) == [
        "service_node_port: given beside `service_type` 'ClusterIP'; accepted: with NodePort or LoadBalancer"
    ]
    assert errors(service_node_port=30000, service_type="NodePort") == []


# Pods


@pytest.mark.parametrize("argument", ["pod_security_context", "container_security_context"])
def test_restricted_sets_the_security_contexts_alone(argument: str) -> None:
    assert errors(pod_security="restricted", **{argument: {"runAsUser": 5}}) == [
        f"{argument}: `pod_security` 'restricted' sets it; leave one of the two out"
    ]


def test_restricted_keeps_its_group() -> None:
    assert errors(pod_security="restricted", skip_fs_group=True) == [
        "skip_fs_group: `pod_security` 'restricted' sets fsGroup 999; leave one of the two out"
    ]


@pytest.mark.parametrize("argument", ["additional_containers", "init_containers"])
def test_no_container_may_replace_the_servers(argument: str) -> None:
    given = [{"name": "sidecar"}, {"name": "dragonfly"}]
    assert errors(**{argument: given}, operator_version="v1.6.1") == [
        f"{argument}[1].name: 'dragonfly' replaces the server's container; accepted: another name"
    ]


@pytest.mark.parametrize("name", ["DFLY_requirepass", "DFLY_PASSWORD"])
def test_no_flag_may_hide_in_the_environment(name: str) -> None:
    assert errors(env=[{"name": "TZ", "value": "UTC"}, {"name": name, "value": "hunter2"}]) == [
        f"env[1].name: '{name}' is a flag of the server, which exits on those that it does not know; give it as an "
        "argument or in `flags`"
    ]


def test_the_control_plane_is_chosen_once() -> None:
    key = "node-role.kubernetes.io/control-plane"
    assert errors(control_plane_only=True, node_selector={key: ""}) == []
    assert errors(control_plane_only=True, node_selector={key: "true"}) == [
        f"node_selector.{key}: `control_plane_only` sets it to ''; leave one of the two out"
    ]


@pytest.mark.parametrize("replicas", [0, -1])
def test_without_a_replica_there_is_no_pod(replicas: int) -> None:
    assert errors(replicas=replicas) == [f"replicas: {replicas} is not accepted; accepted: a number not below 1"]


def test_an_operator_that_makes_nothing_is_refused() -> None:
    assert errors(operator_version="v1.6.0") == [
        "operator_version: v1.6.0 does not work: its chart lacks a right that the operator needs, so that it makes "
        f"nothing; use {NEWEST}"
    ]


def test_errors_of_server_and_pods_come_together() -> None:
    found = errors(replicas=0, maxmemory="1mb", labels={"app": "x"}, pdb_min_available=1, operator_version="v1.3.1")
    assert {error.split(":")[0] for error in found} == {"replicas", "maxmemory", "labels.app", "pdb_min_available"}
