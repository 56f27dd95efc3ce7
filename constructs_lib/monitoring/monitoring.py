"""`DragonflyMonitoring`: a cache is scraped, watched by alerts and drawn on a dashboard."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cdk8s import ApiObject, ApiObjectMetadata, JsonPatch
from constructs import Construct

from constructs_lib.arguments.model import rule
from constructs_lib.cache.cache import DragonflyCache
from constructs_lib.cache.snapshots import Snapshots
from constructs_lib.construct.keyword_arguments import keyword_arguments
from constructs_lib.construct.resource import resource
from constructs_lib.errors import Finding
from constructs_lib.flux.annotations import FLUX_SAFE
from constructs_lib.monitoring.arguments import MonitoringArguments
from constructs_lib.monitoring.instance import JOB_LABEL, MonitoredInstance
from constructs_lib.monitoring.rule_groups import (
    drill_group,
    recorded_names,
    rule_findings,
    rule_groups,
    snapshot_group,
)
from constructs_lib.values.cron import Cron

OWN_LABELS = {"app.kubernetes.io/name": "dragonfly"}


class _Arguments(MonitoringArguments):
    cache: DragonflyCache

    def monitored(self) -> MonitoredInstance:
        """What the rules need to know of the cache."""
        return MonitoredInstance(
            arguments=self.cache.arguments,
            namespace=self.cache.namespace,
            availability_objective=self.availability_objective,
            operator_namespace=self.operator_namespace if self.operator_metrics else None,
        )

    @rule("cache")
    def _cache_has_no_other(self) -> Iterator[Finding]:
        if "DragonflyMonitoring" in self.cache.companions:
            yield Finding.error("cache", f"'{self.cache.name}' has a DragonflyMonitoring already; give a cache one")

    @rule(
        "cache",
        "alerts",
        "extra_rules",
        "known_metrics",
        "availability_objective",
        "operator_metrics",
        "operator_namespace",
    )
    def _metrics_exist(self) -> Iterator[Finding]:
        from constructs_lib.monitoring.dashboard.dashboard import panel_findings

        instance = self.monitored()
        yield from rule_findings(self, instance)
        if self.dashboard != "none":
            yield from panel_findings(instance, recorded_names(self, instance))


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
        self._cache.add_companion("DragonflyMonitoring")
        self._monitored = arguments.monitored()
        self._pod_monitor = self._scrape()
        self._prometheus_rule = self._rules()
        self._dashboard = self._draw()
        self._cache.when_snapshots(self._watch_snapshots)

    @property
    def arguments(self) -> MonitoringArguments:
        """What the monitoring was made of, validated."""
        return self._arguments

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

    def _scrape(self) -> ApiObject:
        from imports.dragonfly.com.coreos.monitoring import (
            PodMonitor,
            PodMonitorSpec,
            PodMonitorSpecPodMetricsEndpoints,
        )

        spec = PodMonitorSpec(
            job_label=JOB_LABEL,
            # Not `role`: it changes at a failover, and with it every series of the pod.
            pod_target_labels=["app", *(name for name in self._arguments.pod_target_labels if name != "app")],
            namespace_selector={"match_names": [self._cache.namespace]},
            selector={"matchLabels": self._cache.pod_labels},
            pod_metrics_endpoints=[
                PodMonitorSpecPodMetricsEndpoints(
                    port="admin",
                    path="/metrics",
                    interval=self._arguments.interval,
                    scrape_timeout=self._arguments.scrape_timeout,
                )
            ],
        )
        return resource(
            self,
            "PodMonitor",
            PodMonitor,
            spec,
            name=self._cache.name,
            namespace=self._cache.namespace,
            labels=OWN_LABELS | self._arguments.pod_monitor_labels,
        )

    def _rules(self) -> ApiObject:
        from imports.dragonfly.com.coreos.monitoring import PrometheusRule, PrometheusRuleSpec

        spec = PrometheusRuleSpec(groups=_bound(rule_groups(self._arguments, self._monitored)))
        return resource(
            self,
            "PrometheusRule",
            PrometheusRule,
            spec,
            name=f"{self._cache.name}-alerts",
            namespace=self._cache.namespace,
            labels=OWN_LABELS | self._arguments.rule_labels,
        )

    def watch_drill(self, schedule: Cron) -> None:
        """Alert when the last good restore drill is too old: what `DragonflyRestoreDrill` calls."""
        group = drill_group(self._arguments, self._monitored.drilled(schedule))
        if group["rules"]:
            self._prometheus_rule.add_json_patch(JsonPatch.add("/spec/groups/-", group))

    def _watch_snapshots(self, snapshots: Snapshots) -> None:
        saved = self._monitored.saved(snapshots.schedule)
        self._prometheus_rule.add_json_patch(JsonPatch.add("/spec/groups/-", snapshot_group(self._arguments, saved)))

    def _draw(self) -> ApiObject | None:
        if self._arguments.dashboard == "none":
            return None
        from constructs_lib.monitoring.dashboard.dashboard import dashboard_json

        drawn = dashboard_json(self._arguments, self._monitored)
        if self._arguments.dashboard == "configmap":
            # Grafana's sidecar writes all dashboards into one folder, under these names.
            file_name = f"dragonfly-{self._cache.namespace}-{self._cache.name}.json"
            folder = {"grafana_folder": self._arguments.dashboard_folder}
            return self._dashboard_object("v1", "ConfigMap", folder, JsonPatch.add("/data", {file_name: drawn}))
        spec = {
            "instanceSelector": {"matchLabels": self._arguments.dashboard_instance_selector},
            "allowCrossNamespaceImport": True,
            "folder": self._arguments.dashboard_folder,
            "json": drawn,
        }
        return self._dashboard_object(
            "grafana.integreatly.org/v1beta1", "GrafanaDashboard", {}, JsonPatch.add("/spec", spec)
        )

    def _dashboard_object(
        self, api_version: str, kind: str, annotations: dict[str, str], content: JsonPatch
    ) -> ApiObject:
        metadata = ApiObjectMetadata(
            name=f"{self._cache.name}-dashboard",
            namespace=self._cache.namespace,
            labels=OWN_LABELS | self._arguments.dashboard_labels,
            annotations=FLUX_SAFE | annotations | self._arguments.dashboard_annotations,
        )
        drawn = ApiObject(self, "Dashboard", api_version=api_version, kind=kind, metadata=metadata)
        drawn.add_json_patch(content)
        return drawn


def _bound(groups: list[dict[str, Any]]) -> list[Any]:
    """Groups as the binding's structs, which know what a rule may have."""
    from imports.dragonfly.com.coreos.monitoring import PrometheusRuleSpecGroups, PrometheusRuleSpecGroupsRules

    return [
        PrometheusRuleSpecGroups(
            name=group["name"],
            rules=[
                PrometheusRuleSpecGroupsRules(
                    **{"for_" if name == "for" else name: value for name, value in rule.items()}
                )
                for rule in group["rules"]
            ],
        )
        for group in groups
    ]
