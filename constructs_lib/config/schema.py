"""The JSON Schema of `cluster.yaml`, for editors: made of the tables and models by which the file itself is read.

What it refuses, the reader refuses; what spans several keys, or is the server's own notation, the reader alone knows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from pydantic.fields import FieldInfo

from constructs_lib.arguments.core_v1 import CoreV1
from constructs_lib.arguments.model import Arguments, Meaning
from constructs_lib.config.files.configuration import INSTANCES
from constructs_lib.config.fleet.instances import NAME
from constructs_lib.config.keys import PREFIX
from constructs_lib.config.reference import meaning_of_variable
from constructs_lib.config.switches import Switches
from constructs_lib.config.variables import (
    OF_THE_CLUSTER,
    SECRET_VARIABLES,
    VARIABLES,
    Variable,
    known_keys,
    model_named,
)

DRAFT = "http://json-schema.org/draft-07/schema#"
"""What every editor's YAML server reads: https://github.com/redhat-developer/yaml-language-server"""

Schema = dict[str, Any]


def config_schema() -> Schema:
    """The schema; keys of other components are left alone, unknown ones of ours are refused."""
    definitions: Schema = {}
    properties = dict(_properties(definitions))
    properties[INSTANCES]["anyOf"] = [_instances(properties), _NULL]
    return {
        "$schema": DRAFT,
        "title": "cluster.yaml of cdk8s-dragonfly",
        "type": "object",
        "properties": {key: properties[key] for key in sorted(properties)},
        "propertyNames": {"anyOf": [{"not": {"pattern": f"^{PREFIX}"}}, {"enum": sorted(known_keys())}]},
        "definitions": {name: definitions[name] for name in sorted(definitions)},
    }


def _properties(definitions: Schema) -> Iterator[tuple[str, Schema]]:
    for key, field in Switches.model_fields.items():
        yield key, _property(Switches, key, field, Meaning.of(field).text, definitions)
    for variable in VARIABLES:
        model, argument = variable.feeds[0].split(".")
        meaning = meaning_of_variable(variable, Meaning.of(variable.field).text)
        found = _property(model_named(model), argument, variable.field, meaning, definitions)
        yield variable.key, found | _of_the_file(variable)
    for secret in SECRET_VARIABLES:
        text = f"{secret.meaning} Never in the clear: key {secret.secret_key} of the cache's Secret holds it."
        yield secret.key, {"type": ["string", "null"], "description": text}


def _instances(properties: Iterable[str]) -> Schema:
    """A fleet: each instance has what stands outside, but for what belongs to the cluster."""
    own = (key for key in properties if key.startswith(PREFIX) and key not in {*OF_THE_CLUSTER, NAME})
    instance = {"type": "object", "properties": {key: {"$ref": f"#/properties/{key}"} for key in sorted(own)}}
    return {
        "type": "object",
        "additionalProperties": {"anyOf": [instance | {"additionalProperties": False}, _NULL]},
    }


def _property(model: type[Arguments], name: str, field: FieldInfo, meaning: str, definitions: Schema) -> Schema:
    # A variable that is left empty has its default.
    schema = _model_schema(model)
    definitions |= {key: _without_titles(value) for key, value in schema.get("$defs", {}).items()}
    marks = [mark for mark in field.metadata if isinstance(mark, CoreV1)]
    found = _core_v1(marks[0]) if marks else _without_titles(schema["properties"][name])
    default = found.pop("default", None)
    kinds = found.pop("anyOf", [found] if found else [])
    kept: Schema = {"description": meaning} | ({} if default in (None, [], {}) else {"default": default})
    return kept | {"anyOf": [*(kind for kind in kinds if kind != _NULL), _NULL]}


@cache
def _model_schema(model: type[Arguments]) -> Schema:
    return model.model_json_schema(ref_template="#/definitions/{model}")


def _of_the_file(variable: Variable) -> Schema:
    """What the file's own default and bounds add."""
    found: Schema = {} if variable.default is None else {"default": variable.default}
    if variable.deprecation:
        # Of a later draft, and known to editors all the same: they strike the key through.
        found["deprecated"] = True
    if variable.bounds:
        found |= {"minimum": variable.bounds[0], "maximum": variable.bounds[1]}
    return found


def _core_v1(mark: CoreV1) -> Schema:
    return {"type": "array", "items": {"type": "object"}} if mark.many else {"type": "object"}


def _without_titles(schema: Schema) -> Schema:
    """Without the titles, which say a name again."""
    properties = {name: _without_titles(each) for name, each in schema.get("properties", {}).items()}
    kept = {key: value for key, value in schema.items() if key not in ("title", "properties")}
    return kept | ({"properties": properties} if properties else {})


_NULL = {"type": "null"}
