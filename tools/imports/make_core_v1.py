"""Write constructs_lib/arguments/data/core_v1.json: Kubernetes' own types, by name, as a table.

    python -m tools.imports.make_core_v1

Names and types are those of cdk8s-plus-28's generated structs (Kubernetes 1.28), under the names that YAML has, and
what the operator's CRDs know beyond them. As a table they load in a fiftieth of the time that cdk8s-plus-28 takes.
"""

from __future__ import annotations

import json
import re
import tarfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Union, get_args, get_origin, get_type_hints

from cdk8s_plus_28 import k8s

TABLE = Path(__file__).resolve().parents[2] / "constructs_lib" / "arguments" / "data" / "core_v1.json"

PARTS = (
    "Affinity",
    "Container",
    "EnvVar",
    "PersistentVolumeClaimSpec",
    "PodSecurityContext",
    "SecurityContext",
    "Toleration",
    "TopologySpreadConstraint",
    "Volume",
)
"""The kinds that `CoreV1` marks name; whole objects (Secret, Job, …) are there as well."""

NEWER_FIELDS = {
    "LifecycleHandler": ("sleep",),
    "PersistentVolumeClaimSpec": ("volumeAttributesClassName",),
    "PodAffinityTerm": ("matchLabelKeys", "mismatchLabelKeys"),
    "PodSecurityContext": ("appArmorProfile", "seLinuxChangePolicy", "supplementalGroupsPolicy"),
    "ResourceClaim": ("request",),
    "SecurityContext": ("appArmorProfile",),
    "Volume": ("image",),
    "VolumeMount": ("recursiveReadOnly",),
    "VolumeProjection": ("clusterTrustBundle",),
}
"""Fields that the operator's CRDs know and Kubernetes 1.28 did not: taken unchecked."""


def main() -> None:
    """Write the table."""
    TABLE.write_text(rendered())


def rendered() -> str:
    """The table's text: objects by version and kind, every type that they reach, names that YAML spells otherwise."""
    objects = {f"{kind.api_version} {kind.kind}": props for kind, props in _objects()}
    types: dict[str, Any] = {}
    waiting = [*PARTS, *objects.values()]
    while waiting:
        name = waiting.pop()
        if name not in types:
            types[name], used = _type(getattr(k8s, name))
            waiting += used
    table = {"yaml_names": _yaml_names(), "objects": objects, "types": types}
    parts = [f' "{name}": {{\n{_lines(rows)}\n }}' for name, rows in table.items()]
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _lines(rows: dict[str, Any]) -> str:
    return ",\n".join(f"  {json.dumps(name)}: {json.dumps(row, sort_keys=True)}" for name, row in sorted(rows.items()))


def _objects() -> Iterator[tuple[Any, str]]:
    for name, construct in vars(k8s).items():
        if name.startswith("Kube") and hasattr(construct, "GVK") and not name.endswith("List"):
            yield construct.GVK, f"{name}Props"


@cache
def _yaml_names() -> dict[str, str]:
    """Names that cdk8s-plus' types spell otherwise than Kubernetes does (`hostIp`), read off its own renderer."""
    with tarfile.open(_archive()) as package:
        source = package.extractfile("package/lib/imports/k8s.js")
        assert source is not None
        pairs = re.findall(r"'([\w$-]+)': .*?obj\.(\w+)", source.read().decode())
    # `schema` is a field's own name as well as what `$schema` is called.
    return {jsii_name: name for name, jsii_name in pairs if name != jsii_name and jsii_name != "schema"}


def _archive() -> Path:
    (archive,) = Path(k8s.__file__).parent.parent.joinpath("_jsii").glob("*.tgz")
    return archive


def _type(struct: Any) -> tuple[dict[str, Any], list[str]]:
    """A struct's fields by YAML name, those that are required, and the structs that it uses."""
    hints = get_type_hints(struct.__init__, vars(k8s))
    fields: dict[str, str] = dict.fromkeys(NEWER_FIELDS.get(struct.__name__, ()), "any")
    required, used = [], []
    for argument, jsii_name in struct.__jsii_name_mapping__.items():
        name = _yaml_names().get(jsii_name, jsii_name)
        fields[name] = _described(hints[argument])
        used += [word for word in fields[name].replace("[]", " ").replace("{}", " ").split() if word[0].isupper()]
        if type(None) not in get_args(hints[argument]):
            required.append(name)
    return {"fields": fields, "required": sorted(required)}, used


def _described(hint: Any) -> str:
    """A hint in the table's notation: `text`, `[]Container`, `{}quantity`."""
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Union:
        members = [member for member in arguments if member is not type(None)]
        return _described(next((member for member in members if hasattr(member, "__jsii_name_mapping__")), members[0]))
    if hasattr(hint, "__jsii_name_mapping__"):
        return str(hint.__name__)
    if origin is not None and "Mapping" in str(origin):
        return "{}" + _described(arguments[1])
    if origin is not None:
        return "[]" + _described(arguments[0])
    return _SCALARS.get(hint.__name__, "any")


_SCALARS = {
    "str": "text",
    "bool": "boolean",
    "int": "number",
    "float": "number",
    "IntOrString": "number or text",
    "Quantity": "number or text",
}


if __name__ == "__main__":
    main()
