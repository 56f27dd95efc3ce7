"""The schemas that come with the library say what the CRDs do, without their prose."""

from __future__ import annotations

import json

import pytest

from tools.imports import make_crd_schemas
from tools.imports.make_imports import BINDINGS, Binding

CRD = {
    "spec": {
        "group": "example.com",
        "names": {"kind": "Widget", "plural": "widgets"},
        "versions": [
            {
                "name": "v1",
                "served": True,
                "schema": {
                    "openAPIV3Schema": {
                        "description": "A widget.",
                        "properties": {
                            "spec": {
                                "type": "object",
                                "properties": {"description": {"type": "string", "description": "What it is for."}},
                                "x-kubernetes-validations": [{"rule": "has(self.description)", "message": "Say it."}],
                            },
                            "status": {"type": "object", "properties": {"ready": {"type": "boolean"}}},
                        },
                    }
                },
            }
        ],
    }
}


def test_prose_goes_and_what_refuses_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    widget = Binding("example.com/v1", "Widget")
    monkeypatch.setattr(make_crd_schemas, "WRITTEN", (widget,))
    (line,) = json.loads(make_crd_schemas.rendered({widget.crd: CRD}))
    (version,) = line["spec"]["versions"]
    assert version["schema"]["openAPIV3Schema"]["properties"] == {
        "spec": {
            "type": "object",
            "properties": {"description": {"type": "string"}},
            "x-kubernetes-validations": [{"rule": "has(self.description)"}],
        },
        "status": make_crd_schemas.OPEN,
    }


def test_every_kind_that_is_bound_has_its_schema_but_the_operators() -> None:
    found = {
        (crd["spec"]["group"], crd["spec"]["names"]["kind"]) for crd in json.loads(make_crd_schemas.TABLE.read_text())
    }
    assert found == {binding.crd for binding in BINDINGS} - {("dragonflydb.io", "Dragonfly")}
