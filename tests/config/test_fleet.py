"""A fleet in one file: what each instance inherits, what it must have for itself, and where an error is told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from constructs_lib.config.cluster import Cluster
from constructs_lib.config.fleet.instances import NoInstance
from constructs_lib.config.load import load, load_secrets
from constructs_lib.errors import InvalidConfig

Read = Callable[[str], Cluster]

IN_A_BUCKET = "dragonfly_backup_enabled: true\ndragonfly_s3_endpoint: 10.0.0.1:9000\n"
MONITORED = "monitoring_enabled: true\ndragonfly_monitoring_enabled: true\n"


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Reads a file whose cache is on."""

    def reads(text: str) -> Cluster:
        (tmp_path / "cluster.yaml").write_text(f"dragonfly_enabled: true\n{text}")
        return load(tmp_path / "cluster.yaml")

    return reads


def refused(read: Read, text: str) -> list[str]:
    with pytest.raises(InvalidConfig) as error:
        read(text)
    return str(error.value).splitlines()


def test_an_instance_has_the_flat_variables_with_its_own_over_them(read: Read) -> None:
    cluster = read(
        "dragonfly_replicas: 3\ndragonfly_labels: {team: a, tier: x}\ndragonfly_profile: cache\n"
        "dragonfly_instances:\n"
        "  sessions:\n"
        "  queue: {dragonfly_replicas: 1, dragonfly_labels: {team: b}, dragonfly_profile: null}\n"
    )
    sessions, queue = (instance.cache for instance in cluster.instances)
    assert (sessions["name"], sessions["replicas"], sessions["labels"]) == ("sessions", 3, {"team": "a", "tier": "x"})
    assert (queue["name"], queue["replicas"], queue["labels"]) == ("queue", 1, {"team": "b", "tier": "x"})
    assert sessions["profile"] == "cache"
    assert "profile" not in queue


def test_each_has_a_secret_users_and_a_place_for_snapshots_of_its_own(read: Read) -> None:
    cluster = read(
        f"{IN_A_BUCKET}dragonfly_acl_enabled: true\ndragonfly_acl_clients: [keycloak]\n"
        "dragonfly_instances: {a: {}, b: {dragonfly_acl_clients: [appcache]}}\n"
    )
    a, b = cluster.instances
    assert [each.cache["password_from_secret"].name for each in (a, b)] == ["a-auth", "b-auth"]
    assert [[user["name"] for user in each.users] for each in (a, b)] == [["keycloak"], ["appcache"]]
    assert [(each.backup or {})["credentials_secret"] for each in (a, b)] == ["a-auth", "b-auth"]


def test_what_there_is_once_is_left_to_one(read: Read) -> None:
    cluster = read(
        f"{MONITORED}dragonfly_instances: {{a: {{dragonfly_monitoring_enabled: false}}, b: {{}}, c: {{}}}}\n"
    )
    monitored = [instance.monitoring for instance in cluster.instances]
    assert monitored[0] is None
    assert [(each or {})["operator_metrics"] for each in monitored[1:]] == [True, False]
    assert [(each or {})["dashboard"] for each in monitored[1:]] == ["none", "none"]
    assert cluster.dashboard == {}
    assert cluster.operator["monitoring"] is True


