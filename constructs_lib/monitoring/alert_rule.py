"""What an alert is: an expression left open for one instance, a threshold, and the instances that have it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from constructs_lib.dragonfly.metrics import server_metrics
from constructs_lib.monitoring.instance import MonitoredInstance


@dataclass(frozen=True, slots=True)
class Condition:
    """Which instances have an alert, for the code and for a reader."""

    text: str
    holds: Callable[[MonitoredInstance], bool]


ALWAYS = Condition("every cache", lambda instance: True)
REPLICATED = Condition("a cache with more than one replica", lambda instance: instance.replicas > 1)
CACHE_MODE = Condition("a cache in cache mode", lambda instance: instance.evicts)
NOT_CACHE_MODE = Condition("a cache that is not in cache mode", lambda instance: not instance.evicts)
SAVED = Condition("a cache with a backup", lambda instance: instance.schedule is not None)
DRILLED = Condition("a cache with a restore drill", lambda instance: instance.drill_schedule is not None)
OPERATOR = Condition("with operator_metrics", lambda instance: instance.operator_namespace is not None)


@dataclass(frozen=True, slots=True)
class AlertRule:
    """One row of the catalogue."""

    name: str
    severity: str
    duration: str
    """How long the expression must hold (`for`); empty: it fires at once."""
    template: str
    summary: str
    description: str
    threshold: float | Callable[[MonitoredInstance], float] | None = None
    threshold_means: str = ""
    condition: Condition = ALWAYS
    also: str = ""
    """A further template, joined with `or` where the server exports `also_reads`."""
    also_reads: str = ""
    """The metric that the further template reads and not every server exports."""

    def default_threshold(self, instance: MonitoredInstance) -> float | None:
        """What the threshold is for an instance, unless it is given."""
        return self.threshold(instance) if callable(self.threshold) else self.threshold

    def expression(self, instance: MonitoredInstance, threshold: float | None = None) -> str:
        """The expression for an instance."""
        template = self.template
        if self.also and self.also_reads in server_metrics(instance.arguments.server):
            template = f"{template} or {self.also}"
        limit = self.default_threshold(instance) if threshold is None else threshold
        return instance.expression(template.replace("<threshold>", "" if limit is None else _number(limit)))

    def annotations(self, duration: str, threshold: float | None, runbook_url: str | None) -> dict[str, str]:
        """What the alert says, with the duration and threshold that it has."""
        description = self.description.replace("<for>", duration or "some time")
        if threshold is not None:
            description = description.replace("<threshold>", _number(threshold))
        texts = {"summary": self.summary, "description": description}
        if runbook_url:
            texts["runbook_url"] = f"{runbook_url.rstrip('/')}/{self.name}.md"
        return texts


def _number(value: float) -> str:
    return str(int(value)) if value == int(value) else repr(value)
