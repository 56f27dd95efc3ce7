"""Fields of a written policy, as they are read: what is not understood is kept in words, never left out in silence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from constructs_lib.network.selectors import NOTHING, Selector


@dataclass
class Fields:
    """Reads fields of a policy, and keeps what is not understood of them."""

    not_understood: list[str] = field(default_factory=list)

    def know(self, given: Mapping[str, Any], *names: str) -> None:
        """Only these are understood."""
        if others := [str(name) for name in given if name not in names and given[name] is not None]:
            self.not_understood.append(", ".join(sorted(others)))

    def mapping(self, given: Mapping[str, Any], name: str) -> Mapping[str, Any]:
        """The mapping of that name; empty where there is none."""
        found = given.get(name)
        if found is not None and not isinstance(found, Mapping):
            self.not_understood.append(f"{name}, which is no mapping")
        return found if isinstance(found, Mapping) else {}

    def mappings(self, given: Mapping[str, Any], name: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
        """The mappings in the list of that name, each with its number."""
        for number, each in self._list(given, name):
            if isinstance(each, Mapping):
                yield number, each
            else:
                self.not_understood.append(f"{name} with something that is no mapping")

    def texts(self, given: Mapping[str, Any], name: str) -> Iterator[tuple[int, str]]:
        """The texts in the list of that name, each with its number."""
        for number, each in self._list(given, name):
            if isinstance(each, str):
                yield number, each
            else:
                self.not_understood.append(f"{name} with something that is no text")

    def text(self, given: Mapping[str, Any], name: str) -> str:
        """The text of that name; empty where there is none."""
        found = given.get(name)
        if found is not None and not isinstance(found, str):
            self.not_understood.append(f"{name}, which is no text")
        return found if isinstance(found, str) else ""

    def number(self, given: Mapping[str, Any], name: str) -> int:
        """The whole number of that name; 0 where there is none."""
        found = given.get(name)
        if found is not None and not isinstance(found, int):
            self.not_understood.append(f"{name}, which is no number")
        return found if isinstance(found, int) else 0

    def selector(self, selector: Mapping[str, Any]) -> Selector:
        """The selector; one that selects nothing where it cannot be read."""
        try:
            return Selector.of(selector)
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            self.not_understood.append(str(error))
            return NOTHING

    def _list(self, given: Mapping[str, Any], name: str) -> Iterator[tuple[int, Any]]:
        found = given.get(name)
        if found is not None and not isinstance(found, list):
            self.not_understood.append(f"{name}, which is no list")
        yield from enumerate(found if isinstance(found, list) else ())
