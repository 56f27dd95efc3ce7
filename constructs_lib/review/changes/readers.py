"""Who reads a Secret or a ConfigMap, and which of its keys, as far as it stands in the manifests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from constructs_lib.review.changes.model import Context, ObjectKey, Tree

_REFERENCES = {
    "Secret": {
        "aclFromSecret": "name",
        "clientCaCertSecret": "name",
        "passwordFromSecret": "name",
        "secret": "secretName",
        "secretKeyRef": "name",
        "secretRef": "name",
        "tlsSecretRef": "name",
    },
    "ConfigMap": {"configMap": "name", "configMapKeyRef": "name", "configMapRef": "name"},
}
"""Fields of a pod and of a Dragonfly that name one, and the field in them that has the name."""

_READING_KINDS = frozenset({"CronJob", "Dragonfly", "Job"})


@dataclass(frozen=True, slots=True)
class Reader:
    """An object that reads another."""

    object: ObjectKey
    keys: frozenset[str]
    """The keys that it names; empty where it takes all there are."""

    def reads(self, key: str) -> bool:
        """Whether it reads that key."""
        return not self.keys or key in self.keys


def readers(key: ObjectKey, context: Context) -> Sequence[Reader]:
    """The instances and Jobs that read the object after the change."""
    return context.once(_readers_after).get(key, ())


def readers_before(key: ObjectKey, context: Context) -> Sequence[Reader]:
    """The instances and Jobs that read the object before it."""
    return context.once(_readers_before).get(key, ())


def _readers_after(context: Context) -> Mapping[ObjectKey, list[Reader]]:
    return _all_readers(context.new)


def _readers_before(context: Context) -> Mapping[ObjectKey, list[Reader]]:
    return _all_readers(context.old)


def _all_readers(tree: Tree) -> Mapping[ObjectKey, list[Reader]]:
    """Who reads each object of a tree."""
    found: dict[ObjectKey, list[Reader]] = {}
    for reader, manifest in sorted(tree.items()):
        if reader.kind in _READING_KINDS:
            references: dict[ObjectKey, list[frozenset[str]]] = {}
            for kind, name, keys in _references(manifest.get("spec")):
                references.setdefault(ObjectKey(kind, reader.namespace, name), []).append(keys)
            for key, given in references.items():
                everything = any(not keys for keys in given)
                named = frozenset[str]() if everything else frozenset[str]().union(*given)
                found.setdefault(key, []).append(Reader(reader, named))
    return found


def _references(part: Any) -> Iterator[tuple[str, str, frozenset[str]]]:
    """Kind and name of what each reference in a part of a manifest is to, and the keys that it names."""
    if isinstance(part, list):
        for each in part:
            yield from _references(each)
    elif isinstance(part, Mapping):
        for name, value in part.items():
            for kind, fields in _REFERENCES.items():
                if name in fields and isinstance(value, Mapping) and fields[name] in value:
                    yield kind, str(value[fields[name]]), frozenset(_keys(value))
            yield from _references(value)


def _keys(reference: Mapping[str, Any]) -> Iterator[str]:
    if "key" in reference:
        yield str(reference["key"])
    for item in reference.get("items") or ():
        yield str(item.get("key"))
