"""Each field of a Dragonfly and each flag is the variable, or the argument, that gives it."""

from __future__ import annotations

from typing import Any

import pytest

from constructs_lib.adoption.kinds.instance import ARGUMENT_FIELDS
from constructs_lib.cache.arguments import CacheArguments
from constructs_lib.cache.server import TYPED_FLAGS
from tests.adoption.manifests import IMAGE, dragonfly, not_carried, settings, variables

RESTRICTED = {
    "podSecurityContext": {
        "runAsNonRoot": True,
        "runAsUser": 999,
        "runAsGroup": 999,
        "fsGroup": 999,
        "seccompProfile": {"type": "RuntimeDefault"},
    },
    "containerSecurityContext": {"allowPrivilegeEscalation": False, "capabilities": {"drop": ["ALL"]}},
}
CONTROL_PLANE = "node-role.kubernetes.io/control-plane"


def test_what_cluster_yaml_gives_by_itself_is_no_variable() -> None:
    assert variables(dragonfly()) == {}


@pytest.mark.parametrize(
    ("spec", "expected"),
    [
        ({"replicas": 3}, {"dragonfly_replicas": 3}),
        ({"image": IMAGE.replace("1.36.0", "1.40.1")}, {"dragonfly_version": "v1.40.1"}),
        (
            {"image": "mirror.example.com/dragonfly:v1.36.0"},
            {"dragonfly_image": "mirror.example.com/dragonfly:v1.36.0"},
        ),
        ({"memcachedPort": 11211}, {"dragonfly_memcached_port": 11211}),
        (
            {"serviceSpec": {"type": "NodePort", "nodePort": 30000}},
            {"dragonfly_service_type": "NodePort", "dragonfly_service_node_port": 30000},
        ),
        ({"pdb": {"maxUnavailable": 1}}, {"dragonfly_pdb_max_unavailable": 1}),
        ({"pdb": {"minAvailable": "50%"}}, {"dragonfly_pdb_min_available": "50%"}),
        ({"labels": {"team": "a"}}, {"dragonfly_labels": {"team": "a"}}),
        ({"annotations": {"a": "b"}}, {"dragonfly_annotations": {"a": "b"}}),
        ({"annotations": {"cdk8s-dragonfly/secret-version": "7"}}, {"dragonfly_secret_version": "7"}),
        ({"priorityClassName": "high"}, {"dragonfly_priority_class_name": "high"}),
        (RESTRICTED, {"dragonfly_pod_security": "restricted"}),
        (
            {
                "nodeSelector": {CONTROL_PLANE: "", "disk": "ssd"},
                "tolerations": [{"key": CONTROL_PLANE, "operator": "Exists", "effect": "NoSchedule"}],
            },
            {"dragonfly_control_plane_only": True, "dragonfly_node_selector": {"disk": "ssd"}},
        ),
        ({"authentication": {}}, {"dragonfly_authentication": False}),
        (
            {"authentication": {"passwordFromSecret": {"name": "redis", "key": "password"}}},
            {"dragonfly_auth_secret": "redis"},
        ),
        ({"tlsSecretRef": {"name": "own"}}, {"dragonfly_tls_enabled": True, "dragonfly_tls_secret": "own"}),
        (
            {"resources": {"limits": {"memory": "1Gi", "cpu": "2"}}},
            {"dragonfly_memory_request": "1Gi", "dragonfly_cpu_request": "2", "dragonfly_cpu_limit": "2"},
        ),
        ({"env": [{"name": "TZ", "value": "UTC"}]}, {"dragonfly_env": [{"name": "TZ", "value": "UTC"}]}),
        (
            {"snapshot": {"cron": "0 1 * * *", "existingPersistentVolumeClaimName": "saved"}},
            {"dragonfly_snapshot_cron": "0 1 * * *", "dragonfly_snapshot_existing_claim": "saved"},
        ),
        (
            {
                "snapshot": {
                    "cron": "0 */6 * * *",
                    "persistentVolumeClaimSpec": {
                        "accessModes": ["ReadWriteOnce"],
                        "storageClassName": "fast",
                        "resources": {"requests": {"storage": "5Gi"}},
                    },
                }
            },
            {"dragonfly_snapshot_volume_size": "5Gi", "dragonfly_snapshot_storage_class": "fast"},
        ),
        (
            {"snapshot": {"cron": "0 */6 * * *", "dir": "s3://saved/shop/$(POD_NAME)"}},
            {
                "dragonfly_backup_enabled": True,
                "dragonfly_s3_bucket": "saved",
                "dragonfly_s3_prefix": "shop",
                "dragonfly_s3_endpoint": "",
                "dragonfly_s3_use_https": True,
            },
        ),
    ],
    ids=lambda given: str(next(iter(given)))[:40],
)
def test_a_field_is_its_variable(spec: dict[str, Any], expected: dict[str, Any]) -> None:
    assert variables(dragonfly(spec)) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["--maxmemory=700mb"], {"dragonfly_maxmemory": "700mb"}),
        (["--maxmemory", "700mb"], {"dragonfly_maxmemory": "700mb"}),
        (["--proactor_threads=1"], {"dragonfly_threads": 1}),
        (["--cache_mode"], {"dragonfly_cache_mode": True}),
        (["--cache_mode=yes"], {"dragonfly_cache_mode": True}),
        (["--default_lua_flags=allow-undeclared-keys"], {"dragonfly_default_lua_flags": ["allow-undeclared-keys"]}),
        (["--tcp_keepalive=60"], {"dragonfly_flags": {"tcp_keepalive": 60}}),
        (["--dbnum=1", "--dbnum=4"], {"dragonfly_dbnum": 4}),
    ],
    ids=str,
)
def test_a_flag_is_its_variable_however_it_is_written_and_the_last_one_counts(
    words: list[str], expected: dict[str, Any]
) -> None:
    assert variables(dragonfly(args=words)) == expected


