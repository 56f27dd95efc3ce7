"""What a change of a PodMonitor's endpoints does to what Prometheus knows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from constructs_lib.review.changes.differences import Difference, differences
from constructs_lib.review.changes.model import Change, Effect, Pair
from constructs_lib.review.changes.rows import Reading
from constructs_lib.values.duration import seconds

_FIELD = "/spec/podMetricsEndpoints"

_LIVE = {"scrapeTimeout": "A scrape may take longer, or less long.", "interval": "Pods are scraped more often."}

_UNWATCHED = {
    "path": "Prometheus asks the pods for another path.",
    "port": "Prometheus asks the pods on another port.",
    "targetPort": "Prometheus asks the pods on another port.",
    "scheme": "Prometheus asks the pods in another protocol.",
    "relabelings": "Series bear other labels, or some pods are left out: alerts may find none.",
    "metricRelabelings": "Series are called otherwise or left out: alerts may find none.",
    "honorLabels": "Series may bear other labels: alerts may find none.",
    "interval": "Pods are scraped less often: alerts come later, and rates over short times find too few samples.",
}
"""Fields of an endpoint: https://prometheus-operator.dev/docs/api-reference/api/#monitoring.coreos.com/v1.PodMetricsEndpoint"""


def endpoint_changes(pair: Pair) -> Iterator[Change]:
    """A change a field of each endpoint; endpoints are told apart by port and path."""
    assert pair.old is not None
    assert pair.new is not None
    old, new = (list((side.get("spec") or {}).get("podMetricsEndpoints") or ()) for side in (pair.old, pair.new))
    if len(old) == len(new) == 1:
        for difference in differences(old[0], new[0], f"{_FIELD}/0"):
            yield _change(pair, difference)
        return
    for endpoint in [each for each in old if each not in new]:
        what = f"Prometheus no longer asks the pods for {_name(endpoint)} as it did."
        yield Change(pair.key, _FIELD, endpoint, None, (Effect.UNWATCHED,), what)
    for endpoint in [each for each in new if each not in old]:
        what = f"Prometheus asks the pods for {_name(endpoint)}."
        yield Change(pair.key, _FIELD, None, endpoint, (Effect.LIVE,), what)


def _change(pair: Pair, difference: Difference) -> Change:
    effects, what = _reading(difference)
    return Change(pair.key, difference.field, difference.before, difference.after, effects, what)


def _reading(difference: Difference) -> Reading:
    name = difference.field.split("/")[4] if difference.field.count("/") > 3 else ""
    if name == "interval":
        before, after = seconds(difference.before), seconds(difference.after)
        # Without one it is Prometheus' own, which is not among these files.
        rarer = before is None or after is None or after > before
        return ((Effect.UNWATCHED,), _UNWATCHED[name]) if rarer else ((Effect.LIVE,), _LIVE[name])
    if name in _UNWATCHED:
        return (Effect.UNWATCHED,), _UNWATCHED[name]
    if name in _LIVE:
        return (Effect.LIVE,), _LIVE[name]
    return (Effect.UNKNOWN,), f"What a change of {difference.field} does is not known."


def _name(endpoint: Mapping[str, Any]) -> str:
    return f"{endpoint.get('path', '/metrics')} on port {endpoint.get('port', endpoint.get('targetPort'))}"
