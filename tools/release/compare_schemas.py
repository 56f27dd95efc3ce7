"""Two schemas of `cluster.yaml` compared: what the old one accepts and the new one refuses, variable by variable.

Which variables there are, and their defaults, the surface says (`tools/release/surface.py`).
They are compared structurally, by the keywords that pydantic writes. One of which nothing is known here counts as a
refusal where it is new or has another value.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from jsonschema import Draft7Validator

from tools.release.changelog import Change

Schema = dict[str, Any]

LOWEST = {"minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties"}
HIGHEST = {"maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties"}
WORDS = {"description", "title", "default", "examples", "deprecated"}
"""What refuses nothing."""
WALKED = {"type", "enum", "const", "anyOf", "items", "properties", "additionalProperties", "required"}

ANYTHING = "value"
"""What a schema without a type accepts."""


def refused(old: str, new: str) -> list[Change]:
    """What variables that are still there accepted and do not, and defaults below them that are others."""
    before, after = _root(old), _root(new)
    comparison = _Comparison(before, after)
    found = [
        change
        for key, was in before["properties"].items()
        if key in after["properties"]
        for change in comparison.at(key).lost(was, after["properties"][key])
    ]
    return list(dict.fromkeys(found))


def accepted(old: str, new: str) -> list[Change]:
    """Variables that accept more than they did."""
    before, after = _root(old), _root(new)
    comparison = _Comparison(after, before, tells_defaults=False)
    return [
        Change((key,), "accepts more")
        for key, now in after["properties"].items()
        if key in before["properties"] and any(comparison.at(key).lost(now, before["properties"][key]))
    ]


def _root(text: str) -> Schema:
    return {"properties": {}, **json.loads(text or "{}")}


@dataclass(frozen=True, slots=True)
class _Comparison:
    """Two schemas, at one place of both."""

    old_root: Schema
    new_root: Schema
    tells_defaults: bool = True
    place: tuple[str, ...] = ()
    seen: frozenset[tuple[str, str]] = frozenset()
    """References that are followed already."""

    def at(self, *names: str) -> _Comparison:
        return replace(self, place=(*self.place, *names))

    def lost(self, old: Schema, new: Schema) -> Iterator[Change]:
        """What is lost of a schema by another."""
        if not new.keys() - WORDS:
            return
        references = (old.get("$ref", ""), new.get("$ref", ""))
        # What a fleet's instance has is what stands outside: it is compared there.
        if references in self.seen or all(each.startswith("#/properties/") for each in references):
            return
        inside = replace(self, seen=self.seen | {references}) if all(references) else self
        now = _alternatives(new, self.new_root)
        for was in _alternatives(old, self.old_root):
            yield from inside._lost_of_one(was, now)

    def _lost_of_one(self, was: Schema, now: list[Schema]) -> Iterator[Change]:
        """Of one alternative, by the new one that comes nearest."""
        if values := _values(was):
            yield from (
                self._change(f"accepts {value} no longer", value) for value in values if not self._is(value, now)
            )
            return
        of_its_type = [each for each in now if _is_of(was, each)]
        if not of_its_type:
            types = " or ".join(map(_type, now))
            yield self._change(f"accepts {types} alone, no {_type(was)} any longer")
            return
        losses = [list(self._lost_by(was, each)) for each in of_its_type]
        yield from min(losses, key=len)

    def _is(self, value: Any, now: list[Schema]) -> bool:
        return Draft7Validator({"anyOf": now, **_definitions(self.new_root)}).is_valid(value)

    def _lost_by(self, was: Schema, now: Schema) -> Iterator[Change]:
        if values := _values(now):
            yield self._change(f"accepts {', '.join(map(str, values))} alone")
        yield from self._lost_by_keywords(was, now)
        if "items" in now:
            yield from self.lost(was.get("items", {}), now["items"])
        yield from self._lost_of_properties(was, now)
        for key in now.get("required", ()):
            if key not in was.get("required", ()):
                yield self.at(key)._change("is now required")

    def _lost_by_keywords(self, was: Schema, now: Schema) -> Iterator[Change]:
        for keyword in sorted(now.keys() - WALKED - WORDS - {"$ref"}):
            old, new = was.get(keyword), now[keyword]
            if old is None or _is_narrower(keyword, old, new):
                yield self._change(f"{keyword} is {new}, was {'none' if old is None else old}")

    def _lost_of_properties(self, was: Schema, now: Schema) -> Iterator[Change]:
        old, new = was.get("properties", {}), now.get("properties", {})
        others_before, others_now = (each.get("additionalProperties", True) for each in (was, now))
        for key, before in old.items():
            below = self.at(key)
            if key in new:
                yield from below.lost(before, new[key])
                yield from below._another_default(before, new[key])
            elif others_now is False:
                yield below._change("was removed")
            else:
                yield from below.lost(before, _schema(others_now))
        if others_before is False or _type(was) not in ("object", ANYTHING):
            return
        for key in (key for key in new if key not in old):
            yield from self.at(key).lost(_schema(others_before), new[key])
        if others_now is False:
            yield self._change("accepts no further keys any longer")
        else:
            yield from self.lost(_schema(others_before), _schema(others_now))

    def _another_default(self, was: Schema, now: Schema) -> Iterator[Change]:
        before, after = was.get("default"), now.get("default")
        if self.tells_defaults and before != after:
            yield self._change(f"default was changed, {before} to {after}")

    def _change(self, what: str, *values: Any) -> Change:
        return Change((*self.place, *map(str, values)), what)


def _alternatives(schema: Schema, root: Schema) -> list[Schema]:
    """What a schema accepts as schemas of one type each; what stands beside its alternatives holds for all of them."""
    if "$ref" in schema:
        return _alternatives(_resolved(schema["$ref"], root), root)
    beside = {key: value for key, value in schema.items() if key != "anyOf"}
    if "anyOf" in schema:
        return [{**beside, **each} for part in schema["anyOf"] for each in _alternatives(part, root)]
    types = schema.get("type")
    return [{**beside, "type": each} for each in types] if isinstance(types, list) else [beside]


def _resolved(reference: str, root: Schema) -> Schema:
    found: Any = root
    for step in reference.removeprefix("#/").split("/"):
        found = found[step]
    return dict(found)


def _values(schema: Schema) -> list[Any]:
    return [schema["const"]] if "const" in schema else schema.get("enum", [])


def _type(schema: Schema) -> str:
    return str(schema.get("type", ANYTHING))


def _is_of(was: Schema, now: Schema) -> bool:
    old, new = _type(was), _type(now)
    return new in (old, ANYTHING) or (old, new) == ("integer", "number")


def _is_narrower(keyword: str, old: Any, new: Any) -> bool:
    if keyword in LOWEST:
        return bool(new > old)
    return bool(new < old if keyword in HIGHEST else new != old)


def _schema(of: Schema | bool) -> Schema:
    return {} if isinstance(of, bool) else of


def _definitions(root: Schema) -> Schema:
    return {"definitions": root.get("definitions", {})}
