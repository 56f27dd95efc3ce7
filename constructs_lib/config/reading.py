"""One reading of a `cluster.yaml`: each part's arguments, and what is wrong with them under the file's own keys."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from constructs_lib.arguments.model import validate
from constructs_lib.arguments.references import SecretKey
from constructs_lib.config.contradictions import client_findings, contradictions, policy_findings
from constructs_lib.config.secrets import FileSecrets, contents_of, secrets_in_the_clear
from constructs_lib.config.variables import INSTEAD, MODELS, Switches, given_arguments, keys_by_argument, model_named
from constructs_lib.errors import Finding

if TYPE_CHECKING:
    from constructs_lib.config.users import Users

PROMETHEUS_NAMESPACE = "monitoring"

CLIENT_NAMESPACES = {"keycloak_enabled": "identity", "litellm_enabled": "ai-system", "langfuse_enabled": "ai-system"}
"""Where the clients run that the file's switches name."""

ALWAYS_A_CLIENT = "default"

_FaultT = TypeVar("_FaultT", bound=Finding)


@dataclass(frozen=True, slots=True)
class Cluster:
    """What a `cluster.yaml` asks for: the constructs' arguments, or None for a part that is off."""

    switches: Switches
    cache: dict[str, Any]
    users: tuple[dict[str, Any], ...]
    secrets: dict[str, Any]
    operator: dict[str, Any]
    kustomization: dict[str, Any]
    monitoring: dict[str, Any] | None
    backup: dict[str, Any] | None
    network_policy: dict[str, Any] | None
    certificate: dict[str, Any] | None
    bucket: dict[str, Any] | None
    restore_drill: dict[str, Any] | None
    needs_rustfs: bool
    remarks: tuple[str, ...]
    """Lines for the user, on what is worth a warning and on which Secrets must exist."""


