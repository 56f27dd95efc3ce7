"""Policies with one thing in them left out or changed, for what each part of a rule is there for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from copy import deepcopy
from random import Random
from typing import Any

from constructs_lib.network.rules import Manifest

_NOTHING = object()


def mutants(policy: Manifest) -> Iterator[tuple[str, Manifest]]:
    """The policy with one thing in its spec left out, or changed: each thing once."""
    return (_changed(policy, *change) for change in _changes(policy))


def random_mutant(policy: Manifest, random: Random) -> Manifest:
    """One of them."""
    return _changed(policy, *random.choice(list(_changes(policy))))[1]


def _changes(policy: Manifest) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """The place of each change, and what is there instead."""
    for path in list(_paths(policy["spec"])):
        if not _means_nothing(policy["kind"], path):
            yield path, _NOTHING
        yield from ((path, other) for other in _others(_parent(policy["spec"], path)[path[-1]]))


def _changed(policy: Manifest, path: tuple[Any, ...], instead: Any) -> tuple[str, Manifest]:
    changed = deepcopy(dict(policy))
    where = ".".join(map(str, path))
    if instead is _NOTHING:
        del _parent(changed["spec"], path)[path[-1]]
        return f"without {where}", changed
    _parent(changed["spec"], path)[path[-1]] = instead
    return f"{where}: {instead}", changed


def _paths(node: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    steps: Iterable[Any] = node if isinstance(node, dict) else range(len(node)) if isinstance(node, list) else ()
    for step in steps:
        yield (*path, step)
        yield from _paths(node[step], (*path, step))


def _parent(spec: Any, path: tuple[Any, ...]) -> Any:
    for step in path[:-1]:
        spec = spec[step]
    return spec


def _others(value: Any) -> tuple[Any, ...]:
    """Other values for one: near ones, and wider ones where it is a range."""
    if isinstance(value, bool):
        return (not value,)
    if isinstance(value, int):
        return (value + 1,)
    if isinstance(value, str):
        return (f"{value}x", *(["0.0.0.0/0"] if "/" in value and value[0].isdigit() else []))
    return ()


def _means_nothing(kind: str, path: tuple[Any, ...]) -> bool:
    """What may be left out because it is so anyway: denying where there are rules, and TCP."""
    if kind == "CiliumNetworkPolicy":
        return "enableDefaultDeny" in path
    return path == ("policyTypes",) or "protocol" in path
