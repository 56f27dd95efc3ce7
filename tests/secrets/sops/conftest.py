"""A project with a real age key of its own, made for each test run, and the real `sops`."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from constructs_lib.acl.file import AclFile
from constructs_lib.acl.user import AclUser
from constructs_lib.cache.secret import SecretContents
from constructs_lib.secrets.sops.program import decrypt
from constructs_lib.secrets.sops.secret_file import SecretFile
from constructs_lib.values.version import Version

SERVER = Version.of("v1.36.0")

RULE = """\
creation_rules:
  - path_regex: secrets/.*\\.sops\\.yaml$
    encrypted_regex: ^(data|stringData)$
    age: {recipient}
  - path_regex: cluster\\.yaml$
    encrypted_regex: ^dragonfly_.*(password|access_key|secret_key)$
    age: {recipient}
"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what needs the two programs where one is not there."""
    here = Path(__file__).parent
    lacking = [
        reason
        for there, reason in (
            (shutil.which("age-keygen"), "no age-keygen here: apt-get install age"),
            (shutil.which("sops") or Path(sys.executable).with_name("sops").exists(), "no sops here: make setup"),
        )
        if not there
    ]
    for item in items:
        if lacking and here in item.path.parents and "project" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.skip(reason=lacking[0]))


@pytest.fixture(scope="session")
def key(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An age key, private and public."""
    path = tmp_path_factory.mktemp("age") / "key.txt"
    subprocess.run(["age-keygen", "-o", path], check=True, capture_output=True)
    return path


@pytest.fixture
def project(key: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project's folder with a `.sops.yaml`, and the key where `sops` looks for it."""
    done = subprocess.run(["age-keygen", "-y", key], check=True, capture_output=True, text=True)
    (tmp_path / ".sops.yaml").write_text(RULE.format(recipient=done.stdout.strip()))
    for name in ("SOPS_AGE_KEY", "SOPS_AGE_RECIPIENTS", "SOPS_AGE_KEY_CMD"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SOPS_AGE_KEY_FILE", str(key))
    monkeypatch.delenv("CLUSTER_CONFIG", raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def without_key(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No private key anywhere."""
    monkeypatch.setenv("SOPS_AGE_KEY_FILE", str(project / "nowhere"))
    monkeypatch.setenv("HOME", str(project))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)


def user(name: str, **arguments: Any) -> AclUser:
    """A user with keys of its own."""
    return AclUser(name=name, **{"keys": [f"{name}:*"], **arguments})


def contents(*users: AclUser, **others: Any) -> SecretContents:
    """What the Secret of a cache with those users must hold."""
    return SecretContents(name="dragonfly-auth", namespace="cache", acl=AclFile(users) if users else None, **others)


@pytest.fixture
def secret_file(project: Path) -> Callable[[SecretContents], SecretFile]:
    """The project's encrypted file, for what it must hold."""
    return lambda contents: SecretFile(project / "secrets" / "dragonfly.sops.yaml", contents, SERVER)


def values_in(path: Path) -> Mapping[str, str]:
    """The values of an encrypted file, in the clear."""
    values: Mapping[str, str] = decrypt(path.read_bytes(), path)["stringData"]
    return values
