"""Write constructs_lib/checks/data/crds.json: the schemas of every custom resource that the library writes.

    python -m tools.imports.make_crd_schemas                # from the addresses in cdk8s.yaml
    python -m tools.imports.make_crd_schemas --crds FOLDER  # from the YAML files of a folder

A review needs them where no cluster and no publisher is at hand. They are the CRDs' own without what explains them to
readers, and without the operator's, which differs by version and stands in `dragonfly/operator_versions.py`.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from constructs_lib.checks.definitions import OPERATOR_GROUP
from tools.imports.make_imports import BINDINGS, ROOT, Binding, ImportFailed, find_crds, read_addresses, read_folder

TABLE = ROOT / "constructs_lib" / "checks" / "data" / "crds.json"

WRITTEN = tuple(binding for binding in BINDINGS if binding.crd[0] != OPERATOR_GROUP)

FOR_READERS = frozenset({"description", "message", "messageExpression", "reason", "title", "example"})
"""Keywords whose text explains a schema and refuses nothing."""

OPEN = {"type": "object", "x-kubernetes-preserve-unknown-fields": True}


def main() -> None:
    """Write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--crds", type=Path, metavar="FOLDER", help="read the CRDs from this folder's *.yaml files")
    folder = parser.parse_args().crds
    try:
        crds = find_crds(read_folder(folder) if folder else read_addresses(ROOT / "cdk8s.yaml"))
    except ImportFailed as error:
        sys.exit(f"make imports: {error}")
    TABLE.parent.mkdir(exist_ok=True)
    TABLE.write_text(rendered(crds), encoding="utf-8")


def rendered(crds: Mapping[tuple[str, str], Mapping[str, Any]]) -> str:
    """The table's text: a line a CRD, as much of each as says what the API server takes."""
    lines = [
        json.dumps(_bare_crd(crds[binding.crd], binding), sort_keys=True, separators=(",", ":")) for binding in WRITTEN
    ]
    return "[\n" + ",\n".join(lines) + "\n]\n"


def _bare_crd(crd: Mapping[str, Any], binding: Binding) -> dict[str, Any]:
    group, _, name = binding.api_version.partition("/")
    schemas = {each["name"]: each["schema"]["openAPIV3Schema"] for each in crd["spec"]["versions"]}
    schema = _bare(schemas[name])
    # Controllers write it, and of what a manifest says there the API server keeps nothing.
    schema["properties"]["status"] = OPEN
    version = {"name": name, "served": True, "schema": {"openAPIV3Schema": schema}}
    return {"spec": {"group": group, "names": {"kind": binding.kind}, "versions": [version]}}


def _bare(schema: Any) -> Any:
    """A schema without what is for readers; a property may well be called `description`."""
    if isinstance(schema, list):
        return [_bare(each) for each in schema]
    if not isinstance(schema, Mapping):
        return schema
    return {
        name: {each: _bare(below) for each, below in part.items()} if name == "properties" else _bare(part)
        for name, part in schema.items()
        if name not in FOR_READERS
    }


if __name__ == "__main__":
    main()
