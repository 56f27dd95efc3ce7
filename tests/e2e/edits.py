"""One object of every kind that the library writes, and ways to edit it."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from hypothesis import strategies as st

from constructs_lib.review.changes.model import ObjectKey, Tree
from constructs_lib.review.sides.trees import Reader, files_of
from tests.conftest import ROOT

SNAPSHOTS = ROOT / "tests" / "__snapshots__" / "test_stacks"

Object = dict[str, Any]
Edit = Callable[[Object], object]
Steps = tuple[str | int, ...]

EVERY_KIND = ("everything-on", "restored", "external-secrets", "kubernetes-policy", "operator-v1.5.0", "three-replicas")
"""Stacks that have all kinds between them; the first that has a kind gives it."""

SECRET: Object = {
    "apiVersion": "v1",
    "kind": "Secret",
    "metadata": {"name": "dragonfly-auth", "namespace": "cache", "labels": {"app.kubernetes.io/name": "dragonfly"}},
    "type": "Opaque",
    "stringData": {"password": "not a real one", "acl.conf": "USER default ON >not-a-real-one ~* +@all"},
}
"""A Secret as Flux applies it: decrypted, its variables put in."""


@cache
def originals() -> dict[str, Object]:
    """An object of each kind by that, as our own stacks have it."""
    found = {"Secret": SECRET}
    for name in EVERY_KIND:
        for key, manifest in stack(name).items():
            found.setdefault(key.kind, dict(manifest))
    return found


def original(kind: str, namespace: str) -> Object:
    """An object of a kind, in a namespace of this run; of a Namespace, one called like it and further."""
    made = copy.deepcopy(originals()[kind])
    if kind == "Namespace":
        made["metadata"]["name"] = f"{namespace}-edited"
    else:
        made["metadata"]["namespace"] = namespace
    return made


@cache
def stack(name: str) -> Tree:
    """A stack's manifests, which nobody may change."""
    return Reader().read(files_of(SNAPSHOTS / name)).tree


def key_of(manifest: Object) -> ObjectKey:
    """By what a review pairs it."""
    metadata = manifest["metadata"]
    return ObjectKey(manifest["kind"], metadata.get("namespace", ""), metadata["name"])


@dataclass(frozen=True)
class Put:
    """Put a value where steps lead; None takes away what is there."""

    steps: Steps
    value: Any

    def __call__(self, manifest: Object) -> None:
        *way, last = self.steps
        around: Any = manifest
        for step in way:
            around = around.setdefault(step, {}) if isinstance(around, dict) else around[step]
        if self.value is None:
            del around[last]
        else:
            around[last] = copy.deepcopy(self.value)

    def __str__(self) -> str:
        where = ".".join(map(str, self.steps))
        return f"{where} gone" if self.value is None else f"{where} {self.value!r}"[:80]


def at(path: str, value: Any = None) -> Put:
    """Put a value at `spec.template.spec.containers.0.image`; a `|` in place of a dot stands inside a name."""
    steps = [step.replace("|", ".") for step in path.split(".")]
    return Put(tuple(int(step) if step.isdecimal() else step for step in steps), value)


KEPT: tuple[Steps, ...] = (("apiVersion",), ("kind",), ("metadata", "name"), ("metadata", "namespace"))
"""By what an object is the same object."""

VALUES = (
    st.none()
    | st.booleans()
    | st.integers(-1, 2**33)
    | st.floats(0, 2)
    | st.text("aB1-._ /", max_size=6)
    | st.sampled_from(["1Gi", "0 * * * *", "100m", "Never", "a" * 64, "a" * 254, "10.0.0.0/8", "5m", "TCP"])
    | st.lists(st.text("ab", max_size=2), max_size=2)
    | st.dictionaries(
        st.sampled_from(["a", "name", "key", "A B"]), st.integers(0, 3) | st.text("ab", max_size=2), max_size=2
    )
)


def _places(value: Any, steps: Steps = ()) -> Iterator[Steps]:
    if steps in KEPT:
        return
    if steps and steps != ("metadata",):
        yield steps
    for step, part in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from _places(part, (*steps, step))


@st.composite
def edited(draw: st.DrawFn, manifest: Object) -> Object:
    """An object with one field of another value, renamed, gone, or with a further one beside it."""
    made = copy.deepcopy(manifest)
    *way, last = draw(st.sampled_from(list(_places(manifest))))
    around: Any = made
    for step in way:
        around = around[step]
    match draw(st.sampled_from(["anything", "alike", "alike", "gone", "renamed"])):
        case "anything":
            around[last] = draw(VALUES)
        case "alike":
            around[last] = draw(_alike(around[last]))
        case "gone":
            del around[last]
        case "renamed" if isinstance(around, dict):
            around[f"{last}{draw(st.sampled_from('sx'))}"] = around.pop(last)
    return made


def _alike(value: Any) -> st.SearchStrategy[Any]:
    """Other values of the same form."""
    if isinstance(value, bool):
        return st.just(not value)
    if isinstance(value, int):
        return st.integers(-1, 100_000)
    if isinstance(value, str):
        return st.text("ab1-._/", max_size=8) | st.just(f"{value}0") | st.just(value[:-1]) | st.just(value.upper())
    if isinstance(value, list):
        return st.sampled_from([value[1:], [*value, *value[:1]], value[::-1], []])
    return st.sampled_from([dict(list(value.items())[1:]), {}]) if isinstance(value, dict) else st.just(value)
