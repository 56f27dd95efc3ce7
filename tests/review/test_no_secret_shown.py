"""No secret in any output of a review, wherever in a stack's objects it stands under a secret's name or words."""

from __future__ import annotations

import copy
import json
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from constructs_lib.review.changes.model import Tree
from constructs_lib.review.outputs.document import document
from constructs_lib.review.outputs.markdown import markdown
from constructs_lib.review.outputs.summary import summary
from constructs_lib.review.outputs.text import text
from constructs_lib.review.review import review
from tests.review.test_properties import places, stack, stacks

CANARY = "c4nary"

NAMES = ["password", "userPasswd", "clientSecret", "api-token", "AWS_SECRET_ACCESS_KEY", "privateKey", "credentials"]
APPLIED = "kubectl.kubernetes.io/last-applied-configuration"
WORDS = [
    "USER a on >{} ~*",
    "ACL SETUSER a on #{}",
    "redis-cli -a {}",
    "redis-cli --pass {}",
    "--requirepass={}",
    "--requirepass {}",
    "PASSWORD={} run",
    "password: {}",
    '{{"token": "{}"}}',
    "redis://a:{}@host",
]
ARGUMENTS = ["-a", "--pass", "--requirepass", "--masterauth", "AUTH"]


def with_secret(manifest: Any, secret: str, way: tuple[Any, ...], form: str) -> Any:
    """The manifest with a secret at that place, in one of the forms in which people write one."""
    changed = copy.deepcopy(manifest)
    *above, last = way
    around = changed
    for step in above:
        around = around[step]
    around[last] = planted(around[last], secret, form)
    return changed


def planted(value: Any, secret: str, form: str) -> Any:
    if isinstance(value, dict):
        return {**value, form if form in (*NAMES, APPLIED) else "password": secret}
    if isinstance(value, list):
        return [*value, form if form in ARGUMENTS else "-a", secret]
    return (form if "{}" in form else "--requirepass={}").format(secret)


@st.composite
def stacks_with_a_secret(draw: st.DrawFn) -> tuple[Tree, Tree]:
    """A stack with a secret in one object, and the same with another secret there, or without the object."""
    tree: Tree = stack(draw(stacks))
    key = draw(st.sampled_from(sorted(tree)))
    way = draw(st.sampled_from(list(places(tree[key])) or [("metadata",)]))
    form = draw(st.sampled_from([*NAMES, APPLIED, *WORDS, *ARGUMENTS]))
    one, other = ({**tree, key: with_secret(tree[key], f"{CANARY}-{side}", way, form)} for side in ("one", "other"))
    without = {each: manifest for each, manifest in tree.items() if each != key}
    pairs: list[tuple[Tree, Tree]] = [(one, other), (tree, one), (one, tree), (without, one), (one, without)]
    return draw(st.sampled_from(pairs))


@settings(max_examples=500, suppress_health_check=list(HealthCheck))
@given(trees=stacks_with_a_secret())
def test_no_output_shows_a_secret(trees: tuple[Tree, Tree]) -> None:
    old, new = trees
    done = review(old, new)
    lines = summary(done, old, new)
    assert done.changes
    for shown in (json.dumps(document(done)), text(done, lines).plain, markdown(done, lines), repr(done)):
        assert CANARY not in shown
