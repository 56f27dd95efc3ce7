"""`cdk8s-dragonfly secrets acl`: the ACL file for a Secret that is kept by hand."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from constructs_lib.cli.app import app

USERS = """\
dragonfly_enabled: true
dragonfly_acl_enabled: true
dragonfly_acl_clients: [keycloak]
network_policies_enabled: true
"""
PASSWORDS = {"password": "canary of default", "keycloak-password": "canary=of keycloak"}


@pytest.fixture
def config(tmp_path: Path) -> Path:
    return tmp_path / "cluster.yaml"


def acl(config: Path, text: str = USERS, **passwords: str) -> Result:
    config.write_text(text)
    given = "".join(f"{key.replace('_', '-')}={value}\n" for key, value in passwords.items())
    return CliRunner().invoke(app, ["secrets", "acl", "--config", str(config)], input=given)


def digest(key: str) -> str:
    return f"#{sha256(PASSWORDS[key].encode()).hexdigest()}"


def test_it_prints_the_file_with_hashes_alone(config: Path) -> None:
    result = acl(config, password=PASSWORDS["password"], keycloak_password=PASSWORDS["keycloak-password"])
    assert result.exit_code == 0
    default, keycloak = result.stdout.splitlines()
    assert default == f"USER default on {digest('password')} ~* &* +@all"
    assert keycloak.startswith(f"USER keycloak on {digest('keycloak-password')} ~keycloak:* ")
    assert "canary" not in result.output


def test_it_says_which_keys_the_secret_must_hold(config: Path) -> None:
    result = acl(config, password="a", keycloak_password="b")
    assert result.stderr == (
        "this is acl.conf of the Secret dragonfly-auth in namespace cache, which must hold password, "
        "keycloak-password, acl.conf\n"
    )


def test_with_default_closed_its_password_is_not_asked_for(config: Path) -> None:
    result = acl(config, USERS + "dragonfly_acl_default: closed\n", keycloak_password="b")
    assert result.stdout.startswith("USER default off resetkeys -@all +@connection\nUSER keycloak on #")


def test_a_password_that_is_not_given_is_named_by_its_key(config: Path) -> None:
    result = acl(config, password="a")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("no value for keycloak-password; give each on stdin as KEY=VALUE")


def test_one_password_for_two_users_is_refused_unseen(config: Path) -> None:
    result = acl(config, password="canary", keycloak_password="canary")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "default" in result.stderr
    assert "canary" not in result.stderr


def test_without_users_there_is_no_file(config: Path) -> None:
    result = acl(config, "dragonfly_enabled: true\n")
    assert result.exit_code == 1
    assert result.stderr.startswith("cluster.yaml: dragonfly_acl_enabled: off, so that there is no ACL file")


APP = """\
from cdk8s import App, Chart
from constructs_lib import DragonflyCache, DragonflySecrets

chart = Chart(App(), "sessions", namespace="cache")
secrets = DragonflySecrets(chart, "secrets", cache=DragonflyCache(chart, "cache", name="sessions"))
"""


@pytest.fixture
def module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The file of an app, in the folder that the command runs in."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.path", sys.path.copy())
    yield tmp_path / "acl_app.py"
    sys.modules.pop("acl_app", None)


def acl_of_app(module: Path, text: str, given: str = "") -> Result:
    module.write_text(text)
    return CliRunner().invoke(app, ["secrets", "acl", "--app", "acl_app:secrets"], input=given)


def test_an_app_of_ones_own_keeps_its_secret_by_hand_too(module: Path) -> None:
    users = 'secrets.cache.add_user("shop", keys=["shop:*"])\n'
    result = acl_of_app(module, APP + users, "password=a\nshop-password=b\n")
    assert result.exit_code == 0, result.output
    assert result.stdout.splitlines()[1].startswith(f"USER shop on #{sha256(b'b').hexdigest()} ~shop:* ")
    assert result.stderr == (
        "this is acl.conf of the Secret sessions-auth in namespace cache, which must hold password, shop-password, "
        "acl.conf\n"
    )


def test_an_app_without_users_has_no_file(module: Path) -> None:
    result = acl_of_app(module, APP)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("--app acl_app:secrets: its cache has no users, so that there is no ACL file")
