"""One instance of a file, validated part by part."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from constructs_lib.config.findings import findings_across
from constructs_lib.config.fleet.instances import GivenInstance
from constructs_lib.config.parts import Parts, validate_parts
from constructs_lib.config.secrets import FileSecrets, secret_findings, secrets_of
from constructs_lib.errors import Finding

if TYPE_CHECKING:
    from constructs_lib.config.users import Users


@dataclass(frozen=True, slots=True)
class ValidatedInstance:
    """An instance, and what is wrong with it."""

    given: GivenInstance
    parts: Parts
    users: Users | None
    secrets: FileSecrets | None

    @property
    def name(self) -> str:
        """Its name, as far as it is one."""
        return str(self.parts.given["cache"].get("name", "dragonfly"))

    def findings(self) -> Iterator[Finding]:
        """What is wrong with it, but for its secrets."""
        of_users = self.users.findings if self.users else ()
        found = (*self.parts.findings, *of_users, *findings_across(self.parts, self.users))
        yield from (finding for finding in found if finding.where not in self.given.out_of_bounds)

    def secret_findings(self) -> Iterator[Finding]:
        """What is wrong with its secrets, which `cdk8s-dragonfly secrets` mends."""
        yield from secret_findings(self.parts, self.secrets)


def validated_instance(given: GivenInstance, folder: Path) -> ValidatedInstance:
    """Validate one instance.

    Args:
        given: what the file gives it.
        folder: what the path of its encrypted file is relative to.
    """
    parts = validate_parts(given.variables)
    users = _users(parts)
    return ValidatedInstance(given, parts, users, secrets_of(parts, users, folder))


def _users(parts: Parts) -> Users | None:
    if not parts.switches.dragonfly_acl_enabled:
        return None
    # The rules of an ACL file take their time to load: only for who has users.
    from constructs_lib.config.users import users_of

    return users_of(parts)
