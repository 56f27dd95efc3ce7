"""From `cluster.yaml` to the arguments of the constructs, with every fault of the file at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from constructs_lib.config.secrets import FileSecrets, contents_of, secrets_in_the_clear, unreadable
from constructs_lib.config.variables import (
    INSTEAD,
    MODELS,
    VARIABLES,
    Switches,
    given_arguments,
    keys_by_argument,
    known_keys,
    model_named,
)
from constructs_lib.config.yaml_file import read_mapping
from constructs_lib.errors import Doubt, Fault, InvalidConfig
from constructs_lib.values.arguments import examine
from constructs_lib.values.kinds import SecretKey
from constructs_lib.values.nearest import nearest
from constructs_lib.values.operator_arguments import OPERATOR_NAMESPACE
from constructs_lib.values.ports import ADMIN_PORT

if TYPE_CHECKING:
    from constructs_lib.config.users import Users

FOLDERS = ("flux", "dragonfly-operator")
"""Folders of the output beside the caches' own, whose names no cache may have."""

RUSTFS = {"name": "rustfs", "namespace": "storage"}
PROMETHEUS_NAMESPACE = "monitoring"

CLIENT_NAMESPACES = {"keycloak_enabled": "identity", "litellm_enabled": "ai-system", "langfuse_enabled": "ai-system"}
"""Where the clients run that the file's switches name."""

ALWAYS_A_CLIENT = "default"

SHARED_NAMESPACES = ("default", "kube-system", "kube-public", "kube-node-lease", "flux-system")
"""Namespaces that others live in: the stack labels its own for Pod Security, which would turn away pods of theirs."""

PREFIX = "dragonfly_"

_FaultT = TypeVar("_FaultT", bound=Fault)


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
    """Lines for the user, on what is doubtful and on which Secrets must exist."""


def load(path: Path) -> Cluster:
    """Read a `cluster.yaml`.

    Raises:
        InvalidConfig: with every fault of the file.
    """
    reading = _read(path)
    secret_faults = list(reading.secret_faults())
    if secret_faults or reading.faults:
        raise _invalid(path, reading, secret_faults)
    doubts = [f"{path.name}: warning: {doubt}" for doubt in dict.fromkeys(reading.doubts)]
    return reading.cluster((*doubts, *(f"{path.name}: note: {note}" for note in reading.notes())))


def load_secrets(path: Path) -> FileSecrets:
    """Read what `cdk8s-dragonfly secrets` works with: what is its own to mend is no fault here.

    Raises:
        InvalidConfig: with every other fault of the file.
    """
    reading = _read(path)
    if reading.secrets is None:
        off = Fault("dragonfly_enabled", "false, so that there is no Secret; accepted here: true")
        raise _invalid(path, reading, [] if reading.faults else [off])
    if reading.faults:
        raise _invalid(path, reading, [])
    return reading.secrets


def _read(path: Path) -> _Reading:
    file, faults = read_mapping(path)
    if faults and not file:
        raise InvalidConfig(path.name, faults)
    given = {key: value for key, value in file.items() if value is not None}
    encrypted = unreadable(given)
    reading = _Reading({key: value for key, value in given.items() if key not in encrypted}, path.parent)
    reading.faults = [*faults, *encrypted.values(), *_unknown_keys(given), *_within_bounds(reading.faults, given)]
    reading.places = _places(file)
    return reading


def _invalid(path: Path, reading: _Reading, secret_faults: list[Fault]) -> InvalidConfig:
    faults = dict.fromkeys([*reading.faults, *secret_faults])
    return InvalidConfig(path.name, sorted(faults, key=reading.places))


