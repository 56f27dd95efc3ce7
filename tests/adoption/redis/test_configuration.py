"""A redis.conf is read as Redis reads it."""

from __future__ import annotations

from pathlib import Path

import pytest

from constructs_lib.adoption.redis.configuration import read_configuration, split_words
from constructs_lib.adoption.redis.sources import is_redis_configuration, source_of_file
from constructs_lib.adoption.redis.values import same, size, whole, yes
from tests.adoption.redis.configurations import settings, told


def names(*files: Path) -> list[str]:
    return [
        " ".join((each.name, *each.words)) for each in read_configuration(list(map(source_of_file, files))).directives
    ]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("maxmemory 2gb", ["maxmemory", "2gb"]),
        ("\t save  900   1 ", ["save", "900", "1"]),
        ('save ""', ["save", ""]),
        (r'requirepass "a\"b\x41\n"', ["requirepass", 'a"bA\n']),
        (r"requirepass 'it\'s \n'", ["requirepass", "it's \\n"]),
        ("dir '/var/lib/my redis'", ["dir", "/var/lib/my redis"]),
        ('proc-title-template "{title} {listen-addr}"', ["proc-title-template", "{title} {listen-addr}"]),
    ],
)
def test_words_are_split_and_unquoted(line: str, words: list[str]) -> None:
    assert split_words(line) == words


@pytest.mark.parametrize("line", ['dir "/var', "dir '/var", 'dir "/var"x'])
def test_a_quote_that_does_not_end_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match="quote"):
        split_words(line)


def test_a_line_that_redis_refuses_is_listed_and_its_words_are_not_shown(tmp_path: Path) -> None:
    found = settings(tmp_path, 'requirepass "hunter2\ntimeout 5\n')
    assert [str(each) for each in found.not_carried if each.origin.field == ""] == [
        "redis.conf:1: a quote that does not end, or something directly behind its end; Redis refuses the line; mend it"
    ]
    assert found.value("cache", "timeout") == 5


def test_comments_and_empty_lines_say_nothing(tmp_path: Path) -> None:
    (tmp_path / "redis.conf").write_text("# timeout 1\n\n   # hz 1\n  \nTimeout 5\n")
    assert names(tmp_path / "redis.conf") == ["timeout 5"]


def test_an_included_file_stands_in_its_place_and_one_that_includes_itself_is_read_once(tmp_path: Path) -> None:
    (tmp_path / "conf.d").mkdir()
    (tmp_path / "conf.d" / "a.conf").write_text("timeout 2\n")
    (tmp_path / "conf.d" / "b.conf").write_text("timeout 3\ninclude ../redis.conf\n")
    (tmp_path / "redis.conf").write_text("timeout 1\ninclude conf.d/*.conf\ntimeout 4\n")
    assert names(tmp_path / "redis.conf") == ["timeout 1", "timeout 2", "timeout 3", "timeout 4"]


def test_an_included_file_that_is_not_there_is_listed(tmp_path: Path) -> None:
    assert told(settings(tmp_path, "include /nowhere/more.conf\n"), "include") == [
        "no such file can be read here; give it as a further PATH"
    ]


def test_the_last_of_two_lines_counts(tmp_path: Path) -> None:
    assert settings(tmp_path, "timeout 1\ntimeout 2\n").value("cache", "timeout") == 2


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1k", 1000),
        ("1kb", 1024),
        ("2M", 2000000),
        ("2MB", 2 * 1024**2),
        ("1g", 10**9),
        ("1Gb", 1024**3),
        ("5b", 5),
        ("7", 7),
    ],
)
def test_sizes_are_in_redis_own_units(text: str, number: int) -> None:
    assert size([text]) == number


@pytest.mark.parametrize(
    ("read", "words"), [(size, ["1tb"]), (size, ["1", "2"]), (whole, ["x"]), (whole, []), (yes, ["on"])]
)
def test_a_value_that_redis_refuses_is_refused(read: object, words: list[str]) -> None:
    with pytest.raises(ValueError, match=r"no size|values; accepted|no whole number|neither"):
        read(words)  # type: ignore[operator]


def test_the_same_value_may_be_written_in_several_ways() -> None:
    assert same("64mb", "67108864")
    assert same("YES", "yes")
    assert not same("64mb", "64m")


@pytest.mark.parametrize(
    ("content", "is_one"),
    [
        ("maxmemory 2gb\n", True),
        ("# a comment\nuser worker on >x ~* +@all\n", True),
        ("notadirective 1\nport 0\n", True),
        ("apiVersion: v1\nkind: ConfigMap\ndata:\n  redis.conf: |\n    maxmemory 2gb\n", False),
        ("maxmemory: 2gb\n", False),
        ("user www-data;\nevents {\n}\nhttp {\n  include mime.types;\n  keepalive 65;\n}\n", False),
        ("FROM python\nUSER 1000\nCOPY . .\n", False),
        ("port 26379\nsentinel monitor mymaster 10.0.0.7 6379 2\n", False),
        ("", False),
    ],
)
def test_a_redis_configuration_is_told_from_manifests_by_its_content(content: str, is_one: bool) -> None:
    assert is_redis_configuration(content) is is_one
