"""Users and the file that we write for them."""

from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pydantic import SecretStr

from constructs_lib.acl.file import AclFile
from constructs_lib.acl.judgement import may, may_run
from constructs_lib.acl.lines import (
    CLOSED_DEFAULT_LINE,
    NEEDED_BY_EVERY_CLIENT,
    acl_file_findings,
    users_of,
)
from constructs_lib.acl.rules import PasswordHash
from constructs_lib.acl.user import BELONG_TO, REACH_PAST_KEYS, AclUser, user_findings
from constructs_lib.arguments.model import validate
from constructs_lib.dragonfly.commands import categories_of, server_commands
from constructs_lib.errors import InvalidArguments
from constructs_lib.values.version import Version

SERVER = Version.of("v1.36.0")
NEWEST = Version.of("v1.40.1")


def password(name: str) -> PasswordHash:
    return PasswordHash.of(SecretStr(f"password of {name}"))


def rendered(file: AclFile) -> str:
    return file.render({name: password(name) for name in file.password_names})


def rules(**arguments: Any) -> str:
    return " ".join(str(rule) for rule in AclUser(**arguments).rules())


def found(**arguments: Any) -> list[str]:
    outcome = validate(AclUser, arguments)
    beside = list(user_findings(outcome.arguments, SERVER)) if outcome.arguments and not outcome.errors else []
    return [str(finding) for finding in (*outcome.errors, *outcome.warnings, *beside)]


def test_a_user_reads_and_writes_its_keys_and_does_nothing_dangerous() -> None:
    assert rules(name="keycloak", keys=["keycloak:*"]) == (
        "on ~keycloak:* +@connection +@read +BITPOS +@write +MSET +MSETNX +ZDIFFSTORE +ZINTERSTORE +ZUNIONSTORE "
        "-@admin -@dangerous"
    )


def test_what_is_named_wins_over_a_category_and_what_is_denied_over_what_is_allowed() -> None:
    assert rules(name="a", keys=["*"], channels=["*"], allow=["INFO", "@all"], deny=["CLIENT", "@json"]) == (
        "on ~* &* +@connection +@all -@admin -@dangerous -@json +INFO -CLIENT"
    )


def test_a_denied_category_takes_what_belongs_to_it() -> None:
    user = AclUser(name="a", keys=["a:*"], deny=["@write"]).permissions(SERVER)
    assert may_run(user, "GET", "a:1")
    assert not any(may(user, command) for command in ("SET", "MSET", "MSETNX", "ZUNIONSTORE"))


def test_nobody_gets_the_administrators_commands_with_all() -> None:
    user = AclUser(name="a", keys=["*"], channels=["*"], allow=["@all"]).permissions(SERVER)
    assert not any(may(user, command) for command in ("DFLY", "DFLYCLUSTER", "CONFIG", "FLUSHALL", "REPLICAOF"))


@pytest.mark.parametrize("server", [SERVER, NEWEST], ids=str)
def test_every_command_that_we_write_by_ourselves_is_the_servers(server: Version) -> None:
    written = {command for commands in BELONG_TO.values() for command in commands} | REACH_PAST_KEYS.keys()
    assert not written - server_commands(server).keys()


def test_a_dangerous_category_asked_for_is_given_and_worth_a_warning() -> None:
    asked = {"name": "a", "keys": ["*"], "allow": ["@read", "@dangerous"]}
    assert " -@admin" in rules(**asked)
    assert "-@dangerous" not in rules(**asked)
    assert any("'@dangerous' gives rights over the server" in finding for finding in found(**asked))


def test_a_command_that_reaches_past_the_keys_is_worth_a_warning() -> None:
    assert any(
        "'FLUSHALL': it heeds no pattern" in finding for finding in found(name="a", keys=["a"], allow=["FLUSHALL"])
    )


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ({"name": "default"}, "name: 'default' is the user"),
        ({"name": "a b"}, "name: 'a b' is no name of a user"),
        ({"name": "a"}, "keys: none, so that @read, @write reach nothing; accepted: patterns such as 'a:*'"),
        ({"name": "a", "keys": ["*", "b:*"]}, "keys: '*' covers every other pattern"),
        ({"name": "a", "keys": ["a b"]}, "keys[0]: 'a b' has a space"),
        ({"name": "a", "keys": ["a"], "channels": ["a"]}, "channels: given without a command that uses them"),
        ({"name": "a", "keys": ["a"], "allow": ["@pubsub"]}, "channels: none, so that @pubsub reaches nothing"),
        ({"name": "a", "keys": ["a"], "deny": ["@fast"]}, "deny: '@fast' takes AUTH, HELLO, PING away"),
        ({"name": "a", "keys": ["a"], "deny": ["ping"]}, "deny: 'PING' takes AUTH, HELLO, PING away"),
        ({"name": "a", "keys": ["a"], "allow": ["GET"], "deny": ["GET"]}, "deny: 'GET' is in allow as well"),
        ({"name": "a", "keys": ["a"], "allow": ["+GET"]}, "allow[0]: '+GET' has a sign of its own; accepted: 'GET'"),
        ({"name": "a", "keys": ["a"], "allow": ["CONFIG|GET"]}, "allow: 'CONFIG|GET': the server's rules know no sub"),
        ({"name": "a", "keys": ["a"], "deny": ["NOSUCH"]}, "deny: 'NOSUCH': no command of server v1.36.0"),
        ({"name": "a", "keys": ["a"], "allow": ["@hyperloglog"]}, "allow: '@hyperloglog': the server spells it"),
        ({"name": "a", "keys": ["a"], "databases": -1}, "databases: -1 is no database"),
        ({"name": "a", "keys": ["a"], "nopass": True}, "nopass: true: whoever reaches port 6379 is user 'a'"),
        ({"name": "a", "preset": "keyclock"}, "preset: 'keyclock' is not accepted; accepted: 'keycloak'"),
    ],
)
def test_a_user_that_cannot_work_is_told_why(arguments: dict[str, Any], expected: str) -> None:
    assert any(finding.startswith(expected) for finding in found(**arguments)), found(**arguments)