class _Reading:
    """One reading of a file: each part examined, with what was found under the file's own keys."""

    places: Callable[[Fault], int]
    """Where in the file a fault stands."""

    def __init__(self, file: Mapping[Any, Any], folder: Path) -> None:
        self.file = file
        self._folder = folder
        self.faults: list[Fault] = []
        self.doubts: list[Doubt] = []
        self.switches = self._switches()
        self._valid: dict[str, Any] = {}
        self.parts = {name: self._part(name) for name in MODELS if self._is_on(name)}
        self.users = self._users()
        self.secrets = self._secrets()
        self.faults += [*self._contradictions(), *self._misfits()]
        self._tell(self._policy_findings(), keys_by_argument("network_policy"))

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
            needs_rustfs=self._saves_to_rustfs(),
            remarks=remarks,
        )

    def notes(self) -> Iterator[str]:
        """What must be somewhere else for the cache to work."""
        if self.secrets:
            yield from self.secrets.notes()

    def secret_faults(self) -> Iterator[Fault]:
        """What is wrong with the secrets, which `cdk8s-dragonfly secrets` mends."""
        if self.secrets is None:
            yield from secrets_in_the_clear(self.file)
        else:
            decryption_secret = self.parts["kustomization"].get("decryption_secret")
            yield from self.secrets.faults(self.switches, decryption_secret)

    def _users(self) -> Users | None:
        if not self.switches.dragonfly_acl_enabled:
            return None
        # The rules of an ACL file take their time to load: only for who has users.
        from constructs_lib.config.users import read_users

        users = read_users(self.switches, self._valid.get("cache"))
        self._tell(users.findings, keys_by_argument("cache"))
        return users

    def _secrets(self) -> FileSecrets | None:
        """The secrets, or None where something that they depend on is wrong."""
        valid, needed = self._valid, {"cache", "secrets", *({"backup"} & set(self.parts))}
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
        examined = examine(Switches, known)
        self.faults += examined.faults
        return examined.arguments or Switches()

    def _is_on(self, part: str) -> bool:
        return {
            "secrets": self.switches.dragonfly_enabled,
            "backup": self.switches.dragonfly_backup_enabled or bool(self._volume_keys()),
            "bucket": "dragonfly_s3_admin_secret" in self.file,
            "restore_drill": "dragonfly_restore_drill_schedule" in self.file,
            "monitoring": self.switches.dragonfly_monitoring_enabled,
            "network_policy": self.switches.network_policies_enabled,
            "certificate": self.switches.dragonfly_tls_enabled and "dragonfly_tls_issuer" in self.file,
        }.get(part, True)

    def _part(self, name: str) -> dict[str, Any]:
        """One part's arguments; what is wrong with them goes to the faults, under the variables' names."""
        given = given_arguments(name, dict(self.file)) | self._derived(name)
        if name == "backup":
            given = self._one_place(given)
        examined = examine(model_named(name), {**given, **_NAMELESS.get(name, {})})
        if not examined.faults:
            self._valid[name] = examined.arguments
        self._tell((*examined.faults, *examined.doubts), keys_by_argument(name))
        return given

    def _tell(self, findings: Iterable[Fault], keys: Mapping[str, str]) -> None:
        for finding in findings:
            told = _under_key(finding, keys)
            if isinstance(told, Doubt):
                self.doubts.append(told)
            else:
                self.faults.append(told)

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
        """The file's own clients first, so that a fault in one has its place in the file."""
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

    def _volume_keys(self) -> list[str]:
        return [
            key for key in ("dragonfly_snapshot_volume_size", "dragonfly_snapshot_existing_claim") if key in self.file
        ]

    def _saves_to_rustfs(self) -> bool:
        endpoint = self.parts.get("backup", {}).get("endpoint")
        return str(endpoint).startswith("rustfs")

    def _contradictions(self) -> Iterator[Fault]:
        """What no single part can see: switches against each other, names against the output."""
        switches = self.switches
        if switches.dragonfly_monitoring_enabled and not switches.monitoring_enabled:
            yield Fault(
                "dragonfly_monitoring_enabled",
                "true while `monitoring_enabled` is false: nothing would scrape the cache; set both, or neither",
            )
        if switches.dragonfly_backup_enabled and self._saves_to_rustfs() and not switches.rustfs_enabled:
            yield Fault(
                "dragonfly_backup_enabled",
                "true while `rustfs_enabled` is false: the backup would have no store; set both, or give another "
                "`dragonfly_s3_endpoint`",
            )
        if switches.dragonfly_backup_enabled and self._volume_keys():
            yield Fault(
                self._volume_keys()[0],
                "given beside `dragonfly_backup_enabled`: snapshots go to S3 or to a volume, and the "
                "operator makes no pod "
                "for both; leave one out",
            )
        if "dragonfly_snapshot_cron" in self.file and not self._is_on("backup"):
            yield Fault(
                "dragonfly_snapshot_cron",
                "a schedule without a place, for which the operator makes no pod; set "
                "`dragonfly_backup_enabled`, or give "
                "`dragonfly_snapshot_volume_size`, or leave it out",
            )
        if "dragonfly_snapshot_storage_class" in self.file and "dragonfly_snapshot_volume_size" not in self.file:
            yield Fault(
                "dragonfly_snapshot_storage_class",
                "means nothing without `dragonfly_snapshot_volume_size`; give that as well, or leave it out",
            )
        yield from self._backup_contradictions()
        yield from self._tls_contradictions()
        for key in _OF_USERS if self.users is None else ():
            if key in self.file:
                yield Fault(key, "means nothing without `dragonfly_acl_enabled`; set that as well, or leave it out")
        if self.file.get("dragonfly_name") in FOLDERS:
            yield Fault(
                "dragonfly_name",
                f"{self.file['dragonfly_name']!r} is a folder of the output already; accepted: another name",
            )
        for key in ("dragonfly_namespace", "dragonfly_operator_namespace"):
            if self.file.get(key) in SHARED_NAMESPACES:
                yield Fault(
                    key,
                    f"{self.file[key]!r} is shared with others, whose pods the Pod Security level that the "
                    "stack sets on it "
                    "would turn away; accepted: a namespace of its own",
                )
        if self.parts["cache"]["namespace"] == self.parts["operator"].get("namespace", OPERATOR_NAMESPACE):
            yield Fault(
                "dragonfly_namespace",
                "the operator's own, whose Pod Security level `restricted` the cache's pods do not pass by themselves; "
                "accepted: another",
            )

    def _backup_contradictions(self) -> Iterator[Fault]:
        for part, wanted in _OF_BACKUPS.items():
            for key in keys_by_argument(part).values():
                if key in self.file and key != wanted and not self._is_on(part) and key not in _OF_PLACES:
                    yield Fault(key, f"means nothing without `{wanted}`; give that as well, or leave it out")
        for part in ("bucket", "restore_drill"):
            if self._is_on(part) and not self.switches.dragonfly_backup_enabled:
                yield Fault(
                    _OF_BACKUPS[part],
                    "given without `dragonfly_backup_enabled`: it needs a bucket; set that as well, or leave it out",
                )

    def _tls_contradictions(self) -> Iterator[Fault]:
        enabled = self.switches.dragonfly_tls_enabled
        if enabled and not {"dragonfly_tls_issuer", "dragonfly_tls_secret"} & set(self.file):
            yield Fault(
                "dragonfly_tls_enabled",
                "true without a certificate; give `dragonfly_tls_issuer`, such as {name: internal-ca, kind: "
                "ClusterIssuer}, for cert-manager to make one, or `dragonfly_tls_secret`, a Secret that holds one",
            )
        lacking = "dragonfly_tls_issuer" if enabled else "dragonfly_tls_enabled"
        for key in keys_by_argument("certificate").values():
            if key in self.file and "certificate" not in self.parts:
                yield Fault(key, f"given without `{lacking}`, so that no certificate is made; give both, or neither")

    def _policy_findings(self) -> Iterator[Fault]:
        """What is wrong or doubtful about the policy, or its absence, beside the other parts."""
        if "network_policy" not in self.parts:
            yield from self._open_port()
        elif {"cache", "network_policy"} <= set(self._valid):
            from constructs_lib.values.flows import findings_beside

            yield from findings_beside(self._valid["network_policy"], self._valid["cache"], self._valid.get("backup"))

    def _open_port(self) -> Iterator[Doubt]:
        closing = [key for key in _CLOSING if self.file.get(key)]
        if closing:
            yield Doubt(
                "network_policies_enabled",
                f"false, while `{closing[0]}` restricts who gets in: whoever reaches port {ADMIN_PORT} of the pods may "
                "do everything, with no password, certificate or user; set it, and `network_policies_mode: enforce`",
            )

    def _misfits(self) -> Iterator[Fault]:
        """What is wrong with parts beside each other, each without a fault of its own."""
        if not {"cache", "backup"} <= set(self._valid):
            return
        from constructs_lib.values.backup_arguments import faults_beside

        for fault in faults_beside(self._valid["cache"], self._valid["backup"]):
            part = "cache" if fault.where.startswith("cache.") else "backup"
            told = _under_key(replace(fault, where=fault.where.removeprefix("cache.")), keys_by_argument(part))
            if isinstance(told, Doubt):
                self.doubts.append(told)
            else:
                yield told


