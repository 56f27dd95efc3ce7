"""Two trees become a review."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from constructs_lib.review import review as module
from constructs_lib.review.changes.model import Change, Context, Effect, ObjectKey, Pair, Severity
from constructs_lib.review.review import counts, review
from constructs_lib.values.version import Version
from tests.review.manifests import change, manifest, reviewed, side


def release(version: str) -> dict[str, Any]:
    chart = {"spec": {"chart": "dragonfly-operator", "version": version}}
    return manifest("HelmRelease", "dragonfly-operator", "operators", spec={"chart": chart})


WIDGET = manifest("Widget", "a", spec={"size": 1, "colour": "red"})


def test_a_tree_beside_itself_is_no_change() -> None:
    tree = side(WIDGET).tree
    assert review(tree, tree).changes == ()


def test_objects_are_paired_by_kind_namespace_and_name() -> None:
    old = side(WIDGET, manifest("Widget", "a", "other"), manifest("Gadget", "a")).tree
    new = side(manifest("Widget", "a", spec={"size": 2, "colour": "red"}), manifest("Gadget", "a")).tree
    told = [(str(each.object), each.field, each.before, each.after) for each in review(old, new).changes]
    assert told == [
        ("Widget cache/a", "/spec/size", 1, 2),
        ("Widget other/a", "", manifest("Widget", "a", "other"), None),
    ]


@pytest.mark.parametrize(
    ("old", "new", "given", "found"),
    [
        ((), (), None, "v1.3.1 v1.3.1"),
        ((), (), "v1.5.0", "v1.5.0 v1.5.0"),
        ((release("v1.4.0"),), (), "v1.5.0", "v1.4.0 v1.4.0"),
        ((), (release("v1.6.1"),), None, "v1.6.1 v1.6.1"),
        ((release("v1.3.1"),), (release("v1.6.1"),), None, "v1.3.1 v1.6.1"),
        ((manifest("HelmRelease", "dragonfly-operator", spec="no mapping"),), (), None, "v1.3.1 v1.3.1"),
    ],
)
def test_the_operator_is_the_one_that_a_side_installs_before_the_one_given(
    old: tuple[Any, ...], new: tuple[Any, ...], given: str | None, found: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []

    def changes(pair: Pair, context: Context) -> Iterator[Change]:
        seen.append(f"{context.old_operator} {context.new_operator}")
        return iter(())

    monkeypatch.setattr(module, "changes_of", lambda kind: changes)
    done = review(side(WIDGET, *old).tree, side(*new).tree, Version.of(given) if given else None)
    assert {*seen} == {found}
    assert str(done.operator) == found.split()[1]


def test_the_worst_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [change(Effect.LIVE), change(Effect.NONE, Effect.EVICTS), change(Effect.RESTART), change(Effect.UNKNOWN)]
    monkeypatch.setattr(module, "changes_of", lambda kind: lambda pair, context: iter(found))
    done = review(side(WIDGET).tree, {})
    assert [each.severity.value for each in done.changes] == ["danger", "danger", "warning", "info"]
    assert [each.effects[0] for each in done.changes] == [Effect.UNKNOWN, Effect.NONE, Effect.RESTART, Effect.LIVE]


def test_each_severity_is_counted_once_a_change() -> None:
    done = reviewed(change(Effect.LIVE), change(Effect.LIVE, Effect.EVICTS), change(Effect.NONE))
    assert counts(done) == {Severity.DANGER: 1, Severity.WARNING: 0, Severity.INFO: 2}


def test_an_object_that_its_module_cannot_read_is_unknown_field_by_field(monkeypatch: pytest.MonkeyPatch) -> None:
    def changes(pair: Pair, context: Context) -> Iterator[Change]:
        raise TypeError("string indices must be integers")

    monkeypatch.setattr(module, "changes_of", lambda kind: changes)
    (only,) = review(side(WIDGET).tree, side({**WIDGET, "spec": "text"}).tree).changes
    assert (only.field, only.effects) == ("/spec", (Effect.UNKNOWN,))


def test_a_module_is_told_the_folder_of_what_was(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Mapping[ObjectKey, str]] = []

    def changes(pair: Pair, context: Context) -> Iterator[Change]:
        seen.append(context.old_folders)
        return iter(())

    monkeypatch.setattr(module, "changes_of", lambda kind: changes)
    (key,) = tree = side(WIDGET).tree
    review(tree, {}, old_folders={key: "dist/a"})
    assert seen == [{key: "dist/a"}]
