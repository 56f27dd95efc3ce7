"""What a `cluster.yaml` and an app both begin with and end as: what the manifests say, and what is written of it.

around = surroundings_of(manifests, name=None, operator=None)
draft = cluster_yaml_of(settings_of(around), synthesize)          # or python_app_of(settings_of(around), run)
draft.text, draft.not_carried
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from constructs_lib.adoption.acceptance import Dropped
from constructs_lib.adoption.closed_default import told_where_default_opens
from constructs_lib.adoption.implied import without_implied
from constructs_lib.adoption.kinds.certificate import read_certificate
from constructs_lib.adoption.kinds.flux import OF_THE_CACHE, OF_THE_OPERATOR, read_flux
from constructs_lib.adoption.kinds.instance import read_instance
from constructs_lib.adoption.kinds.monitoring import read_monitoring
from constructs_lib.adoption.kinds.network import read_network_policy
from constructs_lib.adoption.kinds.operator import read_operator
from constructs_lib.adoption.kinds.secrets import read_secrets
from constructs_lib.adoption.kinds.server import read_server
from constructs_lib.adoption.kinds.snapshots import read_snapshots
from constructs_lib.adoption.kinds.users import read_users
from constructs_lib.adoption.model import Carried, Line, NotCarried, Origin, Setting, Settings
from constructs_lib.adoption.surroundings import Surroundings
from constructs_lib.config.variables import CONSTRUCTS
from constructs_lib.errors import InvalidArguments
from constructs_lib.review.changes.model import Tree
from constructs_lib.review.review import MALFORMED

KINDS = (
    read_instance,
    read_server,
    read_snapshots,
    read_secrets,
    read_users,
    read_operator,
    read_monitoring,
    read_network_policy,
    read_certificate,
    read_flux,
)
"""Each reads what it knows of an instance's surroundings; where two give an argument, the later one counts."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What is written, what it gives, and what is known by now not to be in it."""

    text: str
    written: Tree
    not_carried: tuple[NotCarried, ...]


def settings_of(around: Surroundings) -> Settings:
    """Everything that the manifests say, as arguments."""
    settings = Settings.of(carried for read in KINDS for carried in _carried(read, around))
    return without_implied(told_where_default_opens(settings))


def on_any_cluster(settings: Settings) -> Settings:
    """The same with what only Flux' own objects say: what of a cluster Flux waits for and reads; without them, nothing.

    By itself a `cluster.yaml` names a Kustomization and a Secret of the cluster that its defaults come from.
    """
    named = ((OF_THE_OPERATOR, "depends_on"), (OF_THE_CACHE, "substitute_from"))
    nothing = (Setting(part, argument, [], Line("")) for part, argument in named if part not in settings.parts)
    return replace(settings, settings=(*settings.settings, *nothing))


def _carried(read: Callable[[Surroundings], Carried], around: Surroundings) -> list[Setting | NotCarried]:
    """What a module of a kind gives; nothing of it where an object has not the form of its kind."""
    try:
        return list(read(around))
    except MALFORMED:
        what = read.__name__.removeprefix("read_").replace("_", " ")
        return [
            NotCarried(
                Origin.of(around.instance.manifest),
                f"what there is of its {what} has not the form of its kind, so none of it is carried over",
                "look at it by `cdk8s-dragonfly check`, and mend it",
            )
        ]


def refused(dropped: Dropped, setting: Setting) -> NotCarried:
    """What was left out because it is refused, where the manifests say it."""
    what = f"`{dropped.key}` was left out" if dropped.item is None else f"that part of `{dropped.key}` was left out"
    return NotCarried(setting.origin_of(dropped.item), f"refused: {dropped.why}", f"mend it there; {what}")


def part_of(error: InvalidArguments) -> str:
    """The part whose construct refuses something."""
    return next((part for part, construct in CONSTRUCTS.items() if error.construct.startswith(construct)), "cache")
