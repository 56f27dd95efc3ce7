"""What the library raises and what it warns of.

    DragonflyError              every fault that we find (a ValueError)
    ├── InvalidArguments        a construct was given what cannot work
    ├── InvalidConfig           a cluster.yaml says what cannot work
    └── OutputFolderError       the output folder holds what is not ours to replace

    DragonflyWarning            it works, but not as well as it looks (a UserWarning)
    └── ArgumentWarning         … because of what a construct was given

An error carries every fault of its source at once, each with the argument or key, what is wrong and
what is accepted. The value of a secret is in none of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong (or, as a warning, doubtful) with one argument or key."""

    where: str
    """The argument or key, with the way inside it: `tolerations[0].operator`."""
    text: str
    """What is wrong; what is accepted."""

    def __str__(self) -> str:
        # A key of the user's own may hold anything; a line stays one line.
        where = "".join(char if char.isprintable() else repr(char)[1:-1] for char in self.where)
        return f"{where}: {self.text}" if where else self.text


@dataclass(frozen=True, slots=True)
class Doubt(Fault):
    """Something that works, but is worth a second look: told as a warning."""


class DragonflyError(ValueError):
    """Every fault that the library finds."""


class InvalidArguments(DragonflyError):
    """A construct was given arguments that cannot work; nothing was added to the tree."""

    def __init__(self, construct: str, faults: Iterable[Fault]) -> None:
        self.construct = construct
        self.faults = tuple(faults)
        super().__init__("\n".join(f"{construct}: {fault}" for fault in self.faults))


class InvalidConfig(DragonflyError):
    """A configuration file says what cannot work; nothing was written."""

    def __init__(self, file: str, faults: Iterable[Fault]) -> None:
        self.file = file
        self.faults = tuple(faults)
        super().__init__("\n".join(f"{file}: {fault}" for fault in self.faults))


class OutputFolderError(DragonflyError):
    """The output folder holds what no synth wrote, so it is not replaced."""


class DragonflyWarning(UserWarning):
    """The manifests are valid, but what they ask for is worth a second look."""


class ArgumentWarning(DragonflyWarning):
    """A doubt about a construct's arguments."""
