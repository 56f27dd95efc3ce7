"""What a change of a ConfigMap does: of dashboards, and of the scripts that Jobs run; another one's is unknown."""

from __future__ import annotations

from collections.abc import Iterator

from constructs_lib.review.changes.differences import Difference
from constructs_lib.review.changes.fields import field_changes, of_group
from constructs_lib.review.changes.metadata import RECOMMENDED_LABELS
from constructs_lib.review.changes.model import Change, Context, Effect, Manifest, Pair
from constructs_lib.review.changes.pruning import gone, kept_because
from constructs_lib.review.changes.readers import readers, readers_before
from constructs_lib.review.changes.rows import Reading, Row, reading, row

DASHBOARD_LABEL = "grafana_dashboard"

_SIDECAR = "https://github.com/grafana/helm-charts/tree/main/charts/grafana#sidecar-for-dashboards"
_CONFIG_MAPS = "https://kubernetes.io/docs/concepts/configuration/configmap/"


@of_group("")
def changes(pair: Pair, context: Context) -> Iterator[Change]:
    """What each difference between two versions of a ConfigMap does."""
    if pair.new is None:
        yield _gone(pair, context)
    elif pair.old is None:
        yield Change(pair.key, "", None, pair.new, (Effect.CREATED,), "A new ConfigMap.")
    elif _is_dashboard(pair.old):
        yield from field_changes(pair, context, (*DASHBOARD_ROWS, *RECOMMENDED_LABELS))
    else:
        yield from field_changes(pair, context, (*SCRIPT_ROWS, *RECOMMENDED_LABELS))


def _gone(pair: Pair, context: Context) -> Change:
    assert pair.old is not None
    if _is_dashboard(pair.old):
        return gone(pair, context, "With it goes the dashboard.", (Effect.UNWATCHED,))
    jobs = readers(pair.key, context)
    if jobs and not kept_because(pair, context):
        names = ", ".join(str(reader.object) for reader in jobs)
        return gone(pair, context, f"{names} still asks for it: its pods no longer start.", (Effect.STUCK,))
    if readers_before(pair.key, context):
        return gone(pair, context)
    return gone(pair, context, "Who reads it is not among these files.", (Effect.UNKNOWN,))


def _dashboard_file(difference: Difference, pair: Pair, context: Context) -> Reading:
    if difference.after is None:
        return (Effect.UNWATCHED,), "A dashboard is gone."
    return (Effect.LIVE,), "The dashboard shows something else."


def _script(difference: Difference, pair: Pair, context: Context) -> Reading | None:
    asking = readers(pair.key, context)
    jobs = [reader.object for reader in asking if reader.object.kind in ("CronJob", "Job")]
    if not jobs or len(jobs) < len(asking):
        return None
    if difference.after is None:
        return (Effect.UNKNOWN,), f"A file of {', '.join(map(str, jobs))} is gone: it may no longer run."
    return (Effect.LIVE,), f"{', '.join(map(str, jobs))} runs it from its next pod on."


DASHBOARD_ROWS: tuple[Row, ...] = (
    reading("/data/**", _dashboard_file, _SIDECAR),
    row(f"/metadata/labels/{DASHBOARD_LABEL}", Effect.UNWATCHED, "Grafana no longer finds the dashboard.", _SIDECAR),
    row("/metadata/annotations/grafana_folder", Effect.LIVE, "The dashboard stands in another folder.", _SIDECAR),
)

SCRIPT_ROWS: tuple[Row, ...] = (reading("/data/**", _script, f"{_CONFIG_MAPS}; docs/backup"),)


def _is_dashboard(config_map: Manifest) -> bool:
    return DASHBOARD_LABEL in ((config_map.get("metadata") or {}).get("labels") or {})
