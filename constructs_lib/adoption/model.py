"""What a reading of manifests comes to: arguments of constructs with the field that each comes from, and the rest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from constructs_lib.checks.manifests import Manifest
from constructs_lib.review.changes.model import ObjectKey
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


@dataclass(frozen=True, slots=True)
class Setting:
    """An argument of a part, and the field that gives it."""

    part: str
    """A part as `config/variables.py` names its models; of the users `users`, of the other Kustomizations their own."""
    argument: str
    value: Any
    origin: Origin


@dataclass(frozen=True, slots=True)
class NotCarried:
    """A field that could not be carried over. No value of a secret is in its text."""

    origin: Origin
    why: str
    advice: str
    """What to do."""

    def __str__(self) -> str:
        return f"{self.origin}: {self.why}; {self.advice}"


Reading = Iterator[Setting | NotCarried]
"""What a reader gives: an argument, or a field that is none, with the reason."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that was read of one instance and of what stands around it."""

    settings: tuple[Setting, ...]
    not_carried: tuple[NotCarried, ...]

    @classmethod
    def of(cls, readings: Iterable[Setting | NotCarried]) -> Settings:
        """Sort what the readers gave; of an argument that is given twice the last counts."""
        settings: dict[tuple[str, str], Setting] = {}
        not_carried = []
        for reading in readings:
            if isinstance(reading, Setting):
                settings[reading.part, reading.argument] = reading
            else:
                not_carried.append(reading)
        return cls(tuple(settings.values()), tuple(not_carried))

    @property
    def parts(self) -> frozenset[str]:
        """The parts that have a setting."""
        return frozenset(setting.part for setting in self.settings)

    def of_part(self, part: str) -> dict[str, Setting]:
        """The settings of one part, by argument."""
        return {setting.argument: setting for setting in self.settings if setting.part == part}

    def value(self, part: str, argument: str) -> Any:
        """The value of an argument; None where it was not given."""
        return next((each.value for each in self.settings if (each.part, each.argument) == (part, argument)), None)
