"""The strict check of a custom resource by its CRD, as an API server makes it with `fieldValidation=Strict`.

A CRD's schema is made into a JSON schema that says aloud what Kubernetes implies (a field that is not named does
not exist; null only where `nullable`), and the jsonschema library applies it. What a schema cannot say stays for
the API server: CEL rules, immutable fields, admission.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from ipaddress import ip_network
from typing import Any

from jsonschema import Draft4Validator, FormatChecker, ValidationError
from jsonschema.validators import extend

from constructs_lib.errors import Finding
from constructs_lib.values.redact import redact, type_name
from constructs_lib.values.suggest import suggest

Schema = Mapping[str, Any]

_NAME = r"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$"
_TEXTS = {"type": "object", "additionalProperties": {"type": "string"}}
METADATA: Schema = {
    "type": "object",
    "properties": {
        "name": {"type": "string", "pattern": _NAME, "maxLength": 253},
        "generateName": {"type": "string"},
        "namespace": {"type": "string", "pattern": _NAME, "maxLength": 63},
        "labels": {
            "type": "object",
            "additionalProperties": {
                "type": "string",
                "pattern": r"^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$",
                "maxLength": 63,
            },
        },
        "annotations": _TEXTS,
        "finalizers": {"type": "array", "items": {"type": "string"}},
        "ownerReferences": {"type": "array", "items": {"type": "object"}},
    },
    "additionalProperties": False,
}
"""What a manifest may say in `metadata`:
https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/object-meta/"""


def validator_of(crd_schema: Schema) -> Draft4Validator:
    """A validator of whole objects, made of the `openAPIV3Schema` of one version in a CRD."""
    schema = strict(crd_schema)
    envelope = {"apiVersion": {"type": "string"}, "kind": {"type": "string"}, "metadata": METADATA}
    schema["properties"] = {**schema.get("properties", {}), **envelope}
    return _Validator(schema, format_checker=_FORMATS)


def schema_errors(custom_resource: Mapping[str, Any], validator: Draft4Validator) -> Iterator[Finding]:
    """What is wrong with a custom resource, all at once, in the order of its fields."""
    errors = list(validator.iter_errors(custom_resource))
    of_wrong_type = {_path(error.absolute_path) for error in errors if error.validator == "type"}
    for error in sorted(errors, key=lambda error: [str(step) for step in error.absolute_path]):
        # A value of the wrong type breaks every other rule on it as well, which says nothing more.
        if error.validator == "type" or _path(error.absolute_path) not in of_wrong_type:
            yield from _findings(error)


def strict(schema: Schema) -> dict[str, Any]:
    """A structural schema as a JSON schema (draft 4, whose `exclusiveMinimum` is OpenAPI's) that leaves nothing open.

    What stands under `allOf`, `anyOf`, `oneOf` and `not` is taken as it is: there a structural schema names no fields.
    """
    made = {key: value for key, value in schema.items() if key not in {"default", "description", "nullable"}}
    if schema.get("x-kubernetes-int-or-string"):
        made["type"] = ["integer", "string"]
    # Null stands for the default where there is one.
    if (schema.get("nullable") or "default" in schema) and "type" in made:
        made["type"] = [*([made["type"]] if isinstance(made["type"], str) else made["type"]), "null"]
        if "enum" in made:
            made["enum"] = [*made["enum"], None]
    if "items" in schema:
        made["items"] = strict(schema["items"])
    if isinstance(schema.get("additionalProperties"), Mapping):
        made["additionalProperties"] = strict(schema["additionalProperties"])
    if "properties" in schema:
        made["properties"] = {name: strict(child) for name, child in schema["properties"].items()}
        # Defaults are set before an object is validated.
        made["required"] = [
            name for name in schema.get("required", []) if "default" not in schema["properties"].get(name, {})
        ]
        if not made["required"]:
            del made["required"]
    if schema.get("x-kubernetes-embedded-resource"):
        envelope = {"apiVersion": {"type": "string"}, "kind": {"type": "string"}, "metadata": {"type": "object"}}
        made["properties"] = {**envelope, **made.get("properties", {})}
    if (
        schema.get("type") == "object"
        and "additionalProperties" not in schema
        and not schema.get("x-kubernetes-preserve-unknown-fields")
    ):
        made["additionalProperties"] = False
    return made


def _pattern(validator: Draft4Validator, pattern: str, instance: object, schema: Schema) -> Iterator[ValidationError]:
    expression = _expression(pattern)
    if isinstance(instance, str) and expression and not expression.search(instance):
        yield ValidationError("pattern")


@cache
def _expression(pattern: str) -> re.Pattern[str] | None:
    r"""A pattern of Go's, whose `$` is the end itself and which takes `(?i)` anywhere; None for what Python lacks.

    That is `\PC` and its like, in a match on HTTP headers of Cilium's.
    """
    flags = re.IGNORECASE if "(?i)" in pattern else 0
    translated = re.sub(r"(?<!\\)\$(?=$|\)|\|)", r"\\Z", pattern.replace("(?i)", ""))
    try:
        return re.compile(translated, flags)
    except re.error:
        return None


def _list_type(
    validator: Draft4Validator, list_type: str, instance: object, schema: Schema
) -> Iterator[ValidationError]:
    """Lists that are sets or maps hold an item, or a key, once: server-side apply merges by it."""
    if not isinstance(instance, list) or list_type == "atomic":
        return
    keys = schema.get("x-kubernetes-list-map-keys", [])
    seen = []
    for item in instance:
        key = {name: item.get(name) for name in keys} if keys and isinstance(item, dict) else item
        if key in seen:
            named = ", ".join(f"{name} {value!r}" for name, value in key.items()) if keys else redact(item)
            yield ValidationError(f"{named} stands there twice")
        seen.append(key)


_Validator: Callable[..., Draft4Validator] = extend(  # type: ignore[no-untyped-call]
    Draft4Validator, {"pattern": _pattern, "x-kubernetes-list-type": _list_type}
)

_FORMATS = FormatChecker(formats=())


@_FORMATS.checks("int32")
def _is_int32(value: object) -> bool:
    return not isinstance(value, int) or -(2**31) <= value < 2**31


@_FORMATS.checks("int64")
def _is_int64(value: object) -> bool:
    return not isinstance(value, int) or -(2**63) <= value < 2**63


@_FORMATS.checks("cidr", raises=ValueError)
def _is_cidr(value: object) -> bool:
    return not isinstance(value, str) or bool(ip_network(value, strict=False))


def _findings(error: Any) -> Iterator[Finding]:
    """The errors that a ValidationError stands for."""
    where = _path(error.absolute_path)
    if error.validator == "additionalProperties":
        known = error.schema.get("properties", {})
        for name in sorted(str(name) for name in error.instance if name not in known):
            yield Finding.error(f"{where}.{name}".lstrip("."), f"no such field; {_near(name, known)}")
    elif error.validator == "required":
        yield from _missing(error, where)
    else:
        yield Finding.error(where, _text(error))


def _missing(error: Any, where: str) -> Iterator[Finding]:
    """jsonschema tells of each missing field in an error of its own; the field's name is in its message alone."""
    for name in error.validator_value:
        if error.message.startswith(repr(name)):
            yield Finding.error(f"{where}.{name}".lstrip("."), "missing; it is required")


def _text(error: Any) -> str:
    """What is wrong, and what is accepted. Of a list, a mapping or a value of the wrong type no content is told: it
    may be an environment variable's, which is where a secret may stand."""
    limit, value = error.validator_value, error.instance
    if error.validator == "x-kubernetes-list-type":
        return f"{error.message}; accepted: once"
    if error.validator in {"oneOf", "anyOf", "allOf", "not"}:
        return _alternatives(error)
    if error.validator == "type":
        accepted = " or ".join(_TYPES[name] for name in ([limit] if isinstance(limit, str) else limit))
        return f"{type_name(value)} is not accepted; accepted: {accepted}"
    if isinstance(value, list | dict):
        return f"{len(value)} are not accepted; accepted: {_ACCEPTED[str(error.validator)].format(limit=limit)}"
    accepted = (
        ", ".join(repr(each) for each in limit if each is not None)
        if error.validator == "enum"
        else _ACCEPTED[str(error.validator)].format(limit=limit)
    )
    return f"{redact(value)} is not accepted; accepted: {accepted}"


def _alternatives(error: Any) -> str:
    """`oneOf` and its like nearly always say which fields go together."""
    branches = error.validator_value if isinstance(error.validator_value, list) else [error.validator_value]
    groups = [" and ".join(branch["required"]) for branch in branches if branch.get("required")]
    if groups and error.validator in {"oneOf", "anyOf"}:
        return f"accepted: {'one' if error.validator == 'oneOf' else 'at least one'} of {', '.join(groups)}"
    return f"it does not fit; the CRD's {error.validator} does not hold"


_TYPES = {
    "array": "a list",
    "boolean": "true or false",
    "integer": "a whole number",
    "null": "null",
    "number": "a number",
    "object": "a mapping",
    "string": "a text",
}

_ACCEPTED = {
    "format": "what the format {limit} takes",
    "maxItems": "at most {limit} items",
    "maxLength": "at most {limit} characters",
    "maxProperties": "at most {limit} fields",
    "maximum": "a number not above {limit}",
    "minItems": "at least {limit} items",
    "minLength": "at least {limit} characters",
    "minProperties": "at least {limit} fields",
    "minimum": "a number not below {limit}",
    "multipleOf": "a multiple of {limit}",
    "pattern": "a text that matches {limit}",
    "uniqueItems": "each item once",
}


def _path(steps: Any) -> str:
    """`["spec", "args", 0]` as `spec.args[0]`."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps).lstrip(".")


def _near(name: str, known: Mapping[str, Any]) -> str:
    return suggest(name, known) or (f"accepted: {', '.join(sorted(known))}" if known else "accepted: none")
