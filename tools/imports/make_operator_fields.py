"""Write the bound operator version's fields into constructs_lib/dragonfly/data/operator_fields.json.

    python -m tools.imports.make_operator_fields                # from the addresses in cdk8s.yaml
    python -m tools.imports.make_operator_fields --crds FOLDER  # from the YAML files of a folder

The version is the one that the operator's address in cdk8s.yaml names; what the file has of older ones stays.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from constructs_lib.checks.definitions import OPERATOR_GROUP
from tools.imports.make_imports import ROOT, ImportFailed, find_crds, read_addresses, read_folder

TABLE = ROOT / "constructs_lib" / "dragonfly" / "data" / "operator_fields.json"


def main() -> None:
    """Write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--crds", type=Path, metavar="FOLDER", help="read the CRDs from this folder's *.yaml files")
    folder = parser.parse_args().crds
    try:
        crds = find_crds(read_folder(folder) if folder else read_addresses(ROOT / "cdk8s.yaml"))
    except ImportFailed as error:
        sys.exit(f"make imports: {error}")
    table = json.loads(TABLE.read_text("utf-8"))
    table[bound_version()] = fields_of(crds[OPERATOR_GROUP, "Dragonfly"])
    TABLE.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")


def bound_version() -> str:
    """The operator's version in cdk8s.yaml."""
    (version,) = re.findall(r"/dragonfly-operator/(v[^/]+)/", (ROOT / "cdk8s.yaml").read_text("utf-8"))
    return str(version)


def fields_of(crd: Mapping[str, Any]) -> list[str]:
    """The fields of the spec, and the fields in those: deeper ones come with core/v1, which has a table of its own."""
    (version,) = crd["spec"]["versions"]
    fields = version["schema"]["openAPIV3Schema"]["properties"]["spec"]["properties"]
    below = (f"{name}.{inner}" for name, field in fields.items() for inner in field.get("properties", ()))
    return sorted([*fields, *below])


if __name__ == "__main__":
    main()