_OF_USERS = ("dragonfly_acl_clients", "dragonfly_acl_users", "dragonfly_acl_default")
"""Variables that mean something with users alone."""

_CLOSING = (
    "dragonfly_acl_enabled",
    "dragonfly_tls_enabled",
    "dragonfly_tls_secret",
    "dragonfly_clients",
    "dragonfly_client_namespaces",
)
"""Variables by which somebody says who gets in."""

_NAMELESS = {"kustomization": {"name": "dragonfly", "path": "./dist"}}
"""Arguments that the stack gives for each folder, and without which the rest could not be examined."""


_OF_BACKUPS = {
    "backup": "dragonfly_backup_enabled",
    "bucket": "dragonfly_s3_admin_secret",
    "restore_drill": "dragonfly_restore_drill_schedule",
}
"""What switches on the parts around a backup: without it their other variables would do nothing."""

_OF_PLACES = frozenset(
    (
        "dragonfly_snapshot_cron",
        "dragonfly_snapshot_storage_class",
        "dragonfly_s3_bucket",
        "dragonfly_s3_prefix",
        "dragonfly_s3_endpoint",
        "dragonfly_s3_use_https",
        "dragonfly_s3_region",
    )
)
"""Variables that are looked at elsewhere, or that a file may keep while its backup is off, as the brief's does."""


