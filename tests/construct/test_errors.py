"""Every error of a cluster.yaml through the constructs: one error that names construct and argument."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from cdk8s import Chart

from constructs_lib import (
    DragonflyBackup,
    DragonflyCache,
    DragonflyError,
    DragonflyNetworkPolicy,
    DragonflyOperator,
    FluxKustomization,
    InvalidArguments,
)
from constructs_lib.errors import ArgumentWarning, DragonflyWarning, Finding, InvalidConfig, OutputFolderError

LATE = {"operator_version": "v1.6.1"}

CACHE_ERRORS: list[tuple[dict[str, Any], str]] = [
    ({"replica": 3}, "replica: no such argument; did you mean 'replicas'?"),
    ({"replicas": True}, "replicas: true is not accepted; accepted: a whole number"),
    ({"replicas": "3"}, "replicas: '3' is not accepted; accepted: a whole number"),
    ({"replicas": 0}, "replicas: 0 is not accepted; accepted: a number not below 1"),
    ({"maxmemory": "512 mb"}, "maxmemory: '512 mb' is no memory size; accepted: a number and K, M, G or T"),
    ({"maxmemory": True}, "maxmemory: true is no memory size; accepted: a number and K, M, G or T"),
    ({"memory_limit": "1gb"}, "memory_limit: '1gb' is no memory size; accepted: a Kubernetes quantity of whole bytes"),
    ({"cpu_limit": "much"}, "cpu_limit: 'much' is no amount of CPU; accepted: cores or thousandths of one"),
    ({"version": "latest"}, "version: 'latest' is no version; accepted: one exact version"),
    ({"operator_version": ">=1.3.1"}, "operator_version: '>=1.3.1' is no version; accepted: one exact version"),
    ({"operator_version": "v1.6.0"}, "operator_version: v1.6.0 does not work: its chart lacks a right"),
    ({"name": "dfly-cache"}, "name: 'dfly-cache' begins with 'dfly', whose Service variables (DFLY_…) make every"),
    ({"name": "Cache"}, "name: 'Cache' is not a valid name; accepted: lower-case letters, digits and '-'"),
    ({"namespace": "a.b"}, "namespace: 'a.b' is not a valid name; accepted: a DNS-1123 label"),
    ({"proactor_threads": 9}, "maxmemory: 819mb (the memory limit divided by 1.25) is too little for 9 threads"),
    ({"maxmemory": "512mb", "proactor_threads": 3}, "maxmemory: 512mb is too little for 3 threads, and the server"),
    ({"maxmemory": "2gb"}, "maxmemory: 2gb is more than the memory limit of 1Gi, so the container is killed"),
    ({"memory_request": "2Gi"}, "memory_request: 2Gi is more than the memory limit of 1Gi; accepted: at most that"),
    ({"cpu_request": 2, "cpu_limit": 1}, "cpu_request: 2 is more than the CPU limit of 1; accepted: at most that"),
    (
        {"pdb_min_available": 1, "pdb_max_unavailable": 1, "replicas": 3, **LATE},
        "pdb_min_available: given beside `pdb_max_unavailable`, and the API server refuses both; leave one out",
    ),
    ({"flags": {"aclfile": "/a"}}, "flags.aclfile: not yours to set: give `acl_from_secret`: the operator mounts"),
    ({"flags": {"dir": "s3://a"}}, "flags.dir: not yours to set: use `DragonflyBackup`: the operator sets the flag"),
    ({"labels": {"app": "a"}}, "labels.app: label 'app' is the operator's own, and setting it blocks every later"),
    (
        {"tls_secret_ref": "tls", "authentication": False},
        "tls_secret_ref: TLS without a password or a client CA: the server exits at start; give "
        "`client_ca_cert_secret`, or leave `authentication` on",
    ),
    ({"tolerations": [{"kee": "a"}]}, "tolerations[0].kee: no field of Toleration; did you mean 'key'?"),
]

BACKUP_ERRORS: list[tuple[dict[str, Any], str]] = [
    ({}, "schedule: no place for the snapshots, and the operator then makes no pod at all; accepted: one of `bucket`"),
    ({"bucket": "backups", "size": "1Gi"}, "size: given beside `bucket`: the snapshots go to one place"),
    (
        {"bucket": "backups", "schedule": "61 * * * *"},
        "schedule: '61' in '61 * * * *' is no minute that the server reads as written; accepted: *, numbers 0 to 59",
    ),
    ({"bucket": "backups", "endpoint": "http://a"}, "endpoint: 'http://a' is no S3 endpoint; accepted: HOST or"),
]


def error_of(make: Callable[[], object]) -> InvalidArguments:
    with pytest.raises(InvalidArguments) as error:
        make()
    return error.value


@pytest.mark.parametrize(("given", "message"), CACHE_ERRORS)
def test_an_error_of_a_cache_is_one_error_that_names_the_argument(
    chart: Chart, given: dict[str, Any], message: str
) -> None:
    error = error_of(lambda: DragonflyCache(chart, "cache", **given))
    assert isinstance(error, ValueError)
    (finding,) = error.errors
    assert str(finding).startswith(message)
    assert str(error) == f"DragonflyCache 'sessions/cache': {finding}"
    assert chart.node.children == []


@pytest.mark.parametrize(("given", "message"), BACKUP_ERRORS)
def test_an_error_of_a_backup_is_one_error_that_names_the_argument(
    chart: Chart, cache: DragonflyCache, given: dict[str, Any], message: str
) -> None:
    (error,) = error_of(lambda: DragonflyBackup(chart, "backup", cache=cache, **given)).errors
    assert str(error).startswith(message)
    assert [child.node.id for child in chart.node.children] == ["cache"]
    assert cache.snapshots is None


def test_all_errors_come_in_one_error_one_line_each(chart: Chart) -> None:
    error = error_of(lambda: DragonflyCache(chart, "cache", name="A", replicas=0, labels={"app": "a"}, flags={"x": 1}))
    assert {error.where for error in error.errors} == {"name", "replicas", "labels.app", "flags.x"}
    lines = str(error).splitlines()
    assert len(lines) == len(error.errors)
    assert all(line.startswith("DragonflyCache 'sessions/cache': ") for line in lines)


@pytest.mark.parametrize(
    ("make", "named"),
    [
        (
            lambda chart, cache: DragonflyOperator(chart, "operator", version="x"),
            "DragonflyOperator 'sessions/operator'",
        ),
        (
            lambda chart, cache: FluxKustomization(chart, "flux", name="A", path="."),
            "FluxKustomization 'sessions/flux'",
        ),
        (
            lambda chart, cache: DragonflyNetworkPolicy(chart, "policy", cache=cache, operator_namespace="A"),
            "DragonflyNetworkPolicy 'sessions/policy'",
        ),
        (lambda chart, cache: DragonflyBackup(chart, "backup", cache=cache), "DragonflyBackup 'sessions/backup'"),
    ],
)
def test_an_error_names_the_construct_by_its_place_in_the_tree(
    chart: Chart, cache: DragonflyCache, make: Callable[[Chart, DragonflyCache], object], named: str
) -> None:
    error = error_of(lambda: make(chart, cache))
    assert error.construct == named
    assert [child.node.id for child in chart.node.children] == ["cache"]


def test_head_room_of_less_than_a_tenth_is_a_warning(chart: Chart) -> None:
    with pytest.warns(ArgumentWarning, match="maxmemory: 1000mb leaves less than 10 % of the memory limit of 1Gi"):
        DragonflyCache(chart, "cache", maxmemory="1000mb")


@pytest.mark.parametrize(
    "given",
    [
        {"password_from_secret": "hunter2"},
        {"env": ["PASSWORD=hunter2"]},
        {"env": {"PASSWORD": "hunter2"}},
        {"env": [{"name": "PASSWORD", "value": ["hunter2"]}]},
        {"flags": {"requirepass": "hunter2"}},
        {"flags": ["--requirepass=hunter2"]},
        {"additional_containers": [{"name": "a", "env": ["PASSWORD=hunter2"]}], **LATE},
    ],
)
def test_no_error_tells_a_secret(chart: Chart, given: dict[str, Any]) -> None:
    error = error_of(lambda: DragonflyCache(chart, "cache", **given))
    assert "hunter2" not in f"{error} {error!r} {error.__cause__} {error.__context__}"


def test_errors_form_one_tree() -> None:
    for error in (InvalidArguments, InvalidConfig, OutputFolderError):
        assert issubclass(error, DragonflyError)
    assert issubclass(DragonflyError, ValueError)
    assert issubclass(ArgumentWarning, DragonflyWarning)
    assert issubclass(DragonflyWarning, UserWarning)


def test_an_error_without_a_place_is_its_text_alone() -> None:
    assert str(Finding.error("", "no such file")) == "no such file"
