"""From `cluster.yaml` to the arguments of the constructs, with every error of the file at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from constructs_lib.config.cluster import Cluster, cluster_of
from constructs_lib.config.file import ConfigFile, read_file
from constructs_lib.config.findings import findings_across
from constructs_lib.config.keys import check_keys
from constructs_lib.config.parts import Parts, validate_parts
from constructs_lib.config.secrets import FileSecrets, secret_findings, secrets_of
from constructs_lib.errors import Finding

if TYPE_CHECKING:
    from constructs_lib.config.users import Users


def load(path: Path) -> Cluster:
    """Read a `cluster.yaml`.

    Raises:
        InvalidConfig: with every error of the file.
    """
    validated = _validated(path)
    findings = (*validated.findings, *secret_findings(validated.parts, validated.secrets))
    if _has_errors(findings):
        raise validated.file.refusal(findings)
    warnings = dict.fromkeys(finding for finding in findings if finding.is_warning)
    notes = validated.secrets.notes() if validated.secrets else ()
    messages = (*(f"warning: {warning}" for warning in warnings), *(f"note: {note}" for note in notes))
    return cluster_of(
        validated.parts, validated.users, validated.secrets, tuple(f"{path.name}: {message}" for message in messages)
    )


def load_secrets(path: Path) -> FileSecrets:
    """Read what `cdk8s-dragonfly secrets` works with: what that command mends is no error here.

    Raises:
        InvalidConfig: with every other error of the file.
    """
    validated = _validated(path)
    if _has_errors(validated.findings):
        raise validated.file.refusal(validated.findings)
    if validated.secrets is None:
        off = Finding.error("dragonfly_enabled", "false, so that there is no Secret; accepted here: true")
        raise validated.file.refusal([off])
    return validated.secrets


@dataclass(frozen=True, slots=True)
class _Validated:
    """What both readers need of a file."""

    file: ConfigFile
    parts: Parts
    users: Users | None
    secrets: FileSecrets | None
    findings: tuple[Finding, ...]
    """All but those of the secrets."""


def _validated(path: Path) -> _Validated:
    file = read_file(path)
    keys = check_keys(file.given)
    parts = validate_parts(keys.variables)
    users = _users(parts)
    secrets = secrets_of(parts, users, file.folder)
    found = (*parts.findings, *(users.findings if users else ()), *findings_across(parts, users))
    within_bounds = (finding for finding in found if finding.where not in keys.out_of_bounds)
    return _Validated(file, parts, users, secrets, (*file.errors, *keys.errors, *within_bounds, *keys.warnings))


def _users(parts: Parts) -> Users | None:
    if not parts.switches.dragonfly_acl_enabled:
        return None
    # The rules of an ACL file take their time to load: only for who has users.
    from constructs_lib.config.users import users_of

    return users_of(parts)


def _has_errors(findings: Iterable[Finding]) -> bool:
    return any(finding.is_error for finding in findings)
