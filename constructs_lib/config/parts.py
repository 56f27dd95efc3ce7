"""Each part's arguments, validated: what is wrong with them is found under the file's own keys."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from constructs_lib.arguments.model import validate
from constructs_lib.config.derived import derived_arguments
from constructs_lib.config.switches import Switches
from constructs_lib.config.variables import MODELS, given_arguments, model_named, under_variables
from constructs_lib.errors import Finding

VOLUME_KEYS = ("dragonfly_snapshot_volume_size", "dragonfly_snapshot_existing_claim")
"""Variables that have snapshots on a volume."""


OF_THE_CLUSTER = ("operator", "kustomization")
"""Parts of which a fleet has one."""


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts that a file asks for, by their names in the table of variables."""

    variables: Mapping[Any, Any]
    """What the file gives, by key."""
    switches: Switches
    given: Mapping[str, dict[str, Any]]
    """The arguments of each part that is on."""
    valid: Mapping[str, Any]
    """The same as models, of those parts alone that have no error."""
    findings: tuple[Finding, ...]
    """What is wrong or worth a warning."""

    @property
    def volume_keys(self) -> list[str]:
        """The variables by which the file has snapshots on a volume."""
        return _volume_keys(self.variables)

    @property
    def saves_to_rustfs(self) -> bool:
        """Whether the snapshots go to RustFS."""
        return str(self.given.get("backup", {}).get("endpoint")).startswith("rustfs")


def validate_parts(variables: Mapping[Any, Any], parts: Iterable[str] = tuple(MODELS)) -> Parts:
    """Validate the switches, and then each of the parts that is on."""
    validation = validate(Switches, {key: variables[key] for key in Switches.model_fields if key in variables})
    switches = validation.arguments or Switches()
    findings = list(validation.errors)
    given, valid = {}, {}
    for part in parts:
        if _is_on(part, switches, variables):
            given[part] = derived_arguments(part, given_arguments(part, variables), switches, variables)
            validated = validate(model_named(part), given[part] | _GIVEN_BY_THE_STACK.get(part, {}))
            if not validated.errors:
                valid[part] = validated.arguments
            findings += [under_variables(part, finding) for finding in (*validated.errors, *validated.warnings)]
    return Parts(variables, switches, given, valid, tuple(findings))


def _is_on(part: str, switches: Switches, variables: Mapping[Any, Any]) -> bool:
    return {
        "secrets": switches.dragonfly_enabled,
        "backup": switches.dragonfly_backup_enabled or bool(_volume_keys(variables)),
        "bucket": "dragonfly_s3_admin_secret" in variables,
        "restore_drill": "dragonfly_restore_drill_schedule" in variables,
        "monitoring": switches.dragonfly_monitoring_enabled,
        "network_policy": switches.network_policies_enabled,
        "certificate": switches.dragonfly_tls_enabled and "dragonfly_tls_issuer" in variables,
    }.get(part, True)


def _volume_keys(variables: Mapping[Any, Any]) -> list[str]:
    return [key for key in VOLUME_KEYS if key in variables]


_GIVEN_BY_THE_STACK = {"kustomization": {"name": "dragonfly", "path": "./dist"}}
"""Arguments that the stack gives for each folder, and without which the others could not be validated."""