def test_a_dashboard_each_can_be_asked_for(read: Read) -> None:
    scope = "dragonfly_monitoring_dashboard_scope: instance\n"
    cluster = read(f"{MONITORED}{scope}dragonfly_instances: {{a: {{}}, b: {{dragonfly_monitoring_dashboard: none}}}}\n")
    assert cluster.dashboard is None
    assert [(each.monitoring or {}).get("dashboard") for each in cluster.instances] == [None, "none"]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("dragonfly_instances: {}\n", "2: dragonfly_instances: names no instance"),
        ("dragonfly_instances: [a]\n", "2: dragonfly_instances: a list is not accepted; accepted: a mapping"),
        ("dragonfly_instances: {a: 3}\n", "2: dragonfly_instances.a: a number is not accepted; accepted: a mapping"),
        ("dragonfly_instances: {1: {}}\n", "2: dragonfly_instances[1]: 1 is not accepted; accepted: a text"),
        ("dragonfly_instances: {A: {}}\n", "2: dragonfly_instances.A: 'A' is not a valid name"),
        ("dragonfly_instances: {flux: {}}\n", "2: dragonfly_instances.flux: 'flux' is a folder of the output already"),
        (
            "dragonfly_instances: {dragonfly-fleet: {}}\n",
            "2: dragonfly_instances.dragonfly-fleet: 'dragonfly-fleet' is the folder of the fleet's dashboard",
        ),
        (
            "dragonfly_instances:\n  a:\n    dragonfly_replica: 1\n",
            "4: dragonfly_instances.a.dragonfly_replica: no variable of that name; did you mean 'dragonfly_replicas'?",
        ),
        (
            "dragonfly_instances:\n  a:\n    replicas: 1\n",
            "4: dragonfly_instances.a.replicas: no variable of that name; did you mean 'dragonfly_replicas'?",
        ),
        (
            "dragonfly_instances:\n  a:\n    monitoring_enabled: true\n",
            "4: dragonfly_instances.a.monitoring_enabled: belongs to the cluster, of which there is one",
        ),
        (
            "dragonfly_instances:\n  a:\n    dragonfly_operator_version: v1.6.1\n",
            "4: dragonfly_instances.a.dragonfly_operator_version: belongs to the cluster, of which there is one",
        ),
        (
            "dragonfly_instances:\n  a:\n    dragonfly_name: b\n",
            "3: dragonfly_instances.a: dragonfly_name is the key in `dragonfly_instances`; leave it out",
        ),
        (
            "dragonfly_name: b\ndragonfly_instances: {a: {}}\n",
            "2: dragonfly_name: given beside `dragonfly_instances`, whose keys are the names; leave it out",
        ),
        (
            "dragonfly_monitoring_dashboard_scope: fleet\n",
            "2: dragonfly_monitoring_dashboard_scope: means nothing without `dragonfly_instances`; leave it out",
        ),
        (
            "dragonfly_instances:\n  a:\n    dragonfly_password: hunter2\n",
            "4: dragonfly_instances.a.dragonfly_password: a secret in the clear; put it into the Secret a-auth",
        ),
        (
            f"{MONITORED}dragonfly_instances:\n  a:\n    dragonfly_monitoring_dashboard_folder: A\n",
            "6: dragonfly_instances.a.dragonfly_monitoring_dashboard_folder: means nothing while the fleet has one",
        ),
    ],
)
def test_what_no_fleet_can_have_is_an_error_with_its_line(read: Read, text: str, line: str) -> None:
    (told,) = refused(read, text)
    assert told.startswith(f"cluster.yaml:{line}"), told


def test_an_instance_that_stands_twice_is_an_error_with_both_lines(read: Read) -> None:
    (line,) = refused(read, "dragonfly_instances:\n  a: {}\n  b: {}\n  a: {}\n")
    assert line == "cluster.yaml:5: dragonfly_instances.a: stands twice, in lines 3 and 5; accepted: once"


@pytest.mark.parametrize(
    ("flat", "what", "variable"),
    [
        ("dragonfly_auth_secret: x\n", "the Secret x in namespace cache", "dragonfly_auth_secret"),
        ("dragonfly_service_name: x\n", "the Service x in namespace cache", "dragonfly_service_name"),
        (
            "dragonfly_service_type: NodePort\ndragonfly_service_node_port: 30001\n",
            "the node port 30001",
            "dragonfly_service_node_port",
        ),
        (
            f"{IN_A_BUCKET}dragonfly_s3_prefix: x\n",
            "the place of snapshots s3://dragonfly-backups/x",
            "dragonfly_s3_prefix",
        ),
        (
            "dragonfly_secrets: external-secrets\ndragonfly_secret_store: {name: v}\ndragonfly_secret_remote_key: x\n",
            "the store's entry x",
            "dragonfly_secret_remote_key",
        ),
    ],
)
def test_what_each_must_have_for_itself_cannot_be_inherited(read: Read, flat: str, what: str, variable: str) -> None:
    told = refused(read, f"{flat}dragonfly_instances:\n  a: {{}}\n  b: {{}}\n")
    number = flat[: flat.index(variable)].count("\n") + 2
    place = f"cluster.yaml:{number}: dragonfly_instances.b.{variable}"
    assert told == [f"{place}: {what} is that of instance 'a' too; accepted: its own"]


def test_one_encrypted_file_cannot_be_the_secret_of_two(read: Read) -> None:
    flat = "dragonfly_secrets: sops\ndragonfly_secrets_file: x\ndragonfly_flux_decryption_secret: age\n"
    told = refused(read, f"{flat}dragonfly_instances:\n  a: {{}}\n  b: {{}}\n")
    (line,) = [line for line in told if "that of instance" in line]
    assert line.startswith("cluster.yaml:3: dragonfly_instances.b.dragonfly_secrets_file: the encrypted file ")


