"""`cdk8s-dragonfly backup` for a cache that saves to volumes: no cluster is asked unless the user says so."""

from __future__ import annotations

import json
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from constructs_lib.cli.app import app
from tests.backup.jobs.conftest import summary

CONFIG = {"dragonfly_enabled": True, "dragonfly_replicas": 2, "dragonfly_snapshot_volume_size": "5Gi"}
FOLDER = "/dragonfly/snapshots"

KUBECTL = """\
#!{python}
# Runs in a folder of this machine what it is told to run in a pod.
import subprocess, sys
from pathlib import Path

here, words = Path({folder!r}), sys.argv[1:]
with (here / "asked").open("a") as asked:
    print(*words, file=asked)
if "get" in words:
    sys.exit(print("dragonfly-1", end=""))
pod, command = words[words.index("exec") + 1], words[words.index("--") + 1 :]
if "SAVE" in command:
    sys.exit(print("OK"))
volume = here / pod
if not volume.exists():
    sys.exit(f'Error from server (NotFound): pods "{{pod}}" not found')
command = [word.replace("{inside}", str(volume)) for word in command]
done = subprocess.run(command, capture_output=True)
sys.stderr.buffer.write(done.stderr)
sys.stdout.buffer.write(done.stdout.replace(str(volume).encode(), b"{inside}"))
sys.exit(done.returncode)
"""


@pytest.fixture
def config(tmp_path: Path) -> Path:
    path = tmp_path / "cluster.yaml"
    path.write_text(json.dumps(CONFIG))
    return path


@pytest.fixture
def kubectl(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A kubectl on the PATH, and the folder with the pods' volumes."""
    folder = tmp_path / "cluster"
    folder.mkdir()
    script = folder / "kubectl"
    script.write_text(KUBECTL.format(python=sys.executable, folder=str(folder), inside=FOLDER))
    script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    return folder


def save(volume: Path, name: str, lacks: str = "") -> None:
    """A snapshot of two shards, as the server leaves it."""
    volume.mkdir(exist_ok=True)
    for part, content in {"0000": b"a", "0001": b"b", "summary": summary(2)}.items():
        if part != lacks:
            (volume / f"{name}-{part}.dfs").write_bytes(content)


def run(command: str, config: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, ["backup", command, "--config", str(config), *arguments])


def test_without_a_word_the_commands_are_printed_and_no_cluster_is_asked(kubectl: Path, config: Path) -> None:
    result = run("list", config)
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        f"kubectl -n cache exec dragonfly-{number} -c dragonfly -- find {FOLDER} -maxdepth 1 -type f -exec stat -c "
        "'%Y %s %n' '{}' +"
        for number in (0, 1)
    ]
    assert result.stderr.startswith("the snapshots are on df-dragonfly-0, df-dragonfly-1, and a volume is read in its")
    assert not (kubectl / "asked").exists()


def test_what_is_printed_lists_the_files_when_it_is_run(kubectl: Path, config: Path) -> None:
    save(kubectl / "dragonfly-0", "dump-2026-05-01T00:00:00")
    first = run("list", config).stdout.splitlines()[0]
    done = subprocess.run(["/bin/sh", "-c", first], capture_output=True, text=True, check=True)
    assert len(done.stdout.splitlines()) == 3


def test_for_a_program_the_commands_are_words(kubectl: Path, config: Path) -> None:
    told = json.loads(run("list", config, "--format", "json").stdout)
    assert told.keys() == {"version", "place", "commands"}
    assert [shlex.join(words) for words in told["commands"]] == run("list", config).stdout.splitlines()


@pytest.mark.parametrize("option", ["--kubectl", "--context=staging"])
def test_the_volumes_of_all_pods_are_listed_the_oldest_first(kubectl: Path, config: Path, option: str) -> None:
    save(kubectl / "dragonfly-1", "dump-2026-05-01T00:00:00")
    save(kubectl / "dragonfly-0", "dump-2026-05-02T00:00:00", lacks="0001")
    (kubectl / "dragonfly-0" / "lost+found").mkdir(mode=0)
    result = run("list", config, option)
    assert result.exit_code == 0, result.output
    first, second, last = result.stdout.splitlines()
    assert first.startswith("2026-05-01T00:00:00Z")
    assert first.endswith("  whole    dragonfly-1/dump-2026-05-01T00:00:00")
    assert second.endswith("  shard 0001 is missing  dragonfly-0/dump-2026-05-02T00:00:00")
    assert last == "2 snapshots on df-dragonfly-0, df-dragonfly-1, 1 of them whole"


def test_what_is_run_is_told_beside_the_list_and_in_the_context_that_was_named(kubectl: Path, config: Path) -> None:
    save(kubectl / "dragonfly-0", "dump-2026-05-01T00:00:00")
    (kubectl / "dragonfly-1").mkdir()
    result = run("list", config, "--context", "staging", "--format", "json")
    told = [line.removeprefix("+ kubectl ") for line in result.stderr.splitlines()]
    asked = (kubectl / "asked").read_text().splitlines()
    assert [" ".join(shlex.split(line)) for line in told] == asked
    assert all(line.startswith("--context staging -n cache exec dragonfly-") for line in asked)
    assert [each["fault"] for each in json.loads(result.stdout)["snapshots"]] == [""]


def test_volumes_without_a_snapshot_are_a_finding(kubectl: Path, config: Path) -> None:
    for number in (0, 1):
        (kubectl / f"dragonfly-{number}").mkdir()
    result = run("list", config, "--kubectl")
    assert (result.exit_code, result.stdout.splitlines()[-1].split()[0]) == (1, "0")


def test_a_pod_that_does_not_run_is_told_as_kubectl_says_it(kubectl: Path, config: Path) -> None:
    save(kubectl / "dragonfly-0", "dump-2026-05-01T00:00:00")
    result = run("list", config, "--kubectl")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.endswith('Error from server (NotFound): pods "dragonfly-1" not found\n')


def test_another_way_to_an_s3_server_means_nothing(config: Path) -> None:
    result = run("list", config, "--endpoint", "http://127.0.0.1:9000")
    assert result.exit_code == 2


def test_now_says_on_which_volume_the_snapshot_is(kubectl: Path, config: Path) -> None:
    result = run("now", config, "before-upgrade")
    assert result.stdout.splitlines()[-1] == "saved as volume df-dragonfly-1/before-upgrade"


def test_there_is_no_bucket_to_guide_to(config: Path) -> None:
    result = run("guide", config)
    assert result.exit_code == 1
    assert result.stderr == "cluster.yaml: its cache is saved to volumes, and there is no bucket to set up\n"
