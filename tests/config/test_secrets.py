"""Secrets of a cluster.yaml: in the clear an error, encrypted left alone, and what the Secret must hold said."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from constructs_lib.cache.secret import SecretContents
from constructs_lib.config.load import load, load_secrets
from constructs_lib.config.variables import SECRET_VARIABLES
from constructs_lib.errors import InvalidConfig
from tests.conftest import without_line_numbers

CANARY = "canary-5ecret"
ENCRYPTED = f"ENC[AES256_GCM,data:{CANARY},iv:a,tag:b,type:str]"
BACKUP = {"dragonfly_backup_enabled": True, "rustfs_enabled": True}
STORE = {"dragonfly_secrets": "external-secrets", "dragonfly_secret_store": {"name": "vault"}}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "cluster.yaml"


def write(file: Path, **variables: Any) -> Path:
    file.write_text(yaml.safe_dump({"dragonfly_enabled": True, **variables}))
    return file


def refusal(file: Path, **variables: Any) -> str:
    with pytest.raises(InvalidConfig) as error:
        load(write(file, **variables))
    return without_line_numbers(str(error.value))


def remarks(file: Path, **variables: Any) -> list[str]:
    told = map(without_line_numbers, load(write(file, **variables)).messages)
    return [remark.removeprefix("cluster.yaml: ") for remark in told]


@pytest.mark.parametrize("variable", SECRET_VARIABLES, ids=lambda variable: variable.key)
@pytest.mark.parametrize("value", [CANARY, 12345678, [CANARY], {"a": CANARY}, f"ENC[{CANARY}]"])
def test_a_secret_in_the_clear_is_an_error_and_not_told(file: Path, variable: Any, value: Any) -> None:
    said = refusal(file, **{variable.key: value})
    assert said.startswith(f"cluster.yaml: {variable.key}: a secret in the clear; ")
    assert "canary" not in said
    assert "12345678" not in said


@pytest.mark.parametrize("variable", SECRET_VARIABLES, ids=lambda variable: variable.key)
@pytest.mark.parametrize("value", [ENCRYPTED, "", None])
def test_a_secret_that_is_encrypted_or_left_empty_is_none(file: Path, variable: Any, value: Any) -> None:
    assert CANARY not in "".join(remarks(file, **{variable.key: value}))


@pytest.mark.parametrize(
    ("variables", "way"),
    [
        ({}, "put it into the Secret dragonfly-auth in namespace cache under 'keycloak-password', or choose"),
        ({"dragonfly_auth_secret": "own"}, "put it into the Secret own in namespace cache under"),
        (STORE, "put it into the store, as 'keycloak-password' of 'cache/dragonfly'"),
        ({**STORE, "dragonfly_secret_remote_key": "kv/a"}, "as 'keycloak-password' of 'kv/a'"),
        ({"dragonfly_secrets": "substitute"}, "into what Flux substitutes from, as DRAGONFLY_KEYCLOAK_PASSWORD"),
        ({"dragonfly_secrets": "sops"}, "run `cdk8s-dragonfly secrets init`, which takes it over"),
    ],
)
def test_each_way_has_its_way_out(file: Path, variables: dict[str, Any], way: str) -> None:
    said = refusal(file, dragonfly_acl_enabled=True, dragonfly_keycloak_password=CANARY, **variables)
    (line,) = [line for line in said.splitlines() if "in the clear" in line]
    assert way in line


def test_it_is_told_beside_every_other_error(file: Path) -> None:
    said = refusal(file, dragonfly_password=CANARY, dragonfly_threads=0, dragonfly_secrets="volt")
    assert [line.split(": ")[1] for line in said.splitlines()] == [
        "dragonfly_password",
        "dragonfly_secrets",
        "dragonfly_threads",
    ]
    assert CANARY not in said


def test_it_is_an_error_while_dragonfly_is_off_as_well(file: Path) -> None:
    assert "a secret in the clear" in refusal(file, dragonfly_enabled=False, dragonfly_password=CANARY)


@pytest.mark.parametrize(
    ("variables", "place"),
    [
        ({"dragonfly_replicas": ENCRYPTED}, "dragonfly_replicas"),
        ({"dragonfly_enabled": ENCRYPTED}, "dragonfly_enabled"),
        ({"dragonfly_labels": {"team": ENCRYPTED}}, "dragonfly_labels.team"),
        ({"dragonfly_env": [{"name": "A", "value": ENCRYPTED}]}, "dragonfly_env[0].value"),
        ({"monitoring_enabled": ENCRYPTED}, "monitoring_enabled"),
    ],
)
def test_what_is_needed_must_be_readable(file: Path, variables: dict[str, Any], place: str) -> None:
    assert refusal(file, **variables).startswith(
        f"cluster.yaml: {place}: encrypted, and its value is needed here; accepted: in the clear"
    )


def test_keys_of_others_may_be_encrypted(file: Path) -> None:
    assert remarks(file, cloudflare_token=ENCRYPTED, sops={"mac": ENCRYPTED}) == []


@pytest.mark.parametrize(
    ("variables", "said"),
    [
        (
            {"dragonfly_secrets_file": "a"},
            "dragonfly_secrets_file: means nothing while `dragonfly_secrets` is",
        ),
        ({"dragonfly_secrets": "external-secrets"}, "dragonfly_secret_store: left out, while `dragonfly_secrets` is"),
        (
            {"dragonfly_secrets": "sops"},
            "dragonfly_flux_decryption_secret: left out, while `dragonfly_secrets` is",
        ),
        (
            {"dragonfly_secrets": "substitute", "dragonfly_flux_substitute_from": []},
            "dragonfly_flux_substitute_from: empty, while `dragonfly_secrets` is 'substitute'",
        ),
        (
            {"dragonfly_secrets": "substitute", "dragonfly_secrets_file": "secrets/shared.yaml"},
            "dragonfly_secrets_file: secrets/shared.yaml: no such file",
        ),
        (
            {**STORE, "dragonfly_acl_enabled": True, "dragonfly_acl_users": [{"name": "a", "keys": ["{{b}}:*"]}]},
            "dragonfly_acl_users.a: a pattern with '{{', where an ExternalSecret's template begins",
        ),
        (
            {
                "dragonfly_secrets": "substitute",
                "dragonfly_acl_enabled": True,
                "dragonfly_acl_users": [{"name": "a-b", "keys": ["*"]}, {"name": "a.b", "keys": ["*"]}],
            },
            "dragonfly_secrets: variable DRAGONFLY_A_B_PASSWORD would stand for two values",
        ),
    ],
)
def test_a_way_that_cannot_work_is_refused(file: Path, variables: dict[str, Any], said: str) -> None:
    assert f"cluster.yaml: {said}" in refusal(file, **variables)


@pytest.mark.parametrize(
    ("variables", "said"),
    [
        ({}, []),
        (
            {"dragonfly_acl_enabled": True, "network_policies_enabled": True},
            [
                "note: dragonfly_secrets: the Secret dragonfly-auth in namespace cache must hold password, "
                "appcache-password, keycloak-password, acl.conf; pods read it when they start (docs/secrets.md)"
            ],
        ),
        (
            {**STORE, "dragonfly_secret_version": "1"},
            ["note: dragonfly_secrets: the store's 'cache/dragonfly' must hold password"],
        ),
        (
            {"dragonfly_secrets": "substitute", "dragonfly_secret_version": "1"},
            ["note: dragonfly_secrets: what Flux substitutes from must hold DRAGONFLY_PASSWORD"],
        ),
        (
            {"dragonfly_password": ENCRYPTED, "dragonfly_litellm_password": ENCRYPTED},
            [
                "note: dragonfly_password: not read: what counts is key 'password' of the Secret dragonfly-auth in "
                "namespace cache",
                "note: dragonfly_litellm_password: not read, and nothing needs it: what counts is key "
                "'litellm-password' of the Secret dragonfly-auth in namespace cache",
            ],
        ),
    ],
)
def test_what_must_be_elsewhere_is_said(file: Path, variables: dict[str, Any], said: list[str]) -> None:
    assert remarks(file, **variables) == said


@pytest.mark.parametrize(
    "variables", [{"dragonfly_secrets": "existing"}, STORE, {"dragonfly_secrets": "substitute"}], ids=str
)
def test_a_chosen_way_that_cannot_see_a_change_is_warned_of(file: Path, variables: dict[str, Any]) -> None:
    warning = "warning: dragonfly_secret_version: left out: servers read the Secret only when they start"
    assert remarks(file, **variables)[0].startswith(warning)
    assert not [r for r in remarks(file, **variables, dragonfly_secret_version="1") if "secret_version" in r]


VARIABLES: list[dict[str, Any]] = [
    {},
    {"dragonfly_acl_enabled": True},
    {"dragonfly_acl_enabled": True, "dragonfly_acl_default": "closed", "dragonfly_authentication": False},
    {"dragonfly_name": "jobs", "dragonfly_namespace": "work", **BACKUP},
    {"dragonfly_auth_secret": "own", "dragonfly_acl_enabled": True, **BACKUP},
    {"dragonfly_snapshot_volume_size": "5Gi"},
]


@pytest.mark.parametrize("variables", VARIABLES, ids=str)
@pytest.mark.filterwarnings("ignore::constructs_lib.errors.DragonflyWarning")
def test_the_file_and_the_stack_want_the_same_of_the_secret(file: Path, variables: dict[str, Any]) -> None:
    from cdk8s import App

    from constructs_lib.stack import add_stack

    write(file, **variables)
    app = App()
    add_stack(app, load(file))
    assert load_secrets(file).contents == contents_in(app)


def contents_in(app: Any) -> SecretContents:
    """What the `DragonflySecrets` of an app wants."""
    from constructs_lib.secrets.secrets import DragonflySecrets

    (found,) = [construct for construct in app.node.find_all() if isinstance(construct, DragonflySecrets)]
    return found.contents
