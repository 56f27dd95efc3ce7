"""Instances of a fleet beside each other: what each must have for itself, and the dashboard that they share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from constructs_lib.arguments.model import validate
from constructs_lib.config.files.configuration import INSTANCES
from constructs_lib.config.fleet.instances import SCOPE
from constructs_lib.config.fleet.validated import ValidatedInstance
from constructs_lib.config.folders import FLEET_FOLDER, PREPARATION
from constructs_lib.config.switches import Switches
from constructs_lib.config.variables import given_arguments, keys_by_argument, under_variables
from constructs_lib.errors import Finding
from constructs_lib.monitoring.dashboard_arguments import DashboardArguments

RUNBOOKS = "dragonfly_monitoring_runbook_url"
"""What the instances' own alerts link to as well."""


@dataclass(frozen=True, slots=True)
class Fleet:
    """The instances of one file, each validated by itself."""

    flat: Mapping[Any, Any]
    """What they inherit."""
    switches: Switches
    """Those of the cluster."""
    instances: Sequence[ValidatedInstance]

    @property
    def shares_dashboard(self) -> bool:
        """Whether there is one dashboard for all, with a picker."""
        return self.switches.dragonfly_monitoring_dashboard_scope != "instance"

    @property
    def dashboard(self) -> dict[str, Any]:
        """Arguments of that dashboard: what the flat variables say of dashboards."""
        given = given_arguments("monitoring", self.flat)
        return {name: value for name, value in given.items() if name in DashboardArguments.model_fields}

    def findings(self) -> Iterator[Finding]:
        """What is wrong although each instance is right by itself."""
        for instance in self.instances:
            if instance.name == FLEET_FOLDER:
                taken = f"{FLEET_FOLDER!r} is the folder of the fleet's dashboard; accepted: another name"
                yield instance.given.place(Finding.error("", taken))
        for own in _EACH_ITS_OWN:
            yield from _shared(own, self.instances)
        if self.shares_dashboard:
            yield from _dashboards_of_instances(self.instances)
            yield from (
                under_variables("monitoring", each) for each in validate(DashboardArguments, self.dashboard).errors
            )


@dataclass(frozen=True, slots=True)
class _Own:
    """Something that only one instance may have."""

    what: str
    """With `{}` for the thing."""
    variable: str
    """What gives it."""
    things: Callable[[ValidatedInstance], Iterable[str]]
    """Each by a name that only the same thing has; a path is shared with what is below it."""


def _secret(instance: ValidatedInstance) -> Iterator[str]:
    if instance.secrets:
        yield f"Secret {instance.secrets.contents.place}"


def _values_taken_from(argument: str) -> Callable[[ValidatedInstance], Iterator[str]]:
    def things(instance: ValidatedInstance) -> Iterator[str]:
        if instance.secrets:
            yield from (what for given_by, what in instance.secrets.provider.taken_from() if given_by == argument)

    return things


def _service(instance: ValidatedInstance) -> Iterator[str]:
    if cache := instance.parts.valid.get("cache"):
        yield f"{cache.service_name or cache.name} in namespace {cache.namespace}"


def _node_port(instance: ValidatedInstance) -> Iterator[str]:
    if (cache := instance.parts.valid.get("cache")) and cache.service_node_port:
        yield str(cache.service_node_port)


def _place_in_bucket(instance: ValidatedInstance) -> Iterator[str]:
    backup, cache = (instance.parts.valid.get(part) for part in ("backup", "cache"))
    if backup and cache and (root := backup.root(str(cache.namespace), cache.name)):
        yield str(root)


def _claim(instance: ValidatedInstance) -> Iterator[str]:
    backup, cache = (instance.parts.valid.get(part) for part in ("backup", "cache"))
    if backup and cache and backup.existing_persistent_volume_claim_name:
        yield f"{backup.existing_persistent_volume_claim_name} in namespace {cache.namespace}"


def _folder(instance: ValidatedInstance) -> Iterator[str]:
    yield instance.name
    if "bucket" in instance.parts.given or instance.parts.given.get("backup", {}).get("restore_from"):
        yield f"{instance.name}{PREPARATION}"


_EACH_ITS_OWN = (
    _Own("the folder {}", "dragonfly_name", _folder),
    _Own("the {}", "dragonfly_auth_secret", _secret),
    _Own("{}", "dragonfly_secrets_file", _values_taken_from("file")),
    _Own("{}", "dragonfly_secret_remote_key", _values_taken_from("remote_key")),
    _Own("{}", "dragonfly_name", _values_taken_from("cache")),
    _Own("the Service {}", "dragonfly_service_name", _service),
    _Own("the node port {}", "dragonfly_service_node_port", _node_port),
    _Own("the place of snapshots {}", "dragonfly_s3_prefix", _place_in_bucket),
    _Own("the claim {}", "dragonfly_snapshot_existing_claim", _claim),
)
"""What two instances cannot have together: their manifests would be the same objects, or their data one another's."""


def _shared(own: _Own, instances: Sequence[ValidatedInstance]) -> Iterator[Finding]:
    taken: dict[str, ValidatedInstance] = {}
    for instance in instances:
        for thing in filter(None, own.things(instance)):
            taken.setdefault(thing, instance)
    for instance in instances:
        for thing in filter(None, own.things(instance)):
            for above in _and_above(thing):
                if (other := taken.get(above)) and other is not instance:
                    text = f"{own.what.format(thing)} is that of instance '{other.name}' too; accepted: its own"
                    yield instance.given.place(Finding.error(own.variable, text))
                    break


def _and_above(thing: str) -> Iterator[str]:
    """A place, and those that it is below: `s3://bucket/a/b`, `s3://bucket/a`, `s3://bucket`."""
    yield thing
    if thing.startswith("s3://"):
        bucket_and_prefix = thing.removeprefix("s3://").split("/")
        for length in range(len(bucket_and_prefix) - 1, 0, -1):
            yield "s3://" + "/".join(bucket_and_prefix[:length])


def _dashboards_of_instances(instances: Sequence[ValidatedInstance]) -> Iterator[Finding]:
    keys = keys_by_argument("monitoring")
    for instance in instances:
        for key in (keys[argument] for argument in DashboardArguments.model_fields if argument in keys):
            if key in instance.given.own and key != RUNBOOKS:
                text = (
                    f"means nothing while the fleet has one dashboard; give it outside of `{INSTANCES}`, or set "
                    f"`{SCOPE}: instance`"
                )
                yield instance.given.place(Finding.error(key, text))
