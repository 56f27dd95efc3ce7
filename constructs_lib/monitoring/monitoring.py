"""`DragonflyMonitoring`: a cache is scraped, watched by alerts and drawn on a dashboard."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cdk8s import ApiObject
from constructs import Construct

from constructs_lib.arguments.model import rule
from constructs_lib.cache.instance import DragonflyInstance
from constructs_lib.construct.api_object import RESOURCE, RenderedObject
from constructs_lib.construct.keyword_arguments import keyword_arguments
from constructs_lib.errors import Finding
from constructs_lib.monitoring.arguments import MonitoringArguments
from constructs_lib.monitoring.dashboard_object import OWN_LABELS, dashboard_object
from constructs_lib.monitoring.instance import JOB_LABEL, MonitoredInstance
from constructs_lib.monitoring.rule_groups import extra_rule_findings, rule_groups
from constructs_lib.values.cron import Cron

API_VERSION = "monitoring.coreos.com/v1"


class _Arguments(MonitoringArguments):
    cache: DragonflyInstance

    @rule("cache")
    def _cache_has_no_other(self) -> Iterator[Finding]:
        if self.cache.monitoring is not None:
            yield Finding.error("cache", f"'{self.cache.name}' has a DragonflyMonitoring already; give a cache one")

    @rule("cache", "extra_rules", "known_metrics")
    def _metrics_exist(self) -> Iterator[Finding]:
        yield from extra_rule_findings(self, self.cache.arguments.server)


class DragonflyMonitoring(Construct):
    """A PodMonitor, the alerts that follow from what the cache is, and a Grafana dashboard.

    Alerts on backups come with the cache's `DragonflyBackup`, whichever of the two was made first.

        DragonflyMonitoring(chart, "monitoring", cache=cache, pod_monitor_labels={"release": "kube-prometheus-stack"},
                            rule_labels={"release": "kube-prometheus-stack"},
                            alerts={"DragonflyMemoryHigh": Alert(threshold=0.8, for_="10m")})
    """

    @keyword_arguments(_Arguments)
    def __init__(self, scope: Construct, id: str, arguments: _Arguments) -> None:
        super().__init__(scope, id)
        self._arguments = arguments
        self._cache = arguments.cache
        self._drill_schedule: Cron | None = None
        self._pod_monitor = RenderedObject(
            self,
            RESOURCE,
            API_VERSION,
            "PodMonitor",
            self._pod_monitor_fields,
            name=self._cache.name,
            namespace=self._cache.namespace,
            labels=OWN_LABELS | arguments.pod_monitor_labels,
        )
        self._prometheus_rule = RenderedObject(
            self,
            "PrometheusRule",
            API_VERSION,
            "PrometheusRule",
            lambda: {"spec": {"groups": rule_groups(arguments, self.instance)}},
            name=f"{self._cache.name}-alerts",
            namespace=self._cache.namespace,
            labels=OWN_LABELS | arguments.rule_labels,
        )
        self._dashboard = self._draw() if arguments.dashboard != "none" else None
        self._cache.monitoring = self

    @property
    def arguments(self) -> MonitoringArguments:
        """What the monitoring was made of, validated."""
        return self._arguments

    @property
    def cache(self) -> DragonflyInstance:
        """The cache that is watched."""
        return self._cache

    @property
    def pod_monitor(self) -> ApiObject:
        """The PodMonitor, for what the arguments do not foresee."""
        return self._pod_monitor

    @property
    def prometheus_rule(self) -> ApiObject:
        """The PrometheusRule, for what the arguments do not foresee."""
        return self._prometheus_rule

    @property
    def dashboard(self) -> ApiObject | None:
        """The dashboard's ConfigMap or GrafanaDashboard; None without one."""
        return self._dashboard

    def watch_drill(self, schedule: Cron) -> None:
        """Alert when the last good restore drill is too old: what `DragonflyRestoreDrill` calls."""
        self._drill_schedule = schedule

    @property
    def instance(self) -> MonitoredInstance:
        """What rules and dashboards need to know of the cache, as it is now."""
        arguments, snapshots = self._arguments, self._cache.snapshots
        return MonitoredInstance(
            arguments=self._cache.arguments,
            namespace=self._cache.namespace,
            availability_objective=arguments.availability_objective,
            operator_namespace=arguments.operator_namespace if arguments.operator_metrics else None,
            schedule=snapshots.schedule if snapshots else None,
            drill_schedule=self._drill_schedule,
        )

    def _pod_monitor_fields(self) -> dict[str, Any]:
        endpoint = {
            "port": "admin",
            "path": "/metrics",
            "interval": self._arguments.interval,
            "scrapeTimeout": self._arguments.scrape_timeout,
        }
        spec = {
            "jobLabel": JOB_LABEL,
            # Not `role`: it changes at a failover, and with it every series of the pod.
            "podTargetLabels": ["app", *(name for name in self._arguments.pod_target_labels if name != "app")],
            "namespaceSelector": {"matchNames": [self._cache.namespace]},
            "selector": {"matchLabels": self._cache.pod_labels},
            "podMetricsEndpoints": [endpoint],
        }
        return {"spec": spec}

    def _draw(self) -> ApiObject:
        return dashboard_object(
            self,
            "Dashboard",
            self._arguments,
            f"{self._cache.name}-dashboard",
            self._cache.namespace,
            # Grafana's sidecar writes all dashboards into one folder, under these names.
            f"dragonfly-{self._cache.namespace}-{self._cache.name}.json",
            self._dashboard_json,
        )

    def _dashboard_json(self) -> str:
        from constructs_lib.monitoring.dashboard.dashboard import dashboard_json

        return dashboard_json(self._arguments, self.instance)
