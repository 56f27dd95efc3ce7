"""The server's flags: known, typed, and not the operator's own."""

from __future__ import annotations

import pytest

from constructs_lib.dragonfly.flags import (
    FOREIGN_FLAGS,
    OPERATORS_FLAGS,
    SECRET_FLAGS,
    FlagValue,
    flag_argument,
    flag_findings,
    flag_types,
    server_version_findings,
)
from constructs_lib.errors import Finding
from constructs_lib.values.version import Version

V1_36, V1_40 = Version.of("v1.36.0"), Version.of("v1.40.1")

TAKEN: dict[str, FlagValue] = {
    "hz": 10,
    "compression_level": -1,
    "announce_port": 65535,
    "acllog_max_len": 0,
    "max_bulk_len": 2**64 - 1,
    "rss_oom_deny_ratio": 1.5,
    "mem_defrag_threshold": 1,
    "background_snapshotting": True,
    "pipeline_buffer_limit": "128mb",
    "request_cache_limit": 67108864,
    "dbfilename": "dump-{timestamp}",
    "lua_undeclared_keys_shas": "a,b",
    "availability_zone": "a",
    "proactor_affinity_mode": "auto",
}

REFUSED: dict[str, tuple[FlagValue, str]] = {
    "hz": ("10", "'10' is not accepted; accepted: a whole number from -2147483648 to 2147483647"),
    "compression_level": (1.5, "1.5 is not accepted; accepted: a whole number from -2147483648 to 2147483647"),
    "announce_port": (65536, "65536 is not accepted; accepted: a whole number from 0 to 65535"),
    "max_bulk_len": (-1, "-1 is not accepted; accepted: a whole number from 0 to 18446744073709551615"),
    "keys_output_limit": (True, "true is not accepted; accepted: a whole number from 0 to 4294967295"),
    "rss_oom_deny_ratio": ("1.5", "'1.5' is not accepted; accepted: a number"),
    "background_snapshotting": ("true", "'true' is not accepted; accepted: true or false"),
    "pipeline_buffer_limit": (
        "128 mb",
        "'128 mb' is not accepted; accepted: a number and K, M, G or T (powers of 1024), such as 512mb or 2Gi, "
        "without a space",
    ),
    "request_cache_limit": (
        True,
        "true is not accepted; accepted: a number and K, M, G or T (powers of 1024), such as 512mb or 2Gi, "
        "without a space",
    ),
    "availability_zone": (1, "1 is not accepted; accepted: a text"),
    "lua_undeclared_keys_shas": (1, "1 is not accepted; accepted: a text, with commas between its parts"),
    "cluster_mode": ("x", "'x' ends the server at start; accepted: emulated or yes"),
    "proactor_affinity_mode": ("of", "'of' ends the server at start; accepted: on or off or auto"),
    "dbfilename": (
        "snapshot",
        "'snapshot' has no placeholder, so that every snapshot overwrites the one before; accepted: a name with "
        "{timestamp}, {Y}, {m}, {d}, such as 'dump-{timestamp}'",
    ),
}


def found(name: str, value: FlagValue, server: Version = V1_36) -> list[Finding]:
    return list(flag_findings({name: value}, server))


@pytest.mark.parametrize(("name", "value"), TAKEN.items())
def test_a_flag_of_the_right_type_is_taken_by_both_known_servers(name: str, value: FlagValue) -> None:
    assert found(name, value, V1_36) == found(name, value, V1_40) == []


@pytest.mark.parametrize(("name", "refused"), REFUSED.items())
def test_a_value_that_would_end_the_server_is_refused(name: str, refused: tuple[FlagValue, str]) -> None:
    value, message = refused
    assert found(name, value) == [Finding.error(f"flags.{name}", message)]


def test_a_misspelt_flag_is_refused_with_the_nearest_name() -> None:
    assert found("cache_mod", True) == [
        Finding.error("flags.cache_mod", "no flag of the server; did you mean 'cache_mode'?"),
    ]
    assert found("xyzzy", True) == [Finding.error("flags.xyzzy", "no flag of the server; see `dragonfly --help`")]


