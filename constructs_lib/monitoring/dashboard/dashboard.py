"""The Grafana dashboard of a cache: rows of panels, as Grafana's JSON; tests hold each query to the metrics."""

from __future__ import annotations

import hashlib
from functools import cache

from constructs_lib.monitoring.arguments import MonitoringArguments
from constructs_lib.monitoring.dashboard.overview import BUDGET, OVERVIEW
from constructs_lib.monitoring.dashboard.panel import Query, Row
from constructs_lib.monitoring.dashboard.rows import (
    COMMANDS,
    CONNECTIONS,
    KEYSPACE,
    MEMORY,
    NETWORK,
    REPLICATION,
    SNAPSHOTS,
)
from constructs_lib.monitoring.instance import MonitoredInstance
from constructs_lib.values.version import Version

ROWS = (OVERVIEW, BUDGET, MEMORY, COMMANDS, CONNECTIONS, REPLICATION, SNAPSHOTS, KEYSPACE, NETWORK)

ANNOTATIONS = {
    "Restarts": Query("max <by_pod> (dragonfly_uptime_in_seconds{<pods>}) < 90"),
    "Failovers": Query(
        "(max <by_pod> (dragonfly_master{<pods>}) == 1) unless (max <by_pod> (dragonfly_master{<pods>} offset 2m) == 1)"
    ),
}
"""Marks over all panels: servers that just started, and pods that just became master."""

LONGEST_UID = 40


def dashboard_json(arguments: MonitoringArguments, instance: MonitoredInstance) -> str:
    """The dashboard, with one instance chosen, in the form in which Grafana loads it."""
    runbook_url = arguments.runbook_url.rstrip("/") if arguments.runbook_url else None
    text = _drawn(instance.arguments.server, instance.availability_objective is not None, runbook_url)
    values = {
        "uid": _uid(f"dragonfly-{instance.namespace}-{instance.arguments.name}"),
        "namespace": instance.namespace,
        "name": instance.arguments.name,
        "budget": instance.error_budget,
    }
    for mark, value in values.items():
        text = text.replace(f"<{mark}>", value)
    return text


def rows_of(server: Version, has_objective: bool) -> list[Row]:
    """The rows for that version, which exports what they read; the objective's only with one."""
    return [
        Row(row.title, tuple(panel for panel in row.panels if not panel.since or server >= Version.of(panel.since)))
        for row in ROWS
        if has_objective or not row.objective
    ]


@cache
def _drawn(server: Version, has_objective: bool, runbook_url: str | None) -> str:
    """The dashboard with marks for what differs between instances, drawn once for all that are alike.

    Names, a digest and a number take the marks' place: nothing that JSON would escape.
    """
    from grafana_foundation_sdk.cog.encoder import JSONEncoder

    from constructs_lib.monitoring.dashboard.grafana import Look, dashboard

    look = Look(uid="<uid>", namespace="<namespace>", name="<name>", budget="<budget>", runbook_url=runbook_url)
    return JSONEncoder(sort_keys=True, indent=1).encode(dashboard(rows_of(server, has_objective), ANNOTATIONS, look))


def _uid(name: str) -> str:
    """A name as short as Grafana wants it, and still its own."""
    if len(name) <= LONGEST_UID:
        return name
    digest = hashlib.sha256(name.encode()).hexdigest()[:8]
    return f"{name[: LONGEST_UID - len(digest) - 1]}-{digest}"
