"""The rules that the library writes for an instance, to tell a rule that follows its instance from another one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from constructs_lib.cache.arguments import CacheArguments
from constructs_lib.monitoring.arguments import MonitoringArguments
from constructs_lib.monitoring.instance import MonitoredInstance
from constructs_lib.monitoring.rule_groups import rule_groups
from constructs_lib.operator.helm_release import installs_operator
from constructs_lib.review.changes.model import Context, Manifest, ObjectKey
from constructs_lib.review.dragonfly.instance import Instance
from constructs_lib.values.cron import Cron
from constructs_lib.values.fields import text, value


@dataclass(frozen=True)
class OwnRules:
    """What is written for the instance to which a PrometheusRule belongs, as that instance is after the change."""

    key: ObjectKey
    """The PrometheusRule."""
    context: Context

    def have(self, rule: Mapping[str, Any]) -> bool:
        """Whether a rule is one of the catalogue, with exactly the expression that its instance asks for."""
        expression = self._expressions.get(str(rule.get("alert") or rule.get("record")))
        return expression is not None and expression == rule.get("expr")

    @cached_property
    def _expressions(self) -> Mapping[str, str]:
        """By the rules' names; empty where the instance is not among the files, or not written in full."""
        manifest = self._find("Dragonfly", self.key.name.removesuffix("-alerts"))
        if manifest is None:
            return {}
        try:
            groups = rule_groups(MonitoringArguments(), self._watched(Instance.of(manifest, self.context.new_operator)))
        except ValueError:
            return {}
        rules = [rule for group in groups for rule in group["rules"]]
        return {rule.get("alert") or rule["record"]: rule["expr"] for rule in rules}

    def _watched(self, instance: Instance) -> MonitoredInstance:
        """The instance as far as its rules depend on it; raises ValueError where that is not written."""
        if instance.server is None or instance.threads is None:
            raise ValueError("the image's tag or the number of threads tells nothing")
        flags = instance.flags
        # Not validated: what is wrong elsewhere in the instance is not asked for here.
        arguments = CacheArguments.model_construct(
            name=instance.name,
            version=str(instance.server),
            replicas=instance.pods,
            memory_limit=text(instance.spec, "resources", "limits", "memory"),
            proactor_threads=instance.threads,
            cache_mode=instance.is_on("cache_mode"),
            slowlog_log_slower_than=int(flags.get("slowlog_log_slower_than", 10_000)),
            flags={name: flags[name] for name in ("rss_oom_deny_ratio",) if name in flags},
        )
        drill = self._find("CronJob", f"{instance.name}-drill")
        return MonitoredInstance(
            arguments=arguments,
            namespace=self.key.namespace,
            operator_namespace=self._operator_namespace,
            schedule=_schedule(flags.get("snapshot_cron", "")),
            drill_schedule=_schedule(text(drill, "spec", "schedule")),
        )

    @property
    def _operator_namespace(self) -> str | None:
        """Where the operator runs, if Prometheus scrapes it."""
        scraped = [
            key.namespace
            for key, manifest in self.context.new.items()
            if key.kind == "HelmRelease"
            and installs_operator(manifest, self.context.new.values())
            and value(manifest, "spec", "values", "serviceMonitor", "enabled") is True
        ]
        return scraped[0] if len(scraped) == 1 else None

    def _find(self, kind: str, name: str) -> Manifest | None:
        return self.context.new.get(ObjectKey(kind, self.key.namespace, name))


def _schedule(cron: str) -> Cron | None:
    return Cron.of(cron) if cron else None
