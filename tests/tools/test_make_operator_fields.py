"""The fields of the operator's CRD are read off it, for the version that is bound."""

from __future__ import annotations

from typing import Any

from tests.operators import NEWEST
from tools.imports.make_operator_fields import bound_version, fields_of


def crd(**properties: Any) -> dict[str, Any]:
    schema = {"openAPIV3Schema": {"properties": {"spec": {"properties": properties}}}}
    return {"spec": {"versions": [{"name": "v1alpha1", "schema": schema}]}}


def test_fields_and_the_fields_in_those_are_listed_and_none_deeper() -> None:
    deep = {"properties": {"cron": {"type": "string"}, "claim": {"properties": {"size": {"type": "string"}}}}}
    assert fields_of(crd(snapshot=deep, labels={"additionalProperties": {"type": "string"}})) == [
        "labels",
        "snapshot",
        "snapshot.claim",
        "snapshot.cron",
    ]


def test_they_are_those_of_the_newest_version_that_was_seen_running() -> None:
    assert bound_version() == NEWEST
