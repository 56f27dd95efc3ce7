"""Expressions: which metrics they read, and what keeps them from ever returning anything."""

from __future__ import annotations

import pytest

from constructs_lib.monitoring.promql import PromqlError, expression_problems, metric_names
from constructs_lib.values.version import Version


@pytest.mark.parametrize(
    ("expression", "names"),
    [
        ("up", {"up"}),
        ('a{x="1"} / on (x) group_left b offset 5m', {"a", "b"}),
        ("sum by (x) (rate(a[5m])) > bool 1", {"a"}),
        ("max_over_time(sum(a)[1h:1m]) unless absent(b)", {"a", "b"}),
        ('{__name__="a"}', {"a"}),
        ("app:a:ratio", {"app:a:ratio"}),
        ("time() - 1", set()),
        ("-a", {"a"}),
        ("(((a)))", {"a"}),
        ("topk(3, a)", {"a"}),
    ],
)
def test_every_metric_of_an_expression_is_found(expression: str, names: set[str]) -> None:
    assert metric_names(expression) == names


@pytest.mark.parametrize(
    "expression", ["", "sum(", "rate(a)", "wat(a)", 'a + "b"', "a{x=}", '{x="1"}', '{__name__=~"a.*"}']
)
def test_what_prometheus_refuses_or_nobody_can_tell_is_refused(expression: str) -> None:
    with pytest.raises(PromqlError):
        metric_names(expression)


def test_every_unknown_metric_of_an_expression_is_told() -> None:
    errors = list(expression_problems("dragonfly_wrong_one / dragonfly_wrong_two + up", Version.of("v1.36.0")))
    assert len(errors) == 2


def test_expression_that_does_not_parse_is_told_as_that() -> None:
    [error] = expression_problems("sum(up", Version.of("v1.36.0"))
    assert error == "'sum(up' does not parse: unclosed left parenthesis"
