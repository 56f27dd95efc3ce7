"""The fields of a Dragonfly's `spec`, and the fields in those, in the CRD of each operator version's chart.

`data/operator_fields.json` holds them, read off the CRDs that the charts install; `make imports` adds the newest one's.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from constructs_lib.dragonfly.operator_versions import FIELD_SINCE
from constructs_lib.values.version import Version


@cache
def fields_by_version() -> Mapping[Version, frozenset[str]]:
    """The names of the fields, `snapshot.cron` for one in another, by version."""
    text = files("constructs_lib.dragonfly").joinpath("data/operator_fields.json").read_text("utf-8")
    return {Version.of(version): frozenset(fields) for version, fields in json.loads(text).items()}


@cache
def every_field() -> frozenset[str]:
    """The fields of all versions."""
    return frozenset().union(*fields_by_version().values())


def used_fields(spec: Mapping[str, Any]) -> Iterator[str]:
    """The fields that a spec has, as far as they are in the list: two steps deep, and none below an open mapping."""
    for name, value in spec.items():
        yield str(name)
        if isinstance(value, Mapping) and any(field.startswith(f"{name}.") for field in every_field()):
            yield from (f"{name}.{inner}" for inner in value)


def name_in_catalogue(field: str) -> str:
    """The name that `FIELD_SINCE` has for a field: a whole part that came later is there under its own name alone."""
    part = field.split(".")[0]
    return part if part in FIELD_SINCE else field
