"""No value of a secret in a change, whoever found it."""

from __future__ import annotations

from typing import Any

import pytest

from constructs_lib.review.changes.model import Effect
from constructs_lib.review.changes.redaction import NOT_SHOWN, redacted
from tests.review.manifests import change, manifest

CANARY = "canary-5ecret"

SECRET = manifest("Secret", "auth", data={"password": CANARY}, stringData={"acl": CANARY})
ANNOTATED = {"annotations": {"kubectl.kubernetes.io/last-applied-configuration": CANARY}}


def in_pem(kind: str, content: str) -> str:
    """As a file has it; made here, so that no scanner takes this file for one with a key."""
    return f"-----BEGIN {kind}-----\n{content}\n-----END {kind}-----"


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
def test_a_secret_shows_no_value(field: str, value: Any) -> None:
    hidden = redacted(change(Effect.UNKNOWN, kind="Secret", field=field, before=value, after=value))
    assert CANARY not in str(hidden)


def test_a_secret_shows_its_keys() -> None:
    hidden = redacted(change(Effect.UNKNOWN, kind="Secret", field="", before=None, after=SECRET))
    assert hidden.after == {**SECRET, "data": {"password": NOT_SHOWN}, "stringData": {"acl": NOT_SHOWN}}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("/spec/args", [f"--requirepass={CANARY}", "--threads=2"]),
        ("/spec/env", [{"name": "DFLY_requirepass", "value": CANARY}]),
        ("/spec", {"containers": [{"env": [{"name": "AWS_SECRET_ACCESS_KEY", "value": CANARY}]}]}),
        ("/spec/values/redis/password", CANARY),
        ("/spec/values/passwords/0", CANARY),
        ("/spec/values", {"redis": {"privateKey": CANARY, "api_key": CANARY}}),
        ("/spec/values/secrets", {"alice": [CANARY], "profile": CANARY}),
        ("/metadata/annotations/kubectl.kubernetes.io~1last-applied-configuration", f'{{"data":{{"p":"{CANARY}"}}}}'),
        ("", {"metadata": ANNOTATED}),
        ("/data/acl.conf", f"USER default on >{CANARY} ~* +@all"),
        ("/data/acl.conf", f"USER a on >/{CANARY}\nUSER b on #{CANARY}"),
        ("/spec/command", ["redis-cli", "-a", CANARY]),
        ("/spec/command", ["redis-cli", "--pass", CANARY]),
        ("/spec/command", ["dragonfly", "--requirepass", f"-{CANARY}"]),
        ("/spec/command", ["redis-cli", "ACL", "SETUSER", "a", f">={CANARY}"]),
        ("/spec/command", ["curl", "-u", f"a:{CANARY}"]),
        ("/spec/command", ["sh", "-c", f"redis-cli -a {CANARY} PING; echo >/dev/null"]),
        ("/spec/command", ["sh", "-c", f"PASSWORD={CANARY} redis-cli --pass {CANARY} AUTH {CANARY}"]),
        ("/data/redis.conf", f"requirepass {CANARY}\nport 6379"),
        ("/data/values.yaml", f"redis: {{host: a, password: {CANARY}}}"),
        ("/data/values.yaml", f"redis:\n  password: |\n    {CANARY}\n"),
        ("/data/config.json", f'{{"host": "a", "password": "a\\"{CANARY}"}}'),
        ("/data/escaped", f'{{\\"token\\":\\"{CANARY}\\"}}'),
        ("/data/tls.pem", in_pem("RSA PRIVATE KEY", CANARY)),
    ],
)
def test_a_password_that_stands_elsewhere_is_not_shown_either(field: str, value: Any) -> None:
    hidden = redacted(change(Effect.UNKNOWN, field=field, before=value, after=value))
    assert CANARY not in str(hidden)
    assert NOT_SHOWN in str(hidden)
    assert redacted(hidden) == hidden


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("/spec/args", ["--maxmemory=1gb", "--tls", {"name": "TZ", "value": "UTC"}]),
        ("/spec/args", ["--admin_nopass=false"]),
        ("/spec/values/automountServiceAccountToken", "true"),
        ("/spec", {"authentication": {"passwordFromSecret": {"name": "auth", "key": "password"}}}),
        ("/spec", {"tlsSecretRef": {"name": "tls"}, "secretName": "tls", "existingSecret": "auth"}),
        ("/spec/volumes", [{"secret": {"secretName": "tls", "items": [{"key": "password", "path": "p"}]}}]),
        ("/spec/privateKey", {"algorithm": "ECDSA", "size": 256}),
        ("/spec/env", [{"name": "A", "valueFrom": {"secretKeyRef": {"name": "auth", "key": "password"}}}]),
        ("/metadata/annotations/cdk8s-dragonfly~1secret-version", "2"),
        ("/spec/chart/spec/version", ">=1.4.0 <2"),
        ("/spec/groups", [{"expr": "sum(up) >0 and x >= 2"}]),
        ("/spec/command", ["sh", "-c", "#!/bin/sh\n# a note\nls >/dev/null 2>&1"]),
    ],
)
def test_what_holds_no_secret_stays_as_it_is(field: str, value: Any) -> None:
    shown = redacted(change(Effect.LIVE, field=field, before=value, after=value))
    assert (shown.before, shown.after) == (value, value)


def test_a_digest_tells_one_ciphertext_from_another() -> None:
    shown = redacted(change(Effect.LIVE, kind="Secret", field="/data/a", before="sha256:0123456789", after=CANARY))
    assert (shown.before, shown.after) == ("sha256:0123456789", "(not shown)")


@pytest.mark.parametrize(
    "sentence",
    [
        f"The type becomes redis-cli -a {CANARY}, which is known.",
        f"'--requirepass {CANARY} is not accepted; accepted: a number",
        f"--requirepass {CANARY} and --masterauth={CANARY} are gone",
        f"'USER default on >{CANARY}' is no duration.",
    ],
)
def test_a_sentence_tells_no_secret(sentence: str) -> None:
    assert CANARY not in redacted(change(Effect.UNKNOWN, what=sentence)).what


@pytest.mark.parametrize(
    "sentence",
    [
        "--requirepass is the same, and written in another way.",
        "User shop needs no password any more.",
        "The Secret dragonfly-auth is new: its key password is asked for.",
        "spec.passwordFromSecret: accepted: a mapping",
    ],
)
def test_a_sentence_without_a_secret_stays_as_it_is(sentence: str) -> None:
    assert redacted(change(Effect.UNKNOWN, what=sentence)).what == sentence
