"""What the model says of a user, against what a running server said (`tests/data/dragonfly-acl.json`)."""

import json
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from constructs_lib.acl.judgement import Allowed, Denied, Permissions, Unknown, may, may_run
from constructs_lib.acl.lines import acl_file_findings, users_of
from constructs_lib.acl.rules import AclRule, PasswordHash, parse_rule
from constructs_lib.acl.user import AclUser
from constructs_lib.dragonfly.commands import categories_of, server_commands
from constructs_lib.values.names import DEFAULT_USER
from constructs_lib.values.version import Version

RECORDED: dict[str, Any] = json.loads((Path(__file__).parents[1] / "data/dragonfly-acl.json").read_text("utf-8"))
FILES: dict[str, dict[str, Any]] = RECORDED["files"]
SERVER = Version.of(RECORDED["server"])
REQUIREPASS = PasswordHash.of(SecretStr("admin"))

DROPPED = {"a comment", "glob after star", "short line", "subcommand", "unknown category", "unknown command"}
"""Files that the server was seen to drop as a whole."""

REFUSED = {
    "no default line": "no line for user 'default'",
    "no password": "has no password",
    "same user twice": "has line 2 already",
}
"""Files that the server takes and we do not, with what we say of them."""


def permissions(*words: str, server: str = "v1.36.0") -> Permissions:
    rules: tuple[AclRule, ...] = tuple(parse_rule(word, Version.of(server)) for word in words)
    return Permissions.of(rules, Version.of(server))


def errors(name: str) -> list[str]:
    found = acl_file_findings(FILES[name]["file"], SERVER)
    return [str(finding) for finding in found if finding.is_error]


@pytest.mark.parametrize("name", [name for name in FILES if name != "same user twice"])
def test_a_recorded_file_lets_in_whom_the_server_let_in(name: str) -> None:
    recorded, users = FILES[name], users_of(FILES[name]["file"], SERVER, REQUIREPASS)
    assert ("u" in users and users["u"].lets_in(SecretStr("pw"))) == recorded["login"]
    assert users[DEFAULT_USER].lets_in(SecretStr("admin")) == recorded["default gets in"]
    default = users[DEFAULT_USER]
    assert (default.is_on and default.needs_no_password and bool(may(default, "SET"))) == recorded[
        "anonymous may write"
    ]


@pytest.mark.parametrize("name", [name for name in FILES if FILES[name]["login"] and name != "same user twice"])
def test_a_recorded_file_allows_and_denies_what_the_server_did(name: str) -> None:
    user = users_of(FILES[name]["file"], SERVER, REQUIREPASS)["u"]
    denied = []
    for probe in RECORDED["probes"]:
        words = [word.replace("|", " ") for word in probe.split(" ")]
        if isinstance(may_run(user, *words), Denied):
            denied.append(probe)
    assert denied == FILES[name]["denied"]


@pytest.mark.parametrize("name", sorted(DROPPED))
def test_a_file_that_the_server_drops_is_refused(name: str) -> None:
    assert any("The server drops the whole file" in error for error in errors(name))


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_a_file_that_does_not_mean_what_it_says_is_refused(name: str) -> None:
    assert REFUSED[name] in "\n".join(errors(name))


def test_every_other_recorded_file_is_taken() -> None:
    assert {name for name in FILES if errors(name)} == DROPPED | REFUSED.keys()


