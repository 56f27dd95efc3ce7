"""What a Certificate's change does to the clients of an instance."""

from __future__ import annotations

from typing import Any

import pytest

from constructs_lib.review.changes.model import Effect
from tests.review.stacks import changed, effects, key, read, said, stack, without

CERTIFICATE = key("Certificate")


def spec(**fields: Any) -> Any:
    return lambda manifest: manifest["spec"].update(fields)


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (lambda manifest: manifest["spec"]["dnsNames"].pop(), {Effect.ADDRESS_CHANGED, Effect.AT_NEXT_RESTART}),
        (lambda manifest: manifest["spec"]["dnsNames"].append("new.example.com"), {Effect.AT_NEXT_RESTART}),
        (lambda manifest: manifest["spec"]["dnsNames"].reverse(), {Effect.NONE}),
        (spec(ipAddresses=["192.0.2.1"]), {Effect.AT_NEXT_RESTART}),
        (spec(issuerRef={"name": "other", "kind": "Issuer"}), {Effect.ACCESS_CLOSED, Effect.AT_NEXT_RESTART}),
        (spec(duration="4380h", renewBefore="1h"), {Effect.LIVE}),
        (spec(secretName="other"), {Effect.ACCESS_CLOSED}),
        (spec(privateKey={"rotationPolicy": "Never"}), {Effect.AT_NEXT_RESTART}),
        (spec(isCA=True), {Effect.UNKNOWN}),
    ],
)
def test_a_change_of_one_field_does_this(edit: Any, expected: set[Effect]) -> None:
    assert effects(changed(stack("everything-on"), CERTIFICATE, edit)) == expected


def test_the_same_certificate_does_nothing() -> None:
    assert changed(stack("everything-on"), CERTIFICATE, lambda manifest: None) == []


def test_names_that_are_gone_are_named() -> None:
    changes = changed(stack("everything-on"), CERTIFICATE, lambda manifest: manifest["spec"]["dnsNames"].pop())
    assert "Who connects by cache.example.com refuses the certificate" in said(changes)


def test_a_secret_that_the_instance_follows_to_is_live() -> None:
    old, new = stack("everything-on"), stack("everything-on")
    new[CERTIFICATE]["spec"]["secretName"] = "other"
    new[key("Dragonfly")]["spec"]["tlsSecretRef"]["name"] = "other"
    assert effects(read(old, new, CERTIFICATE)) == {Effect.LIVE}


def test_a_certificate_that_is_gone_runs_out() -> None:
    objects = stack("everything-on")
    assert effects(read(objects, without(objects, CERTIFICATE), CERTIFICATE)) == {Effect.PRUNED, Effect.ACCESS_CLOSED}
    without_reader = without(objects, CERTIFICATE, key("Dragonfly"))
    assert effects(read(objects, without_reader, CERTIFICATE)) == {Effect.PRUNED}
