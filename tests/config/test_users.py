"""The users that a cluster.yaml asks for: who they are, and what is wrong with one, under the file's own keys."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from constructs_lib.config.cluster import Cluster
from constructs_lib.config.load import load
from constructs_lib.errors import InvalidConfig

ACL = {"dragonfly_enabled": True, "dragonfly_acl_enabled": True}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "cluster.yaml"


def read(file: Path, **variables: Any) -> Cluster:
    file.write_text(yaml.safe_dump({**ACL, **variables}))
    return load(file)


def errors(file: Path, **variables: Any) -> list[str]:
    with pytest.raises(InvalidConfig) as error:
        read(file, **variables)
    return [str(error) for error in error.value.errors]


def names(cluster: Cluster) -> list[str]:
    return [user["name"] for user in cluster.instance().users]


def test_without_acl_there_are_no_users(file: Path) -> None:
    assert read(file, dragonfly_acl_enabled=False, litellm_enabled=True).instance().users == ()


def test_known_clients_are_users_where_the_cluster_has_them(file: Path) -> None:
    assert names(read(file)) == ["keycloak", "appcache"]
    assert names(read(file, litellm_enabled=True)) == ["keycloak", "appcache", "litellm"]
    assert names(read(file, langfuse_enabled=True)) == ["keycloak", "appcache", "langfuse"]


def test_the_known_clients_can_be_chosen(file: Path) -> None:
    chosen = read(file, dragonfly_acl_clients=["mcpgateway", "langfuse"], litellm_enabled=True)
    assert names(chosen) == ["mcpgateway", "langfuse"]
    assert chosen.instance().users[0] == {"name": "mcpgateway", "preset": "mcpgateway"}


def test_further_users_come_from_the_list(file: Path) -> None:
    worker = {"name": "worker", "keys": ["jobs:*"], "allow": ["@read"], "databases": 2}
    assert read(file, dragonfly_acl_users=[worker]).instance().users[-1] == worker


def test_a_user_of_the_list_takes_the_place_of_a_known_client(file: Path) -> None:
    mine = {"name": "keycloak", "keys": ["sessions:*"]}
    assert read(file, dragonfly_acl_users=[mine]).instance().users == ({"name": "appcache", "preset": "appcache"}, mine)


@pytest.mark.parametrize(
    ("variables", "said"),
    [
        (
            {"dragonfly_acl_users": [{"name": "a", "keys": ["*"]}, {"name": "b", "keys": ["*"], "alow": ["GET"]}]},
            "dragonfly_acl_users[1].alow: no such field; did you mean 'allow'?",
        ),
        (
            {"dragonfly_acl_users": [{"name": "a", "keys": ["*"], "xyz": 1}]},
            "dragonfly_acl_users[0].xyz: no such field; accepted: allow, channels, databases, deny, keys, name, preset",
        ),
        ({"dragonfly_acl_users": [{"keys": ["*"]}]}, "dragonfly_acl_users[0].name: missing; it has no default"),
        (
            {"dragonfly_acl_users": [{"name": "a", "keys": ["*"], "nopass": True}]},
            "dragonfly_acl_users[0].nopass: no such field; every user has a password",
        ),
        ({"dragonfly_acl_users": [{"name": "a"}]}, "dragonfly_acl_users[0].keys: none, so that @read, @write"),
        (
            {"dragonfly_acl_users": [{"name": "a", "keys": ["*"], "allow": ["@reed"]}]},
            "dragonfly_acl_users[0].allow: '@reed': no category of server v1.36.0",
        ),
        (
            {"dragonfly_acl_users": [{"name": "a", "keys": ["x"]}, {"name": "a", "keys": ["y"]}]},
            "dragonfly_acl_users[1]: given 2 times; accepted: one user of a name",
        ),
        ({"dragonfly_acl_users": ["a"]}, "dragonfly_acl_users[0]: a text is not accepted; accepted: a mapping"),
        ({"dragonfly_acl_users": {"a": 1}}, "dragonfly_acl_users: a mapping is not accepted; accepted: a list"),
        ({"dragonfly_acl_clients": ["keycloack"]}, "dragonfly_acl_clients[0]: 'keycloack' is not accepted; accepted:"),
        (
            {"dragonfly_acl_users": [{"name": "a", "preset": "langfuse", "deny": ["BLPOP"]}]},
            "dragonfly_acl_users[0].allow: user 'a' may not BLPOP, which client 'langfuse' needs",
        ),
        ({"dragonfly_acl_clients": []}, "dragonfly_acl_enabled: true without a user"),
        ({"dragonfly_acl_default": "open"}, "dragonfly_acl_default: 'open' is not accepted; accepted: 'password' or"),
        (
            {"dragonfly_authentication": False},
            "dragonfly_authentication: off, while the ACL file asks user 'default' for a password; leave it on, or "
            "close that user: `dragonfly_acl_default` 'closed'",
        ),
        (
            {"dragonfly_acl_default": "closed", "dragonfly_profile": "queue"},
            "dragonfly_acl_clients.appcache.allow: no user can do what profile 'queue' needs",
        ),
        (
            {"dragonfly_acl_enabled": False, "dragonfly_acl_users": [{"name": "a", "keys": ["*"]}]},
            "dragonfly_acl_users: means nothing without `dragonfly_acl_enabled`",
        ),
        (
            {"dragonfly_acl_enabled": False, "dragonfly_acl_default": "closed"},
            "dragonfly_acl_default: means nothing without `dragonfly_acl_enabled`",
        ),
    ],
)
def test_what_cannot_work_is_told_at_its_place(file: Path, variables: dict[str, Any], said: str) -> None:
    told = errors(file, **variables)
    assert told[0].startswith(said), told


def test_every_error_of_every_user_is_told_at_once(file: Path) -> None:
    users = [{"name": "a b", "keys": ["*"]}, {"name": "b", "keys": ["x y"]}, {"name": "c", "keys": ["*"], "deny": [1]}]
    assert [error.split(": ")[0] for error in errors(file, dragonfly_acl_users=users)] == [
        "dragonfly_acl_users[0].name",
        "dragonfly_acl_users[1].keys[0]",
        "dragonfly_acl_users[2].deny[0]",
    ]


def test_what_reaches_past_a_users_keys_is_remarked(file: Path) -> None:
    users = [{"name": "a", "keys": ["a:*"], "allow": ["@read", "KEYS"]}]
    (remark,) = [r for r in read(file, dragonfly_acl_users=users).messages if "acl_users" in r]
    assert remark.startswith(
        "cluster.yaml:3: warning: dragonfly_acl_users[0].allow: 'KEYS': it heeds no pattern of keys"
    )


def test_users_are_those_of_the_stack(file: Path, tmp_path: Path) -> None:
    from main import synthesize

    users = [{"name": "worker", "keys": ["jobs:*"]}]
    substituted = {"dragonfly_secrets": "substitute", "dragonfly_secret_version": "1"}
    read(file, dragonfly_acl_users=users, network_policies_enabled=True, **substituted)
    (tmp_path / "dist").mkdir()
    synthesize([file], tmp_path / "dist")
    secret = yaml.safe_load((tmp_path / "dist/dragonfly/Secret.dragonfly-auth.yaml").read_text())
    lines = secret["stringData"]["acl.conf"].splitlines()
    assert [line.split()[1] for line in lines] == ["default", "appcache", "keycloak", "worker"]
