"""`make release`, as it is called: what it builds installs from a local index and synthesizes."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from tests.conftest import default_stack_of_any_cluster, read_folder
from tests.distribution.environment import BIN, Environment
from tests.distribution.repository import VERSION, Repository
from tools.release.release import OUTPUT


def needed(name: str) -> bool:
    """Whether a file is none of the test stacks, of which nothing is asked before there is a version."""
    return not re.match(r"tests/(?:stacks|__snapshots__/test_stacks)/", name)


def make_release(repository: Repository, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run `make release` where nothing is left to install."""
    for stamp in re.findall(r"(?m)^(\S+/\.\w+):", repository.read("Makefile")):
        (repository.folder / stamp).parent.mkdir(exist_ok=True)
        (repository.folder / stamp).touch()
    for name in ("bin", "lib", "pyvenv.cfg"):
        if not (there := repository.folder / ".venv" / name).exists():
            there.symlink_to(Path(sys.prefix) / name)
    # Not of the make that runs these tests.
    outside = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    who = {f"GIT_COMMITTER_{what}": "a" for what in ("NAME", "EMAIL")}

    def make(*words: str) -> subprocess.CompletedProcess[str]:
        environment = {**outside, **who, "GIT_CONFIG_GLOBAL": os.devnull}
        return subprocess.run(
            ["make", *words], cwd=repository.folder, env=environment, capture_output=True, text=True, check=False
        )

    # What it would install now would go into the environment of these tests.
    assert make("--question", "setup").returncode == 0
    return make("release", *arguments)


def test_what_is_released_installs_from_a_local_index_and_synthesizes(tmp_path: Path) -> None:
    repository = Repository(tmp_path / "repository", needed)
    without_a_version = make_release(repository)
    assert (without_a_version.returncode, without_a_version.stderr) == (0, "")
    assert f"`make release VERSION={VERSION}` tags it" in without_a_version.stdout
    assert repository.git("tag", "--list") == ""

    done = make_release(repository, f"VERSION={VERSION}")
    assert (done.returncode, done.stderr) == (0, "")
    assert f"tagged v{VERSION}; `git push origin v{VERSION}` publishes it" in done.stdout
    assert repository.git("tag", "--list") == f"v{VERSION}\n"
    assert repository.git("ls-remote", "--tags", "origin") == ""

    index = repository.folder / OUTPUT
    assert len(list(index.iterdir())) == 2
    environment = Environment.with_wheel(
        tmp_path / "venv", f"cdk8s-dragonfly=={VERSION}", "--no-index", "--find-links", str(index)
    )
    (user := tmp_path / "user").mkdir()
    for command in ("init", "synth"):
        ran = environment.run("cdk8s-dragonfly", command, cwd=user, JSII_NODE=str(BIN / "node"))
        assert ran.returncode == 0, ran.stderr
    assert read_folder(user / "dist") == default_stack_of_any_cluster()