def test_a_place_for_snapshots_below_that_of_another_is_an_error(read: Read) -> None:
    below = "dragonfly_instances:\n  a: {dragonfly_s3_prefix: x}\n  b: {dragonfly_s3_prefix: x/y}\n"
    (line,) = refused(read, f"{IN_A_BUCKET}{below}")
    assert line.startswith("cluster.yaml:6: dragonfly_instances.b.dragonfly_s3_prefix: the place of snapshots")


def test_a_folder_of_one_that_is_the_name_of_another_is_an_error(read: Read) -> None:
    bucket = f"{IN_A_BUCKET}dragonfly_s3_admin_secret: admin\n"
    told = refused(read, f"{bucket}dragonfly_instances:\n  a: {{}}\n  a-backup: {{}}\n")
    assert told == [
        "cluster.yaml:7: dragonfly_instances.a-backup: the folder a-backup is that of instance 'a' too; accepted: "
        "its own"
    ]


def test_variables_that_flux_would_fill_in_for_two_are_an_error(read: Read) -> None:
    substituted = "dragonfly_secrets: substitute\ndragonfly_secret_version: '1'\n"
    users = "{dragonfly_acl_enabled: true, dragonfly_acl_clients: [], dragonfly_acl_users: [{name: b, keys: ['b:*']}]}"
    told = refused(read, f"{substituted}dragonfly_instances:\n  a: {users}\n  a-b: {{}}\n")
    assert told == [
        "cluster.yaml:6: dragonfly_instances.a-b: the variable A_B_PASSWORD is that of instance 'a' too; accepted: "
        "its own"
    ]


def test_what_all_inherit_alike_is_told_once_and_under_the_flat_variable(read: Read) -> None:
    told = refused(read, "dragonfly_maxclients: 0\ndragonfly_instances: {a: {}, b: {}}\n")
    assert [line.split(": ")[:2] for line in told] == [["cluster.yaml:2", "dragonfly_maxclients"]]


def test_what_one_makes_of_what_it_inherits_is_told_under_its_name_at_the_inherited_line(read: Read) -> None:
    told = refused(read, "dragonfly_maxmemory: 512mb\ndragonfly_instances: {a: {}, b: {dragonfly_threads: 4}}\n")
    assert [line.split(": ")[:2] for line in told] == [["cluster.yaml:2", "dragonfly_instances.b.dragonfly_maxmemory"]]


def test_a_flat_value_that_is_wrong_is_told_although_every_instance_has_another(read: Read) -> None:
    told = refused(read, "dragonfly_replicas: 0\ndragonfly_instances: {a: {dragonfly_replicas: 1}}\n")
    assert [line.split(": ")[:2] for line in told] == [["cluster.yaml:2", "dragonfly_replicas"]]


def test_notes_and_warnings_name_the_instance(read: Read) -> None:
    cluster = read(
        "dragonfly_acl_enabled: true\ndragonfly_acl_clients: [keycloak]\ndragonfly_instances: {a: {}, b: {}}\n"
    )
    notes = [message for message in cluster.messages if ": note: " in message]
    assert [note.split(":")[3].strip() for note in notes] == [
        "dragonfly_instances.a.dragonfly_secrets",
        "dragonfly_instances.b.dragonfly_secrets",
    ]


def test_an_overlay_may_change_add_and_remove_instances(tmp_path: Path) -> None:
    base: dict[str, Any] = {"dragonfly_enabled": True, "dragonfly_instances": {"a": {"dragonfly_replicas": 1}, "b": {}}}
    over = {"dragonfly_instances": {"a": {"dragonfly_replicas": 3}, "b": None, "c": {}}}
    for name, text in (("base", base), ("prod", over)):
        (tmp_path / f"{name}.yaml").write_text(yaml.safe_dump(text))
    cluster = load(tmp_path / "base.yaml", tmp_path / "prod.yaml")
    assert {each.name: each.cache.get("replicas") for each in cluster.instances} == {"a": 3, "c": None}


def test_a_command_is_told_which_instance_it_is_about(read: Read, tmp_path: Path) -> None:
    cluster = read("dragonfly_instances: {sessions: {}, queue: {}}\n")
    assert cluster.instance("queue").name == "queue"
    with pytest.raises(NoInstance, match="--instance: left out, and there are 2 instances; accepted: sessions, queue"):
        cluster.instance()
    with pytest.raises(NoInstance, match="--instance session: no such instance; did you mean 'sessions'"):
        load_secrets(tmp_path / "cluster.yaml", instance="session")
    assert load_secrets(tmp_path / "cluster.yaml", instance="queue").contents.name == "queue-auth"
