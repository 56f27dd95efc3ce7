"""Parts that are core/v1 objects: affinity, containers, volumes, tolerations and the like.

The bindings leave them open, so that they load fast; users write them as the YAML they know, or pass
cdk8s-plus-28's own types. Here both become plain data, and every field's name and type is checked against
`data/core_v1.json`, which tools/imports/make_core_v1.py makes of cdk8s-plus-28.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from constructs_lib.errors import Finding
from constructs_lib.values.redact import type_name
from constructs_lib.values.suggest import suggest


@dataclass(frozen=True, slots=True)
class CoreV1:
    """Marks an argument that takes a core/v1 object (or a list of them) as the YAML it is."""

    kind: str
    many: bool = False


def plain(value: Any) -> Any:
    """A core/v1 part as plain data under its YAML names, whether it came as such or as cdk8s-plus types."""
    if hasattr(value, "__jsii_name_mapping__"):
        names = value.__jsii_name_mapping__
        return {_yaml_name(names[name]): plain(item) for name, item in value._values.items() if item is not None}
    if isinstance(value, Mapping):
        return {name: plain(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if type(value).__name__ in {"IntOrString", "Quantity"}:
        # cdk8s-plus' stand-ins for a number or a text.
        return value.value
    return value


def core_v1_findings(argument: str, part: CoreV1, value: Any) -> Iterator[Finding]:
    """What the API server would refuse in a part: fields that do not exist, are missing or of the wrong type."""
    yield from _findings(argument, plain(value), f"[]{part.kind}" if part.many else part.kind)


def core_v1_object(api_version: str, kind: str) -> CoreV1 | None:
    """The type of a whole object of Kubernetes' own, such as `v1` `Secret`; None for one that it does not have."""
    name = _table()["objects"].get(f"{api_version} {kind}")
    return CoreV1(name) if name else None


def _findings(where: str, value: Any, kind: str) -> Iterator[Finding]:
    """Walk a value beside its type, in the table's notation: `text`, `[]Container`, `{}number or text`, `Probe`."""
    if kind.startswith("[]"):
        if isinstance(value, list):
            for index, item in enumerate(value):
                yield from _findings(f"{where}[{index}]", item, kind[2:])
        else:
            yield _refused(where, value, "a list")
    elif kind.startswith("{}"):
        if isinstance(value, dict):
            for name, item in value.items():
                yield from _findings(f"{where}.{name}", item, kind[2:])
        else:
            yield _refused(where, value, "a mapping")
    elif kind in _SCALARS:
        if not isinstance(value, _SCALARS[kind]) or (isinstance(value, bool) and kind != "boolean"):
            yield _refused(where, value, "true or false" if kind == "boolean" else f"a {kind}")
    elif kind != "any":
        yield from _object_findings(where, value, kind)


def _object_findings(where: str, value: Any, kind: str) -> Iterator[Finding]:
    if not isinstance(value, dict):
        yield _refused(where, value, f"a mapping with the fields of {kind}")
        return
    fields: dict[str, str] = _table()["types"][kind]["fields"]
    for name, item in value.items():
        if name in fields:
            yield from _findings(f"{where}.{name}", item, fields[name])
        else:
            advice = suggest(str(name), fields) or f"accepted: {', '.join(sorted(fields))}"
            yield Finding.error(f"{where}.{name}", f"no field of {kind}; {advice}")
    for name in _table()["types"][kind]["required"]:
        if name not in value:
            yield Finding.error(where, f"{kind} has no {name}; it is required")


def _refused(where: str, value: Any, accepted: str) -> Finding:
    # The value is not told: below `env` it may be a secret.
    return Finding.error(where, f"{type_name(value)} is not accepted; accepted: {accepted}")


_SCALARS: dict[str, tuple[type, ...]] = {
    "text": (str,),
    "boolean": (bool,),
    "number": (int, float),
    "number or text": (int, float, str),
}


def _yaml_name(name: str) -> str:
    """The name that Kubernetes has for a field of cdk8s-plus' types: `hostIP` for `hostIp`."""
    names: dict[str, str] = _table()["yaml_names"]
    return names.get(name, name)


@cache
def _table() -> dict[str, Any]:
    table: dict[str, Any] = json.loads(
        files("constructs_lib.arguments").joinpath("data/core_v1.json").read_text("utf-8")
    )
    return table
