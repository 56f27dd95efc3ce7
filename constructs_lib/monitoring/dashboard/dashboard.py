"""The Grafana dashboard of a cache: rows of panels, as Grafana's JSON; tests hold each query to the metrics."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cache

from grafana_foundation_sdk.cog.encoder import JSONEncoder

from constructs_lib.monitoring.dashboard.grafana import Look, dashboard
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
from constructs_lib.monitoring.dashboard_arguments import DashboardArguments
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


def dashboard_json(arguments: DashboardArguments, instance: MonitoredInstance) -> str:
    """The dashboard, with one instance chosen, in the form in which Grafana loads it."""
    text = _drawn(instance.arguments.server, instance.availability_objective is not None, _address(arguments))
    values = {
        "uid": _uid(f"dragonfly-{instance.namespace}-{instance.arguments.name}"),
        "namespace": instance.namespace,
        "name": instance.arguments.name,
        "budget": instance.error_budget,
    }
    for mark, value in values.items():
        text = text.replace(f"<{mark}>", value)
    return text


def fleet_dashboard_json(arguments: DashboardArguments, name: str, instances: Sequence[MonitoredInstance]) -> str:
    """The dashboard with all instances chosen, and a picker for some.

    Of an objective it shows what is left of the budget where all that have one have the same.
    """
    server = max(instance.arguments.server for instance in instances)
    budgets = {instance.error_budget for instance in instances if instance.availability_objective is not None}
    rows = rows_of(server, bool(budgets))
    look = Look(
        uid=_uid(name),
        title="Dragonfly fleet",
        description="The Dragonfly instances of a fleet: choose some above.",
        chosen={},
        budget=next(iter(budgets), ""),
        runbook_url=_address(arguments),
    )
    return _as_json(rows if len(budgets) < 2 else [_without_budgets(row) for row in rows], look)


def rows_of(server: Version, has_objective: bool) -> list[Row]:
    """The rows for that version, which exports what they read; the objective's only with one."""
    return [
        Row(row.title, tuple(panel for panel in row.panels if not panel.since or server >= Version.of(panel.since)))
        for row in ROWS
        if has_objective or not row.objective
    ]


def _without_budgets(row: Row) -> Row:
    return Row(row.title, tuple(panel for panel in row.panels if not any(query.has_budget for query in panel.queries)))


@cache
def _drawn(server: Version, has_objective: bool, runbook_url: str | None) -> str:
    """The dashboard with marks for what differs between instances, drawn once for all that are alike.

    Names, a digest and a number take the marks' place: nothing that JSON would escape.
    """
    look = Look(
        uid="<uid>",
        title="Dragonfly <namespace>/<name>",
        description="A Dragonfly instance: what somebody on call looks at first is on top.",
        chosen={"namespace": "<namespace>", "app": "<name>"},
        budget="<budget>",
        runbook_url=runbook_url,
    )
    return _as_json(rows_of(server, has_objective), look)


def _as_json(rows: Sequence[Row], look: Look) -> str:
    return JSONEncoder(sort_keys=True, indent=1).encode(dashboard(rows, ANNOTATIONS, look))


def _address(arguments: DashboardArguments) -> str | None:
    return arguments.runbook_url.rstrip("/") if arguments.runbook_url else None


def _uid(name: str) -> str:
    """A name as short as Grafana wants it, and still its own."""
    if len(name) <= LONGEST_UID:
        return name
    digest = hashlib.sha256(name.encode()).hexdigest()[:8]
    return f"{name[: LONGEST_UID - len(digest) - 1]}-{digest}"