@pytest.mark.parametrize(
    ("words", "command", "expected"),
    [
        (("+@read", "~k:*"), "GET k:a", True),
        (("+@read", "~k:*"), "GET", False),
        (("+@read", "~k:?"), "GET k:ab", False),
        (("+@read", "~k:[ab]"), "GET k:b", True),
        (("+@read", "~k:[^ab]"), "GET k:b", False),
        (("+@read", "~k:[a-c]"), "GET k:b", True),
        (("+@read", r"~k:\*"), "GET k:b", False),
        (("+@read", r"~k:\*"), "GET k:*", True),
        (("+@read", "~k.a"), "GET kxa", False),
        (("+@all", "%R~k:*"), "SET k:a 1", False),
        (("+@all", "%W~k:*"), "GETSET k:a 1", True),
        (("+@all", "%R~src:*", "%W~dst:*"), "COPY src:a dst:a", False),
        (("+@all", "~k:*"), "MSET k:a 1 other 2", False),
        (("+@all", "~k:*"), "ZUNIONSTORE k:d 2 k:a other", False),
        (("+@all", "~k:*"), "XREADGROUP GROUP g c STREAMS other >", False),
        (("+@all", "~k:*"), "JSON.MGET k:a other $", False),
        (("+@all", "~k:*"), "JSON.MGET k:a k:b $", True),
        (("+@all", "~k:*"), "EVAL_RO return 1 other", False),
        (("+@all", "~k:*"), "MEMORY USAGE other", True),
        (("+@all", "~k:*"), "WATCH other", True),
        (("+@all", "&k:*"), "PSUBSCRIBE k:*", True),
        (("+@all", "&k:*"), "PSUBSCRIBE k:a*", False),
        (("+@all", "&k:*"), "SUBSCRIBE k:a other", False),
        (("+@all", "&k:*"), "PUBLISH k:a other", True),
        (("+@all", "&k:*", "resetchannels"), "PUBLISH k:a m", False),
        (("+@all", "~k:*", "resetkeys"), "GET k:a", False),
        (("+@all", "~*", "$2"), "SELECT 2", True),
        (("+@all", "~*", "$2"), "SELECT 3", False),
        (("+@all", "~*", "$2"), "MOVE k:a 3", False),
        (("+@all", "~*", "$2"), "PING", True),
        (("+@all", "~*", "$2"), "GET k:a", True),
        (("+@all", "~k:*", "$2"), "GET other", False),
        (("+@all", "~*", "$2"), "SELECT 0", False),
        (("+@all", "~*", "$2", "$ALL"), "GET k:a", True),
        (("+@connection",), "ACL LIST", False),
        (("+@connection",), "acl whoami", False),
        (("+@slow",), "ACL WHOAMI", True),
        (("-@all", "+@read", "-GET", "+GET", "~*"), "get k", True),
    ],
)
def test_a_command_line_is_judged_as_the_server_judges_it(words: tuple[str, ...], command: str, expected: bool) -> None:
    assert bool(may_run(permissions(*words), *command.split(" "))) is expected


def test_a_verdict_says_why() -> None:
    user = AclUser(name="keycloak", keys=["keycloak:*"]).permissions(SERVER)
    assert may_run(user, "GET", "keycloak:a") == Allowed("+@read allows GET")
    assert may_run(user, "EVAL", "return 1", "0") == Denied("no rule allows EVAL")
    assert may_run(user, "KEYS", "*") == Denied("-@dangerous takes KEYS away")
    assert may_run(user, "SET", "other", "1") == Denied("no pattern allows writing key 'other'")
    assert may_run(user, "OBJECT", "ENCODING", "a") == Unknown("server v1.36.0 has no command OBJECT")


def test_a_user_kept_in_a_database_is_put_there_by_the_log_in() -> None:
    user = permissions("+@all", "~*", "$2")
    assert may(user, "GET", keys=["k"]) == may(user, "GET", keys=["k"], database=2) == Allowed("+@all allows GET")
    assert may(user, "GET", keys=["k"], database=0) == Denied("$2 keeps the user in that database")


def test_a_database_of_its_own_takes_nothing_else_from_a_user() -> None:
    recorded = users_of(FILES["database 0 only"]["file"], SERVER, REQUIREPASS)["u"]
    elsewhere = users_of(FILES["database 0 only"]["file"].replace("$0", "$2"), SERVER, REQUIREPASS)["u"]
    denied = {probe for probe in RECORDED["probes"] if isinstance(may_run(elsewhere, *probe.split(" ")), Denied)}
    assert recorded.database == 0
    assert denied == {*FILES["database 0 only"]["denied"], "SELECT 0"}


def test_a_newer_server_has_what_it_brought() -> None:
    assert may_run(permissions("+@all", "~*", server="v1.40.1"), "HGETEX", "k", "FIELDS", "1", "f")
    assert may_run(permissions("+@all", "~*"), "HGETEX", "k", "FIELDS", "1", "f") == Unknown(
        "server v1.36.0 has no command HGETEX"
    )


def test_between_known_versions_a_command_must_be_known_to_both() -> None:
    assert "HGETEX" not in server_commands(Version.of("v1.38.0"))
    assert "topk" not in categories_of(Version.of("v1.38.0"))
