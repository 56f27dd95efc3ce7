"""What a Secret's change does, and that nothing of its values is ever shown."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any

import pytest

from constructs_lib.review.changes.model import Change, Effect
from tests.review.stacks import Objects, changed, effects, key, read, said, stack, without

SECRET, EXTERNAL = key("Secret", "dragonfly-auth"), key("ExternalSecret", "dragonfly-auth")
CACHE = key("Dragonfly")
MARK = "s3cr3t-v4lu3"


def string_data(**values: str | None) -> Callable[[dict[str, Any]], None]:
    def edit(secret: dict[str, Any]) -> None:
        for name, value in values.items():
            secret["stringData"][name] = value
            if value is None:
                del secret["stringData"][name]

    return edit


def acl(*replacements: tuple[str, str]) -> Callable[[dict[str, Any]], None]:
    def edit(secret: dict[str, Any]) -> None:
        for before, after in replacements:
            assert before in secret["stringData"]["acl.conf"]
            secret["stringData"]["acl.conf"] = secret["stringData"]["acl.conf"].replace(before, after)

    return edit


def of_secret(edit: Callable[[dict[str, Any]], object]) -> list[Change]:
    return changed(stack("substituted-secret"), SECRET, edit)


def test_the_same_secret_does_nothing() -> None:
    assert of_secret(lambda secret: None) == []


def test_a_value_is_read_at_the_next_start() -> None:
    changes = of_secret(string_data(password="${OTHER}"))
    assert effects(changes) == {Effect.AT_NEXT_RESTART}
    assert "dragonfly reads it at its next start" in said(changes)


def test_with_its_version_in_the_annotations_the_pods_restart_for_it() -> None:
    old, new = stack("substituted-secret"), stack("substituted-secret")
    string_data(password="${OTHER}")(new[SECRET])
    new[CACHE]["spec"].setdefault("annotations", {})["cdk8s-dragonfly/secret-version"] = "2"
    changes = read(old, new, SECRET)
    assert effects(changes) == {Effect.LIVE}
    assert "dragonfly restarts for it" in said(changes)


def test_a_key_that_the_pods_ask_for_and_is_gone_keeps_them_from_starting() -> None:
    assert effects(of_secret(string_data(password=None))) == {Effect.STUCK, Effect.AT_NEXT_RESTART}


def test_a_clients_key_that_is_gone_is_access_closed() -> None:
    changes = of_secret(string_data(**{"keycloak-password": None}))
    assert effects(changes) == {Effect.ACCESS_CLOSED}


@pytest.mark.parametrize("name", ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"])
def test_a_key_of_s3_that_no_pod_asks_for_any_more_is_no_clients(name: str) -> None:
    old, new = stack("substituted-secret"), stack("substituted-secret")
    old[SECRET]["stringData"][name] = "${S3_KEY}"
    reference = {"secretKeyRef": {"name": SECRET.name, "key": name}}
    old[CACHE]["spec"].setdefault("env", []).append({"name": name, "valueFrom": reference})
    assert effects(read(old, new, SECRET)) == {Effect.LIVE}


def test_a_new_key_is_live() -> None:
    assert effects(of_secret(string_data(new="value"))) == {Effect.LIVE}


def test_the_same_value_in_another_field_does_nothing() -> None:
    def edit(secret: dict[str, Any]) -> None:
        value = secret["stringData"].pop("password")
        secret["data"] = {"password": base64.b64encode(value.encode()).decode()}

    assert effects(of_secret(edit)) == {Effect.NONE}


def test_a_secret_that_is_gone_keeps_the_pods_from_starting() -> None:
    objects = stack("substituted-secret")
    changes = read(objects, without(objects, SECRET), SECRET)
    assert effects(changes) == {Effect.PRUNED, Effect.STUCK, Effect.AT_NEXT_RESTART}


def test_another_type_is_refused() -> None:
    assert effects(of_secret(lambda secret: secret.update(type="kubernetes.io/tls"))) == {Effect.REFUSED}
    assert effects(of_secret(lambda secret: secret.update(type="Opaque"))) == {Effect.NONE}


def test_an_immutable_secret_is_refused() -> None:
    objects = stack("substituted-secret")
    objects[SECRET]["immutable"] = True
    assert effects(changed(objects, SECRET, string_data(password="other"))) == {Effect.REFUSED}


def test_a_secret_that_nobody_here_reads_is_unknown() -> None:
    objects = {SECRET: stack("substituted-secret")[SECRET]}
    assert effects(changed(objects, SECRET, string_data(password="other"))) == {Effect.UNKNOWN}


@pytest.mark.parametrize(
    ("edit", "expected", "what"),
    [
        (acl(("~cache:*", "~*")), Effect.ACCESS_OPENED, "User appcache may use the keys ~*."),
        (acl(("~cache:*", "~cache:a:*")), Effect.ACCESS_CLOSED, "User appcache may no longer use the keys ~cache:*."),
        (acl(("~cache:*", "%R~cache:*")), Effect.ACCESS_CLOSED, "may no longer use the keys ~cache:*"),
        (
            acl((" +INFO +CONFIG", " +INFO +CONFIG +SAVE")),
            Effect.ACCESS_OPENED,
            "User langfuse may use the commands SAVE.",
        ),
        (acl((" +INFO +CONFIG", " +INFO")), Effect.ACCESS_CLOSED, "may no longer use the commands CONFIG"),
        (acl((" &* +@connection", " +@connection")), Effect.ACCESS_CLOSED, "may no longer use the channels &*"),
        (acl(("USER keycloak on", "USER keycloak off")), Effect.ACCESS_CLOSED, "User keycloak no longer gets in."),
        (acl(("USER keycloak", "USER other")), Effect.ACCESS_OPENED, "User other gets in"),
        (acl(("USER default on", "USER nobody on")), Effect.ACCESS_OPENED, "User default needs no password any more"),
        (
            acl(("#${DRAGONFLY_KEYCLOAK_PASSWORD_SHA256}", "nopass")),
            Effect.ACCESS_OPENED,
            "User keycloak needs no password",
        ),
        (acl(("~keycloak:*", "~keycloak:* $1")), Effect.ACCESS_CLOSED, "User keycloak is kept in database 1."),
        (acl(("DRAGONFLY_KEYCLOAK_PASSWORD", "OTHER")), Effect.AT_NEXT_RESTART, "User keycloak has another password."),
        (acl(("~keycloak:*", "~keycloak:*  ")), Effect.UNKNOWN, "would drop the new ACL file"),
    ],
)
def test_an_acl_file_is_read_user_by_user(edit: Any, expected: Effect, what: str) -> None:
    changes = of_secret(edit)
    assert expected in effects(changes)
    assert what in said(changes)


def test_what_an_acl_file_opens_is_opened_at_the_next_start() -> None:
    (change,) = of_secret(acl(("~cache:*", "~*")))
    assert change.effects == (Effect.ACCESS_OPENED, Effect.AT_NEXT_RESTART)
    assert change.field == "/stringData/acl.conf"


def test_other_words_for_the_same_rights_are_none() -> None:
    assert effects(of_secret(acl(("~* &* +@all", "allkeys allchannels allcommands")))) == {Effect.NONE}


def encrypted(mark: str = "a", digest: str | None = "rules") -> Objects:
    """A stack with a Secret that SOPS encrypted."""
    objects = stack("substituted-secret")
    secret = objects[SECRET]
    secret["stringData"] = {
        name: f"ENC[AES256_GCM,data:{name}{mark},iv:a,tag:b,type:str]" for name in secret["stringData"]
    }
    secret["sops"] = {"age": [{"recipient": "age1one", "enc": "…"}], "mac": f"ENC[{mark}]", "version": "3.10.2"}
    if digest:
        secret["metadata"]["annotations"] = {"cdk8s-dragonfly/acl-digest": digest}
    return objects


def test_another_ciphertext_is_told_and_that_its_value_cannot_be() -> None:
    changes = read(encrypted("a"), encrypted("b"), SECRET)
    assert effects(changes) == {Effect.AT_NEXT_RESTART}
    assert "whether its value is cannot be told" in said(changes)


def test_of_an_encrypted_acl_file_it_cannot_be_told_who_gets_in() -> None:
    changes = read(encrypted("a", None), encrypted("b", None), SECRET)
    assert effects(changes) == {Effect.AT_NEXT_RESTART, Effect.UNKNOWN}
    assert "who gets in and may do what cannot be told" in said(changes)


def test_other_rules_of_an_encrypted_acl_file_show_by_their_digest() -> None:
    assert Effect.UNKNOWN in effects(read(encrypted("a"), encrypted("b", "other rules"), SECRET))


def test_the_keys_of_an_encrypted_secret_can_be_told() -> None:
    old, new = encrypted(), encrypted()
    del new[SECRET]["stringData"]["password"]
    assert effects(read(old, new, SECRET)) == {Effect.STUCK, Effect.AT_NEXT_RESTART}


def test_only_the_signature_of_an_encrypted_secret_does_nothing() -> None:
    old, new = encrypted(), encrypted()
    new[SECRET]["sops"]["mac"] = "ENC[other]"
    assert effects(read(old, new, SECRET)) == {Effect.NONE}


def test_a_further_key_that_decrypts_the_file_opens_it() -> None:
    old, new = encrypted(), encrypted()
    new[SECRET]["sops"]["age"].append({"recipient": "age1two", "enc": "…"})
    assert effects(read(old, new, SECRET)) == {Effect.ACCESS_OPENED}
    assert effects(read(new, old, SECRET)) == {Effect.UNKNOWN}


def test_a_secret_that_is_encrypted_no_longer_is_opened() -> None:
    assert Effect.ACCESS_OPENED in effects(read(encrypted(), stack("substituted-secret"), SECRET))


def remote(place: int, **fields: str) -> Callable[[dict[str, Any]], object]:
    return lambda manifest: manifest["spec"]["data"][place]["remoteRef"].update(fields)


def template(before: str, after: str, name: str = "acl.conf") -> Callable[[dict[str, Any]], object]:
    def edit(manifest: dict[str, Any]) -> None:
        data = manifest["spec"]["target"]["template"]["data"]
        assert before in data[name]
        data[name] = data[name].replace(before, after)

    return edit


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (lambda manifest: None, set()),
        (lambda manifest: manifest["spec"].update(refreshInterval="5m"), {Effect.LIVE}),
        (
            lambda manifest: manifest["spec"]["secretStoreRef"].update(name="other"),
            {Effect.UNKNOWN, Effect.AT_NEXT_RESTART},
        ),
        (remote(0, key="elsewhere"), {Effect.AT_NEXT_RESTART}),
        (lambda manifest: manifest["spec"]["data"].pop(), {Effect.ACCESS_CLOSED, Effect.AT_NEXT_RESTART}),
        (template("~jobs:*", "~jo*"), {Effect.ACCESS_OPENED, Effect.AT_NEXT_RESTART}),
        (template("%R~shared:* ", ""), {Effect.ACCESS_CLOSED, Effect.AT_NEXT_RESTART}),
        (template('"password"', '"other"', "password"), {Effect.AT_NEXT_RESTART}),
        (
            lambda manifest: manifest["spec"]["target"]["template"]["data"].pop("acl.conf"),
            {Effect.STUCK, Effect.AT_NEXT_RESTART},
        ),
        (lambda manifest: manifest["spec"]["target"].update(creationPolicy="Merge"), {Effect.UNKNOWN}),
    ],
)
def test_a_change_of_an_external_secret_does_this(edit: Any, expected: set[Effect]) -> None:
    assert effects(changed(stack("external-secrets"), EXTERNAL, edit)) == expected


def marked(secret: dict[str, Any]) -> dict[str, Any]:
    """A Secret with the mark wherever a value may stand."""
    return {
        **secret,
        "stringData": {**secret["stringData"], "password": MARK, "new": MARK},
        "data": {"other": base64.b64encode(MARK.encode()).decode(), "broken": MARK},
        "metadata": {**secret["metadata"], "annotations": {"kubectl.kubernetes.io/last-applied-configuration": MARK}},
    }


def test_it_is_told_whether_a_key_is_new_another_or_gone() -> None:
    changes = of_secret(string_data(**{"new": "value", "password": "other", "keycloak-password": None}))
    assert {change.field: (change.before, change.after) for change in changes} == {
        "/stringData/new": (None, "(not shown)"),
        "/stringData/password": ("(not shown)", "(not shown)"),
        "/stringData/keycloak-password": ("(not shown)", None),
    }


@pytest.mark.parametrize("api_version", ["v1", "other.example.com/v1"])
@pytest.mark.parametrize("side", ["before", "after", "both", "gone", "created"])
def test_no_value_is_ever_shown(side: str, api_version: str) -> None:
    objects = stack("substituted-secret")
    old, new = dict(objects), dict(objects)
    secret = {**marked(objects[SECRET]), "apiVersion": api_version}
    if side in ("before", "both", "gone"):
        old[SECRET] = secret
    if side in ("after", "both", "created"):
        new[SECRET] = {**secret, "stringData": {**secret["stringData"], "password": f"{MARK}2"}}
    changes = read(
        without(old, SECRET) if side == "created" else old, without(new, SECRET) if side == "gone" else new, SECRET
    )
    assert changes
    assert all({change.before, change.after} <= {None, "(not shown)"} for change in changes)
    assert MARK not in repr(changes)
    assert base64.b64encode(MARK.encode()).decode() not in repr(changes)


def test_another_order_of_the_stores_keys_is_no_change_of_the_secret() -> None:
    def turned_round(external_secret: dict[str, Any]) -> None:
        external_secret["spec"]["data"].reverse()

    changes = changed(stack("external-secrets"), EXTERNAL, turned_round)
    assert [(change.field, change.effects) for change in changes] == [("/spec/data", (Effect.NONE,))]


@pytest.mark.parametrize("gone", [False, True])
def test_no_text_of_an_external_secrets_template_is_shown(gone: bool) -> None:
    def edit(manifest: dict[str, Any]) -> None:
        if gone:
            del manifest["spec"]["target"]
        else:
            manifest["spec"]["target"]["template"]["data"]["new"] = MARK
            manifest["spec"]["target"]["template"]["templateFrom"] = [{"literal": MARK}]

    changes = changed(stack("external-secrets"), EXTERNAL, edit)
    assert changes
    assert MARK not in repr(changes)
    assert "sha256sum" not in repr(changes)
