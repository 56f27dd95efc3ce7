"""What `cdk8s-dragonfly secrets` works on: the file, what it must hold, and where further values are found."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import SecretStr

from constructs_lib.cache.secret import SecretContents
from constructs_lib.errors import DragonflyError
from constructs_lib.secrets.sops.secret_file import SecretFile

if TYPE_CHECKING:
    from constructs_lib.acl.file import AclFile
    from constructs_lib.config.secrets import FileSecrets
    from constructs_lib.secrets.secrets import DragonflySecrets


class NoPlan(DragonflyError):
    """There is no encrypted Secret to keep."""


@dataclass(frozen=True, slots=True)
class SecretPlan:
    """One cache's encrypted file."""

    file: SecretFile
    redact: str
    """The file's name for the user."""
    next_step: str
    found: Callable[[Iterable[str]], Mapping[str, SecretStr]]
    """Values that stand in the configuration, for some of the Secret's keys."""

    @property
    def contents(self) -> SecretContents:
        """What the file must hold."""
        return self.file.contents


def plan_of_config(configs: Sequence[Path], instance: str | None = None) -> SecretPlan:
    """The plan of a `cluster.yaml`, or of several files that are merged.

    Raises:
        InvalidConfig: with what is wrong with it, but for its secrets.
        NoInstance: there is no instance of that name, or there are several and no name.
        NoPlan: its Secret is no encrypted file.
    """
    from constructs_lib.config.load import load_secrets

    name = configs[-1].name
    secrets = load_secrets(*configs, instance=instance)
    if secrets.arguments.source != "sops" or secrets.path is None:
        raise NoPlan(
            f"{name}: dragonfly_secrets: '{secrets.arguments.source}' has no file to keep; accepted here: sops"
        )
    left = ", ".join(sorted(secrets.left_to_remove))
    next_step = (f"leave {left} out of {name}, " if left else "") + "synthesize again, and commit both"
    if secrets.cache.replicas == 1 and not secrets.is_saved:
        next_step += "; the one pod of the cache then restarts, and without snapshots it starts empty"
    return SecretPlan(
        SecretFile(secrets.path, secrets.contents, secrets.server),
        str(secrets.arguments.file),
        next_step,
        lambda keys: _found(secrets, configs, keys),
    )


def plan_of_app(reference: str) -> SecretPlan:
    """The plan of an app: the `DragonflySecrets` that a module holds under a name, such as `main:secrets`.

    Raises:
        NoPlan: there is none.
    """
    found = _secrets_of(reference)
    if found.arguments.file is None or found.arguments.source != "sops":
        raise NoPlan(f"--app {reference}: no DragonflySecrets with `source` 'sops'")
    return SecretPlan(
        SecretFile(Path(found.arguments.file), found.contents, found.server),
        found.arguments.file,
        "synthesize again, and commit both",
        lambda keys: {},
    )


def acl_of_config(configs: Sequence[Path], instance: str | None = None) -> tuple[AclFile, SecretContents]:
    """The ACL file of a `cluster.yaml`, and what the Secret must hold in which it stands, however that comes to be.

    Raises:
        InvalidConfig: with what is wrong with the file, but for its secrets.
        NoPlan: it has no users, so that there is no ACL file.
    """
    from constructs_lib.config.load import load_secrets

    contents = load_secrets(*configs, instance=instance).contents
    if contents.acl is None:
        raise NoPlan(
            f"{configs[-1].name}: dragonfly_acl_enabled: off, so that there is no ACL file; accepted here: true"
        )
    return contents.acl, contents


def acl_of_app(reference: str) -> tuple[AclFile, SecretContents]:
    """The same of the `DragonflySecrets` that a module holds under a name.

    Raises:
        NoPlan: there is none, or its cache has no users.
    """
    contents = _secrets_of(reference).contents
    if contents.acl is None:
        raise NoPlan(f"--app {reference}: its cache has no users, so that there is no ACL file; add_user adds one")
    return contents.acl, contents


def _secrets_of(reference: str) -> DragonflySecrets:
    """What a module holds under a name, such as `main:secrets`."""
    from constructs_lib.secrets.secrets import DragonflySecrets

    module, _, name = reference.partition(":")
    sys.path.insert(0, str(Path.cwd()))
    try:
        found = getattr(import_module(module), name or "secrets")
    except (ImportError, AttributeError) as error:
        raise NoPlan(f"--app {reference}: {error}") from None
    if not isinstance(found, DragonflySecrets):
        raise NoPlan(f"--app {reference}: no DragonflySecrets")
    return found


def _found(secrets: FileSecrets, configs: Sequence[Path], keys: Iterable[str]) -> dict[str, SecretStr]:
    """Values of the configuration; what SOPS has encrypted there is decrypted, if anything of it is wanted."""
    wanted = set(keys)
    found = {key: value for key, value in secrets.in_the_clear.items() if key in wanted}
    if encrypted := {key: variable for key, variable in secrets.encrypted.items() if key in wanted}:
        values = _decrypted(secrets, configs)
        found |= {key: SecretStr(str(values[variable])) for key, variable in encrypted.items()}
    return found


def _decrypted(secrets: FileSecrets, configs: Sequence[Path]) -> Mapping[str, object]:
    """The variables of an instance, from files of which SOPS has encrypted some."""
    from constructs_lib.config.files.configuration import INSTANCES
    from constructs_lib.config.files.merge import merged
    from constructs_lib.config.files.yaml_file import read_document
    from constructs_lib.secrets.sops.program import decrypt

    values: dict[str, Any] = {}
    for config in configs:
        given = read_document(config).values
        values = merged(values, decrypt(config.read_bytes(), config) if "sops" in given else given)
    return merged(values, (values.get(INSTANCES) or {}).get(secrets.cache.name) or {})
