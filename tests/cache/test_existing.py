"""`DragonflyCache.from_existing`: what stands around an instance of others is what it would be around one of ours."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cdk8s import App, Chart, YamlOutputType
from typer.testing import CliRunner

from constructs_lib import (
    Client,
    DragonflyBackup,
    DragonflyCache,
    DragonflyCertificate,
    DragonflyInstance,
    DragonflyMonitoring,
    DragonflyNetworkPolicy,
    DragonflyRestoreDrill,
    DragonflySecrets,
    DragonflyWarning,
    ExistingDragonfly,
    InvalidArguments,
    Issuer,
    S3Egress,
    SecretKey,
)
from constructs_lib.cache.arguments import InstanceArguments
from constructs_lib.cache.existing.arguments import ExistingArguments
from constructs_lib.cache.existing.existing import ITS_OWNERS
from constructs_lib.checks.manifests import find_manifests
from constructs_lib.cli.app import app as command_line
from constructs_lib.doctor.doctor import examine
from constructs_lib.doctor.objects import Objects
from constructs_lib.dragonfly.operator_versions import OPERATOR_RELEASES, OperatorRelease
from tests.charts import new_chart, synthesized

TOLD: dict[str, dict[str, Any]] = {
    "nothing": {},
    "its size": {"replicas": 3, "memory_limit": "4Gi", "maxmemory": "3gb", "proactor_threads": 8},
    "its versions": {"version": "v1.40.1", "operator_version": "v1.6.1"},
    "its flags": {"profile": "cache", "slowlog_log_slower_than": 500, "flags": {"rss_oom_deny_ratio": 1.1}},
    "its ways in": {"service_name": "store", "service_type": "NodePort", "memcached_port": 11211},
    "its Secret": {"password_from_secret": SecretKey(name="store", key="redis"), "dbnum": 4},
    "its TLS": {"tls_secret_ref": "sessions-tls"},
    "that it asks nobody": {"authentication": False},
}
"""What may be told of an instance, which a cache of ours takes as well."""

POLICIES: dict[str, dict[str, Any]] = {
    "cilium": {"prometheus_namespace": "monitoring", "prometheus_pod_labels": {"app": "prometheus"}},
    "kubernetes": {"provider": "kubernetes", "clients": [Client(cidr="203.0.113.0/24")]},
}


def around(make: Callable[[Chart], DragonflyInstance], policy: dict[str, Any]) -> tuple[list[Any], list[object]]:
    """What is written around an instance, without its own resource, and what its clients are told."""
    chart = new_chart(None)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DragonflyWarning)
        cache = make(chart)
        DragonflyMonitoring(chart, "monitoring", cache=cache, availability_objective=99.9)
        DragonflyNetworkPolicy(chart, "policy", cache=cache, **policy)
        cache.allow_from("shop", Client(namespace="identity", pod_labels={"app": "keycloak"}))
        told: list[object] = [cache.url(2), cache.connection(), cache.connection(database=3, secret="copy"), cache.host]
        manifests = [each for each in synthesized(chart) if each["kind"] != "Dragonfly"]
    return manifests, [*told, cache.pod_labels, cache.namespace, cache.clients]


@pytest.mark.parametrize("policy", POLICIES.values(), ids=POLICIES)
@pytest.mark.parametrize("told", TOLD.values(), ids=TOLD)
def test_around_it_the_same_is_written_as_around_one_of_ours(told: dict[str, Any], policy: dict[str, Any]) -> None:
    given = {"name": "sessions", "namespace": "platform", **told}
    ours, theirs = (
        around(lambda chart, make=make: make(chart, "cache", **given), policy)  # type: ignore[misc]
        for make in (DragonflyCache, DragonflyCache.from_existing)
    )
    assert theirs == ours
    assert [each["kind"] for each in theirs[0]][:3] == ["PodMonitor", "PrometheusRule", "ConfigMap"]


def test_what_other_constructs_tell_of_a_cache_of_ours_is_told_of_it() -> None:
    def ours(chart: Chart) -> DragonflyInstance:
        cache = DragonflyCache(chart, "cache", name="sessions", namespace="platform", acl_default="closed")
        cache.add_user("shop", keys=["shop:*"])
        DragonflyCertificate(chart, "certificate", cache=cache, issuer=Issuer(name="ca"), secret_name="tls")
        DragonflyBackup(chart, "backup", cache=cache, bucket="backups", schedule="0 * * * *")
        return cache

    def theirs(chart: Chart) -> DragonflyInstance:
        return DragonflyCache.from_existing(
            chart,
            "cache",
            name="sessions",
            namespace="platform",
            acl_default="closed",
            users={"shop": SecretKey(name="sessions-auth", key="shop-password")},
            tls_secret_ref="tls",
            ca=SecretKey(name="tls", key="ca.crt"),
            snapshot_schedule="0 * * * *",
        )

    def seen(make: Callable[[Chart], DragonflyInstance]) -> tuple[dict[str, Any], list[object]]:
        chart = new_chart(None)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DragonflyWarning)
            cache = make(chart)
            DragonflyMonitoring(chart, "monitoring", cache=cache)
            DragonflyNetworkPolicy(chart, "policy", cache=cache, s3_egress=[S3Egress(namespace="storage", port=9000)])
            told: list[object] = [cache.connection("shop"), cache.connection("shop", secret="copy")]
            manifests = {each["kind"]: each for each in synthesized(chart)}
        assert "dragonfly_backups_total" in str(manifests["PrometheusRule"])
        return {kind: manifests[kind] for kind in ("PodMonitor", "PrometheusRule", "CiliumNetworkPolicy")}, told

    assert seen(theirs) == seen(ours)


def test_nothing_of_it_is_written() -> None:
    chart = new_chart()
    cache = DragonflyCache.from_existing(chart, "cache", name="sessions")
    cache.connection()
    assert synthesized(chart) == []
    assert cache.namespace == "cache"


def test_a_users_password_is_the_key_that_was_told() -> None:
    users = {"shop": SecretKey(name="shop-redis", key="pw")}
    cache = DragonflyCache.from_existing(new_chart(), "cache", name="sessions", users=users)
    shop = cache.connection("shop", 2)
    assert (shop.username, shop.password, shop.database) == ("shop", SecretKey(name="shop-redis", key="pw"), 2)
    assert cache.connection("shop", secret="copy").password == SecretKey(name="copy", key="pw")
    assert cache.connection().password == SecretKey(name="sessions-auth", key="password")


def test_of_a_secret_with_an_acl_file_any_user_has_a_key() -> None:
    acl = SecretKey(name="store", key="acl.conf")
    cache = DragonflyCache.from_existing(new_chart(), "cache", name="sessions", acl_from_secret=acl)
    assert cache.connection("shop").password == SecretKey(name="store", key="shop-password")


WRONG: dict[str, tuple[dict[str, Any], Callable[[ExistingDragonfly], object], str]] = {
    "a user that is not there": (
        {"users": {"shop": SecretKey(name="a", key="b")}},
        lambda cache: cache.connection("shp"),
        "user: 'shp' is no user that was told of; did you mean 'shop'?",
    ),
    "a user where none was told": (
        {},
        lambda cache: cache.connection("shop"),
        "user: 'shop' is no user that was told of; `users` tells of one, with the Secret's key that holds its password",
    ),
    "a database that is not there": (
        {"dbnum": 4},
        lambda cache: cache.connection(database=4),
        "database: 4 is no database of it; accepted: 0 to 3",
    ),
    "a user that is closed": (
        {"acl_default": "closed", "users": {"shop": SecretKey(name="a", key="b")}},
        lambda cache: cache.connection(),
        "user: 'default' is closed; accepted: shop",
    ),
}


@pytest.mark.parametrize(("told", "ask", "message"), WRONG.values(), ids=WRONG)
def test_a_client_that_cannot_connect_is_an_error(
    told: dict[str, Any], ask: Callable[[ExistingDragonfly], object], message: str
) -> None:
    cache = DragonflyCache.from_existing(new_chart(), "cache", name="sessions", **told)
    with pytest.raises(InvalidArguments) as error:
        ask(cache)
    assert str(error.value) == f"ExistingDragonfly 'sessions/cache': {message}"


def test_a_policy_that_locks_out_the_operator_is_an_error() -> None:
    chart = new_chart()
    cache = DragonflyCache.from_existing(chart, "cache", name="sessions")
    with pytest.raises(InvalidArguments, match="prometheus_pod_labels: none: in namespace 'dragonfly-operator-system'"):
        DragonflyNetworkPolicy(chart, "policy", cache=cache, prometheus_namespace="dragonfly-operator-system")


def test_what_of_it_would_not_work_is_its_owners_affair() -> None:
    DragonflyCache.from_existing(
        new_chart(), "cache", name="sessions", maxmemory="100mb", memory_limit="64Mi", operator_version="v1.6.0"
    )


def test_a_server_that_is_not_known_is_warned_of_since_its_metrics_are_not() -> None:
    with pytest.warns(DragonflyWarning, match="'sessions/cache': version: v9.9.9"):
        DragonflyCache.from_existing(new_chart(), "cache", name="sessions", version="v9.9.9")


REFUSED: dict[str, Callable[[Chart, Any], object]] = {
    "add_user": lambda chart, cache: cache.add_user("shop", keys=["shop:*"]),
    "grant": lambda chart, cache: cache.grant("shop", "shop", keys=["shop:*"]),
    "add_snapshots": lambda chart, cache: cache.add_snapshots(None, flags=[]),
    "add_certificate": lambda chart, cache: cache.add_certificate("tls"),
    "DragonflyBackup": lambda chart, cache: DragonflyBackup(chart, "x", cache=cache, bucket="backups"),
    "DragonflySecrets": lambda chart, cache: DragonflySecrets(chart, "x", cache=cache),
    "DragonflyCertificate": lambda chart, cache: DragonflyCertificate(chart, "x", cache=cache, issuer=Issuer(name="a")),
    "DragonflyRestoreDrill": lambda chart, cache: DragonflyRestoreDrill(chart, "x", backup=cache),
}
REASONS = {
    "add_user": "user",
    "grant": "user",
    "add_snapshots": "backup",
    "add_certificate": "certificate",
    "DragonflyBackup": "backup",
    "DragonflySecrets": "secrets",
    "DragonflyCertificate": "certificate",
    "DragonflyRestoreDrill": "drill",
}
"""What would have to change the instance, and which reason it is refused for."""


@pytest.mark.parametrize("way", REFUSED)
def test_what_would_have_to_change_it_is_refused_with_the_reason(way: str) -> None:
    chart = new_chart()
    cache = DragonflyCache.from_existing(chart, "cache", name="sessions", namespace="platform")
    with pytest.raises(InvalidArguments) as error:
        REFUSED[way](chart, cache)
    (finding,) = error.value.errors
    assert finding.text == f"'platform/sessions' is deployed by others: {ITS_OWNERS[REASONS[way]]}"
    assert synthesized(chart) == []


def test_every_reason_is_given_by_something() -> None:
    assert set(REASONS.values()) == set(ITS_OWNERS)


def test_an_argument_of_the_resource_alone_is_not_taken() -> None:
    with pytest.raises(InvalidArguments, match="image: no such argument"):
        DragonflyCache.from_existing(new_chart(), "cache", name="sessions", image="mirror/dragonfly:v1.36.0")  # type: ignore[call-arg]


def test_its_arguments_are_those_of_a_cache_each_defined_once() -> None:
    own = {"name", "users", "ca", "snapshot_schedule"}
    assert set(ExistingArguments.model_fields) - own == set(InstanceArguments.model_fields) - {"name"}
    assert set(vars(ExistingArguments)["__annotations__"]) == own


def test_its_name_must_be_given() -> None:
    with pytest.raises(InvalidArguments, match="name: missing; it has no default"):
        DragonflyCache.from_existing(new_chart(), "cache")  # type: ignore[call-arg]


# One construct an instance


def both_theirs(chart: Chart) -> DragonflyInstance:
    return DragonflyCache.from_existing(chart, "first", name="sessions")


def one_ours(chart: Chart) -> DragonflyInstance:
    return DragonflyCache(chart, "first", name="sessions")


@pytest.mark.parametrize("first", [both_theirs, one_ours])
def test_an_instance_is_told_of_once(first: Callable[[Chart], DragonflyInstance]) -> None:
    chart = new_chart()
    first(chart)
    DragonflyCache.from_existing(chart, "second", name="sessions")
    expected = (
        r"ExistingDragonfly 'sessions/second': name: 'sessions' in namespace cache is that of sessions/first too; "
        "give that one to whatever is made for the instance"
    )
    with pytest.raises(RuntimeError, match=expected):
        synthesized(chart)


def test_it_has_one_monitoring_and_one_policy() -> None:
    chart = new_chart()
    cache = DragonflyCache.from_existing(chart, "cache", name="sessions")
    DragonflyMonitoring(chart, "monitoring", cache=cache)
    DragonflyNetworkPolicy(chart, "policy", cache=cache)
    with pytest.raises(InvalidArguments, match="'sessions' has a DragonflyMonitoring already"):
        DragonflyMonitoring(chart, "again", cache=cache)
    with pytest.raises(InvalidArguments, match="'sessions' has a DragonflyNetworkPolicy already"):
        DragonflyNetworkPolicy(chart, "again", cache=cache)


def test_clients_that_no_policy_of_ours_lets_in_are_warned_of() -> None:
    chart = new_chart()
    DragonflyCache.from_existing(chart, "cache", name="sessions").allow_from("shop")
    with pytest.warns(
        DragonflyWarning, match="'sessions/cache': clients: no DragonflyNetworkPolicy: `allow_from` lets"
    ):
        synthesized(chart)


def test_scrapes_that_its_policy_drops_are_warned_of() -> None:
    chart = new_chart()
    cache = DragonflyCache.from_existing(chart, "cache", name="sessions")
    DragonflyMonitoring(chart, "monitoring", cache=cache)
    DragonflyNetworkPolicy(chart, "policy", cache=cache)
    with pytest.warns(DragonflyWarning, match="'sessions/policy': prometheus_namespace: left out, while the cache has"):
        synthesized(chart)


# What reads manifests


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Manifests around an instance that is not among them."""
    app = App(outdir=str(tmp_path), yaml_output_type=YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE)
    chart = Chart(app, "around", namespace="platform")
    cache = DragonflyCache.from_existing(chart, "cache", name="sessions", replicas=3, snapshot_schedule="0 * * * *")
    DragonflyMonitoring(chart, "monitoring", cache=cache)
    DragonflyNetworkPolicy(
        chart, "policy", cache=cache, prometheus_namespace="monitoring", clients=[Client(namespace="shop")]
    )
    app.synth()
    return tmp_path


@pytest.mark.parametrize("release", OPERATOR_RELEASES, ids=lambda release: str(release.version))
def test_the_doctor_finds_no_fault_in_a_tree_without_the_instance(tree: Path, release: OperatorRelease) -> None:
    assert examine(Objects(find_manifests(tree).manifests, release.version)).findings == ()


@pytest.mark.parametrize(
    ("command", "status", "said"),
    [
        (["review", "{}", "{}"], 0, "no change"),
        (["review", "{}", "{}/nothing"], 0, "CiliumNetworkPolicy platform/sessions"),
        (["doctor", "{}"], 0, "0 of them Dragonfly"),
        (
            ["import", "{}"],
            1,
            "no Dragonfly in the manifests, and no redis.conf; accepted: a file or a folder with one",
        ),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else None,
)
def test_the_commands_read_a_tree_without_the_instance(tree: Path, command: list[str], status: int, said: str) -> None:
    (tree / "nothing").mkdir()
    result = CliRunner().invoke(command_line, [word.format(tree) for word in command])
    assert (result.exit_code, said in result.output) == (status, True), result.output
