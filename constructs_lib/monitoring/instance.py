"""What the rules need to know of an instance, and how a template becomes an expression that reads it alone."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from constructs_lib.arguments.types import number_of
from constructs_lib.cache.arguments import InstanceArguments
from constructs_lib.cache.server import RSS_DENY_RATIO
from constructs_lib.values.cron import Cron
from constructs_lib.values.memory import Memory

JOB_LABEL = "app.kubernetes.io/name"
"""The pods' label whose value our PodMonitor makes the job: `dragonfly`, whatever the instance is called."""

JOB = "dragonfly"

OPERATOR_JOB = "dragonfly-operator-controller-svc"
"""Job of the operator's own metrics: its Service's name, because the chart's ServiceMonitor takes the job from a label
that the Service does not carry."""

BY_INSTANCE = "cluster, namespace, app"
"""Labels that an alert keeps, so that it can be routed. `cluster` is there where several clusters report to one
Prometheus; where it is not, grouping by it does no harm."""

BY_POD = f"{BY_INSTANCE}, pod"

BACKLOG_RECORDS_PER_THREAD = 1024
"""Changes that a master keeps, for each thread, for a replica whose link broke (docs/dragonfly.md, "Memory")."""


@dataclass(frozen=True)
class MonitoredInstance:
    """An instance, as far as its rules depend on it."""

    arguments: InstanceArguments
    namespace: str
    availability_objective: float | None = None
    operator_namespace: str | None = None
    """Where the operator runs, if its own metrics are scraped."""
    schedule: Cron | None = None
    """When the instance saves itself, if it does."""
    drill_schedule: Cron | None = None
    """When a restore of it is tried, if one is."""

    @property
    def replicas(self) -> int:
        """Pods, the master's among them."""
        return self.arguments.replicas

    @property
    def evicts(self) -> bool:
        """Whether it may drop keys when memory is full."""
        return self.arguments.evicts

    @property
    def backlog_records(self) -> int:
        """Changes that a replica may lag and still catch up after a broken link, without a full sync."""
        return BACKLOG_RECORDS_PER_THREAD * self.arguments.proactor_threads

    @property
    def slow_seconds(self) -> float:
        """What the slow log calls slow; its default where that logs everything."""
        return (number_of(self.arguments.slowlog_log_slower_than) or 10_000) / 1_000_000

    @property
    def longest_gap_seconds(self) -> float:
        """The longest time between two snapshots of the schedule."""
        return self.schedule.longest_gap.total_seconds() if self.schedule else float("inf")

    @property
    def longest_drill_gap_seconds(self) -> float:
        """The longest time between two drills."""
        return self.drill_schedule.longest_gap.total_seconds() if self.drill_schedule else float("inf")

    @property
    def error_budget(self) -> str:
        """The share of time in which the instance may be unavailable, as PromQL."""
        objective = Decimal(str(self.availability_objective if self.availability_objective is not None else 0))
        return f"{(100 - objective) / 100:f}"

    @property
    def resident_limit(self) -> str:
        """The lower of two ends, as PromQL: where the server refuses work, and where the container is killed."""
        killed_at = Memory.of(self.arguments.memory_limit).bytes
        refuses_at = float(self.arguments.flags.get("rss_oom_deny_ratio", RSS_DENY_RATIO))
        if refuses_at <= 0:
            return f"(0 * dragonfly_memory_max_bytes{{<pods>}} + {killed_at})"
        return f"clamp_max({refuses_at:g} * dragonfly_memory_max_bytes{{<pods>}}, {killed_at})"

    def expression(self, template: str) -> str:
        """PromQL that reads this instance's series alone.

        Args:
            template: PromQL with `<pods>` for the matchers of the instance's pods, `<by_instance>` and `<by_pod>` for
                the labels to keep, and the other marks below for what they say.
        """
        for mark, text in self._marks.items():
            template = template.replace(mark, text)
        return template

    @cached_property
    def _marks(self) -> dict[str, str]:
        """What stands for each mark; the first has marks itself."""
        return {
            "<resident_limit>": self.resident_limit,
            "<operator>": f'namespace="{self.operator_namespace}",job="{OPERATOR_JOB}"',
            "<pods>": f'namespace="{self.namespace}",app="{self.arguments.name}"',
            "<statefulset>": f'namespace="{self.namespace}",statefulset="{self.arguments.name}"',
            "<cron_job>": f'namespace="{self.namespace}",cronjob="{self.arguments.name}-drill"',
            "<job>": f'job="{JOB}"',
            "<budget>": self.error_budget,
            "<namespace>": self.namespace,
            "<name>": self.arguments.name,
            "<by_instance>": BY_INSTANCE,
            "<by_pod>": BY_POD,
        }
