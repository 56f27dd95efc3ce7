"""The drill of a cache that saves to volumes: where its pod runs, what it may touch, and that what is written runs."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from cdk8s import Chart

from constructs_lib import (
    DragonflyBackup,
    DragonflyCache,
    DragonflyMonitoring,
    DragonflyNetworkPolicy,
    DragonflyRestoreDrill,
    InvalidArguments,
)
from constructs_lib.backup.script_job import PACKAGE
from tests.charts import synthesized
from tests.servers import redis

ONE_POD = {"accessModes": ["ReadWriteOncePod"], "resources": {"requests": {"storage": "10Gi"}}}


def add_drill(chart: Chart, cache: DragonflyCache, **saved: Any) -> DragonflyNetworkPolicy:
    """A backup and a drill for a cache, and the policy that lets the drill in."""
    policy = DragonflyNetworkPolicy(chart, "network-policy", cache=cache, prometheus_namespace="monitoring")
    monitoring = DragonflyMonitoring(chart, "monitoring", cache=cache, dashboard="none")
    backup = DragonflyBackup(chart, "backup", cache=cache, **saved)
    DragonflyRestoreDrill(chart, "drill", backup=backup, monitoring=monitoring)
    return policy


def drill_pod(chart: Chart) -> dict[str, Any]:
    """The spec of the drill's pods."""
    (pod,) = (
        manifest["spec"]["jobTemplate"]["spec"]["template"]["spec"]
        for manifest in synthesized(chart)
        if manifest["kind"] == "CronJob"
    )
    result: dict[str, Any] = pod
    return result


def volume_of(pod: Mapping[str, Any], name: str) -> dict[str, Any]:
    (volume,) = (volume for volume in pod["volumes"] if volume["name"] == name)
    result: dict[str, Any] = volume
    return result


def mounts_of(container: Mapping[str, Any]) -> dict[str, bool]:
    """Whether each of a container's mounts is read alone, by the volume's name."""
    return {mount["name"]: mount.get("readOnly", False) for mount in container["volumeMounts"]}


def test_it_runs_on_the_node_of_pod_0_where_that_pods_volume_is_attached(chart: Chart) -> None:
    cache = DragonflyCache(chart, "cache", replicas=3, control_plane_only=True)
    add_drill(chart, cache, size="10Gi")
    pod = drill_pod(chart)
    (term,) = pod["affinity"]["podAffinity"]["requiredDuringSchedulingIgnoredDuringExecution"]
    assert term == {
        "labelSelector": {"matchLabels": {"statefulset.kubernetes.io/pod-name": "dragonfly-0"}},
        "topologyKey": "kubernetes.io/hostname",
    }
    assert volume_of(pod, "volume")["persistentVolumeClaim"] == {"claimName": "df-dragonfly-0"}
    assert pod["tolerations"][0]["key"] == "node-role.kubernetes.io/control-plane"


def test_an_existing_claim_is_tried(chart: Chart) -> None:
    cache = DragonflyCache(chart, "cache", operator_version="v1.5.0")
    add_drill(chart, cache, existing_persistent_volume_claim_name="claim")
    assert volume_of(drill_pod(chart), "volume")["persistentVolumeClaim"] == {"claimName": "claim"}


def test_the_volume_is_read_alone_and_by_no_server(chart: Chart, cache: DragonflyCache) -> None:
    """A server saves when it ends: on the volume, that would be the newest snapshot."""
    add_drill(chart, cache, size="10Gi")
    pod = drill_pod(chart)
    fetch, server = pod["initContainers"]
    assert mounts_of(fetch) == {"scripts": True, "snapshots": False, "volume": True}
    assert "volume" not in mounts_of(server)
    assert "volume" not in mounts_of(pod["containers"][0])
    assert "emptyDir" in volume_of(pod, "snapshots")


def test_it_is_told_of_no_bucket_and_no_s3_keys(chart: Chart, cache: DragonflyCache) -> None:
    add_drill(chart, cache, size="10Gi")
    fetch = drill_pod(chart)["initContainers"][0]
    assert fetch["args"] == ["--volume", "/volume", "--directory", "/snapshots"]
    assert {variable["name"] for variable in fetch["env"]} == {"PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED"}


