"""A review for a reader."""

from __future__ import annotations

from constructs_lib.review.changes.model import Effect
from constructs_lib.review.outputs.text import text
from tests.review.manifests import change, reviewed

TOLD = """\
dragonfly (cache): rolling restart; 1 live

warning  Dragonfly cache/dragonfly
  rolling-restart, address-changed  /spec/args
    − "--tls=false", + "--tls"
    Every pod restarts.

info  PodMonitor cache/dragonfly
  live  /spec/interval
    "30s" → "1m"
    Something happens.
  created
    Something happens.

operator v1.3.1: 3 changes (1 warning, 2 info)"""


def test_the_summary_comes_first_then_each_object_with_its_changes() -> None:
    review = reviewed(
        change(
            Effect.ROLLING_RESTART,
            Effect.ADDRESS_CHANGED,
            before=["--a", "--tls=false"],
            after=["--a", "--tls"],
            what="Every pod\nrestarts.",
        ),
        change(Effect.LIVE, kind="PodMonitor", field="/spec/interval", before="30s", after="1m"),
        change(Effect.CREATED, kind="PodMonitor", field=""),
    )
    assert text(review, ["dragonfly (cache): rolling restart; 1 live"]).plain == TOLD


def test_no_change_is_said_in_a_line() -> None:
    assert text(reviewed(), []).plain == "operator v1.3.1: no change"
