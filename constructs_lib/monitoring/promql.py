"""Expressions in Prometheus' language: parsed, and asked which metrics they read."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from constructs_lib.dragonfly.metrics import unknown_metric
from constructs_lib.values.version import Version

if TYPE_CHECKING:
    from promql_parser import Expr, VectorSelector


class PromqlError(ValueError):
    """An expression that Prometheus would refuse, or whose metrics cannot be told."""


def metric_names(expression: str) -> frozenset[str]:
    """The metrics that an expression reads.

    Raises:
        PromqlError: it does not parse, or it selects series by a pattern instead of a metric's name.
    """
    return frozenset(_name(selector) for selector in selectors(expression))


def selectors(expression: str) -> list[VectorSelector]:
    """The series selectors of an expression, as the parser's own type.

    Raises:
        PromqlError: it does not parse.
    """
    import promql_parser

    found: list[VectorSelector] = []

    def visit(part: Expr) -> None:
        if isinstance(part, promql_parser.VectorSelector):
            found.append(part)
        elif isinstance(part, promql_parser.MatrixSelector):
            found.append(part.vector_selector)

    try:
        promql_parser.walk(promql_parser.parse(expression), visit)
    except ValueError as error:
        raise PromqlError(f"{expression!r} does not parse: {error}") from None
    return found


def expression_problems(expression: str, server: Version, known: Collection[str] = ()) -> Iterator[str]:
    """What keeps an expression from ever returning anything: it does not parse, or nobody exports a metric of it.

    Args:
        expression: in Prometheus' language.
        server: version of the server whose metrics it reads.
        known: names of metrics that others export or rules record.
    """
    try:
        names = metric_names(expression)
    except PromqlError as error:
        yield str(error)
        return
    for name in sorted(names):
        why = unknown_metric(name, server, known)
        if why:
            yield why


def _name(selector: VectorSelector) -> str:
    from promql_parser import MatchOp

    if selector.name:
        return selector.name
    for matcher in selector.matchers.matchers:
        if matcher.name == "__name__" and matcher.op == MatchOp.Equal:
            return matcher.value
    raise PromqlError(f"'{selector}' names no metric; accepted: selectors that begin with a metric's name")
