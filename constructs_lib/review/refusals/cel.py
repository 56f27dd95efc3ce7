"""The CRDs' CEL rules, each under its own text with what it asks for in Python.

https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#validation-rules
A rule that speaks of `oldSelf` is for changes alone.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from constructs_lib.review.changes.differences import same
from constructs_lib.review.changes.refusals import Refusal


@dataclass(frozen=True, slots=True)
class Rule:
    """What a rule asks of a value."""

    accepted: str
    holds: Callable[[Any, Any], bool]
    """By the value, and what it was."""


def rule_refusals(schema: Mapping[str, Any], old: Any, new: Any, field: str = "") -> Iterator[Refusal]:
    """The rules of a schema that an object breaks.

    Args:
        schema: a CRD's schema, or the part of it for this field.
        old: what the field was; None where it was not there.
        new: what it is.
        field: a JSON pointer.
    """
    for each in schema.get("x-kubernetes-validations", ()):
        is_for_changes = "oldSelf" in each["rule"]
        if not (is_for_changes and old is None) and not RULES[each["rule"]].holds(new, old):
            yield Refusal(field, f"{field}: {RULES[each['rule']].accepted}", in_place=is_for_changes)
    for name, child in schema.get("properties", {}).items():
        if isinstance(new, Mapping) and new.get(name) is not None:
            before = old.get(name) if isinstance(old, Mapping) else None
            yield from rule_refusals(child, before, new[name], f"{field}/{name}")


def _has(value: Any, *names: str) -> int:
    """How many of these fields are there."""
    return sum(value.get(name) is not None for name in names)


def _same(new: Any, old: Any) -> bool:
    return same(new, old)


def _is_uuid(new: Any, old: Any) -> bool:
    with suppress(ValueError):
        return str(uuid.UUID(new)) == str(new).lower()
    return False


def _comes_or_goes(name: str) -> Callable[[Any, Any], bool]:
    return lambda new, old: _has(new, name) == _has(old, name)


_KUBE_CONFIG = "exactly one of configMapRef and secretRef is accepted"

RULES: Mapping[str, Rule] = {
    "(has(self.chart) && !has(self.chartRef)) || (!has(self.chart) && has(self.chartRef))": Rule(
        "exactly one of chart and chartRef is accepted", lambda new, old: _has(new, "chart", "chartRef") == 1
    ),
    "!has(self.retryInterval) || self.name != 'RemediateOnFailure'": Rule(
        "retryInterval is not accepted beside RemediateOnFailure",
        lambda new, old: not _has(new, "retryInterval") or new.get("name") != "RemediateOnFailure",
    ),
    "!has(self.retryInterval) || self.name == 'RetryOnFailure'": Rule(
        "retryInterval is accepted beside RetryOnFailure alone",
        lambda new, old: not _has(new, "retryInterval") or new.get("name") == "RetryOnFailure",
    ),
    "has(self.configMapRef) || has(self.secretRef)": Rule(
        _KUBE_CONFIG, lambda new, old: _has(new, "configMapRef", "secretRef") > 0
    ),
    "!has(self.configMapRef) || !has(self.secretRef)": Rule(
        _KUBE_CONFIG, lambda new, old: _has(new, "configMapRef", "secretRef") < 2
    ),
    "(has(self.folderUID) && !(has(self.folderRef))) || (has(self.folderRef) && !(has(self.folderUID))) || "
    "!(has(self.folderRef) && (has(self.folderUID)))": Rule(
        "one of folderRef and folderUID is accepted", lambda new, old: _has(new, "folderRef", "folderUID") < 2
    ),
    "(has(self.folder) && !(has(self.folderRef) || has(self.folderUID))) || !(has(self.folder))": Rule(
        "folder is not accepted beside folderRef or folderUID",
        lambda new, old: not _has(new, "folder") or not _has(new, "folderRef", "folderUID"),
    ),
    "((!has(oldSelf.uid) && !has(self.uid)) || (has(oldSelf.uid) && has(self.uid)))": Rule(
        "a uid can be neither added nor taken away", _comes_or_goes("uid")
    ),
    "!oldSelf.allowCrossNamespaceImport || (oldSelf.allowCrossNamespaceImport && self.allowCrossNamespaceImport)": Rule(
        "allowCrossNamespaceImport cannot be switched off",
        lambda new, old: (
            not old.get("allowCrossNamespaceImport", False) or bool(new.get("allowCrossNamespaceImport", False))
        ),
    ),
    "((!has(oldSelf.accessToken) && !has(self.accessToken)) || (has(oldSelf.accessToken) && has(self.accessToken)))": (
        Rule("an accessToken can be neither added nor taken away", _comes_or_goes("accessToken"))
    ),
    "!format.uuid().validate(self).hasValue()": Rule("a UUID is accepted", _is_uuid),
    "self == oldSelf": Rule("it cannot be changed", _same),
}
"""By the text of the rule: every one of the CRDs that the library writes for."""
