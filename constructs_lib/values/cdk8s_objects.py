"""Objects of cdk8s and cdk8s-plus-28 that stand for a value: what each looks like, and how it is read.

Neither is imported here: cdk8s starts Node, and cdk8s-plus-28 is long in loading. A type checker knows such an object
by what it can be asked, and so does the table below. To read one is one call to Node.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from math import isclose
from typing import Any, Protocol


class SizeLike(Protocol):
    """`cdk8s.Size`: an amount of memory."""

    def as_string(self) -> str:
        """The amount as Kubernetes writes it: `1.5Gi`."""


class DurationLike(Protocol):
    """`cdk8s.Duration`: a length of time."""

    def to_milliseconds(self, *, integral: bool | None = None) -> float:
        """The whole of it, in milliseconds."""


class CronLike(Protocol):
    """`cdk8s.Cron`: a schedule."""

    @property
    def expression_string(self) -> str:
        """The schedule as cron writes it."""


class CpuLike(Protocol):
    """`cdk8s_plus_28.Cpu`: an amount of CPU."""

    @property
    def amount(self) -> str:
        """The amount as Kubernetes writes it: `100m`."""


class SecretLike(Protocol):
    """`cdk8s_plus_28.ISecret`: a Secret, made by its app or there already."""

    @property
    def name(self) -> str:
        """Its name on the cluster."""

    def env_value(self, key: str) -> Any:
        """A key of it, for an environment variable: what tells a Secret from others that have a name."""


class SecretValueLike(Protocol):
    """`cdk8s_plus_28.SecretValue`: one key of a Secret."""

    @property
    def secret(self) -> SecretLike:
        """The Secret."""

    @property
    def key(self) -> str:
        """The key."""


class PeerLike(Protocol):
    """`cdk8s_plus_28.INetworkPolicyPeer`: a workload, a selection of pods or namespaces, a block of addresses."""

    def to_network_policy_peer_config(self) -> Any:
        """What a policy of cdk8s-plus selects it by."""


def is_like(kind: type, value: object) -> bool:
    """Whether a value is such an object; Node is not asked."""
    mark = _OBJECTS[kind].mark
    # What stands for an interface alone, such as a Secret that is there already, has its methods beside its class.
    return hasattr(type(value), mark) or (type(value).__module__.startswith("jsii.") and hasattr(value, mark))


def read(kind: type, value: object) -> Any:
    """What such an object says, in Python's own types; any other value as it is.

    Raises:
        ValueError: a time that is finer than a microsecond, or longer than any.
    """
    return _OBJECTS[kind].read(value) if is_like(kind, value) else value


def name_in_python(kind: Any) -> str:
    """How users call a type of such objects: `cdk8s.Size`; empty for any other type."""
    return _OBJECTS[kind].name if isinstance(kind, type) and kind in _OBJECTS else ""


@dataclass(frozen=True, slots=True)
class _Object:
    name: str
    mark: str
    """What it can be asked, and nothing else that is given for the same."""
    read: Callable[[Any], Any] = lambda value: value


def _time(duration: DurationLike) -> timedelta:
    microseconds = duration.to_milliseconds(integral=False) * 1000
    if not microseconds < timedelta.max / timedelta(microseconds=1):
        raise ValueError(f"{microseconds:g} microseconds are not accepted; accepted: less than three million years")
    # JavaScript's numbers may be a little off what was meant.
    if not isclose(microseconds, round(microseconds), rel_tol=1e-9):
        raise ValueError(f"{microseconds:g} microseconds are not accepted; accepted: whole ones")
    return timedelta(microseconds=round(microseconds))


_OBJECTS: Mapping[type, _Object] = {
    SizeLike: _Object("cdk8s.Size", "as_string", lambda size: size.as_string()),
    DurationLike: _Object("cdk8s.Duration", "to_milliseconds", _time),
    CronLike: _Object("cdk8s.Cron", "expression_string", lambda cron: cron.expression_string),
    CpuLike: _Object("cdk8s_plus_28.Cpu", "amount", lambda cpu: cpu.amount),
    SecretLike: _Object("cdk8s_plus_28.ISecret", "env_value", lambda secret: secret.name),
    SecretValueLike: _Object(
        "cdk8s_plus_28.SecretValue", "secret", lambda value: {"name": value.secret.name, "key": value.key}
    ),
    PeerLike: _Object("cdk8s_plus_28.INetworkPolicyPeer", "to_network_policy_peer_config"),
}
