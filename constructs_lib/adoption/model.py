"""What manifests come to: arguments of constructs with the field that each comes from, and the rest."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from constructs_lib.checks.manifests import Manifest
from constructs_lib.review.changes.model import ObjectKey
from constructs_lib.review.changes.redaction import without_secrets
from constructs_lib.review.sides.trees import key_of


@dataclass(frozen=True, slots=True)
class Origin:
    """A field of an object that was read."""

    object: ObjectKey
    field: str
    """A JSON pointer; empty for the whole object."""

    @classmethod
    def of(cls, manifest: Manifest, field: str = "") -> Origin:
        """A field of a manifest."""
        return cls(key_of(manifest.object), field)

    def __str__(self) -> str:
        return f"{self.object} {self.field}".rstrip()

    def overlaps(self, other: Origin) -> bool:
        """Whether one of them is the other, or lies in it."""
        mine, theirs = f"{self.field}/", f"{other.field}/"
        return self.object == other.object and (mine.startswith(theirs) or theirs.startswith(mine))

    @property
    def order(self) -> tuple[str, ...]:
        """By what a list of places is sorted."""
        return self.object.kind, self.object.namespace, self.object.name, self.field


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a redis.conf that was read."""

    file: str
    number: int = 0
    """From 1; 0 for the file itself, or for what stands on no line of it."""
    field: str = ""
    """The directive."""

    def __str__(self) -> str:
        place = f"{self.file}:{self.number}" if self.number else self.file
        return f"{place} {self.field}".rstrip()

    @property
    def order(self) -> tuple[str, ...]:
        """By what a list of places is sorted."""
        return self.file, f"{self.number:09}", self.field


Place = Origin | Line
"""Where something was read."""


@dataclass(frozen=True, slots=True)
class Setting:
    """An argument of a part, and the field that gives it."""

    part: str
    """A part as `config/variables.py` names its models; of the users `users`, of the other Kustomizations their own."""
    argument: str
    value: Any
    origin: Place
    items: tuple[tuple[Any, Place], ...] = ()
    """Where the items of a list, or the values of a mapping by `(name, value)`, stand by themselves."""

    def origin_of(self, item: Any) -> Place:
        """Where an item stands; of one that is not known by itself, where all of them do."""
        return next((origin for each, origin in self.items if each == item), self.origin)


@dataclass(frozen=True, slots=True)
class NotCarried:
    """A field that could not be carried over. No value of a secret is in its text."""

    origin: Place
    why: str
    advice: str
    """What to do."""

    def __str__(self) -> str:
        return f"{self.origin}: {self.why}; {self.advice}"


Carried = Iterator[Setting | NotCarried]
"""What a module of `kinds/` gives: arguments, and fields that are none, with the reason."""


def without_secret_values(carried: Setting | NotCarried) -> Carried:
    """A setting without the items in which a secret may stand in the clear, each of them not carried."""
    if isinstance(carried, NotCarried):
        yield carried
        return
    rest: Any = carried.value
    secret: list[Any] = []
    if isinstance(rest, list):
        secret = [each for each in rest if _holds_a_secret(each)]
        rest = [each for each in rest if each not in secret]
    elif isinstance(rest, Mapping):
        secret = [item for item in rest.items() if _is_a_secret_named(*item)]
        rest = dict(item for item in rest.items() if item not in secret)
    for item in secret:
        yield NotCarried(
            carried.origin_of(item),
            "it may hold a secret in the clear, which is not shown",
            "put it into a Secret, and refer to that",
        )
    if not secret or rest:
        yield replace(carried, value=rest)


def _holds_a_secret(value: Any) -> bool:
    return bool(without_secrets(value) != value)


def _is_a_secret_named(name: str, value: Any) -> bool:
    return _holds_a_secret(value) or _holds_a_secret(f"--{name}={value}")


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that was read of one instance and of what stands around it."""

    settings: tuple[Setting, ...]
    not_carried: tuple[NotCarried, ...]

    @classmethod
    def of(cls, carried: Iterable[Setting | NotCarried]) -> Settings:
        """Sort what was carried over; of an argument that is given twice the last counts. No secret comes through."""
        settings: dict[tuple[str, str], Setting] = {}
        not_carried = []
        for each in (each for one in carried for each in without_secret_values(one)):
            if isinstance(each, Setting):
                settings[each.part, each.argument] = each
            else:
                not_carried.append(each)
        return cls(tuple(settings.values()), tuple(not_carried))

    @property
    def parts(self) -> frozenset[str]:
        """The parts that have a setting."""
        return frozenset(setting.part for setting in self.settings)

    def of_part(self, part: str) -> dict[str, Setting]:
        """The settings of one part, by argument."""
        return {setting.argument: setting for setting in self.settings if setting.part == part}

    def without(self, arguments: Container[tuple[str, str]]) -> Settings:
        """The same but for some arguments, each as `(part, argument)`."""
        left = (each for each in self.settings if (each.part, each.argument) not in arguments)
        return replace(self, settings=tuple(left))

    def value(self, part: str, argument: str) -> Any:
        """The value of an argument; None where it was not given."""
        return next((each.value for each in self.settings if (each.part, each.argument) == (part, argument)), None)
