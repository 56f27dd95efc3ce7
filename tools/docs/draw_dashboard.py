"""Draw the dashboard from its JSON and the answers to its queries: docs/images/dashboard-light.svg and -dark.svg.

    python -m tools.docs.draw_dashboard

It is this project's drawing, and no screenshot: Grafana's grid, titles, legends and units, without Grafana. The answers
are those that `tools/docs/record_dashboard.py` has from Prometheus.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import cos, pi, sin
from pathlib import Path
from time import gmtime, strftime
from typing import Any
from xml.sax.saxutils import escape

from constructs_lib.review.topology.themes import Theme
from tools.docs.grafana_units import in_unit, ticks_up_to
from tools.docs.record_dashboard import END, START, VALUES, dashboard

IMAGES = Path(__file__).resolve().parents[2] / "docs" / "images"

COLUMN, LINE, GAP, HEAD = 42, 24, 6, 62
"""Pixels: Grafana's grid has 24 columns; HEAD is what stands above it."""

SAYS = (
    "Drawn by this project, not by Grafana: the panels' own queries, answered by Prometheus over metrics of real "
    "servers, carried on for hours with a made-up load and failover."
)

LEGEND_ROWS, LEGEND_LINE, CHARACTER = 2, 14, 6.3
"""Room below a graph, and how wide a letter of a legend is."""

Parts = Iterator[str]
Series = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Look:
    """The colours of one theme."""

    page: str
    panel: str
    edge: str
    text: str
    quiet: str
    grid: str
    bounds: dict[str, str]
    """By Grafana's name."""
    lines: tuple[str, ...]


LOOKS = {
    Theme.LIGHT: Look(
        page="#f4f5f5",
        panel="#ffffff",
        edge="#dce1e6",
        text="#24292e",
        quiet="#5b6168",
        grid="#e6e9ec",
        bounds={"green": "#1a7f37", "orange": "#b45309", "red": "#cf222e"},
        lines=("#1a7f37", "#b45309", "#1f60c4", "#cf222e", "#8031a7", "#0e7c86", "#806000", "#c2185b"),
    ),
    Theme.DARK: Look(
        page="#111217",
        panel="#181b1f",
        edge="#2c3038",
        text="#e6e7ea",
        quiet="#a3a7b0",
        grid="#2a2e35",
        bounds={"green": "#2e7d32", "orange": "#b45309", "red": "#c4162a"},
        lines=("#73bf69", "#f2cc0c", "#5794f2", "#ff7383", "#b877d9", "#4dc4cf", "#ff9830", "#f783ac"),
    ),
}


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of the picture."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Its other edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.y + self.height

    def box(self) -> str:
        """As attributes."""
        return f'x="{self.x:g}" y="{self.y:g}" width="{self.width:g}" height="{self.height:g}"'


@dataclass(frozen=True, slots=True)
class Drawn:
    """A panel, with what its queries gave."""

    panel: dict[str, Any]
    series: Sequence[tuple[str, Series]]
    """Each with the name that its legend gives it."""
    marks: Sequence[int]
    """The steps at which something is marked in every graph."""
    look: Look

    @property
    def defaults(self) -> dict[str, Any]:
        """What holds for all of its fields."""
        found: dict[str, Any] = self.panel["fieldConfig"]["defaults"]
        return found

    @property
    def unit(self) -> str:
        """The unit of its values."""
        return str(self.defaults.get("unit", ""))

    def bound(self, value: float) -> str:
        """The colour that a value has by the panel's thresholds."""
        steps = self.defaults.get("thresholds", {}).get("steps", [])
        names = [step["color"] for step in steps if step["value"] is None or step["value"] <= value]
        return self.look.bounds[names[-1]] if names else self.look.text


def main() -> None:
    """Write the picture for both themes."""
    answers = json.loads(VALUES.read_text())
    for theme in Theme:
        picture(theme).write_text(drawn(dashboard(), answers, theme))


def picture(theme: Theme) -> Path:
    """The file of a theme's picture."""
    return IMAGES / f"dashboard-{theme}.svg"


def drawn(made: dict[str, Any], answers: dict[str, list[Series]], theme: Theme) -> str:
    """The dashboard as SVG."""
    look, panels = LOOKS[theme], made["panels"]
    width = 24 * COLUMN
    height = HEAD + LINE * max(panel["gridPos"]["y"] + panel["gridPos"]["h"] for panel in panels)
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
            'font-family="Inter, Helvetica, Arial, sans-serif">',
            f"<style>text{{font-size:12px;fill:{look.text}}}.row,.title{{font-size:15px;font-weight:bold}}"
            f".quiet{{font-size:11px;fill:{look.quiet}}}.name{{font-size:11px}}.on{{fill:#ffffff}}</style>",
            f'<rect width="{width}" height="{height}" fill="{look.page}"/>',
            _text(12, 24, made["title"], "title"),
            _text(12, 46, SAYS, "quiet"),
            *(part for panel in panels for part in _panel(_with_answers(panel, made, answers, look))),
            "</svg>",
            "",
        ]
    )


