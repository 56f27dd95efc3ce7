"""What a client is told: addresses and names, and of a password only where it is."""

from __future__ import annotations

import re
from typing import Any

import pytest

from constructs_lib.arguments.references import SecretKey
from constructs_lib.cache.connection import Connection

HOST = "sessions.cache.svc.cluster.local"
KEYCLOAK = Connection(HOST, 6379, username="keycloak", password=SecretKey(name="auth", key="keycloak-password"))


def expanded(env: list[dict[str, Any]], secrets: dict[str, str]) -> dict[str, str]:
    """The environment as the kubelet makes it: each `$(NAME)` from the variables above it alone."""
    values: dict[str, str] = {}
    for variable in env:
        value = variable.get("value") or secrets[variable["valueFrom"]["secretKeyRef"]["key"]]
        if "value" in variable:
            value = re.sub(r"\$\((\w+)\)", lambda match: values.get(match[1], match[0]), value)
        values[variable["name"]] = value
    return values


def test_the_environment_holds_the_password_only_in_the_pod() -> None:
    env = KEYCLOAK.env()
    assert "hunter2" not in str(env)
    assert expanded(env, {"keycloak-password": "hunter2"}) == {
        "REDIS_HOST": HOST,
        "REDIS_PORT": "6379",
        "REDIS_TLS": "false",
        "REDIS_DATABASE": "0",
        "REDIS_USERNAME": "keycloak",
        "REDIS_PASSWORD": "hunter2",
        "REDIS_URL": f"redis://keycloak:hunter2@{HOST}:6379/0",
    }


def test_names_are_those_that_the_client_reads() -> None:
    env = KEYCLOAK.env("CACHE_", names={"password": "REDIS_AUTH", "url": "REDIS_CONNECTION_STRING"})
    values = expanded(env, {"keycloak-password": "hunter2"})
    assert values["REDIS_CONNECTION_STRING"] == f"redis://keycloak:hunter2@{HOST}:6379/0"
    assert {"CACHE_HOST", "REDIS_AUTH"} <= set(values)


def test_a_part_that_no_connection_has_is_told_with_the_nearest() -> None:
    with pytest.raises(ValueError, match="a connection has no part 'pasword'; did you mean 'password'"):
        KEYCLOAK.env(names={"pasword": "A"})


def test_where_nobody_is_asked_there_is_no_user_and_no_password() -> None:
    env = Connection(HOST, 6379).env()
    assert [variable["name"] for variable in env] == [
        "REDIS_HOST",
        "REDIS_PORT",
        "REDIS_TLS",
        "REDIS_DATABASE",
        "REDIS_URL",
    ]
    assert env[-1]["value"] == f"redis://{HOST}:6379/0"


def test_a_user_without_a_password_is_named_in_the_url() -> None:
    assert Connection(HOST, 6379, username="anyone").env()[-1]["value"] == f"redis://anyone@{HOST}:6379/0"


def test_tls_and_database_are_in_the_url() -> None:
    connection = Connection(HOST, 6379, tls=True, database=3)
    assert connection.url == f"rediss://{HOST}:6379/3"
    assert connection.url_with("$(P)") == connection.url
    assert KEYCLOAK.url_with("$(P)") == f"redis://keycloak:$(P)@{HOST}:6379/0"


def test_as_plain_values_it_says_where_password_and_ca_are() -> None:
    connection = Connection(
        HOST,
        6379,
        tls=True,
        username="keycloak",
        password=SecretKey(name="auth", key="keycloak-password"),
        ca=SecretKey(name="tls", key="ca.crt"),
    )
    assert connection.as_dict() == {
        "host": HOST,
        "port": 6379,
        "tls": True,
        "database": 0,
        "username": "keycloak",
        "url": f"rediss://keycloak@{HOST}:6379/0",
        "secret": {"name": "auth", "key": "keycloak-password"},
        "ca": {"name": "tls", "key": "ca.crt"},
    }
    assert set(Connection(HOST, 6379).as_dict()) == {"host", "port", "tls", "database", "url"}