def _unknown_keys(file: Mapping[Any, Any]) -> Iterator[Fault]:
    known = known_keys()
    for key in file:
        if isinstance(key, str) and key.startswith(PREFIX) and key not in known:
            advice = _nearest_key(key, known) or "docs/cluster-yaml.md lists them all"
            yield Fault(key, f"no variable of that name; {advice}")


def _nearest_key(key: str, known: Iterable[str]) -> str:
    """The known key that is nearest without the prefix, which would make every key near to every other."""
    ours_last = sorted(known, key=lambda name: name.startswith(PREFIX))
    by_rest = {name.removeprefix(PREFIX): name for name in ours_last}
    return re.sub(r"'(.+)'", lambda match: f"'{by_rest[match[1]]}'", nearest(key.removeprefix(PREFIX), by_rest))


def _within_bounds(faults: Iterable[Fault], file: Mapping[Any, Any]) -> Iterator[Fault]:
    """The faults, with the file's own bounds on a number in the place of the argument's."""
    out = {}
    for variable in VARIABLES:
        value = file.get(variable.key)
        if variable.bounds and isinstance(value, int) and not isinstance(value, bool):
            lowest, highest = variable.bounds
            if not lowest <= value <= highest:
                accepted = f"a whole number from {lowest} to {highest}"
                out[variable.key] = Fault(variable.key, f"{value} is not accepted; accepted: {accepted}")
    yield from out.values()
    yield from (fault for fault in faults if fault.where not in out)


def _places(file: Mapping[Any, Any]) -> Callable[[Fault], int]:
    """Where in the file a fault's key stands; one that stands nowhere comes last."""
    places = {key: place for place, key in enumerate(file)}
    return lambda fault: places.get(re.split(r"[.\[]", fault.where)[0], len(places))


def _under_key(fault: _FaultT, keys: Mapping[str, str]) -> _FaultT:
    """A fault of an argument as one of the variable that gives it; other arguments in its text likewise."""
    argument, rest = re.fullmatch(r"(\w*)(.*)", fault.where, re.S).groups()  # type: ignore[union-attr]  # always matches
    named = {**INSTEAD, **keys}
    text = re.sub(r"`(\w+)`", lambda match: f"`{named.get(match[1], match[1])}`", fault.text)
    return replace(fault, where=named.get(argument, argument) + rest, text=text)
