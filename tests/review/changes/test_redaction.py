"""No value of a secret in a change, whoever found it."""

from __future__ import annotations

from typing import Any

import pytest

from constructs_lib.review.changes.model import Effect
from constructs_lib.review.changes.redaction import redacted
from tests.review.manifests import change, manifest

CANARY = "canary-5ecret"

SECRET = manifest("Secret", "auth", data={"password": CANARY}, stringData={"acl": CANARY})
ANNOTATED = {"annotations": {"kubectl.kubernetes.io/last-applied-configuration": CANARY}}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("", SECRET),
        ("", {**SECRET, "metadata": ANNOTATED}),
        ("/data", {"password": CANARY}),
        ("/data/password", CANARY),
        ("/stringData/acl", CANARY),
        ("/stringData", CANARY),
        ("/metadata", ANNOTATED),
        ("/metadata/annotations/kubectl.kubernetes.io~1last-applied-configuration", CANARY),
    ],
)
def test_a_secret_shows_its_keys_and_no_value(field: str, value: Any) -> None:
    hidden = redacted(change(Effect.UNKNOWN, kind="Secret", field=field, before=value, after=value))
    assert CANARY not in str(hidden)
    assert "password" in str(hidden) or field != "/data"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("/spec/args", [f"--requirepass={CANARY}", "--threads=2"]),
        ("/spec/env", [{"name": "DFLY_requirepass", "value": CANARY}]),
        ("/spec", {"containers": [{"env": [{"name": "AWS_SECRET_ACCESS_KEY", "value": CANARY}]}]}),
    ],
)
def test_a_password_that_stands_elsewhere_is_not_shown_either(field: str, value: Any) -> None:
    assert CANARY not in str(redacted(change(Effect.UNKNOWN, field=field, before=value, after=value)))


def test_what_holds_no_secret_stays_as_it_is() -> None:
    args = ["--maxmemory=1gb", "--tls", {"name": "TZ", "value": "UTC"}]
    shown = redacted(change(Effect.LIVE, before=args, after=args))
    assert (shown.before, shown.after) == (args, args)


def test_a_digest_tells_one_ciphertext_from_another() -> None:
    shown = redacted(change(Effect.LIVE, kind="Secret", field="/data/a", before="sha256:0123456789", after=CANARY))
    assert (shown.before, shown.after) == ("sha256:0123456789", "(not shown)")
