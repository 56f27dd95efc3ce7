"""Switches of other components: what nearly is one, or has no effect without another, is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from constructs_lib.config.load import load


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("networkpolicies_enabled: true", "networkpolicies_enabled: no key that is looked at; did you mean "),
        ("rustfs_enable: true", "rustfs_enable: no key that is looked at; did you mean 'rustfs_enabled'?"),
        ("network_policies_mode: enforce", "network_policies_mode: 'enforce' without `network_policies_enabled`"),
    ],
)
def test_a_switch_without_effect_is_warned_of(line: str, told: str, tmp_path: Path) -> None:
    config = tmp_path / "cluster.yaml"
    config.write_text(f"dragonfly_enabled: true\n{line}\n")
    (remark,) = load(config).messages
    assert remark.startswith(f"cluster.yaml:2: warning: {told}")


@pytest.mark.parametrize("line", ["redis_enabled: true", "network_policies: x", "postgres_enabled: false"])
def test_keys_of_other_components_are_left_alone(line: str, tmp_path: Path) -> None:
    config = tmp_path / "cluster.yaml"
    config.write_text(f"dragonfly_enabled: true\n{line}\n")
    assert load(config).messages == ()
