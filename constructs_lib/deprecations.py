"""What is deprecated: it still works, whoever uses it is warned, and the version in which it goes is named.

A row in one of the three tables is all that there is to do, and a line under "Deprecated" in CHANGELOG.md; what lists
arguments and variables says it too. No version is released that has a row of a version not later than its own
(`tools/release/release.py`). A method, or a parameter of a function, is marked in its own place, by
`typing_extensions.deprecated(…, category=DragonflyWarning)`, PEP 702.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from constructs_lib.errors import DragonflyWarning, Finding


@dataclass(frozen=True, slots=True)
class Deprecation:
    """When something goes, and what is to be used."""

    removed_in: str
    """The first version without it: `2.0.0`."""
    instead: str
    """What to do, as advice: "use `flags`". Between backticks stands an argument; of a `cluster.yaml` a reader is told
    the variable for it."""

    def __str__(self) -> str:
        return f"deprecated, and gone in {self.removed_in}; {self.instead}"

    def before(self, meaning: str) -> str:
        """What the deprecated thing means, for a reader who must know first that it goes."""
        return f"Deprecated, and gone in {self.removed_in}: {self.instead}. {meaning}"


ARGUMENTS: dict[tuple[str, str], Deprecation] = {}
"""By model and argument: `("CacheArguments", "maxclients")`, of what is given within one `("Client", "pod_labels")`. A
row of a model holds for those that stand on it. The variable of `cluster.yaml` for an argument goes with it."""

VARIABLES: dict[str, Deprecation] = {}
"""Keys of `cluster.yaml` whose argument stays: `dragonfly_threads`."""

NAMES: dict[str, Deprecation] = {}
"""Of what `constructs_lib/__init__.py` lists. A type checker tells of it where the class or function itself is marked
with `typing_extensions.deprecated(…, category=None)`, PEP 702."""


def deprecation_of(model: type, argument: str) -> Deprecation | None:
    """The row of a model's argument, if there is one."""
    return next(
        (ARGUMENTS[each.__name__, argument] for each in model.__mro__ if (each.__name__, argument) in ARGUMENTS), None
    )


def deprecated_arguments(model: type, given: Iterable[str]) -> Iterator[Finding]:
    """A warning of each argument given to a model that is deprecated."""
    return (Finding.warning(name, str(row)) for name in given if (row := deprecation_of(model, name)))


def deprecated_variables(given: Iterable[object]) -> Iterator[Finding]:
    """A warning of each key of a file that is deprecated."""
    return (Finding.warning(key, str(VARIABLES[key])) for key in given if isinstance(key, str) and key in VARIABLES)


def warn_of_name(name: str) -> None:
    """Warn of a name of the library that is deprecated, in the line that asks for it."""
    if name in NAMES:
        warnings.warn(f"constructs_lib.{name}: {NAMES[name]}", DragonflyWarning, stacklevel=3)


def rows() -> Iterator[tuple[str, Deprecation]]:
    """Everything that is deprecated, by its name."""
    yield from ((f"{model}.{argument}", row) for (model, argument), row in ARGUMENTS.items())
    yield from VARIABLES.items()
    yield from NAMES.items()