def test_it_is_let_in_and_watched_as_that_of_a_bucket_is(chart: Chart, cache: DragonflyCache) -> None:
    policy = add_drill(chart, cache, size="10Gi")
    rules = [manifest for manifest in synthesized(chart) if manifest["kind"] == "PrometheusRule"]
    assert 'cronjob="dragonfly-drill"' in str(rules)
    assert "'app.kubernetes.io/component': 'drill'" in str(policy.api_object.to_json())


@pytest.mark.parametrize("argument", ["retention", "backup"])
def test_a_claim_that_lets_in_one_pod_alone_is_refused(chart: Chart, cache: DragonflyCache, argument: str) -> None:
    saved: dict[str, Any] = {"retention": 3} if argument == "retention" else {}
    with pytest.raises(InvalidArguments, match=f"{argument}: its claim is ReadWriteOncePod: no pod but the server's"):
        add_drill(chart, cache, persistent_volume_claim_spec=ONE_POD, **saved)


@pytest.mark.skipif(shutil.which("redis-server") is None, reason="no redis-server here: apt-get install redis-server")
def test_what_is_written_loads_a_volumes_newest_snapshot_and_counts_its_keys(
    chart: Chart, cache: DragonflyCache, tmp_path: Path
) -> None:
    """Each container's own command, out of the written ConfigMap, by Python's own library; a Redis for the servers.

    Dragonfly loads a snapshot that Redis saved (docs/dragonfly.md, "Coming over from Redis"), and Redis loads its own.
    """
    add_drill(chart, cache, size="10Gi")
    pod = drill_pod(chart)
    folders = {name: tmp_path / name for name in ("scripts", "volume", "snapshots")}
    for folder in folders.values():
        folder.mkdir()
    write_scripts(chart, pod, folders["scripts"])
    with redis(tmp_path / "live") as live:
        ask(live, "MSET", "a", "1", "b", "2", "c", "3")
        ask(live, "SAVE")
        shutil.copy(tmp_path / "live" / "dump.rdb", folders["volume"] / "dump-2026-05-02T00:00:00.rdb")
        (folders["volume"] / "dump-2026-05-03T00:00:00-0000.dfs").write_bytes(b"not finished")
        fetch = run(pod["initContainers"][0], folders)
        assert fetch.returncode == 0, fetch.stderr
        with redis(folders["snapshots"], "--dbfilename", "drill.rdb") as restored:
            ports = {"dragonfly.cache.svc.cluster.local:6379": live, "restored": restored}
            drill = run(pod["containers"][0], folders, ports)
            ask(live, "MSET", *(word for number in range(9) for word in (f"later{number}", "1")))
            far = run(pod["containers"][0], folders, ports)
    assert (drill.returncode, drill.stdout.splitlines()[-1]) == (0, "good"), drill.stderr
    assert f"{folders['volume']}/dump-2026-05-02T00:00:00: 3 keys loaded" in drill.stdout
    assert (far.returncode, far.stderr) == (1, "3 keys in the snapshot, 12 in the cache: further apart than 20%\n")


def write_scripts(chart: Chart, pod: Mapping[str, Any], folder: Path) -> None:
    """Lay the scripts out as the kubelet does."""
    volume = volume_of(pod, "scripts")["configMap"]
    (config_map,) = (
        manifest
        for manifest in synthesized(chart)
        if manifest["kind"] == "ConfigMap" and manifest["metadata"]["name"] == volume["name"]
    )
    for item in volume["items"]:
        path = folder / item["path"]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(config_map["data"][item["key"]])


def run(
    container: Mapping[str, Any], folders: Mapping[str, Path], ports: Mapping[str, int] | None = None
) -> subprocess.CompletedProcess[str]:
    """A container's command with its arguments; its mounts are those folders, the servers are on those ports."""
    places = {mount["mountPath"]: str(folders[mount["name"]]) for mount in container["volumeMounts"]}
    servers = {name: f"127.0.0.1:{port}" for name, port in (ports or {}).items()}
    words = [{**places, **servers}.get(word, word) for word in container["args"]]
    more = ["--restored", servers["restored"]] if ports else []
    assert container["command"] == ["python3", "-m", f"{PACKAGE}.{container['name']}"]
    # Isolated, but for the folder that it runs in: none of what is installed here is found.
    return subprocess.run(
        [sys.executable, "-S", *container["command"][1:], *words, *more],
        cwd=places[container["workingDir"]],
        env={},
        capture_output=True,
        text=True,
        check=False,
    )


def ask(port: int, *words: str) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
        connection.sendall(f"{' '.join(words)}\r\n".encode())
        assert connection.recv(100) == b"+OK\r\n"
