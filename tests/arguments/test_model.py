"""What is wrong with arguments, all at once, and without telling a secret."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

import pytest
from pydantic import Field

from constructs_lib.arguments.model import Arguments, Meaning, rule, validate
from constructs_lib.arguments.references import InSecret, SecretKey, SecretKeyReference
from constructs_lib.arguments.types import PositiveInt
from constructs_lib.cache.arguments import CacheArguments
from constructs_lib.errors import Finding
from constructs_lib.network.arguments import NetworkPolicyArguments


class Boat(Arguments):
    """A boat."""

    sails: Annotated[PositiveInt, Meaning("Sails.")]
    crew: Annotated[int, Meaning("People.")] = 2
    names: Annotated[list[str], Meaning("Names.")] = Field(default_factory=list)
    key: Annotated[Annotated[SecretKeyReference, InSecret("password")] | None, Meaning("Key.")] = None

    @rule("sails", "crew")
    def _there_is_a_hand_for_every_sail(self) -> Iterator[Finding]:
        if self.crew < self.sails:
            yield Finding.error("crew", f"{self.crew} for {self.sails} sails; accepted: one for each")

    @rule("crew")
    def _they_get_along(self) -> Iterator[Finding]:
        if self.crew > 9:
            yield Finding.warning("crew", f"{self.crew} is a crowd")


def errors(**given: Any) -> list[str]:
    return [str(error) for error in validate(Boat, given).errors]


def test_every_error_is_told_at_once() -> None:
    assert errors(sails="two", crew=3.5, names=["a", 1], sail=1) == [
        "sails: 'two' is not accepted; accepted: a whole number",
        "crew: 3.5 is not accepted; accepted: a whole number",
        "names[1]: 1 is not accepted; accepted: a text (in YAML: in quotes)",
        "sail: no such argument; did you mean 'sails'?",
    ]


def test_a_rule_runs_on_what_is_valid_and_only_on_that() -> None:
    assert errors(sails=3, names=0) == [
        "names: a number is not accepted; accepted: a list",
        "crew: 2 for 3 sails; accepted: one for each",
    ]
    assert errors(sails=0, crew=-1) == ["sails: 0 is not accepted; accepted: a number not below 1"]


def test_a_missing_argument_leaves_no_arguments() -> None:
    validation = validate(Boat, {"crew": 1})
    assert validation.arguments is None
    assert [str(error) for error in validation.errors] == ["sails: missing; it has no default"]


def test_none_stands_for_left_out() -> None:
    validation = validate(Boat, {"sails": 1, "crew": None, "names": None})
    assert validation.arguments == Boat(sails=1)


def test_a_warning_is_no_error() -> None:
    validation = validate(Boat, {"sails": 1, "crew": 10})
    assert (validation.errors, validation.warnings) == ((), (Finding.warning("crew", "10 is a crowd"),))


def test_a_name_without_a_near_one_is_answered_with_what_there_is() -> None:
    assert errors(sails=1, xyzzy=1) == ["xyzzy: no such argument; accepted: crew, key, names, sails"]


def test_a_reference_is_taken_as_a_mapping_too() -> None:
    validation = validate(Boat, {"sails": 1, "key": {"name": "auth", "key": "password"}})
    assert validation.arguments == Boat(sails=1, key=SecretKey(name="auth", key="password"))


def test_a_misspelt_field_of_a_reference_is_answered_with_its_fields() -> None:
    assert errors(sails=1, key={"nam": "auth", "key": "password", "xyzzy": 1}) == [
        "key.name: missing; it has no default",
        "key.nam: no such field; did you mean 'name'?",
        "key.xyzzy: no such field; accepted: key, name",
    ]
    clients = [str(error) for error in validate(NetworkPolicyArguments, {"clients": [{"labels": {}}]}).errors]
    assert clients == [
        "clients[0].labels: no such field; did you mean 'pod_labels'?",
    ]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (
            {"password_from_secret": "hunter2"},
            "password_from_secret: a text is not accepted; accepted: a SecretKey, or a mapping with its fields",
        ),
        ({"env": {"PASSWORD": "hunter2"}}, "env: a mapping is not accepted; accepted: a list"),
        ({"env": "PASSWORD=hunter2"}, "env: a text is not accepted; accepted: a list"),
        (
            {"env": ["PASSWORD=hunter2"]},
            "env[0]: a text is not accepted; accepted: a mapping with the fields of EnvVar",
        ),
        (
            {"env": [{"name": "PASSWORD", "value": ["hunter2"]}]},
            "env[0].value: a list is not accepted; accepted: a text",
        ),
        ({"flags": "requirepass=hunter2"}, "flags: not a mapping of names; accepted: names of flags (without --) and"),
        ({"flags": {"requirepass": "hunter2"}}, "flags.requirepass: not yours to set: a password in a flag stands in"),
        ({"flags": {"requirepass": ["hunter2"]}}, "flags: requirepass is a list; accepted: a text, a number or"),
    ],
)
def test_a_secret_in_the_wrong_place_is_not_told(given: dict[str, Any], message: str) -> None:
    (error,) = validate(CacheArguments, given).errors
    assert str(error).startswith(message)
    assert "hunter2" not in str(error)


def test_a_long_value_is_cut() -> None:
    (error,) = errors(sails="x" * 1000)
    assert error == f"sails: '{'x' * 56}... is not accepted; accepted: a whole number"
