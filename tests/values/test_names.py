"""Names that the API server, the operator and the server admit."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from constructs_lib.values.names import (
    OPERATOR_LABELS,
    instance_name,
    label_key,
    label_value,
    namespace_name,
    object_name,
    own_label_key,
    secret_key,
)

TAKEN: dict[Callable[[str], str], list[str]] = {
    namespace_name: ["cache", "a", "9-lives", "x" * 63],
    object_name: ["dragonfly-auth", "a.b.c", "9", "x" * 253],
    instance_name: ["dragonfly", "a", "sessions-2", "df", "x" * 52],
    secret_key: ["password", "acl.conf", "AWS_ACCESS_KEY_ID", ".hidden"],
    label_key: ["team", "example.com/team", "App_v1.x", "a" * 63, "example.com/" + "a" * 63, "x" * 253 + "/a"],
    label_value: ["", "blue", "v1.36.0", "A_b-c"],
    own_label_key: ["team", "app.kubernetes.io/team", "example.com/app"],
}
REFUSED: dict[Callable[[str], str], list[str]] = {
    namespace_name: ["", "Cache", "-a", "a-", "a.b", "a_b", "x" * 64, "a\n", "é"],
    object_name: ["", "Dragonfly", "a..b", ".a", "a.", "a_b", "x" * 254, "a b"],
    instance_name: ["", "1cache", "Cache", "a.b", "-a", "a-", "x" * 53],
    secret_key: ["", "pass word", "a/b", ".", "..", "..a", "x" * 254],
    label_key: ["", "/team", "example.com/", "a/b/c", "-a", "a-", "Example.com/a", "a" * 64, "x" * 254 + "/a"],
    label_value: ["-a", "a-", "a b", "x" * 64, "é"],
    own_label_key: ["", "a b", *sorted(OPERATOR_LABELS)],
}


@pytest.mark.parametrize(("check", "name"), [(check, name) for check, names in TAKEN.items() for name in names])
def test_a_name_that_the_api_server_admits_is_taken_as_it_is(check: Callable[[str], str], name: str) -> None:
    assert check(name) == name


@pytest.mark.parametrize(("check", "name"), [(check, name) for check, names in REFUSED.items() for name in names])
def test_a_name_that_the_api_server_refuses_is_refused_with_what_is_accepted(
    check: Callable[[str], str], name: str
) -> None:
    with pytest.raises(ValueError, match="accepted: "):
        check(name)


@pytest.mark.parametrize("name", ["dfly", "dfly-sessions", "dflycache"])
def test_a_name_whose_service_would_end_every_server_of_the_namespace_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match=r"begins with 'dfly', whose Service variables \(DFLY_…\) make every server"):
        instance_name(name)


@pytest.mark.parametrize("key", sorted(OPERATOR_LABELS))
def test_the_operators_own_labels_are_refused_with_the_reason(key: str) -> None:
    with pytest.raises(ValueError, match="is the operator's own, and setting it blocks every later change"):
        own_label_key(key)
