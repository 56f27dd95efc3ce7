"""Every variable of `cluster.yaml` as its reader is told of it: what the documentation and the command line show."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from constructs_lib.arguments.descriptions import as_yaml, description_of
from constructs_lib.config.switches import Switches
from constructs_lib.config.variables import SECRET_VARIABLES, VARIABLES, Variable
from constructs_lib.deprecations import VARIABLES as DEPRECATED_VARIABLES


@dataclass(frozen=True, slots=True)
class VariableReference:
    """One variable, in Markdown."""

    key: str
    kind: str
    default: str
    meaning: str
    feeds: tuple[str, ...] = ()
    """The arguments of the constructs that it gives, as `model.argument`."""
    secret_key: str = ""
    """The key of the cache's Secret that holds its value, where it is a secret: the file itself never does."""


def variable_references() -> Iterator[VariableReference]:
    """Every variable but the secrets, in the order of the tables."""
    for key, field in Switches.model_fields.items():
        described, row = description_of(field), DEPRECATED_VARIABLES.get(key)
        meaning = row.before(described.meaning) if row else described.meaning
        yield VariableReference(key, described.kind, described.default, meaning)
    for variable in VARIABLES:
        described = description_of(variable.field)
        yield VariableReference(
            variable.key,
            _bounded(described.kind, variable),
            described.default if variable.default is None else f"`{as_yaml(variable.default)}`",
            meaning_of_variable(variable, described.meaning),
            variable.feeds,
        )


def secret_references() -> Iterator[VariableReference]:
    """Every variable that names a secret."""
    for variable in SECRET_VARIABLES:
        yield VariableReference(variable.key, "text", "–", variable.meaning, secret_key=variable.secret_key)


def meaning_of_variable(variable: Variable, meaning: str) -> str:
    """What a variable means, from what its argument means: in keys, behind the word that it goes where it does."""
    found = variable.deprecation
    return in_keys(variable, found.before(meaning) if found else meaning)


def in_keys(variable: Variable, meaning: str) -> str:
    """A meaning that names other arguments, with the variables that give them instead."""
    model = variable.feeds[0].split(".")[0]
    keys = {feed.split(".")[1]: each.key for each in VARIABLES for feed in each.feeds if feed.startswith(f"{model}.")}
    return re.sub(r"(?<!CRD )`(\w+)`", lambda match: f"`{keys.get(match[1], match[1])}`", meaning)


def _bounded(kind: str, variable: Variable) -> str:
    return f"{kind}, {variable.bounds[0]} to {variable.bounds[1]}" if variable.bounds else kind