def test_a_flag_that_came_later_names_the_first_version_known_to_have_it() -> None:
    assert found("get_zero_copy", True, V1_40) == []
    message = "server v1.36.0 lacks the flag; v1.40.1 is the first version known to have it: use that or leave it out"
    assert found("get_zero_copy", True, V1_36) == [Finding.error("flags.get_zero_copy", message)]


def test_a_flag_that_went_names_the_last_version_known_to_have_it() -> None:
    assert found("point_in_time_snapshot", True, V1_36) == []
    message = "server v1.40.1 lacks the flag; v1.36.0 is the last version known to have it; leave it out"
    assert found("point_in_time_snapshot", True, V1_40) == [Finding.error("flags.point_in_time_snapshot", message)]


@pytest.mark.parametrize(
    ("name", "advice"),
    [
        ("get_zero_copy", "v1.40.1 is the first version known to have it: use that or leave it out"),
        ("point_in_time_snapshot", "v1.36.0 is the last version known to have it; leave it out"),
    ],
)
def test_between_two_known_servers_a_flag_must_be_known_to_both(name: str, advice: str) -> None:
    between = Version.of("v1.38.0")
    assert found("hz", 10, between) == []
    assert found(name, True, between) == [Finding.error(f"flags.{name}", f"server v1.38.0 may lack the flag; {advice}")]


def test_a_retired_flag_is_refused_where_it_does_nothing() -> None:
    assert found("experimental_replicaof_v2", True, V1_36) == []
    message = "server v1.40.1 takes the flag and does nothing with it; leave it out"
    assert found("experimental_replicaof_v2", True, V1_40) == [
        Finding.error("flags.experimental_replicaof_v2", message)
    ]


@pytest.mark.parametrize("name", OPERATORS_FLAGS | SECRET_FLAGS | FOREIGN_FLAGS)
def test_a_flag_that_is_not_the_users_is_refused_with_the_way_out(name: str) -> None:
    (error,) = found(name, "hunter2")
    assert error.where == f"flags.{name}"
    assert error.text.startswith("not yours to set: ")
    assert "leave it out" in error.text or "give " in error.text or "use " in error.text or "needs none" in error.text


@pytest.mark.parametrize("name", SECRET_FLAGS)
def test_a_secret_in_a_flag_is_refused_without_telling_it(name: str) -> None:
    assert "hunter2" not in str(found(name, "hunter2"))


@pytest.mark.parametrize(("value", "word"), [(True, "true"), (False, "false"), (5, "5"), (1.5, "1.5"), ("a b", "a b")])
def test_a_flag_is_written_as_the_command_line_takes_it(value: FlagValue, word: str) -> None:
    assert flag_argument("name", value) == f"--name={word}"


def test_errors_come_in_the_order_of_the_flags() -> None:
    flags: dict[str, FlagValue] = {"tls": True, "hz": "x", "nonsense": 1}
    assert [error.where for error in flag_findings(flags, V1_36)] == ["flags.tls", "flags.hz", "flags.nonsense"]


def test_outside_what_is_known_a_flag_is_one_of_the_nearest_server() -> None:
    assert found("point_in_time_snapshot", True, Version.of("v1.35.0")) == []
    assert found("get_zero_copy", True, Version.of("v1.50.0")) == []
    assert found("get_zero_copy", True, Version.of("v1.35.0")) != []
    assert found("point_in_time_snapshot", True, Version.of("v1.50.0")) != []


@pytest.mark.parametrize("version", ["v1.36.0", "v1.38.2", "v1.40.1"])
def test_a_server_within_what_is_known_is_taken_without_a_word(version: str) -> None:
    assert list(server_version_findings(Version.of(version))) == []


@pytest.mark.parametrize(
    ("version", "how", "taken"), [("v1.35.0", "older", "v1.36.0"), ("v1.41.0", "newer", "v1.40.1")]
)
def test_a_server_outside_what_is_known_is_warned_of(version: str, how: str, taken: str) -> None:
    assert list(server_version_findings(Version.of(version))) == [
        Finding.warning(
            "version",
            f"{version} is {how} than what is known; its flags and metrics are taken to be those of {taken}. "
            "Known: v1.36.0 to v1.40.1",
        )
    ]


def test_a_flag_that_no_version_has_has_no_type() -> None:
    assert flag_types("enable_top_keys_tracking") == frozenset()
    assert flag_types("maxmemory", Version.of("v1.36.0")) == {"memory"}
