"""A reader is told each consequence once an object; a program, with every change."""

from __future__ import annotations

from typing import Any

import pytest

from constructs_lib.review.changes.model import Change, Effect
from constructs_lib.review.outputs.document import document
from constructs_lib.review.outputs.groups import AS_ABOVE
from constructs_lib.review.outputs.markdown import markdown
from constructs_lib.review.outputs.text import text
from constructs_lib.review.outputs.values import told
from tests.review.dragonflies import dragonfly
from tests.review.dragonflies import reviewed as changes_of
from tests.review.manifests import change, reviewed


def changed() -> list[Change]:
    """Three fields of one instance, whose only pod restarts over each."""
    new = dragonfly(annotations={"a": "b"}, labels={"team": "a"}, args=["--maxmemory=512mb", "--proactor_threads=2"])
    return changes_of(dragonfly(), new)


def test_text_and_markdown_say_once_that_the_data_is_lost() -> None:
    review = reviewed(*changed())
    assert len(review.changes) == 3
    assert text(review, []).plain.count("starts empty") == 1
    assert markdown(review, []).count("starts empty") == 1


def test_json_says_it_with_every_change() -> None:
    assert all("starts empty" in each["what"] for each in document(reviewed(*changed()))["changes"])


def test_changes_that_do_the_same_stand_together_and_every_field_is_told() -> None:
    plain = text(reviewed(*changed()), []).plain
    assert '    /spec/annotations/a  + "b"\n    /spec/labels/team  + "a"\n' in plain
    table = markdown(reviewed(*changed()), [])
    assert '`/spec/annotations/a` `+ "b"`<br>`/spec/labels/team` `+ "a"`' in table


def test_what_was_told_of_one_object_is_told_of_another_again() -> None:
    one, *_ = changed()
    other = change(*one.effects, name="other", what=one.what)
    assert text(reviewed(one, other), []).plain.count("starts empty") == 2


def test_a_change_of_which_all_was_told_says_so() -> None:
    one = Change(changed()[0].object, "/a", 1, 2, (Effect.EVICTS, Effect.RESTART), "A; b.", ("A.", "B."))
    other = Change(one.object, "/b", 1, 2, (Effect.RESTART,), "B.", ("B.",))
    assert f"  restart  /b\n    1 → 2\n    {AS_ABOVE}" in text(reviewed(one, other), []).plain


def test_long_values_are_shown_where_they_differ() -> None:
    before, after = (f"max by (namespace) ({'x' * 80}[{hours}h])) > 0" for hours in (6, 24))
    shown = told(before, after)
    assert "[6h]" in shown
    assert "[24h]" in shown
    assert len(shown) < 130


def test_pods_are_counted_as_one_says_it() -> None:
    said = [
        changes_of(dragonfly(replicas=before), dragonfly(replicas=after))[0].what
        for before, after in ((1, 3), (3, 1), (0, 1), (0, 2))
    ]
    assert said == [
        "1 pod becomes 3.",
        "3 pods become 1.",
        "1 pod starts where there was none.",
        "2 pods start where there was none.",
    ]


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("(not shown)", "(not shown)", "(not shown) → (not shown)"),
        ("(not shown)", None, "− (not shown)"),
        (None, "(not shown)", "+ (not shown)"),
        (["--a=(not shown)", "--b"], ["--a=(not shown)", "--b"], '"--a=(not shown)" → "--a=(not shown)"'),
        (["--a", "--b"], ["--b", "--a"], "order"),
        (None, None, ""),
    ],
)
def test_of_a_secret_it_is_told_that_it_is_another_new_or_gone(before: Any, after: Any, shown: str) -> None:
    assert told(before, after) == shown


def test_where_no_value_is_told_no_line_stands_empty() -> None:
    review = reviewed(change(Effect.LIVE, before=None, after=None))
    assert "  live  /spec/args\n    Something happens." in text(review, []).plain
    assert "``" not in markdown(review, [])


def alerts(*names: str) -> list[Change]:
    """Of each alert that it bears another label."""
    return [
        change(
            Effect.UNWATCHED,
            kind="PrometheusRule",
            field=f"/spec/groups/0/rules/{place}/labels/team",
            before=None,
            after="x",
            what=f"The alert {name} bears other labels.",
        )
        for place, name in enumerate(names)
    ]


def test_many_sentences_that_differ_in_a_name_are_told_as_one() -> None:
    review = reviewed(*alerts("Down", "Absent", "Slow"))
    plain, table = text(review, []).plain, markdown(review, [])
    assert plain.count("bears other labels") == table.count("bears other labels") == 1
    assert "The alert … bears other labels." in plain
    for place, name in enumerate(("Down", "Absent", "Slow")):
        assert f'    /spec/groups/0/rules/{place}/labels/team  + "x"  {name}\n' in plain
        assert f'`/spec/groups/0/rules/{place}/labels/team` `+ "x"` `{name}`' in table


def test_two_sentences_and_those_that_differ_in_more_are_told_by_themselves() -> None:
    assert "…" not in text(reviewed(*alerts("Down", "Absent")), []).plain
    others = [*alerts("Down", "Absent"), change(Effect.UNWATCHED, kind="PrometheusRule", what="It is no longer read.")]
    assert "…" not in text(reviewed(*others), []).plain
