"""Who reads a Secret or a ConfigMap, and which of its keys, as far as it stands in the manifests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from constructs_lib.review.model import ObjectKey, Tree

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


def readers(key: ObjectKey, tree: Tree) -> list[Reader]:
    """The instances and Jobs of a tree that read the object."""
    found = []
    for other, manifest in sorted(tree.items()):
        if other.kind in _READING_KINDS and other.namespace == key.namespace:
            references = list(_references(manifest.get("spec"), key))
            if references:
                everything = any(not keys for keys in references)
                found.append(Reader(other, frozenset() if everything else frozenset().union(*references)))
    return found


def _references(part: Any, key: ObjectKey) -> Iterator[frozenset[str]]:
    """The keys that each reference in a part of a manifest names."""
    if isinstance(part, list):
        for each in part:
            yield from _references(each, key)
    elif isinstance(part, Mapping):
        for name, value in part.items():
            names = _REFERENCES[key.kind].get(name)
            if names and isinstance(value, Mapping) and value.get(names) == key.name:
                yield frozenset(_keys(value))
            else:
                yield from _references(value, key)


def _keys(reference: Mapping[str, Any]) -> Iterator[str]:
    if "key" in reference:
        yield str(reference["key"])
    for item in reference.get("items") or ():
        yield str(item.get("key"))
