"""The picture of the dashboard: drawn from what Prometheus answers to the panels' own queries."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from constructs_lib.dragonfly.metrics import server_metrics
from constructs_lib.review.topology.themes import Theme
from constructs_lib.values.version import Version
from tests.monitoring.manifests import tool
from tools.docs import draw_dashboard, grafana_units, record_dashboard, recorded_metrics

ANSWERS: dict[str, list[dict[str, Any]]] = json.loads(record_dashboard.VALUES.read_text())
MADE = record_dashboard.dashboard()

EMPTY = {"Alerts A"}
"""Queries that have no answer in the picture: nothing fires."""


@pytest.mark.parametrize("theme", Theme)
def test_picture_of_the_dashboard_is_up_to_date(theme: Theme) -> None:
    assert draw_dashboard.picture(theme).read_text() == draw_dashboard.drawn(MADE, ANSWERS, theme)


def test_answers_that_are_drawn_are_what_prometheus_gives() -> None:
    tool("prometheus")
    tool("promtool")
    assert record_dashboard.answers() == ANSWERS


def test_every_query_of_the_dashboard_has_an_answer_or_is_named_as_empty() -> None:
    titles = {
        f"{panel['id']}{target['refId']}": f"{panel['title']} {target['refId']}"
        for panel in MADE["panels"]
        for target in panel.get("targets", ())
    }
    assert ANSWERS.keys() == titles.keys() | {mark["name"] for mark in MADE["annotations"]["list"]}
    assert {title for key, title in titles.items() if not ANSWERS[key]} == EMPTY


@pytest.mark.parametrize("theme", Theme)
def test_every_panel_is_drawn_under_its_title(theme: Theme) -> None:
    drawn = re.findall(r"<text[^>]*>([^<]*)", draw_dashboard.drawn(MADE, ANSWERS, theme))
    titles = [f"⌄ {panel['title']}" if panel["type"] == "row" else panel["title"] for panel in MADE["panels"]]
    assert set(titles) <= set(drawn)
    assert draw_dashboard.SAYS in drawn


def test_what_is_made_to_move_has_the_names_and_labels_of_the_recordings() -> None:
    recorded = {
        match.group("name", "labels")
        for role in ("master", "replica")
        for match in map(
            recorded_metrics.SAMPLE.match,
            recorded_metrics.DATA.joinpath(f"exposition_{role}.txt").read_text().splitlines(),
        )
        if match
    }
    moved = {*recorded_metrics.RATES, *recorded_metrics.REPLICA_RATES, *recorded_metrics.GAUGES}
    assert {(name, labels or None) for name, labels in moved} <= recorded
    assert {name for name, _ in moved} <= server_metrics(Version.of("v1.36.0")).keys()


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        (0.685, "percentunit", "68.5%"),
        (4680, "s", "1.3 hours"),
        (4e-05, "s", "40 µs"),
        (0, "s", "0 s"),
        (536_870_912, "bytes", "512 MiB"),
        (0, "bytes", "0 B"),
        (940_000, "Bps", "918 KiB/s"),
        (1892, "ops", "1.89 K ops/s"),
        (1000, "short", "1 K"),
        (159, "short", "159"),
    ],
)
def test_values_are_told_in_the_units_of_their_panels(value: float, unit: str, said: str) -> None:
    assert grafana_units.in_unit(value, unit) == said


@pytest.mark.parametrize(
    ("highest", "unit", "ticks"),
    [
        (1, "short", [0, 0.25, 0.5, 0.75, 1]),
        (1500, "ops", [0, 500, 1000, 1500]),
        (0, "bytes", [0, 1]),
        (400 * 1024**2, "bytes", [0, 100 * 1024**2, 200 * 1024**2, 300 * 1024**2, 400 * 1024**2]),
        (3600, "s", [0, 900, 1800, 2700, 3600]),
    ],
)
def test_an_axis_ends_at_or_above_the_highest_value(highest: float, unit: str, ticks: list[float]) -> None:
    assert grafana_units.ticks_up_to(highest, unit) == ticks
