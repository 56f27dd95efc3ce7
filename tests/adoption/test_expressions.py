"""Expressions of Python: they mean what was given, and a formatter leaves them alone."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from constructs_lib.adoption.writers.expressions import Call, Name, expression, names_in

TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=60)
DATA = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXTS,
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(TEXTS, inner, max_size=5),
    max_leaves=12,
)


@given(DATA)
def test_plain_data_is_read_back_as_it_was(value: Any) -> None:
    assert eval(expression(value)) == value


@settings(max_examples=20)
@given(st.lists(DATA, min_size=1, max_size=20), st.sampled_from([88, 100, 120]))
def test_a_formatter_leaves_it_alone_at_any_usual_width(values: list[Any], width: int) -> None:
    ruff = str(Path(sys.executable).parent / "ruff")
    text = "".join(
        f"a = {expression(Call('f', [Name('b')], {'argument': value, 'other': 1}), 'a = ')}\n" for value in values
    )
    command = [ruff, "format", "--isolated", f"--line-length={width}", "-"]
    done = subprocess.run(command, input=text, capture_output=True, text=True, check=True)
    assert done.stdout == text


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("plain", '"plain"'),
        ("it's", '"it\'s"'),
        ('up{job="x"}', "'up{job=\"x\"}'"),
        ('"it\'s"', "'\"it\\'s\"'"),
        ("a\\b\n", '"a\\\\b\\n"'),
    ],
)
def test_a_text_is_in_the_quotes_that_need_the_fewest_backslashes(text: str, written: str) -> None:
    assert expression(text) == written


def test_what_does_not_fit_on_a_line_has_an_item_a_line() -> None:
    call = Call("DragonflyCache", [Name("chart"), "cache"], {"name": "x" * 40, "replicas": 3, "labels": {"a": "b"}})
    assert expression(call, "cache = ") == (
        'DragonflyCache(\n    chart,\n    "cache",\n    name="'
        + "x" * 40
        + '",\n    replicas=3,\n    labels={"a": "b"},\n)'
    )


def test_names_are_those_of_calls_and_of_names() -> None:
    call = Call("f", [Name("a"), "text"], {"b": [Call("g", keywords={"c": Name("D")})]})
    assert list(names_in(call)) == ["f", "a", "g", "D"]
