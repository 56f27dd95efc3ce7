"""What holds for any two trees: no crash, nothing passed over, and nothing called safe that no table knows."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from functools import cache
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from constructs_lib.review.changes.model import Change, Context, Effect, ObjectKey, Tree
from constructs_lib.review.kinds import changes_of
from constructs_lib.review.outputs.document import document
from constructs_lib.review.outputs.markdown import markdown
from constructs_lib.review.outputs.summary import summary
from constructs_lib.review.outputs.text import text
from constructs_lib.review.review import pairs, review
from constructs_lib.review.sides.trees import Reader, files_of
from constructs_lib.values.version import Version
from tests.conftest import ROOT, STACKS
from tests.operators import OPERATORS
from tests.review.outputs.test_document import VALIDATOR

SNAPSHOTS = ROOT / "tests" / "__snapshots__" / "test_stacks"
VERSIONS = [Version.of(operator) for operator in OPERATORS]

Steps = tuple[str | int, ...]

ANYTHING = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-1, 10**12),
    st.floats(),
    st.text(max_size=8),
    st.sampled_from(["1Gi", "0 * * * *", "--maxmemory=1gb", "v1.5.0", "${X}", "ENC[AES256_GCM]", "100m"]),
    st.lists(st.text(max_size=4), max_size=2),
    st.dictionaries(st.text(max_size=4), st.integers(), max_size=2),
)


@cache
def stack(name: str) -> Tree:
    """The manifests of a stack, which nobody may change."""
    return Reader().read(files_of(SNAPSHOTS / name)).tree


stacks = st.sampled_from([path.stem for path in STACKS])


def places(value: Any, steps: Steps = ()) -> Iterator[Steps]:
    """The way to every part of an object, but to its kind and its name."""
    if steps in _KEPT:
        return
    if steps and steps != ("metadata",):
        yield steps
    for step, part in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from places(part, (*steps, step))


_KEPT = (("kind",), ("apiVersion",), ("metadata", "name"), ("metadata", "namespace"))


def alike(value: Any) -> st.SearchStrategy[Any]:
    """Other values of the same form."""
    if isinstance(value, bool):
        return st.just(not value)
    if isinstance(value, int):
        return st.integers(0, 10)
    if isinstance(value, str):
        return st.one_of(st.text(max_size=8), st.just(f"{value}0"), st.just(value[:-1]))
    if isinstance(value, list):
        return st.sampled_from([value[1:], [*value, *value[:1]], value[::-1]])
    return st.just(dict(list(value.items())[1:]) if isinstance(value, dict) else value)


@st.composite
def edited(draw: st.DrawFn, *, keep_forms: bool) -> tuple[Tree, Tree]:
    """A stack, and it or another one with some of its objects edited, gone or renamed."""
    old = stack(draw(stacks))
    new: dict[ObjectKey, Any] = dict(stack(draw(stacks)) if draw(st.integers(0, 4)) == 0 else old)
    for _ in range(draw(st.integers(1, 3))):
        key = draw(st.sampled_from(sorted(new)))
        what = draw(st.sampled_from(["edit", "edit", "edit", "edit", "remove", "rename"]))
        manifest = new.pop(key)
        if what == "rename":
            renamed = ObjectKey(key.kind, key.namespace, f"{key.name}-2")
            new[renamed] = {**manifest, "metadata": {**manifest["metadata"], "name": renamed.name}}
        if what == "edit" or not new:
            new[key] = draw(edited_object(manifest, keep_forms))
    return old, new


@st.composite
def edited_object(draw: st.DrawFn, manifest: Any, keep_forms: bool) -> Any:
    changed: Any = copy.deepcopy(manifest)
    steps: Steps = draw(st.sampled_from(list(places(manifest)) or [("spec",)]))
    *way, last = steps
    around: Any = changed
    for step in way:
        around = around[step]
    if isinstance(last, str) and len(way) > 0 and draw(st.booleans()) and draw(st.booleans()):
        del around[last]
    else:
        before = around.get(last) if isinstance(around, dict) else around[last]
        around[last] = draw(alike(before) if keep_forms else ANYTHING)
    return changed


# Drawing from trees of our own is slow to hypothesis; what is drawn is what is wanted.
ANY_PAIR = settings(max_examples=500, suppress_health_check=list(HealthCheck))


@ANY_PAIR
@given(trees=edited(keep_forms=False), operator=st.sampled_from(VERSIONS))
def test_any_two_trees_give_a_review_for_every_reader(trees: tuple[Tree, Tree], operator: Version) -> None:
    old, new = trees
    done = review(old, new, operator)
    lines = summary(done, old, new)
    VALIDATOR.validate(json.loads(json.dumps(document(done), allow_nan=False)))
    assert text(done, lines).plain
    assert markdown(done, lines)


@ANY_PAIR
@given(trees=edited(keep_forms=True), operator=st.sampled_from(VERSIONS))
def test_what_has_the_form_of_its_kind_is_read_by_the_module_of_its_kind(
    trees: tuple[Tree, Tree], operator: Version
) -> None:
    old, new = trees
    context = Context(old, new, operator, operator)
    for pair in pairs(old, new):
        assert list(changes_of(pair.key.kind)(pair, context)), f"nothing is said of {pair.key}"


def written(value: Any) -> Any:
    """A value by which it is told from every other: fields that are null are none, and have no order."""
    if isinstance(value, dict):
        return sorted((name, written(part)) for name, part in value.items() if part is not None)
    return [written(part) for part in value] if isinstance(value, list) else repr(value)


@ANY_PAIR
@given(trees=edited(keep_forms=False), operator=st.sampled_from(VERSIONS))
def test_of_every_object_that_differs_something_is_said(trees: tuple[Tree, Tree], operator: Version) -> None:
    old, new = trees
    differing = {key for key in {*old, *new} if written(old.get(key)) != written(new.get(key))}
    told = {change.object for change in review(old, new, operator).changes}
    assert told == differing


@ANY_PAIR
@given(trees=edited(keep_forms=False))
def test_a_tree_beside_a_copy_of_itself_is_no_change(trees: tuple[Tree, Tree]) -> None:
    _, tree = trees
    assert review(tree, copy.deepcopy(tree)).changes == ()


@ANY_PAIR
@given(name=stacks, data=st.data(), operator=st.sampled_from(VERSIONS), value=ANYTHING)
def test_a_field_that_no_table_knows_is_never_called_safe(
    name: str, data: st.DataObject, operator: Version, value: Any
) -> None:
    old = stack(name)
    key = data.draw(st.sampled_from([key for key in sorted(old) if isinstance(old[key].get("spec"), dict)]))
    field = data.draw(st.from_regex(r"zz[a-zA-Z]{1,6}", fullmatch=True))
    manifest: dict[str, Any] = {**old[key], "spec": {**old[key]["spec"], field: 1 if value is None else value}}
    for one, other in ((old, {**old, key: manifest}), ({**old, key: manifest}, old)):
        told = [change for change in review(one, other, operator).changes if change.object == key]
        assert told
        assert not any(map(is_called_safe, told))


def is_called_safe(change: Change) -> bool:
    return not {Effect.UNKNOWN, Effect.REFUSED, Effect.STUCK} & {*change.effects}