def _with_answers(panel: dict[str, Any], made: dict[str, Any], answers: dict[str, list[Series]], look: Look) -> Drawn:
    series = [
        (_legend(target["legendFormat"], each["labels"]), each)
        for target in panel.get("targets", ())
        for each in answers[f"{panel['id']}{target['refId']}"]
    ]
    marks = [
        step
        for mark in made["annotations"]["list"]
        for each in answers[mark["name"]]
        for step, value in enumerate(each["values"])
        if value is not None
    ]
    return Drawn(panel, series, sorted(set(marks)), look)


def _legend(template: str, labels: dict[str, str]) -> str:
    return re.sub(r"\{\{(\w+)\}\}", lambda found: labels.get(found[1], ""), template)


def _panel(drawn: Drawn) -> Parts:
    at, title = drawn.panel["gridPos"], drawn.panel["title"]
    area = Area(
        at["x"] * COLUMN + GAP / 2,
        HEAD + at["y"] * LINE + GAP / 2,
        at["w"] * COLUMN - GAP,
        at["h"] * LINE - GAP,
    )
    if drawn.panel["type"] == "row":
        yield _text(area.x + 9, area.y + 14, f"⌄ {title}", "row")
        return
    yield f'<rect {area.box()} rx="2" fill="{drawn.look.panel}" stroke="{drawn.look.edge}"/>'
    yield from KINDS[drawn.panel["type"]](drawn, area)
    yield _text(area.x + 8, area.y + 18, title, "on" if _is_filled(drawn) else "")


def _is_filled(drawn: Drawn) -> bool:
    return bool(drawn.series) and drawn.panel.get("options", {}).get("colorMode") == "background"


def _stat(drawn: Drawn, area: Area) -> Parts:
    middle, baseline = area.x + area.width / 2, area.y + area.height / 2 + 16
    if not drawn.series:
        yield _text(middle, baseline, drawn.defaults["noValue"], "quiet", anchor="middle")
        return
    (name, series), *_ = drawn.series
    by_name = drawn.panel["options"]["textMode"] == "name"
    said = name if by_name else in_unit(series["value"], drawn.unit)
    colour = drawn.look.text
    if _is_filled(drawn):
        yield f'<rect {area.box()} rx="2" fill="{drawn.bound(series["value"])}"/>'
        colour = "#ffffff"
    size = min(28, (area.width - 20) / len(said) / 0.6)
    yield _text(middle, baseline, said, anchor="middle", style=f"font-size:{size:.3g}px;fill:{colour}")


def _gauge(drawn: Drawn, area: Area) -> Parts:
    (_, series), *_ = drawn.series
    x, y, radius = area.x + area.width / 2, area.bottom - 28, min(area.width / 2 - 24, area.height - 70)
    whole = (drawn.defaults["min"], drawn.defaults["max"])
    share = (series["value"] - whole[0]) / (whole[1] - whole[0])
    yield _arc(x, y, radius, 0, 1, drawn.look.grid, 16)
    yield _arc(x, y, radius, 0, min(1, share), drawn.bound(series["value"]), 16)
    starts = [max(step["value"] or whole[0], whole[0]) for step in drawn.defaults["thresholds"]["steps"]]
    for start, end in zip(starts, [*starts[1:], whole[1]], strict=True):
        yield _arc(x, y, radius + 12, start, end, drawn.bound(start), 4)
    yield _text(x, y - 4, in_unit(series["value"], drawn.unit), anchor="middle", style="font-size:22px")


def _arc(x: float, y: float, radius: float, start: float, end: float, colour: str, width: int) -> str:
    """A part of the half circle above a point; 0 is its left end and 1 its right one."""
    ends = [(x - radius * cos(pi * share), y - radius * sin(pi * share)) for share in (start, end)]
    (left, top), (right, bottom) = ends
    way = f"M{left:.1f} {top:.1f} A{radius:.1f} {radius:.1f} 0 0 1 {right:.1f} {bottom:.1f}"
    return f'<path d="{way}" fill="none" stroke="{colour}" stroke-width="{width}"/>'


def _table(drawn: Drawn, area: Area) -> Parts:
    if not drawn.series:
        middle = area.y + area.height / 2 + 6
        yield _text(area.x + area.width / 2, middle, drawn.defaults["noValue"], "quiet", anchor="middle")
    for number, (_, series) in enumerate(drawn.series):
        shown = [series["labels"].get(name, "") for name in ("alertname", "severity", "namespace", "app")]
        for column, text in enumerate(shown):
            yield _text(area.x + 12 + column * area.width / 4, area.y + 44 + number * 20, text)