def test_a_flag_that_is_left_out_is_what_the_server_takes_then() -> None:
    read = variables(dragonfly({"args": ["--maxmemory=512mb", "--proactor_threads=2"]}))
    assert read == {"dragonfly_slowlog_max_len": 20, "dragonfly_version_check": True}


@pytest.mark.parametrize(
    ("limit", "maxmemory", "threads"), [("1Gi", "819mb", None), ("4Gi", "3276mb", None), ("512Mi", "409mb", 1)]
)
def test_without_maxmemory_it_is_what_the_limit_leaves_room_for(
    limit: str, maxmemory: str, threads: int | None
) -> None:
    read = variables(dragonfly({"args": [], "resources": {"limits": {"memory": limit}}}))
    assert (read["dragonfly_maxmemory"], read.get("dragonfly_threads")) == (maxmemory, threads)


def test_without_a_limit_there_is_one_that_maxmemory_fits_into() -> None:
    read = variables(dragonfly({"args": ["--maxmemory=4gb"], "resources": {}}))
    assert read["dragonfly_memory_limit"] == "5Gi"


@pytest.mark.parametrize("field", ARGUMENT_FIELDS, ids=lambda field: field.place)
def test_every_field_of_the_table_is_an_argument_of_the_cache(field: Any) -> None:
    assert field.argument in CacheArguments.model_fields


def test_every_argument_of_the_cache_is_read_from_somewhere() -> None:
    by_the_table = {field.argument for field in ARGUMENT_FIELDS}
    elsewhere = {
        *TYPED_FLAGS,
        "acl_default",
        "authentication",
        "control_plane_only",
        "flags",
        "image",
        "name",
        "namespace",
        "operator_version",
        "pod_security",
        "profile",  # the flags that it sets are read themselves
        "version",
    }
    assert set(CacheArguments.model_fields) == by_the_table | elsewhere


@pytest.mark.parametrize(
    ("spec", "place", "argument"),
    [
        ({"initContainers": [{"name": "a"}]}, "/spec/initContainers", "init_containers"),
        ({"skipFSGroup": True}, "/spec/skipFSGroup", "skip_fs_group"),
        ({"podMetadata": {"labels": {"a": "b"}}}, "/spec/podMetadata/labels", "pod_metadata_labels"),
        ({"imagePullSecrets": [{"name": "a"}]}, "/spec/imagePullSecrets", "image_pull_secrets"),
    ],
    ids=lambda given: given if isinstance(given, str) else "",
)
def test_what_cluster_yaml_has_no_variable_for_is_an_argument_and_the_list_says_which(
    spec: dict[str, Any], place: str, argument: str
) -> None:
    (listed,) = not_carried(dragonfly(spec))
    assert (listed.origin.field, listed.why) == (place, "cluster.yaml has no variable for it")
    assert listed.advice == f"`--python` has it as `{argument}` of DragonflyCache"
    assert settings(dragonfly(spec)).value("cache", argument)


@pytest.mark.parametrize(
    ("word", "why", "advice"),
    [
        (
            "--admin_port=9999",
            "--admin_port is not yours to set",
            "the operator sets 9999 and talks to it; leave it out",
        ),
        ("--requirepass=hush", "--requirepass is not yours to set", "give `password_from_secret`"),
        ("sessions", "no flag of the server", "leave it out"),
    ],
)
def test_a_flag_that_is_not_ours_to_set_is_listed_by_its_word(word: str, why: str, advice: str) -> None:
    (listed,) = not_carried(dragonfly(args=[word]))
    assert (listed.origin.field, listed.why) == ("/spec/args/5", why)
    assert advice in listed.advice
    assert "hush" not in str(listed)


BUCKET_KEYS = [
    {"name": name, "valueFrom": {"secretKeyRef": {"name": "dragonfly-auth", "key": name}}}
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")
]


@pytest.mark.parametrize(
    ("spec", "words", "place"),
    [
        ({}, ["--tls_key_password=hush"], "/spec/args/5"),
        (
            {
                "snapshot": {"cron": "0 */6 * * *", "dir": "s3://saved/cache/dragonfly/$(POD_NAME)"},
                "env": [*BUCKET_KEYS, {"name": "API_TOKEN", "value": "hush"}],
            },
            [],
            "/spec/env/2",
        ),
    ],
    ids=["a flag", "a variable behind those that the backup writes"],
)
def test_a_secret_in_the_clear_is_listed_where_it_stands(spec: dict[str, Any], words: list[str], place: str) -> None:
    listed = [each for each in not_carried(dragonfly(spec, words)) if "secret in the clear" in each.why]
    assert {each.origin.field for each in listed} == {place}


def test_a_toleration_beside_that_of_the_control_plane_keeps_its_place() -> None:
    control_plane = {"key": CONTROL_PLANE, "operator": "Exists", "effect": "NoSchedule"}
    other = {"key": "disk", "operator": "Exists"}
    read = settings(dragonfly({"nodeSelector": {CONTROL_PLANE: ""}, "tolerations": [control_plane, other]}))
    (tolerations,) = [each for each in read.settings if each.argument == "tolerations"]
    assert (tolerations.value, tolerations.origin_of(other).field) == ([other], "/spec/tolerations/1")
