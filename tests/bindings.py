"""The shapes of custom resources, as the bindings in imports/ know them: read off their assemblies, without Node."""

from __future__ import annotations

import json
import tarfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from tools.imports.make_imports import BINDINGS, ROOT

BOUND = {(binding.api_version, binding.kind) for binding in BINDINGS}
"""The kinds whose shape is known."""


def shape_errors(manifest: dict[str, Any]) -> list[str]:
    """Fields of a manifest's spec that its CRD does not know, lacks, or has of another type."""
    (spec,) = (name for name in _types() if name.rpartition(".")[2] == f"{_class_name(manifest['kind'])}Spec")
    return list(_errors("spec", manifest["spec"], {"fqn": spec}))


def _class_name(kind: str) -> str:
    return "OciRepository" if kind == "OCIRepository" else kind


def _errors(where: str, value: Any, kind: dict[str, Any]) -> Iterator[str]:
    if "collection" in kind:
        collection = kind["collection"]
        parts = enumerate(value) if collection["kind"] == "array" else value.items()
        for key, part in parts:
            yield from _errors(f"{where}.{key}", part, collection["elementtype"])
    elif "fqn" in kind and _types()[kind["fqn"]]["kind"] == "interface":
        yield from _struct_errors(where, value, _types()[kind["fqn"]])
    elif "primitive" in kind and not isinstance(value, _PRIMITIVES[kind["primitive"]]):
        yield f"{where}: {value!r} is no {kind['primitive']}"


def _struct_errors(where: str, value: Any, struct: dict[str, Any]) -> Iterator[str]:
    # jsii spells initials as words: `toFqdNs` is the CRD's `toFQDNs`.
    known = {field["name"].lower(): field for field in struct["properties"]}
    for name, part in value.items():
        if name.lower() in known:
            yield from _errors(f"{where}.{name}", part, known[name.lower()]["type"])
        else:
            yield f"{where}.{name}: no field of {struct['name']}"
    given = {name.lower() for name in value}
    yield from (
        f"{where}: without {field['name']}"
        for name, field in known.items()
        if name not in given and not field.get("optional")
    )


_PRIMITIVES: dict[str, type | tuple[type, ...]] = {
    "any": object,
    "boolean": bool,
    "json": object,
    "number": (int, float),
    "string": str,
}


@cache
def _types() -> dict[str, dict[str, Any]]:
    types: dict[str, dict[str, Any]] = {}
    for archive in sorted(Path(ROOT, "imports").rglob("*.tgz")):
        with tarfile.open(archive) as packed:
            assembly = packed.extractfile("package/.jsii")
            assert assembly is not None
            types |= json.load(assembly)["types"]
    return types