class Reading:
    """One reading of a file: each part examined, with what was found under the file's own keys."""

    places: Callable[[Finding], int]
    """Where in the file an error stands."""

    def __init__(self, file: Mapping[Any, Any], folder: Path) -> None:
        self.file = file
        self._folder = folder
        self.errors: list[Finding] = []
        self.warnings: list[Finding] = []
        self.switches = self._switches()
        self.valid: dict[str, Any] = {}
        self.parts = {name: self._part(name) for name in MODELS if self.is_on(name)}
        self.users = self._users()
        self.secrets = self._secrets()
        self.errors += [*contradictions(self), *self._misfits()]
        self._tell(policy_findings(self), keys_by_argument("network_policy"))
        self._tell(client_findings(self), keys_by_argument("cache"))

    def cluster(self, remarks: tuple[str, ...]) -> Cluster:
        return Cluster(
            switches=self.switches,
            cache=self.parts["cache"],
            users=self.users.arguments if self.users else (),
            secrets=self._secrets_arguments(),
            operator=self.parts["operator"],
            kustomization=self.parts["kustomization"],
            monitoring=self.parts.get("monitoring"),
            backup=self.parts.get("backup"),
            network_policy=self.parts.get("network_policy"),
            certificate=self.parts.get("certificate"),
            bucket=self.parts.get("bucket"),
            restore_drill=self.parts.get("restore_drill"),
            needs_rustfs=self.saves_to_rustfs(),
            remarks=remarks,
        )

    def notes(self) -> Iterator[str]:
        """What must be somewhere else for the cache to work."""
        if self.secrets:
            yield from self.secrets.notes()

    def secret_findings(self) -> Iterator[Finding]:
        """What is wrong with the secrets, which `cdk8s-dragonfly secrets` mends."""
        if self.secrets is None:
            yield from secrets_in_the_clear(self.file)
        else:
            decryption_secret = self.parts["kustomization"].get("decryption_secret")
            yield from self.secrets.errors(self.switches, decryption_secret)

    def _users(self) -> Users | None:
        if not self.switches.dragonfly_acl_enabled:
            return None
        # The rules of an ACL file take their time to load: only for who has users.
        from constructs_lib.config.users import read_users

        users = read_users(self.switches, self.valid.get("cache"))
        self._tell(users.findings, keys_by_argument("cache"))
        return users

    def _secrets(self) -> FileSecrets | None:
        """The secrets, or None where something that they depend on is wrong."""
        valid, needed = self.valid, {"cache", "secrets", *({"backup"} & set(self.parts))}
        acl = self.users.acl if self.users else None
        if not needed <= set(valid) or (self.users and acl is None):
            return None
        contents = contents_of(valid["cache"], acl, valid.get("backup"))
        is_saved = "backup" in valid
        return FileSecrets(valid["secrets"], contents, valid["cache"], is_saved, self._folder, self.file)

    def _secrets_arguments(self) -> dict[str, Any]:
        return self.parts.get("secrets", {}) | (
            {"file": str(self.secrets.path)} if self.secrets and self.secrets.path else {}
        )

    def _switches(self) -> Switches:
        known = {key: self.file[key] for key in Switches.model_fields if key in self.file}
        validation = validate(Switches, known)
        self.errors += validation.errors
        return validation.arguments or Switches()

    def is_on(self, part: str) -> bool:
        return {
            "secrets": self.switches.dragonfly_enabled,
            "backup": self.switches.dragonfly_backup_enabled or bool(self.volume_keys()),
            "bucket": "dragonfly_s3_admin_secret" in self.file,
            "restore_drill": "dragonfly_restore_drill_schedule" in self.file,
            "monitoring": self.switches.dragonfly_monitoring_enabled,
            "network_policy": self.switches.network_policies_enabled,
            "certificate": self.switches.dragonfly_tls_enabled and "dragonfly_tls_issuer" in self.file,
        }.get(part, True)

    def _part(self, name: str) -> dict[str, Any]:
        """One part's arguments; what is wrong with them goes to the errors, under the variables' names."""
        given = given_arguments(name, dict(self.file)) | self._derived(name)
        if name == "backup":
            given = self._one_place(given)
        validation = validate(model_named(name), {**given, **_NAMELESS.get(name, {})})
        if not validation.errors:
            self.valid[name] = validation.arguments
        self._tell((*validation.errors, *validation.warnings), keys_by_argument(name))
        return given

    def _tell(self, findings: Iterable[Finding], keys: Mapping[str, str]) -> None:
        for finding in findings:
            told = _under_key(finding, keys)
            if told.is_warning:
                self.warnings.append(told)
            else:
                self.errors.append(told)

    def _derived(self, name: str) -> dict[str, Any]:
        """Arguments that no single variable gives."""
        if name == "cache":
            return self._secret_references()
        if name == "secrets" and self.file.get("dragonfly_secrets") == "sops":
            return {"file": self.file.get("dragonfly_secrets_file", f"secrets/{self._name()}.sops.yaml")}
        if name == "operator":
            return {"monitoring": self.switches.dragonfly_monitoring_enabled}
        if name == "monitoring":
            return {"operator_metrics": True}
        if name == "network_policy":
            return {
                "mode": self.switches.network_policies_mode,
                "clients": self._clients(),
                "prometheus_namespace": PROMETHEUS_NAMESPACE if self.switches.monitoring_enabled else None,
            }
        return {}

    def _secret_references(self) -> dict[str, Any]:
        secret = self._auth_secret()
        references: dict[str, Any] = {}
        if self.file.get("dragonfly_authentication") is not False:
            references["password_from_secret"] = SecretKey(name=secret, key="password")
        if self.switches.dragonfly_acl_enabled:
            references["acl_from_secret"] = SecretKey(name=secret, key="acl.conf")
        if self.switches.dragonfly_tls_enabled and "dragonfly_tls_secret" not in self.file:
            references["tls_secret_ref"] = f"{self._name()}-tls"
        return references

    def _auth_secret(self) -> str:
        return self.switches.dragonfly_auth_secret or f"{self._name()}-auth"

    def _name(self) -> str:
        """The cache's name; the default where the file's is refused anyway."""
        name = self.file.get("dragonfly_name")
        return name if isinstance(name, str) and re.fullmatch(r"[a-z0-9-]+", name) else "dragonfly"

    def _client_namespaces(self) -> list[str]:
        named = [place for switch, place in CLIENT_NAMESPACES.items() if getattr(self.switches, switch)]
        return list(dict.fromkeys([*named, ALWAYS_A_CLIENT, *self.switches.dragonfly_client_namespaces]))

    def _clients(self) -> Any:
        """The file's own clients first, so that an error in one has its place in the file."""
        given = self.file.get("dragonfly_clients", [])
        pods = [{"namespace": namespace} for namespace in self._client_namespaces()]
        return [*given, *(client for client in pods if client not in given)] if isinstance(given, list) else given

    def _one_place(self, backup: dict[str, Any]) -> dict[str, Any]:
        """The backup's arguments for the one place that the file chose: the bucket, or a volume."""
        s3 = {"bucket", "prefix", "endpoint", "https", "region"}
        volume = {"size", "storage_class", "existing_persistent_volume_claim_name"}
        left_out = volume if self.switches.dragonfly_backup_enabled else s3
        kept = {name: value for name, value in backup.items() if name not in left_out}
        if kept.get("endpoint") == "":
            del kept["endpoint"]
        if "bucket" in kept and self._auth_secret():
            kept["credentials_secret"] = self._auth_secret()
        return kept

    def volume_keys(self) -> list[str]:
        return [
            key for key in ("dragonfly_snapshot_volume_size", "dragonfly_snapshot_existing_claim") if key in self.file
        ]

    def saves_to_rustfs(self) -> bool:
        endpoint = self.parts.get("backup", {}).get("endpoint")
        return str(endpoint).startswith("rustfs")

    def _misfits(self) -> Iterator[Finding]:
        """What is wrong with parts beside each other, each without an error of its own."""
        if not {"cache", "backup"} <= set(self.valid):
            return
        from constructs_lib.backup.arguments import findings_beside

        for error in findings_beside(self.valid["cache"], self.valid["backup"]):
            part = "cache" if error.where.startswith("cache.") else "backup"
            told = _under_key(replace(error, where=error.where.removeprefix("cache.")), keys_by_argument(part))
            if told.is_warning:
                self.warnings.append(told)
            else:
                yield told


_NAMELESS = {"kustomization": {"name": "dragonfly", "path": "./dist"}}
"""Arguments that the stack gives for each folder, and without which the rest could not be examined."""


def _under_key(error: _FaultT, keys: Mapping[str, str]) -> _FaultT:
    """An error of an argument as one of the variable that gives it; other arguments in its text likewise."""
    argument, rest = re.fullmatch(r"(\w*)(.*)", error.where, re.S).groups()  # type: ignore[union-attr]  # always matches
    named = {**INSTEAD, **keys}
    text = re.sub(r"`(\w+)`", lambda match: f"`{named.get(match[1], match[1])}`", error.text)
    return replace(error, where=named.get(argument, argument) + rest, text=text)
