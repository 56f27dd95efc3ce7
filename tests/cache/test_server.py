"""Arguments that become the server's flags: the command line, the profiles, memory and threads."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from constructs_lib.arguments.model import validate
from constructs_lib.cache.server import PROFILES, TYPED_FLAGS, ServerArguments
from constructs_lib.dragonfly.flags import OPERATORS_FLAGS, FlagValue, flag_findings
from constructs_lib.values.memory import MEBIBYTE, Memory, MemoryShare
from constructs_lib.values.version import Version


def server(**given: Any) -> ServerArguments:
    """The arguments, which must be without error."""
    validation = validate(ServerArguments, given)
    assert validation.errors == ()
    assert validation.arguments is not None
    return validation.arguments


def errors(**given: Any) -> list[str]:
    return [str(error) for error in validate(ServerArguments, given).errors]


def warnings(**given: Any) -> list[str]:
    validation = validate(ServerArguments, given)
    assert validation.errors == ()
    return [str(warning) for warning in validation.warnings]


def flags(**given: Any) -> dict[str, str]:
    return dict(word.removeprefix("--").split("=", 1) for word in server(**given).command_line())


def test_the_command_line_is_short_where_nothing_is_asked_for() -> None:
    assert server().command_line() == [
        "--maxmemory=819mb",
        "--proactor_threads=2",
        "--slowlog_log_slower_than=10000",
        "--slowlog_max_len=128",
        "--version_check=false",
    ]


def test_typed_flags_stand_in_the_order_of_the_arguments_and_the_others_behind_them_by_name() -> None:
    words = server(
        flags={"tcp_backlog": 512, "hz": 50, "background_snapshotting": True},
        version_check=True,
        notify_keyspace_events="Ex",
        keys_output_limit=100,
        dbnum=4,
        timeout=0,
        maxclients=1000,
        lock_on_hashtags=False,
        cluster_mode="emulated",
        default_lua_flags=["disable-atomicity", "allow-undeclared-keys"],
        slowlog_max_len=0,
        slowlog_log_slower_than=5,
        cache_mode=False,
        proactor_threads=1,
        maxmemory="512MiB",
    ).command_line()
    assert words == [
        "--maxmemory=512mb",
        "--proactor_threads=1",
        "--cache_mode=false",
        "--slowlog_log_slower_than=5",
        "--slowlog_max_len=0",
        "--default_lua_flags=disable-atomicity,allow-undeclared-keys",
        "--cluster_mode=emulated",
        "--lock_on_hashtags=false",
        "--maxclients=1000",
        "--timeout=0",
        "--dbnum=4",
        "--keys_output_limit=100",
        "--notify_keyspace_events=Ex",
        "--version_check=true",
        "--background_snapshotting=true",
        "--hz=50",
        "--tcp_backlog=512",
    ]


@pytest.mark.parametrize("version", ["v1.36.0", "v1.40.1"])
def test_every_typed_flag_is_one_that_the_server_knows_at_its_type(version: str) -> None:
    given: dict[str, FlagValue] = {
        "maxmemory": "1gb",
        "proactor_threads": 2,
        "cache_mode": True,
        "slowlog_log_slower_than": 1,
        "slowlog_max_len": 1,
        "default_lua_flags": "allow-undeclared-keys",
        "cluster_mode": "yes",
        "lock_on_hashtags": True,
        "maxclients": 1,
        "timeout": 1,
        "dbnum": 1,
        "keys_output_limit": 1,
        "notify_keyspace_events": "Ex",
        "version_check": False,
    }
    assert set(given) == set(TYPED_FLAGS), "give each argument whose source begins with its flag a value here"
    assert list(flag_findings(given, Version.of(version))) == []
    assert not set(TYPED_FLAGS) & set(OPERATORS_FLAGS)


@pytest.mark.parametrize("name", TYPED_FLAGS)
def test_a_flag_with_an_argument_of_its_own_is_given_once(name: str) -> None:
    assert errors(flags={name: "1"}) == [f"flags.{name}: has a place of its own; give `{name}` instead"]


def test_the_servers_own_version_check_is_off_unless_asked_for() -> None:
    assert flags()["version_check"] == "false"
    assert flags(version_check=True)["version_check"] == "true"


# Profiles


def test_profile_queue_lets_scripts_touch_keys_that_they_do_not_declare_and_evicts_nothing() -> None:
    assert flags(profile="queue")["default_lua_flags"] == "allow-undeclared-keys"
    assert "cache_mode" not in flags(profile="queue")
    assert not server(profile="queue").evicts


def test_profile_queue_runs_on_hashtags_instead_where_asked_for() -> None:
    given = flags(profile="queue", cluster_mode="emulated", lock_on_hashtags=True)
    assert "default_lua_flags" not in given
    assert (given["cluster_mode"], given["lock_on_hashtags"]) == ("emulated", "true")


@pytest.mark.parametrize("given", [{"cluster_mode": "emulated"}, {"lock_on_hashtags": True}])
def test_half_of_the_hashtag_way_is_none(given: dict[str, Any]) -> None:
    assert flags(profile="queue", **given)["default_lua_flags"] == "allow-undeclared-keys"


def test_profile_cache_evicts() -> None:
    assert flags(profile="cache")["cache_mode"] == "true"
    assert server(profile="cache").evicts


def test_profile_session_sets_nothing() -> None:
    assert server(profile="session").command_line() == server().command_line()


@pytest.mark.parametrize(
    ("profile", "cache_mode", "message"),
    [
        (
            "queue",
            True,
            "true under profile 'queue': cache mode evicts entries of the queue under memory pressure, so jobs vanish; "
            "leave it out, or use profile 'cache'",
        ),
        (
            "session",
            True,
            "true under profile 'session': cache mode evicts sessions under memory pressure, so users are logged out; "
            "leave it out, or use profile 'cache'",
        ),
        (
            "cache",
            False,
            "false under profile 'cache': a cache that may not evict refuses writes when full; leave it out, or the "
            "profile",
        ),
    ],
)
def test_a_profile_refuses_the_flag_that_would_break_it(profile: str, cache_mode: bool, message: str) -> None:
    assert errors(profile=profile, cache_mode=cache_mode) == [f"cache_mode: {message}"]


@pytest.mark.parametrize("profile", PROFILES)
def test_a_profile_that_says_the_same_as_an_argument_is_no_error(profile: str) -> None:
    assert errors(profile=profile, **PROFILES[profile].sets) == []


@pytest.mark.parametrize("given", [[], ["disable-atomicity"]])
def test_profile_queue_refuses_flags_under_which_its_scripts_fail(given: list[str]) -> None:
    assert errors(profile="queue", default_lua_flags=given) == [
        "default_lua_flags: without allow-undeclared-keys the scripts of profile 'queue' fail; leave it out, or give "
        "`cluster_mode` 'emulated' and `lock_on_hashtags` and hashtagged queue names"
    ]


def test_cache_mode_beside_flags_for_queues_is_warned_of() -> None:
    assert warnings(cache_mode=True, default_lua_flags=["allow-undeclared-keys"]) == [
        "cache_mode: true beside `default_lua_flags` for job queues: cache mode evicts entries of the queue under "
        "memory pressure, so jobs vanish; use profile 'queue' for those"
    ]
    assert warnings(cache_mode=True, default_lua_flags=["disable-atomicity"]) == []
    assert warnings(cache_mode=True) == []


# Memory


def test_the_briefs_memory_is_just_enough_for_its_threads() -> None:
    assert errors(maxmemory="512mb", proactor_threads=2) == []
    assert errors(maxmemory="511mb", proactor_threads=2) == [
        "maxmemory: 511mb is too little for 2 threads, and the server exits at start; accepted: at least 512mb, "
        "256mb a thread"
    ]
    assert errors(maxmemory="512mb", proactor_threads=3) == [
        "maxmemory: 512mb is too little for 3 threads, and the server exits at start; accepted: at least 768mb, "
        "256mb a thread"
    ]


def test_memory_that_follows_from_the_limit_must_be_enough_too() -> None:
    assert errors(memory_limit="512Mi") == [
        "maxmemory: 409mb (the memory limit divided by 1.25) is too little for 2 threads, and the server exits at "
        "start; accepted: at least 512mb, 256mb a thread"
    ]


def test_memory_above_the_containers_limit_is_refused_with_what_fits() -> None:
    assert errors(maxmemory="1025mb", memory_limit="1Gi") == [
        "maxmemory: 1025mb is more than the memory limit of 1Gi, so the container is killed before it is full; "
        "accepted: at most 819mb, or a higher `memory_limit`"
    ]


@pytest.mark.parametrize(
    ("limit", "share", "amount"), [("1Gi", "80%", "819mb"), ("2Gi", "75%", "1536mb"), ("4G", "90%", "3433mb")]
)
def test_a_share_is_written_as_the_amount_in_whole_mib(limit: str, share: str, amount: str) -> None:
    arguments = server(maxmemory=share, memory_limit=limit)
    assert f"--maxmemory={amount}" in arguments.command_line()
    assert "%" not in "".join(arguments.command_line())


def test_the_share_that_is_the_default_is_the_same_amount() -> None:
    assert server(maxmemory="80%").server_memory == server().server_memory


@given(limit=st.integers(MEBIBYTE, 2**60), percent=st.integers(1, 100))
def test_a_share_is_never_more_and_hardly_less(limit: int, percent: int) -> None:
    amount = MemoryShare(percent).of_limit(Memory(limit)).bytes
    assert limit * percent / 100 - MEBIBYTE <= amount <= limit * percent / 100
    assert amount % MEBIBYTE == 0


def test_what_is_wrong_with_a_share_is_told_with_the_amount() -> None:
    assert errors(maxmemory="40%", memory_limit="1Gi") == [
        "maxmemory: 409mb (40% of the memory limit of 1Gi) is too little for 2 threads, and the server exits at start; "
        "accepted: at least 512mb, 256mb a thread"
    ]
    (warning,) = warnings(maxmemory="95%", memory_limit="1Gi")
    assert warning.startswith("maxmemory: 972mb (95% of the memory limit of 1Gi) leaves less than 10 %")


@pytest.mark.parametrize("share", ["0%", "101%", "080%", "12.5%", "-5%", "% ", "80 %", "%"])
def test_a_share_is_whole_and_of_what_there_is(share: str) -> None:
    (error,) = errors(maxmemory=share)
    assert error.startswith(f"maxmemory: {share!r} is no ")
    assert "a whole share of the memory limit, from 1% to 100%" in error


def test_a_share_of_a_limit_that_is_wrong_is_not_judged() -> None:
    assert [error.partition(":")[0] for error in errors(maxmemory="10%", memory_limit="a lot")] == ["memory_limit"]


@pytest.mark.parametrize(("maxmemory", "count"), [("921mb", 0), ("922mb", 1), ("1gb", 1)])
def test_less_than_a_tenth_of_head_room_is_warned_of(maxmemory: str, count: int) -> None:
    found = warnings(maxmemory=maxmemory, memory_limit="1Gi")
    assert len(found) == count
    for warning in found:
        assert warning.endswith(
            "leaves less than 10 % of the memory limit of 1Gi for buffers and fragmentation; 819mb or less lets the "
            "server refuse writes before it is killed"
        )


@given(st.integers(min_value=1, max_value=16), st.integers(min_value=0, max_value=2**30))
def test_memory_left_to_us_passes_every_check_of_ours(threads: int, spare: int) -> None:
    """Whatever the limit that is enough: the server stops taking writes before the container is killed."""
    enough = (threads * 256 + 1) * MEBIBYTE * 5 // 4 + spare
    arguments = server(memory_limit=enough, proactor_threads=threads)
    assert warnings(memory_limit=enough, proactor_threads=threads) == []
    assert arguments.server_memory.bytes * 1.25 <= Memory.of(enough).bytes
    assert arguments.server_memory.bytes % MEBIBYTE == 0


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (
            {"memory_request": "2Gi"},
            "memory_request: 2Gi is more than the memory limit of 1Gi; accepted: at most that",
        ),
        (
            {"memory_limit": "900M", "memory_request": "1G"},
            "memory_request: 1G is more than the memory limit of 900M; accepted: at most that",
        ),
        (
            {"cpu_request": "2", "cpu_limit": "1500m"},
            "cpu_request: 2 is more than the CPU limit of 1500m; accepted: at most that",
        ),
    ],
)
def test_a_request_above_its_limit_is_refused(given: dict[str, str], message: str) -> None:
    assert errors(**given) == [message]


def test_a_request_may_be_all_of_its_limit() -> None:
    assert errors(memory_request="1Gi", cpu_request="1", cpu_limit=1) == []


# Wrong values


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("proactor_threads", 0, "0 is not accepted; accepted: a number not below 1"),
        ("proactor_threads", True, "true is not accepted; accepted: a whole number"),
        ("proactor_threads", "2", "'2' is not accepted; accepted: a whole number"),
        ("proactor_threads", 2.0, "2.0 is not accepted; accepted: a whole number"),
        ("slowlog_max_len", -1, "-1 is not accepted; accepted: a number not below 0"),
        ("cache_mode", "yes", "'yes' is not accepted; accepted: true or false"),
        ("cache_mode", 1, "1 is not accepted; accepted: true or false"),
        ("profile", "jobs", "'jobs' is not accepted; accepted: 'queue', 'cache' or 'session'"),
        ("cluster_mode", "x", "'x' is not accepted; accepted: 'emulated' or 'yes'"),
        ("notify_keyspace_events", "KEA", "'KEA' is not accepted; accepted: 'Ex'"),
        ("default_lua_flags", "allow-undeclared-keys", "a text is not accepted; accepted: a list"),
        ("flags", ["hz"], "not a mapping of names; accepted: names of flags (without --) and their values"),
        ("flags", {1: 2}, "not a mapping of names; accepted: names of flags (without --) and their values"),
        ("flags", {"hz": None}, "hz is nothing; accepted: a text, a number or a boolean"),
        (
            "maxmemory",
            "512 mb",
            "'512 mb' is no memory size; accepted: a number and K, M, G or T (powers of 1024), such as 512mb or 2Gi, "
            "without a space, or a whole share of the memory limit, from 1% to 100%",
        ),
        (
            "cpu_limit",
            "much",
            "'much' is no amount of CPU; accepted: cores or thousandths of one, such as 500m, 0.5 or 2, not finer "
            "than 1m",
        ),
        (
            "version",
            "latest",
            "'latest' is no version; accepted: one exact version, such as v1.36.0 (quoted in YAML; no range, no "
            "'latest')",
        ),
    ],
)
def test_a_wrong_value_is_told_with_what_is_accepted(name: str, value: object, message: str) -> None:
    assert errors(**{name: value}) == [f"{name}: {message}"]


def test_a_lua_flag_that_would_end_the_server_is_refused() -> None:
    assert errors(default_lua_flags=["allow-undeclared-keys", "x"]) == [
        "default_lua_flags[1]: 'x' is not accepted; accepted: 'allow-undeclared-keys' or 'disable-atomicity'"
    ]


def test_a_rule_is_still_applied_where_another_argument_is_wrong() -> None:
    assert [error.split(":")[0] for error in errors(proactor_threads=0, memory_request="2Gi", replica=3)] == [
        "proactor_threads",
        "replica",
        "memory_request",
    ]


def test_an_unknown_argument_is_told_with_the_nearest() -> None:
    assert errors(max_memory="1gb") == ["max_memory: no such argument; did you mean 'maxmemory'?"]


def test_a_server_that_is_not_known_is_warned_of_and_its_flags_are_those_of_the_nearest() -> None:
    assert warnings(version="v1.50.0", flags={"get_zero_copy": True}) == [
        "version: v1.50.0 is newer than what is known; its flags and metrics are taken to be those of v1.40.1. "
        "Known: v1.36.0 to v1.40.1"
    ]
