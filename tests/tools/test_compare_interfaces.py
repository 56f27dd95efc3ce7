"""What a program loses by another interface is found: names, arguments, defaults, and types."""

from __future__ import annotations

import pytest

from tools.release.changelog import Change
from tools.release.compare_interfaces import breaks, gains

OLD = """
class Instance(Construct):
    name: str

class Cache(Instance):
    def __init__(
        self,
        scope: Construct,
        id: str,
        /,
        *,
        replicas: int = 1,
        name: str = "dragonfly",
        profile: Literal["queue", "cache"] | None = None,
        labels: list[str | Label] = [],
    ) -> None: ...
    keys: list[str] | None
    @property
    def host(self) -> str: ...
    def grant(self, client: str | Client) -> Instance: ...

def add_namespace(scope: Construct, name: str) -> None: ...
"""


def removed(*names: str, what: str = "parameter") -> list[Change]:
    return [Change(names, f"{what} was removed")]


def is_other(name: str, was: str, now: str) -> list[Change]:
    return [Change(("Cache", name), f"type was changed, {was} to {now}")]


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        ("        replicas: int = 1,\n", "", removed("Cache", "replicas")),
        ("int = 1", "int = 3", [Change(("Cache", "replicas"), "parameter default was changed, 1 to 3")]),
        ("int = 1", "int", [Change(("Cache", "replicas"), "parameter is now required")]),
        ("grant(self, client: str | Client", "grant(self", removed("Cache", "grant", "client")),
        ("def host", "def address", removed("Cache", "host", what="public object")),
        ("def add_namespace", "def namespace", removed("add_namespace", what="public object")),
        ('"queue", ', "", [Change(("Cache", "profile", "queue"), "takes 'queue' no longer")]),
        ('] | None = None', '] = "queue"', [
            Change(("Cache", "profile"), "parameter default was changed, None to 'queue'"),
            Change(("Cache", "profile"), "takes None no longer"),
        ]),
        ("str | Client", "Client", [Change(("Cache", "grant", "client"), "takes str no longer")]),
        ("str | Label", "str", [Change(("Cache", "labels"), "takes list[str | Label] no longer")]),
        ("scope: Construct, name", "scope: Chart, name", [
            Change(("add_namespace", "scope"), "takes Construct no longer"),
        ]),
        ("host(self) -> str", "host(self) -> str | None", is_other("host", "str", "str | None")),
        ("-> Instance", "-> Connection", is_other("grant", "Instance", "Connection")),
        ("    keys: list[str] |", "    keys: str |", is_other("keys", "list[str] | None", "str | None")),
    ],
)  # fmt: skip
def test_a_change_breaks_that_takes_something_away(before: str, after: str, found: list[Change]) -> None:
    assert before in OLD
    assert breaks(OLD, OLD.replace(before, after, 1)) == found


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        ("name: str =", "size: int = 2,\n        name: str =", [Change(("Cache", "size"), "is new")]),
        ("def host", "def port(self) -> int: ...\n    @property\n    def host", [Change(("Cache", "port"), "is new")]),
        ('"queue", ', '"queue", "session", ', [Change(("Cache", "profile", "session"), "takes 'session' too")]),
        (
            "client: str | Client",
            "client: str | Client | Pods",
            [Change(("Cache", "grant", "client"), "takes Pods too")],
        ),
        ("replicas: int", "replicas: float", [Change(("Cache", "replicas"), "takes float too")]),
        ("labels: list[", "labels: Sequence[", [Change(("Cache", "labels"), "takes Sequence[str | Label] too")]),
        ('Literal["queue", "cache"]', "str", [Change(("Cache", "profile"), "takes str too")]),
        ("scope: Construct, name", "scope: Any, name", [Change(("add_namespace", "scope"), "takes Any too")]),
        ("-> Instance", "-> Cache", []),
        ("keys: list[str] | None", "keys: list[str]", []),
    ],
)
def test_what_takes_more_or_gives_less_breaks_nothing(before: str, after: str, found: list[Change]) -> None:
    new = OLD.replace(before, after, 1)
    assert breaks(OLD, new) == []
    assert gains(OLD, new) == found


def test_nothing_is_found_between_an_interface_and_itself() -> None:
    assert (breaks(OLD, OLD), gains(OLD, OLD)) == ([], [])