def _graph(drawn: Drawn, area: Area) -> Parts:
    rows, more = _legend_rows([name for name, _ in drawn.series], area.width - 20)
    plot = Area(area.x + 70, area.y + 32, area.width - 92, area.height - 60 - LEGEND_LINE * len(rows))
    is_stacked = "stacking" in drawn.defaults["custom"]
    lines = _stacked(drawn) if is_stacked else [each["values"] for _, each in drawn.series]
    ticks = ticks_up_to(
        max((value for values in lines for value in values if value is not None), default=0), drawn.unit
    )
    for tick in ticks:
        y = plot.bottom - plot.height * tick / ticks[-1]
        yield f'<path d="M{plot.x:g} {y:.1f}H{plot.right:g}" stroke="{drawn.look.grid}"/>'
        yield _text(plot.x - 6, y + 4, in_unit(tick, drawn.unit), "quiet", anchor="end")
    for at in range(START, END + 1, 1800):
        x = plot.x + plot.width * (at - START) / (END - START)
        if at % 3600 == 0 or plot.width > 300:
            yield _text(x, plot.bottom + 15, strftime("%H:%M", gmtime(at)), "quiet", anchor="middle")
    steps = max((len(values) for values in lines), default=2) - 1
    for mark in drawn.marks:
        x = plot.x + plot.width * mark / steps
        colour = drawn.look.bounds["orange"]
        yield f'<path d="M{x:.1f} {plot.y:g}V{plot.bottom:.1f}" stroke="{colour}" stroke-dasharray="3 3"/>'
    for number, values in enumerate(lines):
        ground = lines[number - 1] if number and is_stacked else [0.0] * len(values)
        yield from _line(values, ground, plot, ticks[-1], drawn, _colour(drawn, number))
    yield from _legends(drawn, rows, more, area)


def _stacked(drawn: Drawn) -> list[list[float | None]]:
    """Each series on top of those before it."""
    so_far: list[float] = []
    lines: list[list[float | None]] = []
    for _, series in drawn.series:
        values = [value or 0 for value in series["values"]]
        so_far = [below + value for below, value in zip(so_far or [0] * len(values), values, strict=True)]
        lines.append(list(so_far))
    return lines


def _line(
    values: Sequence[float | None], ground: Sequence[float | None], plot: Area, top: float, drawn: Drawn, colour: str
) -> Parts:
    """A series, in as many pieces as it is there in, each tinted down to its ground."""

    def way(points: Sequence[tuple[int, float]]) -> str:
        places = (
            (plot.x + plot.width * step / (len(values) - 1), plot.bottom - plot.height * value / top)
            for step, value in _bends(points)
        )
        return " ".join(f"{x:.4g} {y:.5g}" for x, y in places)

    opacity = drawn.defaults["custom"]["fillOpacity"] / 100
    for piece in _pieces(values):
        below = [(step, ground[step] or 0) for step, _ in reversed(piece)]
        yield f'<path d="M{way(piece)} {way(below)}Z" fill="{colour}" fill-opacity="{opacity:g}"/>'
        yield f'<path d="M{way(piece)}" fill="none" stroke="{colour}" stroke-width="1.5" stroke-linejoin="round"/>'


def _bends(points: Sequence[tuple[int, float]]) -> Iterator[tuple[int, float]]:
    """The points without those in the middle of a level stretch."""
    for number, point in enumerate(points):
        around = {value for _, value in points[max(0, number - 1) : number + 2]}
        if number in (0, len(points) - 1) or len(around) > 1:
            yield point


def _pieces(values: Sequence[float | None]) -> Iterator[list[tuple[int, float]]]:
    piece: list[tuple[int, float]] = []
    for step, value in enumerate(values):
        if value is not None:
            piece.append((step, value))
        elif piece:
            yield piece
            piece = []
    if piece:
        yield piece


def _legend_rows(names: Sequence[str], width: float) -> tuple[list[list[tuple[int, str]]], int]:
    """The names by the lines that they stand in, and how many there was no room for."""
    rows: list[list[tuple[int, str]]] = [[]]
    for number, name in enumerate(names):
        if rows[-1] and _wide([*(each for _, each in rows[-1]), name]) > width - 60 * (len(rows) == LEGEND_ROWS):
            if len(rows) == LEGEND_ROWS:
                return rows, len(names) - number
            rows.append([])
        rows[-1].append((number, name))
    return rows, 0


def _legends(drawn: Drawn, rows: list[list[tuple[int, str]]], more: int, area: Area) -> Parts:
    for line, row in enumerate(rows):
        x, y = area.x + 10, area.bottom - 8 - LEGEND_LINE * (len(rows) - 1 - line)
        for number, name in row:
            yield f'<path d="M{x:.1f} {y - 4:g}h12" stroke="{_colour(drawn, number)}" stroke-width="3"/>'
            yield _text(x + 16, y, name, "name")
            x += _wide([name])
        if more and row is rows[-1]:
            yield _text(x, y, f"and {more} more", "quiet")


def _wide(names: Sequence[str]) -> float:
    return sum(28 + CHARACTER * len(name) for name in names)


def _colour(drawn: Drawn, number: int) -> str:
    return drawn.look.lines[number % len(drawn.look.lines)]


KINDS = {"stat": _stat, "gauge": _gauge, "table": _table, "timeseries": _graph}
"""What draws a panel, by its type."""


def _text(x: float, y: float, text: str, kind: str = "", anchor: str = "", style: str = "") -> str:
    more = "".join(
        f' {name}="{value}"' for name, value in (("class", kind), ("text-anchor", anchor), ("style", style)) if value
    )
    return f'<text x="{x:.1f}" y="{y:.1f}"{more}>{escape(text)}</text>'


if __name__ == "__main__":
    main()
