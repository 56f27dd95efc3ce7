"""Fields of objects that others wrote, of which any may be missing or of another type than it should be."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def value(node: object, *steps: str | int) -> Any:
    """What stands at that place, or None: `value(manifest.object, "spec", "snapshot", "cron")`."""
    for step in steps:
        if isinstance(node, Mapping):
            node = node.get(step)
        elif isinstance(node, list) and isinstance(step, int) and step < len(node):
            node = node[step]
        else:
            return None
    return node


def text(node: object, *steps: str | int) -> str:
    """The text at that place; empty where there is none."""
    found = value(node, *steps)
    return found if isinstance(found, str) else ""


def mapping(node: object, *steps: str | int) -> Mapping[str, Any]:
    """The mapping at that place, without keys that are no text; empty where there is none."""
    found = value(node, *steps)
    if not isinstance(found, Mapping):
        return {}
    if all(isinstance(key, str) for key in found):
        return found
    return {key: each for key, each in found.items() if isinstance(key, str)}


def items(node: object, *steps: str | int) -> list[Any]:
    """The list at that place; empty where there is none."""
    found = value(node, *steps)
    return found if isinstance(found, list) else []


def selects(selector: Mapping[str, Any], labels: Mapping[str, str]) -> bool:
    """Whether a label selector takes an object with those labels.

    https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors
    """
    wanted = mapping(selector, "matchLabels")
    return all(labels.get(_key(key)) == expected for key, expected in wanted.items()) and all(
        _holds(expression, labels) for expression in items(selector, "matchExpressions")
    )


def _holds(expression: object, labels: Mapping[str, str]) -> bool:
    key, operator, values = _key(text(expression, "key")), text(expression, "operator"), items(expression, "values")
    return {
        "In": labels.get(key) in values,
        "NotIn": labels.get(key) not in values,
        "Exists": key in labels,
        "DoesNotExist": key not in labels,
    }.get(operator, False)


def _key(key: str) -> str:
    """A label's key without the source that Cilium may put before it: `k8s:app`, `any:app`."""
    source, colon, rest = key.partition(":")
    return rest if colon and source in {"k8s", "any"} else key
