"""A review as one comment of a pull request."""

from __future__ import annotations

from constructs_lib.review.changes.model import Effect
from constructs_lib.review.outputs.markdown import MARKER, markdown
from tests.review.manifests import change, reviewed

TAKEN_BY_GITHUB = 65_536
"""Characters of a comment, a longer one of which is refused; GitLab takes a million."""


def test_the_first_line_is_the_one_by_which_the_comment_is_found() -> None:
    assert markdown(reviewed(), []).splitlines()[0] == MARKER == "<!-- cdk8s-dragonfly review -->"


def test_what_needs_no_look_is_folded() -> None:
    text = markdown(reviewed(change(Effect.EVICTS), change(Effect.LIVE)), ["dragonfly (cache): evicts; 1 live"])
    assert "- dragonfly (cache): evicts; 1 live\n" in text
    assert text.index("<details open><summary>🛑 1 danger") < text.index("<details><summary>ℹ️ 1 info")


def test_nothing_in_a_manifest_can_break_the_table_or_call_somebody() -> None:
    what = "a | b\n\n@octocat <img src=x> [x](y) `c` #1 *d*"
    text = markdown(reviewed(change(Effect.LIVE, before="`|`\n@octocat", after="``", what=what)), [])
    (row,) = [line for line in text.splitlines() if line.startswith("| live")]
    assert row.replace("\\|", "").count("|") == 5
    assert row.endswith(
        "a \\| b &#64;octocat &#60;img src=x&#62; \\[x\\](y) \\`c\\` &#35;1 \\*d\\*"
        '<br>```"`\\|`\\n@octocat" → "``"``` |'
    )


def test_a_comment_is_never_longer_than_a_host_takes() -> None:
    changes = [change(Effect.EVICTS, what="x" * 400, name=f"cache-{number}") for number in range(500)]
    text = markdown(reviewed(*changes, change(Effect.LIVE)), ["a"] * 100)
    assert len(text) <= TAKEN_BY_GITHUB
    assert "more\n" in text
    assert "ℹ️ 1 info" in text


def test_no_change_is_said() -> None:
    assert "No change." in markdown(reviewed(), [])
