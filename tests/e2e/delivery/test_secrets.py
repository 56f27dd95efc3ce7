"""Each way to get the Secret, as Flux carries it out: decrypted, filled in, or left to another operator."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml

from tests.e2e.delivery.delivery import Delivery
from tests.e2e.delivery.stacks import S3_KEYS, STACKS, new_age_key
from tests.secrets.sops.conftest import values_in

USES = ("encrypted", "substituted", "external", "unfilled", "of-digits", "without-key", "unencrypted")
SECRET = ("v1", "Secret", "dragonfly-auth")
CACHE = "dragonfly"
FILE = Path("secrets", "dragonfly.sops.yaml")
COPY = Path("dist", "dragonfly", "Secret.dragonfly-auth.yaml")


def test_an_encrypted_secret_arrives_with_the_very_bytes_that_went_in(
    delivered: Mapping[str, Delivery], age_key: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOPS_AGE_KEY_FILE", str(age_key))
    arrived = values(delivered["encrypted"])
    assert arrived == values_in(delivered["encrypted"].folder / FILE)
    assert S3_KEYS.items() <= arrived.items()
    assert arrived["acl.conf"].startswith("USER default on #")


def test_with_another_private_key_nothing_is_applied_and_no_value_told(
    delivered: Mapping[str, Delivery], tmp_path: Path
) -> None:
    delivery = delivered["without-key"]
    before = delivery.versions()
    another = new_age_key(tmp_path / "another.txt")
    delivery.secret("sops-age", **{"age.agekey": another.read_text(encoding="utf-8")})
    delivery.touch()
    told = delivery.fails(CACHE)
    assert "decryption failed for" in told
    assert "dragonfly-auth" in told
    assert not any(value in told for value in S3_KEYS.values())
    assert delivery.versions() == before


def test_flux_takes_a_secret_that_nobody_encrypted_as_it_is(delivered: Mapping[str, Delivery]) -> None:
    """So it is ours to refuse such a file: tests/secrets/sops/ does."""
    delivery = delivered["unencrypted"]
    plain = {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": SECRET[2], "namespace": delivery.namespace}}
    (delivery.folder / COPY).write_text(yaml.safe_dump({**plain, "stringData": {"password": "in the clear"}}), "utf-8")
    delivery.push()
    delivery.settle()
    assert values(delivery)["password"] == "in the clear"


def test_a_substituted_secret_is_filled_from_cluster_secrets(delivered: Mapping[str, Delivery]) -> None:
    variables = STACKS["substituted"][1]
    arrived = values(delivered["substituted"])
    assert arrived["password"] == variables["DRAGONFLY_PASSWORD"]
    assert arrived["keycloak-password"] == variables["DRAGONFLY_KEYCLOAK_PASSWORD"]
    assert f"USER default on #{variables['DRAGONFLY_PASSWORD_SHA256']} " in arrived["acl.conf"]
    assert not [key for key, value in arrived.items() if "${" in value]


def test_a_variable_that_is_missing_is_told_by_its_name_and_nothing_is_applied(
    delivered: Mapping[str, Delivery],
) -> None:
    delivery = delivered["unfilled"]
    before = delivery.versions()
    delivery.patch("v1", "Secret", "cluster-secrets", {"data": {"DRAGONFLY_KEYCLOAK_PASSWORD": None}})
    delivery.touch()
    told = delivery.fails(CACHE)
    assert 'variable not set (strict mode): "DRAGONFLY_KEYCLOAK_PASSWORD"' in told
    assert delivery.versions() == before


def test_a_substituted_password_of_digits_alone_is_refused_as_the_guide_says(delivered: Mapping[str, Delivery]) -> None:
    delivery = delivered["of-digits"]
    before = delivery.versions()
    delivery.secret("cluster-secrets", **{**STACKS["of-digits"][1], "DRAGONFLY_PASSWORD": "12345678"})
    delivery.touch()
    assert "dragonfly-auth" in delivery.fails(CACHE)
    assert delivery.versions() == before


def test_what_external_secrets_fills_in_itself_flux_leaves_to_it(delivered: Mapping[str, Delivery]) -> None:
    delivery = delivered["external"]
    live = delivery.get("external-secrets.io/v1", "ExternalSecret", "dragonfly-auth").body
    (written,) = (each.object for each in delivery.manifests if each.kind == "ExternalSecret")
    assert live["spec"]["target"]["template"]["data"] == written["spec"]["target"]["template"]["data"]
    assert "{{" in live["spec"]["target"]["template"]["data"]["acl.conf"]


def values(delivery: Delivery) -> dict[str, str]:
    """The live Secret's values."""
    data = delivery.get(*SECRET).body["data"]
    return {key: base64.b64decode(value).decode() for key, value in data.items()}
