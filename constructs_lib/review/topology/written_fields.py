"""Fields of manifests that nobody has checked: what has another type than expected counts as not there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any


def at(value: Any, *steps: str) -> Any:
    """What stands below those keys, or None."""
    for step in steps:
        value = value.get(step) if isinstance(value, Mapping) else None
    return value


def text(value: Any, *steps: str) -> str:
    """A string or number below those keys as text; empty where there is none."""
    found = at(value, *steps)
    return str(found) if isinstance(found, str | int) else ""


def mapping(value: Any, *steps: str) -> Mapping[str, Any]:
    """The mapping below those keys, or an empty one."""
    found = at(value, *steps)
    return found if isinstance(found, Mapping) else {}


def entries(value: Any, *steps: str) -> list[Any]:
    """The list below those keys, or an empty one."""
    found = at(value, *steps)
    return found if isinstance(found, list) else []


def mappings(value: Any, *steps: str) -> list[Mapping[str, Any]]:
    """The mappings in the list below those keys."""
    return [entry for entry in entries(value, *steps) if isinstance(entry, Mapping)]


def selects(selector: Mapping[str, Any], labels: Mapping[str, str]) -> bool:
    """Whether a label selector of Kubernetes selects what has these labels; an empty one selects all.

    https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors
    """
    wanted = mapping(selector, "matchLabels").items()
    if any(labels.get(str(key)) != value for key, value in wanted):
        return False
    return all(_holds(expression, labels) for expression in mappings(selector, "matchExpressions"))


def selector_words(selector: Mapping[str, Any]) -> Iterator[str]:
    """A label selector in words, as kubectl writes it: `app=web`, `tier in (a, b)`, `!canary`."""
    for key, value in sorted(mapping(selector, "matchLabels").items(), key=str):
        yield f"{key}={value}"
    for expression in mappings(selector, "matchExpressions"):
        key, operator = text(expression, "key"), text(expression, "operator")
        values = ", ".join(sorted(map(str, entries(expression, "values"))))
        yield {
            "In": f"{key} in ({values})",
            "NotIn": f"{key} notin ({values})",
            "DoesNotExist": f"!{key}",
        }.get(operator, key)


def _holds(expression: Mapping[str, Any], labels: Mapping[str, str]) -> bool:
    key, values = text(expression, "key"), entries(expression, "values")
    return {
        "In": key in labels and labels.get(key) in values,
        "NotIn": labels.get(key) not in values,
        "Exists": key in labels,
        "DoesNotExist": key not in labels,
    }.get(text(expression, "operator"), False)
