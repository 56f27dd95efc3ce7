"""Encrypted files without a key: what counts as encrypted, what is read of a file, what a digest follows."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from constructs_lib.acl.file import AclFile
from constructs_lib.acl.user import AclUser
from constructs_lib.cache.secret import SecretContents, user_password_key
from constructs_lib.secrets.sops.file import SopsFile, is_encrypted
from constructs_lib.secrets.variables import SecretVariables

ENCRYPTED = "ENC[AES256_GCM,data:x,iv:a,tag:b,type:str]"
USERS = (AclUser(name="keycloak", keys=["a:*"]), AclUser(name="appcache", keys=["b:*"]))


def secret(**changes: Any) -> bytes:
    whole = {
        "apiVersion": "v1",
        "kind": "Secret",
        "metadata": {"name": "a", "namespace": "b"},
        "stringData": {"password": ENCRYPTED},
        "sops": {"mac": ENCRYPTED},
        **changes,
    }
    return yaml.safe_dump({name: value for name, value in whole.items() if value is not None}).encode()


@pytest.mark.parametrize("value", [ENCRYPTED, "ENC[AES256_GCM,data:,iv:a=,tag:b==,type:int]"])
def test_what_sops_has_written_is_encrypted(value: object) -> None:
    assert is_encrypted(value)


@pytest.mark.parametrize(
    "value", ["canary", "", None, 1, "ENC[canary]", f"{ENCRYPTED} canary", f"canary {ENCRYPTED}", [ENCRYPTED]]
)
def test_nothing_else_is(value: object) -> None:
    assert not is_encrypted(value)


def test_a_file_gives_what_is_in_the_clear() -> None:
    file = SopsFile.of(secret(data={"own": ENCRYPTED}))
    assert (file.name, file.namespace, file.annotations) == ("a", "b", {})
    assert set(file.ciphertext) == {"password", "own"}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"stringData": {"password": "canary"}}, "'password' is not encrypted, and would be published"),
        ({"data": {"own": "Y2FuYXJ5"}}, "'own' is not encrypted"),
        ({"sops": None}, "it is not encrypted"),
        ({"kind": ENCRYPTED}, "its kind is encrypted as well"),
        ({"kind": "ConfigMap"}, "no Secret"),
        ({"metadata": None}, "no Secret"),
    ],
)
def test_what_must_not_be_published_is_refused(changes: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said) as error:
        SopsFile.of(secret(**changes))
    assert "canary" not in str(error.value)


def test_a_value_that_sops_leaves_empty_is_no_secret() -> None:
    assert SopsFile.of(secret(stringData={"password": ENCRYPTED, "own": ""})).ciphertext["own"] == ""


def test_a_digest_follows_the_values_alone() -> None:
    digest = SopsFile.of(secret()).digest()
    other = {"password": ENCRYPTED.replace("data:x", "data:y")}
    assert SopsFile.of(secret(metadata={"name": "c"}, sops={"mac": "z", "age": []})).digest() == digest
    assert SopsFile.of(secret(stringData=other)).digest() != digest
    both = {**other, "more": ENCRYPTED}
    assert SopsFile.of(secret(stringData=both)).digest(["more"]) == SopsFile.of(
        secret(stringData=both | {"password": ENCRYPTED})
    ).digest(["more"])


# What a Secret must hold


def test_a_secret_holds_a_password_for_each_user() -> None:
    contents = SecretContents("a", "b", AclFile(USERS), s3_keys=("S",))
    assert contents.password_keys == {
        "default": "password",
        "appcache": "appcache-password",
        "keycloak": "keycloak-password",
    }
    assert contents.keys == ("password", "appcache-password", "keycloak-password", "acl.conf", "S")
    assert list(contents.errors()) == []


def test_a_user_whom_nobody_asks_for_a_password_has_none() -> None:
    contents = SecretContents("a", "b", AclFile((AclUser(name="open", keys=["a:*"], nopass=True),)))
    assert contents.keys == ("password", "acl.conf")


def test_a_key_that_would_hold_two_things_is_told() -> None:
    contents = SecretContents("a", "b", AclFile(USERS), acl_key="keycloak-password")
    assert [str(error) for error in contents.errors()] == [
        "key 'keycloak-password' of the Secret a would hold two things; give one another name"
    ]


def test_the_default_users_key_is_the_password() -> None:
    assert (user_password_key("default"), user_password_key("keycloak")) == ("password", "keycloak-password")


def test_variables_are_named_after_cluster_yaml() -> None:
    contents = SecretContents("a", "b", AclFile(USERS), s3_keys=("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "x.y"))
    variables = SecretVariables.of(contents, "dragonfly")
    assert variables.values == {
        "password": "DRAGONFLY_PASSWORD",
        "appcache-password": "DRAGONFLY_APPCACHE_PASSWORD",
        "keycloak-password": "DRAGONFLY_KEYCLOAK_PASSWORD",
        "AWS_ACCESS_KEY_ID": "DRAGONFLY_S3_ACCESS_KEY",
        "AWS_SECRET_ACCESS_KEY": "DRAGONFLY_S3_SECRET_KEY",
        "x.y": "DRAGONFLY_X_Y",
    }
    assert variables.hashes["keycloak"] == "DRAGONFLY_KEYCLOAK_PASSWORD_SHA256"


def test_a_closed_user_needs_no_hash() -> None:
    contents = SecretContents("a", "b", AclFile(USERS, default="closed"))
    assert set(SecretVariables.of(contents, "dragonfly").hashes) == {"appcache", "keycloak"}
