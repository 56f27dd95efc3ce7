"""The bridge from a construct's keyword arguments to their model.

`@keyword_arguments(Model)` gives `__init__` the model's own keyword arguments, so that each is defined once, completed
by editors and checked by mypy and pyright, and hands the construct the validated model.
"""

from __future__ import annotations

import sys
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from cdk8s import Chart
from constructs import Construct

from constructs_lib.arguments.model import Arguments, validate
from constructs_lib.errors import ArgumentWarning, Finding, InvalidArguments

_Parameters = ParamSpec("_Parameters")
_ModelT = TypeVar("_ModelT", bound=Arguments)
_SelfT = TypeVar("_SelfT", bound=Construct)


def keyword_arguments(
    model: Callable[_Parameters, _ModelT],
) -> Callable[
    [Callable[[_SelfT, Construct, str, _ModelT], None]],
    Callable[Concatenate[_SelfT, Construct, str, _Parameters], None],
]:
    """Make an `__init__(self, scope, id, arguments)` take the model's fields as keyword arguments.

    Raises:
        InvalidArguments: (when the construct is made) with every error of the arguments, before the tree is touched.
    """

    def decorate(
        initialize: Callable[[_SelfT, Construct, str, _ModelT], None],
    ) -> Callable[Concatenate[_SelfT, Construct, str, _Parameters], None]:
        def __init__(
            self: _SelfT, scope: Construct, id: str, /, *args: _Parameters.args, **kwargs: _Parameters.kwargs
        ) -> None:
            if args:
                raise TypeError(f"{type(self).__name__} takes keyword arguments only after scope and id")
            arguments = valid_arguments(
                cast("type[_ModelT]", model), kwargs, lambda: describe_new(type(self), scope, id)
            )
            with _below_a_chart(type(self), scope, id):
                initialize(self, scope, id, arguments)

        __init__.__doc__ = initialize.__doc__
        return __init__

    return decorate


def arguments_of(
    construct: Callable[_Parameters, Construct],
) -> Callable[[Callable[..., None]], Callable[Concatenate[Any, _Parameters], None]]:
    """Give a subclass' `__init__` the arguments of its construct: completed by editors, checked by mypy and pyright.

        HOUSE: dict[str, Any] = {"replicas": 3, "memory_limit": "2Gi"}

        class HouseCache(DragonflyCache):
            @arguments_of(DragonflyCache)
            def __init__(self, scope: Construct, id: str, **given: Any) -> None:
                super().__init__(scope, id, **(HOUSE | given))

    Args:
        construct: the class whose arguments they are.
    """

    def decorate(initialize: Callable[..., None]) -> Callable[Concatenate[Any, _Parameters], None]:
        return initialize

    return decorate


def valid_arguments(model: type[_ModelT], given: Mapping[str, Any], described: Callable[[], str]) -> _ModelT:
    """The arguments as a model; what is worth a warning is warned of.

    Args:
        model: the arguments' model.
        given: what the user gave.
        described: names the construct in an error; called only for one, since asking for a path costs a call to Node.

    Raises:
        InvalidArguments: with every error, if there is one.
    """
    validation = validate(model, given)
    if validation.errors or validation.arguments is None:
        raise InvalidArguments(described(), validation.errors)
    report(validation.warnings, described)
    return validation.arguments


def report(findings: Iterable[Finding], described: Callable[[], str]) -> None:
    """Raise with the errors among the findings; where there is none, warn of the others, in the user's own line.

    Raises:
        InvalidArguments: with every error, if there is one.
    """
    found = list(findings)
    if errors := [finding for finding in found if finding.is_error]:
        raise InvalidArguments(described(), errors)
    for finding in found:
        warnings.warn(f"{described()}: {finding}", ArgumentWarning, stacklevel=users_level())


def describe(construct: Construct) -> str:
    """How an error names a construct: `DragonflyCache 'sessions/cache'`."""
    return f"{type(construct).__name__} '{construct.node.path}'"


def describe_new(construct: type[Construct], scope: Construct, id: str) -> str:
    """How an error names a construct that is not in the tree yet."""
    return f"{construct.__name__} '{'/'.join(part for part in (scope.node.path, id) if part)}'"


def namespace_of(given: str | None, construct: type[Construct], scope: Construct, id: str) -> str:
    """The namespace that a construct was given, or its chart's.

    Raises:
        InvalidArguments: neither has one.
    """
    namespace = given or _chart_of(scope).namespace
    if not namespace:
        error = Finding.error("namespace", "neither the construct nor its chart has one; give namespace='…' to either")
        raise InvalidArguments(describe_new(construct, scope, id), [error])
    return namespace


def _chart_of(scope: Construct) -> Chart:
    # To ask cdk8s for a chart's own chart is a call to Node.
    return scope if isinstance(scope, Chart) else Chart.of(scope)


@contextmanager
def _below_a_chart(construct: type[Construct], scope: Construct, id: str) -> Iterator[None]:
    """Say what is missing where no chart is above: asked beforehand, it would be a call to Node for each construct."""
    try:
        yield
    except RuntimeError as error:
        if "cannot find a parent chart" not in str(error):
            raise
        scope.node.try_remove_child(id)
        advice = "no chart above it, and cdk8s writes what is in charts alone; accepted: a Chart, or a construct in one"
        raise InvalidArguments(describe_new(construct, scope, id), [Finding.error("scope", advice)]) from None


def users_level() -> int:
    """How far up the stack the user's own line is, from where this is called: past our modules, jsii's and cdk8s'."""
    level, frame = 1, sys._getframe(1)
    while frame.f_back and str(frame.f_globals.get("__name__")).partition(".")[0] in (
        "constructs_lib",
        "jsii",
        "cdk8s",
        "constructs",
    ):
        level, frame = level + 1, frame.f_back
    return level
