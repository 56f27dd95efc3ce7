"""The users of an ACL file are carried over with what they may do, and without a password."""

from __future__ import annotations

import base64
from typing import Any

import pytest

from tests.adoption.manifests import dragonfly, not_carried, object_of, settings, variables

HASH = "0123456789abcdef" * 4
DEFAULT = f"USER default on #{HASH} ~* &* +@all"
WORKER = f"USER worker on #{HASH[::-1]} ~jobs:* +@connection +@read +BITPOS -@admin -@dangerous +INFO"
CACHE = dragonfly({"aclFromSecret": {"name": "dragonfly-auth", "key": "acl.conf"}})


def secret(*lines: str, **fields: Any) -> dict[str, Any]:
    content = {"stringData": {"acl.conf": "".join(f"{line}\n" for line in lines)}}
    return object_of("v1", "Secret", fields or content, "dragonfly-auth")


def test_a_user_has_its_keys_and_commands() -> None:
    read = variables(CACHE, secret(DEFAULT, WORKER))
    assert read == {
        "dragonfly_acl_enabled": True,
        "dragonfly_acl_clients": [],
        "dragonfly_acl_users": [{"name": "worker", "keys": ["jobs:*"], "allow": ["@read", "INFO"]}],
    }
    assert HASH not in str(settings(CACHE, secret(DEFAULT, WORKER)))


def test_a_user_that_is_known_by_its_name_is_named_alone() -> None:
    keycloak = (
        f"USER keycloak on #{HASH[::-1]} ~keycloak:* +@connection +@read +BITPOS +@write +MSET +MSETNX +ZDIFFSTORE "
        "+ZINTERSTORE +ZUNIONSTORE -@admin -@dangerous"
    )
    assert variables(CACHE, secret(DEFAULT, keycloak))["dragonfly_acl_clients"] == ["keycloak"]


def test_what_is_encoded_is_read_as_well() -> None:
    encoded = base64.b64encode(f"{DEFAULT}\n{WORKER}\n".encode()).decode()
    both = (variables(CACHE, secret(data={"acl.conf": encoded})), variables(CACHE, secret(DEFAULT, WORKER)))
    assert both[0] == both[1]


@pytest.mark.parametrize(
    ("line", "default"),
    [
        (DEFAULT, None),
        ("USER default off resetkeys -@all +@connection", "closed"),
    ],
)
def test_the_user_default_is_open_or_closed_as_it_was(line: str, default: str | None) -> None:
    assert variables(CACHE, secret(line, WORKER)).get("dragonfly_acl_default") == default


def test_a_file_that_a_flag_names_is_found_in_its_config_map() -> None:
    cache = dragonfly(args=["--aclfile=/etc/dragonfly/acl.conf"])
    config_map = object_of("v1", "ConfigMap", {"data": {"acl.conf": f"{WORKER}\n"}}, "acl")
    assert variables(cache, config_map)["dragonfly_acl_users"][0]["name"] == "worker"


@pytest.mark.parametrize(
    "unreadable",
    [(), (secret(data={"acl.conf": "not base64"}),), (secret(DEFAULT, WORKER, stringData={"acl.conf": "x"}, sops={}),)],
    ids=["no Secret", "not base64", "encrypted"],
)
def test_where_the_file_cannot_be_read_the_list_says_where_to_give_its_users(unreadable: Any) -> None:
    (listed,) = not_carried(CACHE, *unreadable)
    assert listed.origin.field == "/spec/aclFromSecret"
    assert "give them in `dragonfly_acl_users`" in listed.advice
    assert "dragonfly_acl_enabled" not in variables(CACHE, *unreadable)


def test_a_line_that_the_server_does_not_understand_is_listed_and_its_user_left_out() -> None:
    lines = (DEFAULT, WORKER, "USER canary on hush-password ~*")
    (listed,) = not_carried(CACHE, secret(*lines))
    assert listed.why.startswith("line 3: a word that is no rule")
    assert "hush" not in str(listed)
    assert [user["name"] for user in variables(CACHE, secret(*lines))["dragonfly_acl_users"]] == ["worker"]


def test_a_user_whose_rules_come_to_be_written_otherwise_is_listed_with_what_they_become() -> None:
    (listed,) = not_carried(CACHE, secret(DEFAULT, f"USER worker on #{HASH[::-1]} ~jobs:* +GET"))
    assert listed.why == "user 'worker': taken over as ~jobs:* +@connection -@admin -@dangerous +GET"


def test_a_closed_default_that_opens_since_no_other_user_is_left_is_listed() -> None:
    given = (CACHE, secret("USER default off resetkeys -@all", "USER canary on hush-password ~*"))
    assert "dragonfly_acl_default" not in variables(*given)
    assert [each.origin.field for each in not_carried(*given) if "alone it has all rights" in each.why] == [
        "/stringData/acl.conf"
    ]


WITHOUT_PASSWORD: dict[str, Any] = {"authentication": None}


@pytest.mark.parametrize(
    "asked",
    [
        dragonfly(WITHOUT_PASSWORD, args=["--requirepass=hush-password"]),
        dragonfly({**WITHOUT_PASSWORD, "env": [{"name": "DFLY_requirepass", "value": "hush-password"}]}),
        dragonfly({**WITHOUT_PASSWORD, "env": [{"name": "DFLY_PASSWORD", "valueFrom": {"secretKeyRef": {}}}]}),
        dragonfly({**WITHOUT_PASSWORD, "aclFromSecret": {"name": "acl", "key": "acl.conf"}}),
        dragonfly(WITHOUT_PASSWORD, args=["--aclfile=/etc/dragonfly/acl.conf"]),
    ],
    ids=["flag", "environment", "password of the environment", "unreadable Secret", "unreadable file"],
)
def test_who_was_asked_for_a_password_is_asked_for_one_still(asked: Any) -> None:
    assert "dragonfly_authentication" not in variables(asked)
    (listed,) = (each for each in not_carried(asked) if "a password is asked for in another way" in each.why)
    assert "Secret `dragonfly-auth`, key `password`" in listed.advice
    assert "hush" not in str(not_carried(asked))


def test_who_was_asked_for_none_is_asked_for_none() -> None:
    assert variables(dragonfly(WITHOUT_PASSWORD))["dragonfly_authentication"] is False
