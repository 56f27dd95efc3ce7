"""A command line is read as the server reads it."""

from __future__ import annotations

import pytest

from constructs_lib.dragonfly.command_line import CommandLineFlag, flag_value, read_command_line, takes_text
from constructs_lib.values.version import Version

SERVER = Version.of("v1.36.0")


@pytest.mark.parametrize(
    ("words", "read"),
    [
        (["--dbnum=4"], [CommandLineFlag(0, "dbnum", "4")]),
        (["-dbnum=4"], [CommandLineFlag(0, "dbnum", "4")]),
        (["--dbnum", "4"], [CommandLineFlag(0, "dbnum", "4", words=2)]),
        (["--cache_mode", "--dbnum=4"], [CommandLineFlag(0, "cache_mode", "true"), CommandLineFlag(1, "dbnum", "4")]),
        (["--nocache_mode"], [CommandLineFlag(0, "cache_mode", "false")]),
        (["--dir=s3://b/a=b"], [CommandLineFlag(0, "dir", "s3://b/a=b")]),
        (["--dbnum"], [CommandLineFlag(0, "dbnum", "")]),
        (["--dbfilename="], [CommandLineFlag(0, "dbfilename", "")]),
        (["--cache_mode", "4"], [CommandLineFlag(0, "cache_mode", "true"), 1]),
        (["--dbnum 4"], [0]),
        (["dragonfly", 4, "--"], [0, 1, 2]),
    ],
)
def test_words_are_flags_or_none(words: list[object], read: list[object]) -> None:
    assert list(read_command_line(words, SERVER)) == read


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("Yes", "bool", True),
        ("0", "bool", False),
        ("maybe", "bool", "maybe"),
        ("4", "uint32", 4),
        ("four", "uint32", "four"),
        ("1.5", "number", 1.5),
        ("512mb", "memory", "512mb"),
        ("4", None, "4"),
    ],
)
def test_a_text_is_a_value_of_its_flags_type(text: str, kind: str | None, value: object) -> None:
    assert flag_value(text, kind) == value


@pytest.mark.parametrize(
    ("kind", "text", "taken"),
    [
        ("bool", "Yes", True),
        ("bool", "maybe", False),
        ("uint16", "65536", False),
        ("int32", "-1", True),
        ("number", "0.5", True),
        ("memory", "512 mb", False),
        ("text", "", True),
        ("retired", "x", True),
    ],
)
def test_a_value_of_a_command_line_is_taken_by_its_type(kind: str, text: str, taken: bool) -> None:
    assert takes_text(kind, text) == taken
