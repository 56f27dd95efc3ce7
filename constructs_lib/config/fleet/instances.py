"""The instances of a file: the one cache of its flat variables, or a fleet that inherits them.

An instance of a fleet has the flat variables with its own over them. What is found in it is told under its own name,
and what is found alike in all of them under the flat variable that they inherit, once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol, TypeVar

from constructs_lib.arguments.model import validate
from constructs_lib.config.files.configuration import INSTANCES
from constructs_lib.config.files.merge import merged
from constructs_lib.config.keys import PREFIX, CheckedKeys, check_keys, key_of, nearest_key
from constructs_lib.config.switches import Switches
from constructs_lib.config.variables import OF_THE_CLUSTER, known_keys
from constructs_lib.errors import DragonflyError, Finding
from constructs_lib.values.suggest import suggest

NAME = "dragonfly_name"
SCOPE = "dragonfly_monitoring_dashboard_scope"


class NoInstance(DragonflyError):
    """No instance is meant by a name, or by none."""


class Named(Protocol):
    """Whatever is known of an instance, by its name."""

    @property
    def name(self) -> str: ...


_NamedT = TypeVar("_NamedT", bound=Named)


@dataclass(frozen=True, slots=True)
class GivenInstance:
    """What a file gives one instance."""

    name: str | None
    """By which it stands in the fleet; None for the one cache of a file without a fleet."""
    own: Mapping[Any, Any]
    """What it has otherwise than the others."""
    variables: Mapping[Any, Any]
    """What it has, by key."""
    out_of_bounds: frozenset[str]
    """Keys whose error is told already."""

    def place(self, finding: Finding) -> Finding:
        """A finding about its variables, under its own name; what it inherits from the cluster keeps its place."""
        return finding if self.name is None or _is_of_the_cluster(key_of(finding)) else self.own_place(finding)

    def own_place(self, finding: Finding) -> Finding:
        """A finding about what stands under its name."""
        where = f"{INSTANCES}.{self.name}"
        return replace(finding, where=where if finding.where in ("", NAME) else f"{where}.{finding.where}")


@dataclass(frozen=True, slots=True)
class GivenInstances:
    """The instances of one file."""

    instances: Sequence[GivenInstance]
    flat: Mapping[Any, Any]
    """What stands outside of them."""
    is_fleet: bool
    errors: tuple[Finding, ...]
    warnings: tuple[Finding, ...]


def given_instances(given: Mapping[Any, Any]) -> GivenInstances:
    """Check what a file gives, key by key, and give each instance what is its own."""
    keys = check_keys({key: value for key, value in given.items() if key != INSTANCES})
    if INSTANCES not in given:
        one = GivenInstance(None, {}, keys.variables, keys.out_of_bounds)
        errors = (*keys.errors, *_of_a_fleet(keys.variables))
        return GivenInstances([one], keys.variables, False, errors, keys.warnings)
    told = [*keys.errors, *_not_of_a_fleet(keys.variables), *_not_instances(given[INSTANCES])]
    warned = [*keys.warnings]
    instances = []
    for name, own in given[INSTANCES].items() if isinstance(given[INSTANCES], Mapping) else ():
        if isinstance(name, str) and isinstance(own, Mapping | None):
            checked = check_keys(own or {})
            instance = _instance(name, checked, keys)
            told += [instance.own_place(error) for error in (*checked.errors, *_not_its_own(own or {}))]
            warned += [instance.own_place(warning) for warning in checked.warnings]
            instances.append(instance)
    return GivenInstances(instances, keys.variables, True, tuple(told), tuple(warned))


def placed(told: Iterable[tuple[GivenInstance, Iterable[Finding]]]) -> Iterator[Finding]:
    """The findings of instances, each under the instance's name, or under the flat variable where all have it alike."""
    by_instance = [(instance, list(dict.fromkeys(findings))) for instance, findings in told]
    alike = set.intersection(*(set(findings) for _, findings in by_instance)) if len(by_instance) > 1 else set()
    own = {key for instance, _ in by_instance for key in instance.own}
    for instance, findings in by_instance:
        for finding in findings:
            inherited = finding in alike and key_of(finding) not in own
            yield finding if inherited else instance.place(finding)


def instance_named(name: str | None, instances: Sequence[_NamedT]) -> _NamedT:
    """The instance that is meant; the only one where there is no name.

    Raises:
        NoInstance: there is none of that name, or there are several and no name.
    """
    by_name = {each.name: each for each in instances}
    if name is None and len(instances) == 1:
        return instances[0]
    if name in by_name:
        return by_name[name]
    accepted = f"accepted: {', '.join(by_name)}"
    if name is None:
        raise NoInstance(f"--instance: left out, and there are {len(instances)} instances; {accepted}")
    raise NoInstance(f"--instance {name}: no such instance; {suggest(name, by_name) or accepted}")


def _instance(name: str, own: CheckedKeys, flat: CheckedKeys) -> GivenInstance:
    variables = merged({**flat.variables, NAME: name}, {k: v for k, v in own.variables.items() if k != NAME})
    inherited = {key for key in flat.out_of_bounds if key not in own.variables}
    return GivenInstance(name, own.variables, variables, own.out_of_bounds | inherited)


def _of_a_fleet(flat: Mapping[Any, Any]) -> Iterator[Finding]:
    if SCOPE in flat:
        yield Finding.error(SCOPE, f"means nothing without `{INSTANCES}`; leave it out")


def _not_of_a_fleet(flat: Mapping[Any, Any]) -> Iterator[Finding]:
    if NAME in flat:
        yield Finding.error(NAME, f"given beside `{INSTANCES}`, whose keys are the names; leave it out")


def _not_instances(given: Any) -> Iterator[Finding]:
    yield from validate(Switches, {INSTANCES: given}).errors
    if given == {}:
        yield Finding.error(
            INSTANCES, "names no instance; accepted: a name each, such as {sessions: {dragonfly_replicas: 3}}"
        )


def _not_its_own(own: Mapping[Any, Any]) -> Iterator[Finding]:
    """Keys that an instance cannot have for itself."""
    known = known_keys()
    for key in own:
        if key == NAME:
            yield Finding.error("", f"{NAME} is the key in `{INSTANCES}`; leave it out")
        elif key in known and _is_of_the_cluster(key):
            yield Finding.error(key, f"belongs to the cluster, of which there is one; give it outside of `{INSTANCES}`")
        elif key not in known and not str(key).startswith(PREFIX):
            yield Finding.error(str(key), f"no variable of that name; {nearest_key(str(key), known) or _ACCEPTED}")


_ACCEPTED = "docs/cluster-yaml.md lists them all"


def _is_of_the_cluster(key: str) -> bool:
    return key in OF_THE_CLUSTER or (bool(key) and not key.startswith(PREFIX))
