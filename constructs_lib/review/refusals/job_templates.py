"""The pods of a Job, compared as the API server does: by what its defaults and the spelling of amounts come to."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from constructs_lib.review.changes.model import Manifest
from constructs_lib.values.cpu import Cpu
from constructs_lib.values.memory import Memory

_DEFAULTS = {
    "defaultMode": 420,
    "dnsPolicy": "ClusterFirst",
    "enableServiceLinks": True,
    "schedulerName": "default-scheduler",
    "terminationGracePeriodSeconds": 30,
    "terminationMessagePath": "/dev/termination-log",
    "terminationMessagePolicy": "File",
}
"""What the API server writes where nothing is written:
https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/"""


_PLACEMENT = ("affinity", "nodeSelector", "schedulingGates", "tolerations")
"""Where pods may run: free to change in a Job that is suspended and has not begun.
https://kubernetes.io/docs/concepts/workloads/controllers/job/#mutable-scheduling-directives"""


def same_pods(old: Manifest, new: Manifest, *, wherever: bool = False) -> bool:
    """Whether the pods of two Jobs are the same to the API server.

    Args:
        old: a Job.
        new: it, as it is after a change.
        wherever: leave out where they run, and their labels and annotations.
    """
    before, after = (_template(side, wherever) for side in (old, new))
    return bool(before == after)


def _template(job: Manifest, wherever: bool) -> Any:
    template = dict((job.get("spec") or {}).get("template") or {})
    if wherever:
        template.pop("metadata", None)
        template["spec"] = {k: v for k, v in (template.get("spec") or {}).items() if k not in _PLACEMENT}
    return _plain(template)


def _plain(part: Any, name: str = "") -> Any:
    if isinstance(part, Mapping):
        amounts = name in ("limits", "requests")
        return {
            key: _amount(key, value) if amounts else _plain(value, key)
            for key, value in part.items()
            if value is not None and (key not in _DEFAULTS or value != _DEFAULTS[key])
        }
    return [_plain(each) for each in part] if isinstance(part, list) else part


def _amount(resource: str, value: Any) -> Any:
    with suppress(ValueError, TypeError):
        return Cpu.of(value) if resource == "cpu" else Memory.of(str(value))
    return value