def test_the_file_begins_with_default_and_has_the_users_by_name() -> None:
    file = AclFile(users=(AclUser(name="b", keys=["b:*"]), AclUser(name="a", keys=["a:*"], databases=1)))
    lines = rendered(file).splitlines()
    assert lines[0] == f"USER default on {password('default').word()} ~* &* +@all"
    assert lines[1].startswith(f"USER a on {password('a').word()} ~a:* +@connection")
    assert lines[1].endswith(" $1")
    assert lines[2].startswith(f"USER b on {password('b').word()} ~b:*")


def test_default_closed_stands_in_the_one_form_that_works() -> None:
    file = AclFile(users=(AclUser(name="a", keys=["a:*"]),), default="closed")
    assert rendered(file).splitlines()[0] == CLOSED_DEFAULT_LINE
    assert file.password_names == ("a",)


def test_two_passwords_let_in_while_one_is_rotated() -> None:
    file = AclFile(users=(AclUser(name="a", keys=["a:*"]),), default="closed")
    users = users_of(file.render({"a": [password("old"), password("new")]}), SERVER, None)
    assert users["a"].lets_in(SecretStr("password of old"))
    assert users["a"].lets_in(SecretStr("password of new"))


@pytest.mark.parametrize(
    ("passwords", "expected"),
    [
        ({"default": password("x"), "a": password("x")}, "users 'default', 'a' have the same password"),
        ({"default": [password("x"), password("y")], "a": [password("y")]}, "users 'default', 'a' have the same"),
        ({"default": password("x")}, "a: no password"),
        ({"default": password("x"), "a": []}, "a: no password"),
    ],
)
def test_each_user_has_a_password_and_none_another_users(passwords: dict[str, Any], expected: str) -> None:
    with pytest.raises(InvalidArguments, match=expected) as error:
        AclFile(users=(AclUser(name="a", keys=["a:*"]),)).render(passwords)
    assert password("x").digest not in str(error.value)


def test_a_user_twice_and_a_closed_door_without_users_are_errors() -> None:
    user = AclUser(name="a", keys=["a:*"])
    assert [str(error) for error in AclFile(users=(user, user)).findings(SERVER)] == [
        "users.a: given 2 times; accepted: one user of a name"
    ]
    assert [error.where for error in AclFile(default="closed").findings(SERVER)] == ["default"]


def test_the_digest_is_of_the_rules_and_of_nothing_else() -> None:
    one, other = AclUser(name="a", keys=["a:*"]), AclUser(name="b", keys=["b:*"])
    assert AclFile(users=(one, other)).digest() == AclFile(users=(other, one)).digest()
    changed = [AclFile(users=(one,)), AclFile(users=(one, other), default="closed"), AclFile(users=(one, other))]
    assert len({file.digest() for file in changed}) == 3


def test_a_template_stands_where_the_passwords_go() -> None:
    file = AclFile(users=(AclUser(name="a", keys=["a:*"]),), default="closed")
    assert (
        file.render_with(lambda name: f"#{{{{ .{name} | sha256sum }}}}")
        .splitlines()[1]
        .startswith("USER a on #{{ .a | sha256sum }} ~a:* ")
    )


def _rights(server: Version) -> st.SearchStrategy[list[str]]:
    commands = st.sampled_from(sorted(name for name in server_commands(server) if " " not in name))
    categories = st.sampled_from([f"@{category}" for category in sorted(categories_of(server))])
    return st.lists(commands | categories, max_size=6)


@pytest.mark.parametrize("server", [SERVER, NEWEST], ids=str)
@settings(max_examples=100)
@given(data=st.data())
def test_no_user_that_we_write_is_locked_out_of_its_own_login(server: Version, data: st.DataObject) -> None:
    allow = data.draw(st.none() | _rights(server).map(lambda permissions: [*permissions, "@pubsub"]))
    deny = [permission for permission in data.draw(_rights(server)) if permission not in (allow or ())]
    outcome = validate(
        AclUser,
        {
            "name": "a",
            "preset": data.draw(st.sampled_from(["langfuse", "litellm"])),
            "keys": data.draw(st.sampled_from([None, ["a:*"], ["*"], ["%R~a:[ab]?", "%W~*"]])),
            "channels": data.draw(st.sampled_from([None, ["a:*", "b:*"], ["*"]])),
            "allow": allow,
            "deny": deny,
            "databases": data.draw(st.sampled_from([None, 3])),
        },
    )
    assume(outcome.arguments is not None and not outcome.errors)
    assert outcome.arguments is not None
    file = AclFile(users=(outcome.arguments,), default=data.draw(st.sampled_from(["closed", "password"])))
    text = rendered(file)
    users = users_of(text, server, None)
    assert users["a"].lets_in(SecretStr("password of a"))
    assert all(may(users[name], command) for name in ("default", "a") for command in NEEDED_BY_EVERY_CLIENT)
    assert not list(acl_file_findings(text, server))
