"""The stacks that are delivered: a name, what its `cluster.yaml` asks for, and what its `cluster-secrets` hold."""

from __future__ import annotations

import subprocess
from hashlib import sha256
from pathlib import Path
from typing import Any

import yaml

from tests.e2e.delivery.delivery import Delivery
from tests.secrets.sops.conftest import RULE

FILES = Path(__file__).resolve().parents[2] / "stacks"
S3_KEYS = {"AWS_ACCESS_KEY_ID": "rustfs-user", "AWS_SECRET_ACCESS_KEY": "canary of the bucket"}
USERS = ("", "APPCACHE_", "KEYCLOAK_", "LANGFUSE_")
"""Of `substituted-secret.yaml`, as its variables call them."""


def variables_of(stack: str) -> dict[str, Any]:
    """The variables of one of `tests/stacks/`."""
    variables: dict[str, Any] = yaml.safe_load((FILES / f"{stack}.yaml").read_text(encoding="utf-8"))
    return variables


def _cluster_secrets() -> dict[str, str]:
    passwords = {f"DRAGONFLY_{user}PASSWORD": f"Canary0f{user.strip('_')}" for user in USERS}
    hashes = {f"{name}_SHA256": sha256(password.encode()).hexdigest() for name, password in passwords.items()}
    return passwords | hashes


ENCRYPTED = {**variables_of("everything-on"), "dragonfly_secrets": "sops"}
BACKED_UP = {
    "dragonfly_backup_enabled": True,
    "dragonfly_snapshot_retention": "14d",
    "dragonfly_restore_drill_schedule": "30 5 * * 1",
    "dragonfly_s3_admin_secret": "rustfs-admin",
    "rustfs_enabled": True,
    "network_policies_enabled": True,
}
MONITORED = {"dragonfly_monitoring_enabled": True, "monitoring_enabled": True}

STACKS: dict[str, tuple[dict[str, Any], dict[str, str]]] = {
    # Looked at.
    "default": (variables_of("default"), {}),
    "everything-on": (variables_of("everything-on"), {}),
    "encrypted": (ENCRYPTED, {}),
    "substituted": (variables_of("substituted-secret"), _cluster_secrets()),
    "external": (variables_of("external-secrets"), {}),
    "restored": (variables_of("restored"), {}),
    "grafana-operator": ({**MONITORED, "dragonfly_monitoring_dashboard": "grafana-operator"}, {}),
    # Changed, each by one test.
    "drifting": ({**MONITORED, **BACKED_UP}, {}),
    "backed-up": (BACKED_UP, {}),
    "another-bucket": (BACKED_UP, {}),
    "patched-job": (BACKED_UP, {}),
    "to-rename": ({}, {}),
    "to-grow": (MONITORED, {}),
    "to-switch-off": ({**MONITORED, **BACKED_UP}, {}),
    "kept": ({**BACKED_UP, "dragonfly_flux_prune": False}, {}),
    "to-suspend": (MONITORED, {}),
    # Broken, each by one test.
    "unfilled": (variables_of("substituted-secret"), _cluster_secrets()),
    "of-digits": (variables_of("substituted-secret"), _cluster_secrets()),
    "without-key": (ENCRYPTED, {}),
    "unencrypted": (ENCRYPTED, {}),
    "unannotated": (MONITORED, {}),
}


def new_age_key(path: Path) -> Path:
    """Make an age key, private and public."""
    subprocess.run(["age-keygen", "-o", path], check=True, capture_output=True)
    return path


def prepare(delivery: Delivery, variables: dict[str, Any], age_key: Path) -> None:
    """Write a stack, with the Secrets that somebody else makes: the private key, and the encrypted file."""
    if "dragonfly_flux_decryption_secret" in variables:
        delivery.secret("sops-age", **{"age.agekey": age_key.read_text(encoding="utf-8")})
    config = delivery.configure(**variables)
    if variables.get("dragonfly_secrets") == "sops":
        _encrypt(delivery, config, age_key)
    delivery.synthesize()


def _encrypt(delivery: Delivery, config: Path, age_key: Path) -> None:
    """`cdk8s-dragonfly secrets init`, as a user runs it."""
    from typer.testing import CliRunner

    from constructs_lib.cli.app import app

    recipient = subprocess.run(["age-keygen", "-y", age_key], check=True, capture_output=True, text=True).stdout.strip()
    (delivery.folder / ".sops.yaml").write_text(RULE.format(recipient=recipient), encoding="utf-8")
    given = "".join(f"{key}={value}\n" for key, value in S3_KEYS.items())
    result = CliRunner().invoke(app, ["secrets", "init", "--config", str(config)], input=given)
    assert result.exit_code == 0, result.output
