"""Kubernetes' quantities, compared by what they come to: `1Gi` is `1024Mi`, and no pod restarts for it.

The API server writes each into a pod's template in one canonical spelling:
https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

_FORM = re.compile(
    r"(?P<number>[+-]?(?:\d+(?:\.\d*)?|\.\d+))(?P<suffix>[KMGTPE]i|[numkMGTPE]|[eE][+-]?\d{1,3})?", re.ASCII
)
_FACTORS = {
    **{f"{unit}i": Fraction(1024) ** power for power, unit in enumerate("KMGTPE", 1)},
    **{unit: Fraction(1000) ** power for power, unit in enumerate("kMGTPE", 1)},
    **{unit: Fraction(1, 1000) ** power for power, unit in enumerate("mun", 1)},
}

_MAPPINGS = ("limits", "requests")
"""Fields of core/v1 that map names to quantities; `args` and `env` never hold any."""
_FIELDS = (("resourceFieldRef", "divisor"), ("emptyDir", "sizeLimit"))
"""Fields of core/v1 that are a quantity, and what they stand in."""


def quantity(value: object) -> Fraction | None:
    """What a quantity comes to; None for what is none."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    match = _FORM.fullmatch(str(value))
    if match is None:
        return None
    suffix = match["suffix"] or ""
    if suffix[:1] in {"e", "E"} and suffix not in _FACTORS:
        return Fraction(match["number"] + suffix)
    return Fraction(match["number"]) * _FACTORS.get(suffix, 1)


def same_but_for_spelling(field: str, before: object, after: object) -> bool:
    """Whether two values of a field, by its JSON pointer, differ in the spelling of quantities alone."""
    *_, parent, name = ["", *field.split("/")]
    return bool(_by_value(before, parent, name) == _by_value(after, parent, name))


def wrong_quantities(value: Any, parent: str = "", name: str = "") -> Iterator[str]:
    """The names of the fields that must be quantities and are none."""
    if isinstance(value, Mapping):
        for key, item in value.items():
            yield from wrong_quantities(item, name, str(key))
    elif isinstance(value, list):
        for item in value:
            yield from wrong_quantities(item)
    elif _is_quantity(parent, name) and quantity(value) is None:
        yield name


def _by_value(value: Any, parent: str, name: str) -> Any:
    if isinstance(value, Mapping):
        return {key: _by_value(item, name, str(key)) for key, item in value.items()}
    if isinstance(value, list):
        return [_by_value(item, "", "") for item in value]
    if _is_quantity(parent, name):
        amount = quantity(value)
        return value if amount is None else amount
    # True is 1 to Python, and never to Kubernetes.
    return (type(value), value)


def _is_quantity(parent: str, name: str) -> bool:
    return parent in _MAPPINGS or (parent, name) in _FIELDS
