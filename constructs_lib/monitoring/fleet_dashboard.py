"""`DragonflyFleetDashboard`: one dashboard for many caches, with a picker."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from cdk8s import ApiObject
from constructs import Construct
from pydantic import Field

from constructs_lib.arguments.model import Meaning, rule
from constructs_lib.arguments.types import NamespaceName, ObjectName
from constructs_lib.construct.api_object import RESOURCE
from constructs_lib.construct.keyword_arguments import keyword_arguments, namespace_of
from constructs_lib.errors import Finding
from constructs_lib.monitoring.dashboard_arguments import DashboardArguments
from constructs_lib.monitoring.dashboard_object import dashboard_object
from constructs_lib.monitoring.monitoring import DragonflyMonitoring


class _Arguments(DashboardArguments):
    name: Annotated[ObjectName, Meaning("Name of the fleet: of the dashboard and its object.")] = "dragonfly-fleet"
    namespace: Annotated[NamespaceName | None, Meaning("Namespace of the object.", default="the chart's")] = None
    monitorings: Annotated[
        list[DragonflyMonitoring], Field(min_length=1), Meaning("Those of the caches; the dashboard shows all of them.")
    ]

    @rule("dashboard")
    def _there_is_one(self) -> Iterator[Finding]:
        if self.dashboard == "none":
            yield Finding.error("dashboard", "'none', of a dashboard; accepted: 'configmap' or 'grafana-operator'")


class DragonflyFleetDashboard(Construct):
    """A Grafana dashboard of many caches: all of them at first, and those that are picked.

    It has the panels of the newest of their servers. Give each `DragonflyMonitoring` `dashboard="none"` beside it.

        DragonflyFleetDashboard(chart, "dashboard", monitorings=[sessions_monitoring, queue_monitoring])
    """

    @keyword_arguments(_Arguments)
    def __init__(self, scope: Construct, id: str, arguments: _Arguments) -> None:
        namespace = namespace_of(arguments.namespace, type(self), scope, id)
        super().__init__(scope, id)
        self._arguments = arguments
        self._api_object = dashboard_object(
            self, RESOURCE, arguments, arguments.name, namespace, f"{arguments.name}.json", self._json
        )

    @property
    def api_object(self) -> ApiObject:
        """The ConfigMap or GrafanaDashboard, for what the arguments do not foresee."""
        return self._api_object

    def _json(self) -> str:
        from constructs_lib.monitoring.dashboard.dashboard import fleet_dashboard_json

        instances = [monitoring.instance for monitoring in self._arguments.monitorings]
        return fleet_dashboard_json(self._arguments, self._arguments.name, instances)
