"""The fields of what `--format json` writes, as facts of the surface: of the schemas there are, else of samples."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

from typer.testing import CliRunner

from constructs_lib.cli.app import app
from constructs_lib.cli.backup.kubectl import Kubectl

ROOT = Path(__file__).resolve().parents[2]

SCHEMAS = {
    "review": ROOT / "docs" / "review.schema.json",
    "doctor": ROOT / "constructs_lib" / "doctor" / "findings.schema.json",
}

POLICY = {"network_policies_enabled": True, "network_policies_mode": "enforce"}
CLIENTS = [{"namespace": "web", "pod_labels": {"app": "shop"}}, {"cidr": "192.0.2.0/24"}, {"entities": ["host"]}]
TLS = {"dragonfly_tls_enabled": True, "dragonfly_tls_issuer": {"name": "ca"}}
VOLUMES = {"dragonfly_snapshot_volume_size": "5Gi"}

SAMPLES: dict[str, list[tuple[dict[str, Any], str]]] = {
    "connect": [
        ({}, "connect default"),
        ({**POLICY, **TLS, "dragonfly_clients": CLIENTS}, "connect default --namespace web"),
        ({"dragonfly_authentication": False}, "connect default"),
    ],
    "variables": [({}, "variables")],
    "backup list": [(VOLUMES, "backup list"), (VOLUMES, "backup list --kubectl")],
}
"""By command, each form of its output: what `cluster.yaml` says, and the call."""

A_FILE = b"1777593600 5 /dragonfly/snapshots/dump-2026-05-01T00:00:00-summary.dfs\n"
"""What kubectl says of a volume."""


def fields() -> dict[str, list[str]]:
    """Facts by command and field: `review changes[].object.kind`."""
    found = {command: dict(_of_schema(json.loads(path.read_text()))) for command, path in SCHEMAS.items()}
    found |= {command: of_samples(list(map(_told, samples))) for command, samples in SAMPLES.items()}
    return {f"{command} {field}": facts for command, facts_of in found.items() for field, facts in facts_of.items()}


def of_samples(documents: list[Any]) -> dict[str, list[str]]:
    """The fields of all documents, each with what it may be in one of them."""
    found: dict[str, list[str]] = {}
    _add_fields(documents, "", found)
    return found


def _add_fields(values: list[Any], path: str, found: dict[str, list[str]]) -> None:
    objects = [value for value in values if isinstance(value, dict)]
    for key in dict.fromkeys(key for each in objects for key in each):
        there = [each[key] for each in objects if key in each]
        name = f"{path}.{key}".removeprefix(".")
        found[name] = _facts({_kind(value) for value in there}, len(there) < len(objects))
        _add_fields(there, name, found)
    items = [item for value in values if isinstance(value, list) for item in value]
    if items:
        _add_fields(items, f"{path}[]", found)


def _of_schema(schema: dict[str, Any]) -> Iterator[tuple[str, list[str]]]:
    definitions = schema.get("$defs") or schema.get("definitions") or {}

    def walk(node: dict[str, Any], path: str) -> Iterator[tuple[str, list[str]]]:
        node = definitions[node["$ref"].rpartition("/")[2]] if "$ref" in node else node
        for key, below in node.get("properties", {}).items():
            name = f"{path}.{key}".removeprefix(".")
            yield name, _facts(_kinds(below, definitions), key not in node.get("required", ()))
            yield from walk(below, name)
        if "items" in node:
            yield from walk(node["items"], f"{path}[]")

    return walk(schema, "")


def _kinds(node: dict[str, Any], definitions: dict[str, Any]) -> set[str]:
    if "$ref" in node:
        return _kinds(definitions[node["$ref"].rpartition("/")[2]], definitions)
    if "const" in node or "enum" in node:
        return {_kind(value) for value in node.get("enum", [node.get("const")])}
    kinds = node.get("type", "anything")
    return {kinds} if isinstance(kinds, str) else set(kinds)


def _facts(kinds: set[str], is_optional: bool) -> list[str]:
    return [f"may be {kind}" for kind in sorted(kinds)] + (["may be absent"] if is_optional else [])


def _kind(value: Any) -> str:
    names = {dict: "object", list: "array", str: "string", bool: "boolean", int: "integer", float: "number"}
    return names.get(type(value), "null")


def _told(sample: tuple[dict[str, Any], str]) -> Any:
    """What a command writes for a `cluster.yaml`."""
    given, command = sample
    with TemporaryDirectory() as folder, patch.object(Kubectl, "run", return_value=A_FILE):
        config = Path(folder, "cluster.yaml")
        config.write_text(json.dumps({"dragonfly_enabled": True, **given}))
        environment = {"CLUSTER_CONFIG": str(config)}
        return json.loads(CliRunner().invoke(app, [*command.split(), "--format", "json"], env=environment).stdout)
