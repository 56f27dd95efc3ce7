"""Rules of our own catalogue that change because their instance does: that is known, and no danger."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest

from constructs_lib.review.changes.model import Change, Effect
from tests.review.monitoring.test_monitoring import of_rule
from tests.review.stacks import Objects, effects, key, read, said, stack

RULES = key("PrometheusRule", "dragonfly-alerts")
INSTANCE = key("Dragonfly")
RELEASE = key("HelmRelease", "dragonfly-operator", "dragonfly-operator-system")

Edit = Callable[[Objects], object]


def saved(cron: str) -> Edit:
    return lambda objects: objects[INSTANCE]["spec"]["snapshot"].update(cron=cron)


def limited_to(memory: str) -> Edit:
    return lambda objects: objects[INSTANCE]["spec"]["resources"]["limits"].update(memory=memory)


def moved_to(namespace: str) -> Edit:
    def edit(objects: Objects) -> None:
        objects[key(RELEASE.kind, RELEASE.name, namespace)] = objects.pop(RELEASE)

    return edit


def reviewed(edit: Edit, rule: str, before: str, after: str) -> list[Change]:
    """What is said of the rules when something else changes, and with it that text in the expression of one rule."""
    old = stack("everything-on")
    new = deepcopy(old)
    edit(new)

    def replaced(expression: Any) -> str:
        assert before in expression
        return str(expression).replace(before, after)

    of_rule(rule, expr=replaced)(new[RULES])
    return read(old, new, RULES)


HOURLY = (saved("0 * * * *"), "DragonflyStartedEmpty", "[28800s]", "[7200s]")
MORE_MEMORY = (limited_to("3Gi"), "pod:dragonfly_used_memory_rss:ratio", "1073741824", "3221225472")
MOVED = (moved_to("ops"), "DragonflyOperatorDown", "dragonfly-operator-system", "ops")


@pytest.mark.parametrize("change", [HOURLY, MORE_MEMORY, MOVED], ids=["saved more often", "more memory", "moved"])
def test_a_rule_that_follows_its_instance_is_live(change: tuple[Edit, str, str, str]) -> None:
    changes = reviewed(*change)
    assert effects(changes) == {Effect.LIVE}
    assert "follows its instance" in said(changes)


def test_a_threshold_that_moves_away_with_its_instance_is_still_watched_less_closely() -> None:
    changes = reviewed(saved("0 0 * * *"), "DragonflyBackupOverdue", "> 14400", "> 86400")
    assert effects(changes) == {Effect.UNWATCHED}


@pytest.mark.parametrize(
    ("edit", "rule", "before", "after"),
    [
        (saved("0 * * * *"), "DragonflyStartedEmpty", "[28800s]", "[60s]"),
        (limited_to("3Gi"), "pod:dragonfly_used_memory_rss:ratio", "1073741824", "9"),
        (moved_to("ops"), "DragonflyOperatorDown", "dragonfly-operator-system", "elsewhere"),
        (lambda objects: objects.pop(INSTANCE), *HOURLY[1:]),
        (limited_to("${LIMIT}"), *MORE_MEMORY[1:]),
        (limited_to(""), *MORE_MEMORY[1:]),
        (lambda objects: objects[INSTANCE]["spec"].update(image="mirror/dragonfly:latest"), *HOURLY[1:]),
    ],
)
def test_another_expression_than_the_instance_asks_for_is_unknown(
    edit: Edit, rule: str, before: str, after: str
) -> None:
    changes = reviewed(edit, rule, before, after)
    assert effects(changes) == {Effect.UNKNOWN}
    assert "something else" in said(changes)
