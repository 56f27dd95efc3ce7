"""Every effect, reached by a change of `cluster.yaml`: with one, two and three pods, saved to a bucket and not saved.

Both sides are synthesized. What is expected is every effect that the review of the two trees has, of all objects.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import yaml

from constructs_lib.cli.synth.synthesis import synthesize
from constructs_lib.review.changes.model import Effect, Tree
from constructs_lib.review.review import review
from constructs_lib.review.sides.trees import Reader, files_of

Variables = Mapping[str, Any]

BASE: Variables = {
    "dragonfly_enabled": True,
    "monitoring_enabled": True,
    "dragonfly_monitoring_enabled": True,
    "network_policies_enabled": True,
    "network_policies_mode": "enforce",
    "dragonfly_client_namespaces": ["shop"],
}
SAVED: Variables = {"dragonfly_backup_enabled": True, "rustfs_enabled": True}
ON_A_VOLUME: Variables = {"dragonfly_backup_enabled": False, "dragonfly_snapshot_volume_size": "5Gi"}
SOURCE = {"kind": "GitRepository", "name": "other", "namespace": "flux-system"}


@dataclass(frozen=True)
class Situation:
    """A cache before the change."""

    pods: int
    is_saved: bool

    @property
    def variables(self) -> Variables:
        return {**BASE, "dragonfly_replicas": self.pods, **(SAVED if self.is_saved else {})}

    @property
    def restarts(self) -> str:
        """What another pod template does to these pods."""
        if self.pods > 1:
            return "rolling-restart"
        return "restart" if self.is_saved else "data-lost"

    def __str__(self) -> str:
        return f"{self.pods} pod{'s' * (self.pods > 1)}, {'saved' if self.is_saved else 'not saved'}"


SITUATIONS = [Situation(pods, is_saved) for pods in (1, 2, 3) for is_saved in (False, True)]


@dataclass(frozen=True)
class Row:
    """A change of `cluster.yaml`, and what it does."""

    effect: Effect
    """The one that the row is there for."""
    change: str
    after: Variables
    expected: str
    """Every effect, in every situation; `RESTARTS` stands for what another pod template does to the pods there."""
    before: Variables = field(default_factory=dict)
    unless_saved: str | None = None
    """What is expected where nothing was saved before, if that is another."""
    one_pod: str | None = None
    """What is expected with one pod, if that is another."""

    def expects(self, situation: Situation) -> set[str]:
        expected = self.expected
        if self.one_pod is not None and situation.pods == 1:
            expected = self.one_pod
        if self.unless_saved is not None and not situation.is_saved:
            expected = self.unless_saved
        return set(expected.replace("RESTARTS", situation.restarts).split())


ROWS = (
    Row(
        Effect.UNKNOWN,
        "Flux takes the folder from another source",
        {"dragonfly_flux_source_ref": SOURCE},
        "unknown",
    ),
    Row(
        Effect.STUCK,
        "a larger volume, with operator v1.3.1",
        {"dragonfly_snapshot_volume_size": "10Gi"},
        "stuck",
        before=ON_A_VOLUME,
    ),
    Row(
        Effect.NONE,
        "a larger volume, with operator v1.6.1, which leaves the claims as they are",
        {"dragonfly_snapshot_volume_size": "10Gi"},
        "none",
        before={**ON_A_VOLUME, "dragonfly_operator_version": "v1.6.1"},
    ),
    Row(
        Effect.DATA_LOST,
        "another name",
        {"dragonfly_name": "other"},
        "data-lost pruned created unwatched address-changed",
    ),
    Row(
        Effect.UNSAVED,
        "another place in the bucket",
        {"dragonfly_s3_prefix": "elsewhere"},
        "unsaved rolling-restart",
        one_pod="unsaved data-lost",
        unless_saved="",
    ),
    Row(
        Effect.UNSAVED,
        "old snapshots are deleted, all of which were kept",
        {"dragonfly_snapshot_retention": "30d"},
        "unsaved created",
        before=SAVED,
    ),
    Row(
        Effect.EVICTS,
        "less memory",
        {"dragonfly_maxmemory": "600mb"},
        "evicts RESTARTS",
        before={"dragonfly_maxmemory": "700mb"},
    ),
    Row(
        Effect.ACCESS_OPENED,
        "a further client",
        {"dragonfly_client_namespaces": ["shop", "jobs"]},
        "access-opened",
    ),
    Row(Effect.ACCESS_CLOSED, "no client", {"dragonfly_client_namespaces": []}, "access-closed"),
    Row(Effect.PRUNED, "no dashboard", {"dragonfly_monitoring_dashboard": "none"}, "pruned unwatched"),
    Row(
        Effect.CREATED,
        "a dashboard",
        {"dragonfly_monitoring_dashboard": "configmap"},
        "created",
        before={"dragonfly_monitoring_dashboard": "none"},
    ),
    Row(Effect.ORPHANED, "Flux prunes no longer", {"dragonfly_flux_prune": False}, "orphaned"),
    Row(
        Effect.UNWATCHED,
        "an alert that waits for longer, and says so",
        {"dragonfly_monitoring_alerts": {"DragonflyDown": {"for": "1h"}}},
        "unwatched live",
    ),
    Row(
        Effect.ADDRESS_CHANGED,
        "another name of the Service",
        {"dragonfly_service_name": "other"},
        "address-changed live",
    ),
    Row(
        Effect.AT_NEXT_RESTART,
        "another place of the Secret's values",
        {"dragonfly_secret_remote_key": "elsewhere"},
        "at-next-restart",
        before={"dragonfly_secrets": "external-secrets", "dragonfly_secret_store": {"name": "vault"}},
    ),
    Row(Effect.RESTART, "a flag", {"dragonfly_flags": {"hz": 20}}, "RESTARTS"),
    Row(Effect.ROLLING_RESTART, "another server", {"dragonfly_version": "v1.37.0"}, "RESTARTS"),
    Row(
        Effect.SCALED,
        "five pods, of which no two stand rather on one node",
        {"dragonfly_replicas": 5},
        "scaled live",
        one_pod="scaled live RESTARTS",
    ),
    Row(Effect.LIVE, "Flux looks at the folder less often", {"dragonfly_flux_interval": "2h"}, "live"),
)

PATCHED: Mapping[Effect, tuple[str, Callable[[Any], object], str]] = {
    Effect.REFUSED: (
        "a JSON patch of a user's own that no API server takes, since no `cluster.yaml` gives such a manifest",
        lambda manifest: manifest["spec"].update(replicas="three"),
        "refused",
    ),
}
"""By effects that no `cluster.yaml` has: how they are reached, what is done to the Dragonfly, what is expected."""


def test_every_effect_has_a_row() -> None:
    assert {row.effect for row in ROWS} | set(PATCHED) == set(Effect)
    assert all(any(row.effect.id in row.expects(situation) for situation in SITUATIONS) for row in ROWS)


@pytest.mark.parametrize("situation", SITUATIONS, ids=str)
@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.effect.id}: {row.change}")
def test_a_change_does_this(row: Row, situation: Situation) -> None:
    before = {**situation.variables, **row.before}
    assert effects(written(before), written({**before, **row.after})) == row.expects(situation)


@pytest.mark.parametrize("situation", SITUATIONS, ids=str)
@pytest.mark.parametrize("effect", PATCHED, ids=lambda effect: str(effect.id))
def test_what_is_patched_does_this(effect: Effect, situation: Situation) -> None:
    _, patch, expected = PATCHED[effect]
    old = written(situation.variables)
    new = deepcopy(dict(old))
    patch(next(manifest for key, manifest in new.items() if key.kind == "Dragonfly"))
    assert effects(old, new) == set(expected.split())


def written(variables: Variables) -> Tree:
    """The manifests that a `cluster.yaml` gives, which nobody may change."""
    return synthesized(yaml.safe_dump(dict(variables)))


@cache
def synthesized(text: str) -> Tree:
    """The same by the file's text: most changes begin at one of the same few files."""
    with TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        config, dist = Path(folder, "cluster.yaml"), Path(folder, "dist")
        config.write_text(text, encoding="utf-8")
        dist.mkdir()
        synthesize([config], dist)
        return Reader().read(files_of(dist)).tree


def effects(old: Tree, new: Tree) -> set[str]:
    """Every effect that a review of two trees has."""
    return {effect.id for change in review(old, new).changes for effect in change.effects}
