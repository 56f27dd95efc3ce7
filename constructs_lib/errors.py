"""What the library finds, what it raises and what it warns of.

    DragonflyError              everything that is refused (a ValueError)
    ├── InvalidArguments        a construct was given what cannot work
    ├── InvalidConfig           a cluster.yaml says what cannot work
    ├── OutputFolderError       the output folder holds what is not ours to replace
    ├── StaleOutputError        the output folder is not what would be written
    └── NoNode                  there is no Node for cdk8s to run in

    DragonflyWarning            it works, but not as well as it looks (a UserWarning)
    └── ArgumentWarning         … because of what a construct was given

An error carries every finding of its source at once, each with the argument or key, what is wrong and
what is accepted. The value of a secret is in none of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum


class Severity(Enum):
    """How bad a finding is."""

    ERROR = "error"
    """It cannot work: nothing is written."""
    WARNING = "warning"
    """It works, but is worth a second look."""
    NOTE = "note"
    """It works where something is done elsewhere."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing about one argument or key: `Finding.error("replicas", "…; accepted: …")`."""

    where: str
    """The argument or key, with the way inside it: `tolerations[0].operator`."""
    text: str
    """What is wrong; what is accepted."""
    severity: Severity

    @classmethod
    def error(cls, where: str, text: str) -> Finding:
        """What cannot work."""
        return cls(where, text, Severity.ERROR)

    @classmethod
    def warning(cls, where: str, text: str) -> Finding:
        """What works and is worth a second look."""
        return cls(where, text, Severity.WARNING)

    @classmethod
    def note(cls, where: str, text: str) -> Finding:
        """What must be done elsewhere for it to work."""
        return cls(where, text, Severity.NOTE)

    @property
    def is_error(self) -> bool:
        """Whether it cannot work."""
        return self.severity is Severity.ERROR

    @property
    def is_warning(self) -> bool:
        """Whether it works all the same."""
        return self.severity is Severity.WARNING

    def __str__(self) -> str:
        # A key of the user's own may hold anything; a line stays one line.
        where = "".join(char if char.isprintable() else repr(char)[1:-1] for char in self.where)
        return f"{where}: {self.text}" if where else self.text


class DragonflyError(ValueError):
    """Everything that the library refuses."""


class InvalidArguments(DragonflyError):
    """A construct was given arguments that cannot work; nothing was added to the tree."""

    def __init__(self, construct: str, errors: Iterable[Finding]) -> None:
        self.construct = construct
        self.errors = tuple(errors)
        super().__init__("\n".join(f"{construct}: {error}" for error in self.errors))


class InvalidConfig(DragonflyError):
    """A configuration says what cannot work; nothing was written."""

    def __init__(self, errors: Mapping[Finding, str]) -> None:
        """Each error with the file and line that it is about: `cluster.yaml:3`."""
        self.errors = tuple(errors)
        super().__init__("\n".join(f"{place}: {error}" for error, place in errors.items()))


class OutputFolderError(DragonflyError):
    """The output folder holds what no synth wrote, so it is not replaced."""


class StaleOutputError(DragonflyError):
    """The output folder is not what would be written."""


class NoNode(DragonflyError):
    """There is no Node, and cdk8s runs in one."""


class DragonflyWarning(UserWarning):
    """The manifests are valid, but what they ask for is worth a second look."""


class ArgumentWarning(DragonflyWarning):
    """A warning about a construct's arguments."""
