"""An availability objective: what counts as available, and alerts on how fast the rest is used up.

The indicator is time: at each evaluation the instance is available or it is not. `docs/monitoring/README.md` says
what it can and cannot see. The alerts look at a long window, for weight, and a short one, to end soon, as in
https://sre.google/workbook/alerting-on-slos/.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from constructs_lib.monitoring.alert_rule import AlertRule, Condition
from constructs_lib.monitoring.instance import MonitoredInstance
from constructs_lib.monitoring.recording_rules import OOM_ERRORS, RecordingRule

AVAILABLE = "app:dragonfly_available:bool"

OBJECTIVE = Condition("with availability_objective", lambda instance: instance.availability_objective is not None)


@dataclass(frozen=True, slots=True)
class Burn:
    """A speed at which the budget is used up, as a multiple of what lasts exactly a month."""

    speed: float
    long: str
    short: str


FAST = (Burn(14.4, "1h", "5m"), Burn(6, "6h", "30m"))
"""2 % of a month's budget in an hour, or 5 % in six: somebody gets up."""

SLOW = (Burn(3, "1d", "2h"), Burn(1, "3d", "6h"))
"""10 % in one day, or in three: somebody looks at it in the day."""

AVAILABLE_RULE = RecordingRule(
    AVAILABLE,
    # A master answers, and in the last minutes nobody was turned away. `or` makes it 0 where there is no series at all.
    "(sum by (<by_instance>) (dragonfly_master{<pods>}) >= bool 1)"
    f" unless sum by (<by_instance>) (increase({OOM_ERRORS}{{<pods>}}[2m])) > 0"
    " unless sum by (<by_instance>)"
    ' (increase(dragonfly_listener_accept_error_total{<pods>,reason="limit_reached"}[2m])) > 0'
    " or on (namespace, app) label_replace(label_replace("
    'vector(0), "namespace", "<namespace>", "", ""), "app", "<name>", "", "")',
    "Read by the alerts on the objective and by the panels of its budget.",
)


def slo_recording_rules(instance: MonitoredInstance) -> Iterator[dict[str, Any]]:
    """The rules of an instance with an objective."""
    yield AVAILABLE_RULE.rule(instance)


def finest_objective(interval: float) -> float:
    """The objective, in percent, above which one missed scrape in an hour already counts as a fast burn."""
    return 100 - 100 * interval / 3600 / FAST[0].speed


def _burns(burns: tuple[Burn, ...]) -> str:
    return " or ".join(
        f"(1 - avg_over_time({AVAILABLE}{{<pods>}}[{burn.long}]) > {burn.speed:g} * <budget>"
        f" and 1 - avg_over_time({AVAILABLE}{{<pods>}}[{burn.short}]) > {burn.speed:g} * <budget>)"
        for burn in burns
    )


SLO_ALERTS = {
    row.name: row
    for row in (
        AlertRule(
            "DragonflyErrorBudgetBurnFast",
            "critical",
            "",
            _burns(FAST),
            "Dragonfly {{ $labels.namespace }}/{{ $labels.app }} is using up its error budget fast",
            "It has been unavailable for {{ $value | humanizePercentage }} of the time: at this speed the budget of a "
            "month is gone within days.",
            condition=OBJECTIVE,
        ),
        AlertRule(
            "DragonflyErrorBudgetBurnSlow",
            "warning",
            "",
            _burns(SLOW),
            "Dragonfly {{ $labels.namespace }}/{{ $labels.app }} is using up its error budget",
            "It has been unavailable for {{ $value | humanizePercentage }} of the time: at this speed the budget does "
            "not last the month.",
            condition=OBJECTIVE,
        ),
    )
}
