"""Arguments that say what comes by itself: what is written is the same without them, so they are left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from constructs_lib.adoption.model import Setting, Settings
from constructs_lib.arguments.model import validate
from constructs_lib.cache.arguments import CacheArguments
from constructs_lib.cache.snapshots import S3Server
from constructs_lib.cache.spec import Additions, dragonfly_spec
from constructs_lib.network.flows import Address, Hosts, Pods, snapshot_flows
from constructs_lib.values.names import ACL_KEY, default_tls_secret
from constructs_lib.values.s3 import S3Endpoint

FOLLOWING = (
    "affinity",
    "topology_spread_constraints",
    "service_labels",
    "network_policy_enabled",
    "service_name",
    "pod_security_context",
)
"""Arguments of a cache that follow from its others where they are left out."""

FOLLOWING_IN_PYTHON = ("password_from_secret", "maxmemory")
"""Further ones that `cluster.yaml` has a default of its own for."""


def without_implied(settings: Settings) -> Settings:
    """The settings without those that change nothing."""
    implied = {("cache", argument) for argument in _of_the_cache(settings, FOLLOWING)}
    if _is_where_the_endpoint_is(settings):
        implied.add(("network_policy", "s3_egress"))
    left = settings.without(implied)
    return replace(left, settings=tuple(_with_own_selectors(each, settings) for each in left.settings))


def without_implied_in_python(settings: Settings) -> Settings:
    """The settings without those that constructs which are made for the cache bring along."""
    implied = {("cache", argument) for argument in _of_the_cache(settings, FOLLOWING_IN_PYTHON)}
    secret = (settings.value("cache", "password_from_secret") or {}).get("name")
    if settings.value("backup", "credentials_secret") == secret:
        implied.add(("backup", "credentials_secret"))
    if "users" in settings.parts and settings.value("cache", "acl_from_secret") == {"name": secret, "key": ACL_KEY}:
        implied.add(("cache", "acl_from_secret"))
    if "certificate" in settings.parts:
        if not settings.value("cache", "client_ca_cert_secret"):
            implied.add(("cache", "tls_secret_ref"))
        if settings.value("certificate", "secret_name") == default_tls_secret(str(settings.value("cache", "name"))):
            implied.add(("certificate", "secret_name"))
    if "users" not in settings.parts:
        implied.add(("cache", "acl_default"))
    return settings.without(implied)


def _of_the_cache(settings: Settings, following: tuple[str, ...]) -> list[str]:
    given = {argument: setting.value for argument, setting in settings.of_part("cache").items()}
    written = _spec(given)
    return [
        argument
        for argument in following
        if argument in given
        and written is not None
        and _spec({name: each for name, each in given.items() if name != argument}) == written
    ]


def _spec(given: Mapping[str, Any]) -> dict[str, Any] | None:
    arguments = validate(CacheArguments, given).arguments
    return None if arguments is None else dragonfly_spec(arguments, Additions())


def _with_own_selectors(setting: Setting, settings: Settings) -> Setting:
    """Topology spread constraints without the selector that they get by themselves."""
    if (setting.part, setting.argument) != ("cache", "topology_spread_constraints"):
        return setting
    own = {"matchLabels": CacheArguments(name=settings.value("cache", "name")).pod_labels}
    constraints = [
        {name: each for name, each in constraint.items() if name != "labelSelector" or each != own}
        if isinstance(constraint, dict)
        else constraint
        for constraint in setting.value
    ]
    return replace(setting, value=constraints)


def _is_where_the_endpoint_is(settings: Settings) -> bool:
    """Whether the policy lets the snapshots go where the backup's endpoint is, and nowhere else."""
    ways = settings.value("network_policy", "s3_egress")
    backup = settings.of_part("backup")
    if not ways or "bucket" not in backup:
        return False
    try:
        endpoint = backup["endpoint"].value
        server = S3Server(
            S3Endpoint.of(endpoint) if endpoint else None,
            settings.value("backup", "https") is not False,
            settings.value("backup", "region"),
        )
    except (KeyError, ValueError):
        return False
    instance = Pods(settings.value("cache", "namespace"))
    expected = [way for flow in snapshot_flows(server, instance) for way in _written(flow.peer, server.port)]
    return sorted(map(str, expected)) == sorted(map(str, ways))


def _written(peer: object, port: int) -> list[dict[str, Any]]:
    """A flow's other end as `s3_egress` names it."""
    match peer:
        case Pods(namespace=namespace, labels=labels):
            return [{"namespace": namespace, **({"pod_labels": labels} if labels else {}), "port": port}]
        case Address(cidr=cidr):
            return [{"cidr": cidr, "port": port}]
        case Hosts(patterns=patterns):
            return [{"host": pattern, "port": port} for pattern in patterns]
    return []
