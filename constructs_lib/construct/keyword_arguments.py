"""The bridge from a construct's keyword arguments to their model.

`@takes(Model)` gives `__init__` the model's own keyword arguments, so that each is defined once, completed by
editors and checked by mypy and pyright, and hands the construct the validated model.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Mapping
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
            arguments = validated(cast("type[_ModelT]", model), kwargs, lambda: describe(self, scope, id))
            initialize(self, scope, id, arguments)

        __init__.__doc__ = initialize.__doc__
        return __init__

    return decorate


def validated(model: type[_ModelT], given: Mapping[str, Any], named: Callable[[], str]) -> _ModelT:
    """The arguments as a model; warnings for what is worth a warning.

    Args:
        model: the arguments' model.
        given: what the user gave.
        named: names the construct in an error; called only for one, since asking for a path costs a call to Node.

    Raises:
        InvalidArguments: with every error, if there is one.
    """
    validation = validate(model, given)
    if validation.errors or validation.arguments is None:
        raise InvalidArguments(named(), validation.errors)
    warn_of(validation.warnings, named)
    return validation.arguments


def warn_of(findings: Iterable[Finding], named: Callable[[], str]) -> None:
    """Warn of what is worth a warning about a construct, in the user's own line."""
    for finding in findings:
        warnings.warn(f"{named()}: {finding}", ArgumentWarning, stacklevel=5)


def describe(construct: Construct, scope: Construct, id: str) -> str:
    """How an error names a construct: `DragonflyCache 'sessions/cache'`."""
    return f"{type(construct).__name__} '{'/'.join(part for part in (scope.node.path, id) if part)}'"


def namespace_of(given: str | None, construct: Construct, scope: Construct, id: str) -> str:
    """The namespace that a construct was given, or its chart's.

    Raises:
        InvalidArguments: neither has one.
    """
    namespace = given or Chart.of(scope).namespace
    if not namespace:
        error = Finding.error("namespace", "neither the construct nor its chart has one; give namespace='…' to either")
        raise InvalidArguments(describe(construct, scope, id), [error])
    return namespace
