"""Words, lines and files of an ACL: what is read, and what is refused with a reason."""

import hashlib
import re

import pytest
from pydantic import SecretStr

from constructs_lib.acl.lines import (
    CLOSED_DEFAULT_LINE,
    AclLine,
    acl_file_findings,
    default_password_findings,
    users_of,
)
from constructs_lib.acl.rules import Access, KeyRule, PasswordHash, parse_rule
from constructs_lib.errors import Severity
from constructs_lib.values.version import Version

SERVER = Version.of("v1.36.0")
HASH = f"#{hashlib.sha256(b'pw').hexdigest()}"
OTHER = f"#{hashlib.sha256(b'other').hexdigest()}"


def findings(text: str) -> list[str]:
    return [str(finding) for finding in acl_file_findings(text, SERVER)]


@pytest.mark.parametrize(
    ("word", "written"),
    [
        ("~k:*", "~k:*"),
        ("%R~k:*", "%R~k:*"),
        ("%W~k:*", "%W~k:*"),
        ("ALLKEYS", "~*"),
        ("&c", "&c"),
        ("allchannels", "&*"),
        ("+get", "+GET"),
        ("-json.set", "-JSON.SET"),
        ("+@READ", "+@read"),
        ("nocommands", "-@all"),
        ("$3", "$3"),
        ("$all", "$ALL"),
        ("ON", "on"),
        ("nopass", "nopass"),
        ("resetkeys", "resetkeys"),
    ],
)
def test_a_word_is_read_and_written_back(word: str, written: str) -> None:
    assert str(parse_rule(word, SERVER)) == written


@pytest.mark.parametrize(
    ("word", "reason"),
    [
        ("~", "an empty pattern"),
        ("%RW~k", "no pattern of keys"),
        ("%r~k", "no pattern of keys"),
        ("~a${b}", "Flux replaces"),
        ("~a[b", "ends within a [set]"),
        ("&", "an empty pattern"),
        ("+CONFIG|GET", "no subcommands; accepted: CONFIG"),
        ("+NOSUCH", "no command of server v1.36.0"),
        ("+HGETEX", "v1.40.1 is the first version known to have it"),
        ("+@nosuch", "no category of server v1.36.0; accepted: @admin"),
        ("+@topk", "no category of server v1.36.0"),
        ("+@hyperloglog", "name PFADD, PFCOUNT and PFMERGE"),
        ("+@HYPERLOG", "name PFADD, PFCOUNT and PFMERGE"),
        ("+", "neither a command nor a category"),
        ("$x", "$ and no number"),
        ("$01", "$ and no number"),
        ("NOPASS", "no rule"),
        ("#abc", "64 hexadecimal digits"),
    ],
)
def test_a_word_that_the_server_does_not_know_is_refused(word: str, reason: str) -> None:
    with pytest.raises(ValueError, match=re.escape(reason)):
        parse_rule(word, SERVER)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("# users", "a comment"),
        ("  ", "a line of spaces alone"),
        (f"USER u on {HASH}\t~k", "a tab"),
        (f"USER u on {HASH} ~k\r", "a carriage return"),
        (f"USER u  on {HASH} ~k", "two in a row"),
        (f" USER u on {HASH} ~k", "spaces at the start"),
        ("USER u on", "fewer than four words"),
        ("GET u on ~k", "does not begin with USER"),
        ("USER u ~k +GET", "the first word after the name is on or off"),
        ("USER u on off ~k", "there is one such word"),
        ("USER u on ~* ~k", "~k after ~*"),
        ("USER u on ~* %R~k", "%R~k after ~*"),
        ("USER u on &* &k", "&k after &*"),
    ],
)
def test_a_line_that_the_server_drops_is_refused(line: str, reason: str) -> None:
    with pytest.raises(ValueError, match=re.escape(reason)):
        AclLine.of(line, SERVER)
    assert any(reason in finding for finding in findings(line))


@pytest.mark.parametrize(
    "line", ["USER u on ~k ~*", "USER u on ~* resetkeys ~k", "USER u on %R~* ~k", f"user u ON {HASH} ~k:* +@all "]
)
def test_a_line_that_the_server_takes_is_read(line: str) -> None:
    assert AclLine.of(line, SERVER).name == "u"


def test_empty_lines_are_nothing() -> None:
    assert findings(f"\n{CLOSED_DEFAULT_LINE}\n\n") == []
    assert list(users_of(f"\n{CLOSED_DEFAULT_LINE}\n\n", SERVER, None)) == ["default"]


@pytest.mark.parametrize(
    ("default", "reason"),
    [
        ("", "no line for user 'default'"),
        ("USER default on nopass ~* &* +@all", "needs no password"),
        ("USER default off resetkeys -@all", "may not AUTH and HELLO"),
        (f"USER default on {HASH} ~* +@all -AUTH", "may not AUTH"),
        (f"USER default on {OTHER} ~* +@all", "users 'default', 'u' have the same password"),
    ],
)
def test_a_line_for_default_that_opens_or_locks_the_door_is_refused(default: str, reason: str) -> None:
    assert any(reason in finding for finding in findings(f"{default}\nUSER u on {OTHER} ~k +@all\n"))


def test_default_closed_in_the_one_form_that_works_is_taken() -> None:
    assert findings(f"{CLOSED_DEFAULT_LINE}\nUSER u on {HASH} ~k +@all\n") == []


def test_a_user_with_any_password_or_without_a_greeting_is_worth_a_warning() -> None:
    found = list(acl_file_findings(f"{CLOSED_DEFAULT_LINE}\nUSER u on nopass ~k +@read\n", SERVER))
    assert [finding.severity for finding in found] == [Severity.WARNING, Severity.WARNING]


def test_a_password_in_the_clear_is_refused_and_not_shown() -> None:
    found = findings(f"{CLOSED_DEFAULT_LINE}\nUSER u on >hunter2 ~k +@all\nUSER v on hunter2 ~k +@all\n")
    assert any("in the clear" in finding for finding in found)
    assert "hunter2" not in "\n".join(found)


def test_no_password_and_no_hash_is_in_a_message_or_representation() -> None:
    password = PasswordHash.of(SecretStr("hunter2"))
    shared = f"USER default on {password.word()} ~* +@all\nUSER u on {password.word()} ~k +GET\n"
    found = findings(shared)
    assert found
    redact = f"{found}{password!r}{password}{AclLine.of(shared.splitlines()[1], SERVER)!r}"
    assert password.digest not in redact
    assert "hunter2" not in redact


def test_a_hash_is_the_same_in_capitals() -> None:
    assert parse_rule(HASH.upper(), SERVER) == PasswordHash.of(SecretStr("pw"))


def test_the_passwords_of_a_secret_and_of_its_file_must_agree() -> None:
    open_file = f"USER default on {HASH} ~* +@all\n"
    assert not list(default_password_findings(open_file, SERVER, SecretStr("pw")))
    assert not list(default_password_findings(CLOSED_DEFAULT_LINE, SERVER, SecretStr("dead")))
    errors = [str(error) for error in default_password_findings(open_file, SERVER, SecretStr("hunter2"))]
    assert len(errors) == 1
    assert "hunter2" not in errors[0]


def test_a_pattern_of_keys_is_a_glob_or_a_rule() -> None:
    assert KeyRule.of("k:*") == KeyRule.of("~k:*") == KeyRule("k:*")
    assert KeyRule.of("%R~k:*").access is Access.READ
