"""A file that is no good YAML is told by its lines, and never by what stands there."""

from __future__ import annotations

from pathlib import Path

import pytest

from constructs_lib.config.files.yaml_file import read_document

SECRET = "hunter2"

NO_YAML = [
    "*hunter2",
    "!hunter2",
    "!!int hunter2",
    "!!float hunter2",
    "!!bool hunter2",
    "!!binary hunter2!",
    "!!timestamp hunter2",
    "!<tag:example.com,2000:hunter2> a",
    "!!python/object:hunter2 a",
    "%hunter2",
    "@hunter2",
    "`hunter2",
    '"hunter2',
    '"\\hunter2"',
    "hunter2: hunter2",
    "[hunter2",
    "{hunter2",
    "|hunter2",
    "? hunter2",
    "'hunter2' hunter2",
    "{{ hunter2 }}",
    "hunter2\x07",
    "!!set hunter2",
]
"""Passwords without the quotes that they need."""


def read(tmp_path: Path, text: str) -> tuple[dict[object, object], list[str]]:
    path = tmp_path / "cluster.yaml"
    path.write_bytes(text.encode())
    document = read_document(path)
    return document.values, [str(error) for error in document.errors]


@pytest.mark.parametrize("password", NO_YAML)
def test_a_password_that_is_no_yaml_is_not_told(tmp_path: Path, password: str) -> None:
    values, errors = read(tmp_path, f"other: 1\ndragonfly_password: {password}\n")
    assert values == {}
    (error,) = errors
    assert SECRET not in error
    assert error.startswith("line ")
    assert error.endswith("; accepted: YAML, with quotes around a text that holds special characters")


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("a: 2026-13-01", "line 1: reads as a date and is none; accepted: YAML, with quotes around a text that holds"),
        ("a: 1\nb: *bc", "line 2: found undefined alias; accepted: YAML, with quotes around a text that holds special"),
        ("a: 1\nb: &x [1, *x]", "line 2: an alias inside of what it stands for; accepted: lines of 'key: value'"),
        ("a: &x\n  b: *x", "line 1: an alias inside of what it stands for; accepted: lines of 'key: value'"),
        ("a: 1\nb: \x07", "line 2: a character that no text may hold; accepted: YAML"),
        ("a: 1\n\tb: 2", "line 2: found character '\\t' that cannot start any token; accepted: YAML"),
        ("a: 1\n  b: 2", "line 2: mapping values are not allowed here; accepted: YAML"),
        ("? {a: b}\n: c", "line 1: found unhashable key; accepted: YAML"),
        ("a: " + "[" * 500, "is nested too deep to be read; accepted: lines of 'key: value'"),
        ("!!set {a, b}", "holds a set, not a mapping; accepted: lines of 'key: value'"),
        ("5", "holds a number, not a mapping; accepted: lines of 'key: value'"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line(tmp_path: Path, text: str, error: str) -> None:
    values, errors = read(tmp_path, text)
    assert values == {}
    assert len(errors) == 1
    assert errors[0].startswith(error)


def test_every_value_that_is_none_is_told(tmp_path: Path) -> None:
    _, errors = read(tmp_path, "a: 2026-13-01\nb:\n  - !!int x\n")
    assert [error.split(";")[0] for error in errors] == [
        "line 1: reads as a date and is none",
        "line 3: reads as a number and is none",
    ]


def test_every_duplicate_is_told_once_with_its_lines(tmp_path: Path) -> None:
    values, errors = read(tmp_path, "a: 1\na: 2\na: 3\nb: {c: 1, d: [{e: 1, e: 2}]}\n1: 2\n'1': 3\n")
    assert values
    assert errors == [
        "a: stands twice, in lines 1 and 2; accepted: once",
        "b.d[0].e: stands twice, in lines 4 and 4; accepted: once",
    ]


def test_what_an_alias_repeats_is_no_duplicate(tmp_path: Path) -> None:
    values, errors = read(tmp_path, "a: &x {b: 1}\nc: *x\nd: {<<: *x, e: 2}\nf: &x 3\n")
    assert values == {"a": {"b": 1}, "c": {"b": 1}, "d": {"b": 1, "e": 2}, "f": 3}
    assert errors == []


def test_aliases_of_aliases_take_no_time(tmp_path: Path) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{depth}: &a{depth} [{', '.join([f'*a{depth - 1}'] * 9)}]" for depth in range(1, 9)]
    assert read(tmp_path, "\n".join(lines))[1] == []


def test_a_key_that_is_a_list_is_somebody_elses(tmp_path: Path) -> None:
    assert read(tmp_path, "? [a, b]\n: c\nd: 1\n") == ({("a", "b"): "c", "d": 1}, [])


@pytest.mark.parametrize(
    ("text", "value"),
    [("yes", "yes"), ("on", "on"), ("true", True), ("010", 10), ("0o10", 8), ("~", None), ("1.36.0", "1.36.0")],
)
def test_it_is_yaml_1_2(tmp_path: Path, text: str, value: object) -> None:
    assert read(tmp_path, f"a: {text}")[0] == {"a": value}


def test_a_byte_order_mark_is_no_part_of_the_first_key(tmp_path: Path) -> None:
    assert read(tmp_path, "\ufeffa: 1") == ({"a": 1}, [])


def test_a_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    (tmp_path / "cluster.yaml").write_bytes(b"\xff\xfe\xfa")
    (error,) = read_document(tmp_path / "cluster.yaml").errors
    assert str(error) == "cannot be read: not UTF-8; accepted: a YAML file in UTF-8"


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    (error,) = read_document(tmp_path).errors
    assert str(error) == "cannot be read: Is a directory; accepted: a YAML file in UTF-8"
