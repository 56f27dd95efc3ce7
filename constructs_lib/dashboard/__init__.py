"""The Grafana dashboard of a cache, as JSON."""

from __future__ import annotations

from constructs_lib.values.monitored import Monitored
from constructs_lib.values.monitoring_arguments import MonitoringArguments


def dashboard_json(arguments: MonitoringArguments, instance: Monitored) -> str:
    """The dashboard, preset to one instance, in Grafana's own form."""
    from grafana_foundation_sdk.builders.dashboard import Dashboard
    from grafana_foundation_sdk.cog.encoder import JSONEncoder

    name = f"{instance.namespace}/{instance.arguments.name}"
    return JSONEncoder(sort_keys=True, indent=2).encode(Dashboard(f"Dragonfly {name}").readonly().build())
