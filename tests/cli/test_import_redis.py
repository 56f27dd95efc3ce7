"""`cdk8s-dragonfly import redis.conf`: what is written works, and no password is in it."""

from __future__ import annotations

import random
import re
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from constructs_lib.adoption.redis.directives import DIRECTIVES
from constructs_lib.cli.init.first_files import first_files
from tests.adoption.imports import run, written
from tests.adoption.manifests import dragonfly

FORMS = pytest.mark.parametrize("form", [(), ("--python",)], ids=["cluster.yaml", "python"])

EVERYTHING = """\
include /etc/redis/more.conf
bind 0.0.0.0
port 6380
requirepass "hunter2"
maxmemory 2gb
maxmemory-policy allkeys-lru
maxclients 5000
timeout 300
databases 32
save 900 1
appendonly yes
tcp-backlog 2048
tls-port 6390
tls-ca-cert-file /etc/redis/ca.crt
notify-keyspace-events Ex
cluster-enabled yes
maxmemroy 1gb
aclfile /etc/redis/users.acl
"""

USERS = """\
user default off
user worker on >hunter2 ~jobs:* &jobs:* +@read +@write +@pubsub -@dangerous
user reader on >hunter2 %R~* +@read
user nobody off >hunter2 ~* +@all
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "redis.conf").write_text(EVERYTHING)
    (tmp_path / "users.acl").write_text(USERS)
    return tmp_path


def instance(text: str, folder: Path) -> dict[str, object]:
    """The Dragonfly that comes of what is written."""
    tree = written(text, folder)
    return next(dict(each) for key, each in tree.items() if key.kind == "Dragonfly")


@FORMS
def test_what_is_written_gives_a_cache_with_the_same_settings(form: tuple[str, ...], folder: Path) -> None:
    result = run(folder / "redis.conf", *form)
    assert result.exit_code == 0
    spec = instance(result.stdout, folder)["spec"]
    assert isinstance(spec, dict)
    flags = ["--maxmemory=2gb", "--cache_mode=true", "--maxclients=5000", "--tcp_backlog=2048", "--dbnum=32"]
    assert [flag for flag in flags if flag not in spec["args"]] == []
    assert spec["tlsSecretRef"] == {"name": "dragonfly-tls"}


@FORMS
def test_the_users_are_written_and_no_password_is(form: tuple[str, ...], folder: Path) -> None:
    result = run(folder / "redis.conf", *form)
    assert "hunter2" not in result.output
    assert ["worker" in result.stdout, "reader" in result.stdout, "nobody" in result.stdout] == [True, True, False]


def test_the_list_names_file_line_and_directive_in_the_order_of_the_file(folder: Path) -> None:
    listed = run(folder / "redis.conf").stderr.splitlines()
    lines = [line for line in listed if line.startswith("redis.conf:")]
    numbers = [int(line.split(":")[1].split()[0]) for line in lines]
    assert numbers == sorted(numbers)
    assert "redis.conf:17 maxmemroy: no directive that is known here; did you mean 'maxmemory'?" in lines


def test_name_namespace_and_operator_may_be_given(folder: Path) -> None:
    options = ("--name", "sessions", "--namespace", "shop", "--operator", "1.6.1")
    written_down = yaml.safe_load(run(folder / "redis.conf", *options).stdout)
    assert written_down["dragonfly_name"] == "sessions"
    assert written_down["dragonfly_namespace"] == "shop"
    assert written_down["dragonfly_operator_version"] == "v1.6.1"


@pytest.mark.parametrize(("option", "given"), [("--name", "Bad Name!"), ("--name", "dfly-x"), ("--namespace", "a b")])
def test_a_name_that_no_cache_may_have_is_a_mistake_in_usage(option: str, given: str, folder: Path) -> None:
    result = run(folder / "redis.conf", option, given)
    assert (result.exit_code, result.stdout) == (2, "")
    assert option in result.stderr


def test_the_users_file_may_be_given_by_itself_or_beside(folder: Path) -> None:
    beside = run(folder / "redis.conf", folder / "users.acl").stdout
    assert beside == run(folder / "redis.conf").stdout
    assert yaml.safe_load(run(folder / "users.acl").stdout).keys() >= {"dragonfly_acl_users"}


def test_a_redis_configuration_beside_manifests_is_a_mistake_in_usage(folder: Path) -> None:
    (folder / "cache.yaml").write_text(yaml.safe_dump(dragonfly({})))
    result = run(folder / "redis.conf", folder / "cache.yaml")
    assert result.exit_code == 2
    assert result.stdout == ""


def config_map(folder: Path) -> str:
    """The files as `kubectl get configmap` gives them."""
    data = {name: (folder / name).read_text() for name in ("redis.conf", "users.acl")}
    return yaml.safe_dump({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "redis"}, "data": data})


def test_a_file_a_folder_a_config_map_and_what_is_piped_in_come_to_the_same(folder: Path, tmp_path: Path) -> None:
    expected = run(folder / "redis.conf").stdout
    piped = config_map(folder)
    assert run(folder).stdout == expected
    assert run("-", piped=piped).stdout == expected
    assert run("-", folder / "users.acl", piped=EVERYTHING).stdout == expected
    (tmp_path / "manifests").mkdir()
    (tmp_path / "manifests" / "redis.yaml").write_text(piped)
    assert run(tmp_path / "manifests").stdout == expected


def test_no_password_is_shown_of_what_is_piped_in_or_stands_in_a_config_map(folder: Path) -> None:
    for piped in (config_map(folder), EVERYTHING):
        result = run("-", piped=piped)
        assert result.exit_code == 0
        assert "hunter2" not in result.output
        assert "passed over" not in result.stderr


def test_two_servers_are_told_and_the_end_is_1(folder: Path) -> None:
    (folder / "other").mkdir()
    (folder / "other" / "redis.conf").write_text("timeout 1\n")
    result = run(folder)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("several configurations of Redis: ")


def test_flux_waits_for_nothing_that_the_cluster_may_lack_and_the_file_says_why(folder: Path) -> None:
    text = run(folder / "redis.conf").stdout
    begun = first_files()["cluster.yaml"]
    for key in ("dragonfly_flux_depends_on", "dragonfly_flux_substitute_from"):
        with_its_reason = re.compile(rf"(?m)(?:^#.*\n)+{key}: \[\]$")
        in_the_first_file = with_its_reason.search(begun)
        assert in_the_first_file is not None
        assert in_the_first_file[0] in text
    kustomizations = [each for key, each in written(text, folder).items() if key.kind == "Kustomization"]
    assert [str(each) for each in kustomizations if "coredns" in str(each) or "cluster-secrets" in str(each)] == []


def test_an_app_has_no_objects_of_flux(folder: Path) -> None:
    assert "FluxKustomization" not in run(folder / "redis.conf", "--python").stdout


def test_the_head_is_that_of_the_file_with_which_a_repository_begins(folder: Path) -> None:
    assert run(folder / "redis.conf").stdout.splitlines()[:2] == first_files()["cluster.yaml"].splitlines()[:2]


def test_the_versions_are_pinned(folder: Path) -> None:
    written_down = yaml.safe_load(run(folder / "redis.conf").stdout)
    begun = yaml.safe_load(first_files()["cluster.yaml"])
    for key in ("dragonfly_version", "dragonfly_operator_version"):
        assert written_down[key] == begun[key]


PLACES: dict[str, dict[str, Any]] = {
    "a bucket": {"dragonfly_backup_enabled": True, "dragonfly_s3_endpoint": "s3.example.com:9000"},
    "a bucket of RustFS": {"dragonfly_backup_enabled": True, "rustfs_enabled": True},
    "a volume": {"dragonfly_snapshot_volume_size": "5Gi"},
}


@pytest.mark.parametrize("place", PLACES)
def test_the_advice_for_save_works_with_each_place_that_it_names(place: str, folder: Path) -> None:
    result = run(folder / "redis.conf")
    (advice,) = (line for line in result.stderr.splitlines() if line.startswith("redis.conf:10 save: "))
    assert [key for key in PLACES[place] if f"`{key}" not in advice] == []
    cron = re.findall(r'`(dragonfly_snapshot_cron): "(.+?)"`', advice)
    more = yaml.safe_dump({**PLACES[place], **dict(cron)})
    snapshot = instance(f"{result.stdout}\n{more}", folder)["spec"]
    assert isinstance(snapshot, dict)
    assert snapshot["snapshot"]["cron"] == "*/15 * * * *"


def test_the_advice_for_an_address_ends_in_a_policy_that_drops_something(folder: Path) -> None:
    result = run(folder / "redis.conf")
    (advice,) = (line for line in result.stderr.splitlines() if line.startswith("redis.conf:2 bind: "))
    assert "`network_policies_mode: enforce`" in advice
    more = "network_policies_enabled: true\nnetwork_policies_mode: enforce\n"
    tree = written(f"{result.stdout}\n{more}", folder)
    (policy,) = (each for key, each in tree.items() if key.kind == "CiliumNetworkPolicy")
    assert policy["spec"]["enableDefaultDeny"] == {"egress": True, "ingress": True}


def test_what_is_written_is_the_same_each_time(folder: Path) -> None:
    assert run(folder / "redis.conf").output == run(folder / "redis.conf").output


VALUES = [
    "",
    '""',
    "yes",
    "no",
    "0",
    "-1",
    "1",
    "8",
    "100000",
    "99999999999999999999",
    "64mb",
    "300mb",
    "4gb",
    "900 1",
    "pubsub 1mb 1mb 60",
    "allkeys-lru",
    "Ex",
    "KEA",
    "/etc/redis/x",
    "a b c",
    "${VARIABLE}",
    "'quote",
    "worker on >pw ~jobs:* +@all",
    "worker on nopass allkeys &a +@pubsub -@connection",
    "odd/name on >pw ~a +get",
    "default on >pw ~a +@read",
]


@FORMS
@settings(max_examples=20)
@given(st.randoms(use_true_random=False), st.integers(1, 12))
def test_whatever_stands_in_the_file_what_is_written_works(
    form: tuple[str, ...], chance: random.Random, lines: int
) -> None:
    names = sorted(DIRECTIVES)
    # Half of the lines of a kind that gives arguments, since most give none.
    giving = [name for name in names if type(DIRECTIVES[name]).__name__ != "Nothing"]
    chosen = [chance.choice(names if chance.random() < 0.5 else giving) for _ in range(lines)]
    with TemporaryDirectory() as folder:
        file = Path(folder, "redis.conf")
        file.write_text("timeout 0\n" + "".join(f"{name} {chance.choice(VALUES)}\n" for name in chosen))
        result = run(file, *form)
        assert result.exit_code == 0, f"{file.read_text()}\n{result.output}\n{result.exception!r}"
        assert instance(result.stdout, Path(folder))["kind"] == "Dragonfly"
