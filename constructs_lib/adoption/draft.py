"""The first half: from manifests to a `cluster.yaml` that loads, and what was left out on the way.

    around = surroundings_of(manifests, name=None, operator=None)
    draft = cluster_yaml_of(around)
    draft.text, draft.not_carried
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from constructs_lib.adoption.acceptance import accepted
from constructs_lib.adoption.implied import without_implied
from constructs_lib.adoption.model import NotCarried, Settings
from constructs_lib.adoption.readers.certificate import read_certificate
from constructs_lib.adoption.readers.flux import read_flux
from constructs_lib.adoption.readers.instance import read_instance
from constructs_lib.adoption.readers.monitoring import read_monitoring
from constructs_lib.adoption.readers.network import read_network_policy
from constructs_lib.adoption.readers.operator import read_operator
from constructs_lib.adoption.readers.secrets import read_secrets
from constructs_lib.adoption.readers.server import read_server
from constructs_lib.adoption.readers.snapshots import read_snapshots
from constructs_lib.adoption.surroundings import Surroundings
from constructs_lib.adoption.writers.cluster_yaml import cluster_yaml
from constructs_lib.adoption.writers.variables import Variable, variables_of
from constructs_lib.config.load import load
from constructs_lib.errors import Finding, InvalidConfig

ENABLED = "dragonfly_enabled"

READERS = (
    read_instance,
    read_server,
    read_snapshots,
    read_secrets,
    read_operator,
    read_monitoring,
    read_network_policy,
    read_certificate,
    read_flux,
)
"""Each reads what it knows of an instance's surroundings; where two give an argument, the later one counts."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What is written, and what is known by now not to be in it."""

    text: str
    not_carried: tuple[NotCarried, ...]


def settings_of(around: Surroundings) -> Settings:
    """Everything that the manifests say, as arguments."""
    return without_implied(Settings.of(reading for reader in READERS for reading in reader(around)))


def cluster_yaml_of(around: Surroundings) -> Draft:
    """The `cluster.yaml` that gives what the manifests say, as far as one can; it loads."""
    settings = settings_of(around)
    variables, without = variables_of(settings)
    given = {ENABLED: True, **{key: each.value for key, each in variables.items()}}
    left, dropped = accepted(given, _refusals, frozenset({ENABLED}))
    refused = [_refused(key, why, variables) for key, why in dropped]
    return Draft(cluster_yaml(left), (*settings.not_carried, *without, *refused))


def _refusals(given: Mapping[str, Any]) -> Sequence[Finding]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "cluster.yaml")
        path.write_text(cluster_yaml(given), encoding="utf-8")
        try:
            load(path)
        except InvalidConfig as error:
            return error.errors
    return ()


def _refused(key: str, why: str, variables: Mapping[str, Variable]) -> NotCarried:
    return NotCarried(variables[key].origin, f"refused as `{key}`: {why}", "left out")
