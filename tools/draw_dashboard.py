"""Draw the dashboard's layout, as boxes with titles, from its JSON: docs/monitoring/dashboard.svg.

    python tools/draw_dashboard.py [DASHBOARD.json]

Without a file it is the dashboard of a cache with everything on, at the newest server version.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from constructs_lib.cache.arguments import CacheArguments
from constructs_lib.monitoring.arguments import MonitoringArguments
from constructs_lib.monitoring.dashboard.dashboard import dashboard_json
from constructs_lib.monitoring.instance import MonitoredInstance

PICTURE = Path(__file__).resolve().parent.parent / "docs" / "monitoring" / "dashboard.svg"

COLUMN, LINE, GAP = 48, 15, 4
"""Pixels: Grafana's grid has 24 columns, and lines of 30 pixels, drawn half as high here."""

LOOKS = {
    "timeseries": '<path d="M{x} {y} q {a} -{b} {c} -{d} t {c} {d} t {c} -{d}" fill="none" stroke="#3871dc"/>',
    "stat": '<text x="{x}" y="{y}" class="value">123</text>',
    "gauge": '<path d="M{x} {y} a {c} {c} 0 0 1 {e} 0" fill="none" stroke="#56a64b" stroke-width="8"/>',
    "table": '<path d="M{x} {y} h {w} m -{w} -12 h {w} m -{w} -12 h {w}" stroke="#c7d0d9"/>',
}
"""A hint at what a panel shows, by its type."""


def main() -> None:
    """Write the picture."""
    text = Path(sys.argv[1]).read_text() if len(sys.argv) > 1 else full_dashboard()
    PICTURE.parent.mkdir(parents=True, exist_ok=True)
    PICTURE.write_text(drawn(json.loads(text)))


def full_dashboard() -> str:
    """The JSON of a dashboard with every panel that there is."""
    instance = MonitoredInstance(
        CacheArguments(name="sessions", version="v1.40.1"), "cache", availability_objective=99.9
    )
    return dashboard_json(MonitoringArguments(), instance)


def drawn(dashboard: dict[str, Any]) -> str:
    """The picture, as SVG."""
    panels = dashboard["panels"]
    lines = max(panel["gridPos"]["y"] + panel["gridPos"]["h"] for panel in panels)
    width, height = 24 * COLUMN, lines * LINE
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 -30 {width} {height + 30}" font-family="sans-serif">',
            "<style>text{font-size:12px;fill:#24292e}.row{font-size:13px;font-weight:bold}"
            ".value{font-size:20px;fill:#56a64b}</style>",
            f'<rect y="-30" width="{width}" height="{height + 30}" fill="#f4f5f5"/>',
            f'<text x="{GAP}" y="-10" class="row">{escape(dashboard["title"])}</text>',
            *(part for panel in panels for part in _parts(panel)),
            "</svg>",
            "",
        ]
    )


def _parts(panel: dict[str, Any]) -> Iterator[str]:
    at = panel["gridPos"]
    x, y, width, height = at["x"] * COLUMN, at["y"] * LINE, at["w"] * COLUMN, at["h"] * LINE
    title = escape(panel["title"])
    if panel["type"] == "row":
        yield f'<text x="{GAP}" y="{y + LINE - 3}" class="row">⌄ {title}</text>'
        return
    box = f'x="{x + GAP / 2:g}" y="{y + GAP / 2:g}" width="{width - GAP}" height="{height - GAP}"'
    yield f'<rect {box} rx="2" fill="#fff" stroke="#dce1e6"/>'
    yield f'<text x="{x + 8}" y="{y + 18}">{title}</text>'
    yield LOOKS[panel["type"]].format(
        x=x + 12,
        y=y + height - 16,
        w=width - 24,
        a=(width - 24) // 12,
        b=height // 6,
        c=(width - 24) // 3 if panel["type"] == "timeseries" else height // 4,
        d=height // 5,
        e=height // 2,
    )


if __name__ == "__main__":
    main()
