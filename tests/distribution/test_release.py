"""`make release` says at once all that is in its way; what it builds installs from a local index and synthesizes."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.conftest import ROOT, default_stack_of_any_cluster, read_folder
from tests.distribution.environment import BIN, Environment
from tools.interface import FILE
from tools.release import OUTPUT, PASSED, Release, refusals

VERSION = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
STACKS = ("default", "queue-profile", "three-replicas")
"""As many test stacks as the copy has; each is a review."""


class Repository:
    """A copy of this repository with a history of its own, whose remote has its branch."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        listed = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for name in filter(None, listed.split("\0")):
            if (ROOT / name).exists() and not left_out(name):
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(ROOT / name, folder / name)
        self.write("CHANGELOG.md", re.sub(r"(?m)^(## [\d.]+ )\(.*\)$", r"\1(2026-11-26)", self.read("CHANGELOG.md")))
        self.git("init", "--quiet", "--initial-branch", "main")
        self.commit()
        self.git("clone", "--quiet", "--bare", ".", f"{folder}.git")
        self.git("remote", "add", "origin", f"{folder}.git")
        self.git("fetch", "--quiet", "origin")

    def git(self, *arguments: str) -> str:
        who = {f"GIT_{who}_{what}": "a" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
        environment = {**os.environ, **who, "GIT_CONFIG_GLOBAL": os.devnull}
        command = ["git", *arguments]
        return subprocess.run(
            command, cwd=self.folder, env=environment, capture_output=True, text=True, check=True
        ).stdout

    def commit(self) -> None:
        """Commit all that is there, as `.ci/run` leaves it."""
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", "Change")
        (self.folder / PASSED).write_text(self.git("rev-parse", "HEAD"))

    def read(self, name: str | Path) -> str:
        return (self.folder / name).read_text()

    def write(self, name: str | Path, text: str) -> None:
        (self.folder / name).write_text(text)

    def edit(self, name: str | Path, before: str, after: str) -> None:
        text = self.read(name)
        assert before in text
        self.write(name, text.replace(before, after, 1))

    def release(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run the tool as the Makefile does."""
        who = {f"GIT_COMMITTER_{what}": "a" for what in ("NAME", "EMAIL")}
        environment = {**os.environ, **who, "PYTHONPATH": str(self.folder)}
        command = [sys.executable, "-m", "tools.release", *arguments]
        return subprocess.run(command, cwd=self.folder, env=environment, capture_output=True, text=True, check=False)

    def in_the_way(self) -> list[str]:
        return list(refusals(Release.of(self.folder)))


def left_out(name: str) -> bool:
    """Whether a file belongs to one of the other test stacks."""
    inside = re.match(r"tests/(?:stacks|__snapshots__/test_stacks)/([\w.-]+?)(?:\.yaml)?(?:/|$)", name)
    return inside is not None and inside[1] not in STACKS


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "repository")


def test_what_is_released_installs_from_a_local_index_and_synthesizes(repository: Repository, tmp_path: Path) -> None:
    done = repository.release(VERSION)
    assert (done.returncode, done.stderr) == (0, "")
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


def test_without_a_version_all_is_done_but_the_tag(repository: Repository) -> None:
    done = repository.release()
    assert done.returncode == 0, done.stderr
    assert f"`make release VERSION={VERSION}` tags it" in done.stdout
    assert len(list((repository.folder / OUTPUT).iterdir())) == 2
    assert repository.git("tag", "--list") == ""


def test_everything_in_the_way_is_said_at_once_and_nothing_is_built(repository: Repository) -> None:
    repository.git("switch", "--quiet", "--create", "feature")
    repository.edit("CHANGELOG.md", "(2026-11-26)", "(unreleased)")
    empty, row = "VARIABLES: dict[str, Deprecation] = {", '"dragonfly_threads": Deprecation("0.0.1", "leave it out")'
    repository.edit("constructs_lib/deprecations.py", empty, empty + row)
    repository.git("commit", "--quiet", "--all", "--message", "Not tested")
    repository.write("left", "")
    done = repository.release("7.0.0")
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "not released: the working copy is not clean: left; commit or remove it",
        "not released: the branch is feature; accepted: main",
        "not released: HEAD is not what origin/main is; push or pull first",
        "not released: the tests have not passed at this commit; run .ci/run",
        f"not released: VERSION=7.0.0 is not the version in pyproject.toml, {VERSION}",
        f"not released: CHANGELOG.md calls {VERSION} unreleased; write its day, as in ## {VERSION} (2026-11-26)",
        "not released: dragonfly_threads was to be gone in 0.0.1; remove it, or name another in deprecations.py",
    ]
    assert not (repository.folder / OUTPUT).exists()
    assert repository.git("tag", "--list") == ""


def test_a_version_is_released_once(repository: Repository) -> None:
    repository.git("tag", f"v{VERSION}")
    assert repository.in_the_way() == [f"v{VERSION} is tagged already; write the next version to pyproject.toml"]


def test_what_breaks_wants_its_line_and_its_number(repository: Repository) -> None:
    accepted = repository.read("tests/stacks/queue-profile.yaml")
    repository.write("tests/stacks/queue-profile.yaml", f"{accepted}dragonfly_gone: 1\n")
    repository.commit()
    repository.git("tag", "v1.0.0")
    repository.write("tests/stacks/queue-profile.yaml", accepted)
    repository.edit("pyproject.toml", f'version = "{VERSION}"', 'version = "1.1.0"')
    repository.edit("CHANGELOG.md", "## ", "## 1.1.0 (2026-11-27)\n\n### Fixed\n\n- A fault.\n\n## ")
    repository.edit(FILE, "        control_plane_only: bool = False,\n", "")
    repository.edit("cluster.schema.json", '\n    "dragonfly_maxclients": {', '\n    "dragonfly_clients": {')
    # A stack that asks for something else now breaks nothing.
    repository.write(
        "tests/stacks/default.yaml", repository.read("tests/stacks/default.yaml") + "dragonfly_cache_mode: true\n"
    )
    evicting = "tests/__snapshots__/test_stacks/default/dragonfly/Dragonfly.dragonfly.yaml"
    repository.edit(evicting, "    - --maxmemory=", "    - --cache_mode=true\n    - --maxmemory=")
    written = "tests/__snapshots__/test_stacks/three-replicas/dragonfly/Dragonfly.dragonfly.yaml"
    repository.edit(written, "    - --maxmemory=", "    - --cache_mode=true\n    - --maxmemory=")
    repository.commit()
    repository.git("push", "--quiet", "origin", "main")
    in_the_way = repository.in_the_way()
    refused = in_the_way.pop(3)
    assert refused.startswith("dragonfly_gone: queue-profile is refused: v1.0.0: ")
    assert refused.endswith('"Breaking: cluster.yaml": a point with dragonfly_gone')
    assert in_the_way == [
        "1.1.0 is too low after v1.0.0: something breaks; accepted: 2.0.0 or later",
        "DragonflyCache.control_plane_only: parameter was removed; CHANGELOG.md does not name it under "
        '"Breaking: Python": a point with DragonflyCache and control_plane_only',
        "dragonfly_maxclients: variable was removed; CHANGELOG.md does not name it under "
        '"Breaking: cluster.yaml": a point with dragonfly_maxclients',
        "Dragonfly.evicts: three-replicas/spec/args; CHANGELOG.md does not name it under "
        '"Breaking: manifests": a point with Dragonfly and evicts',
    ]

    repository.edit("pyproject.toml", 'version = "1.1.0"', 'version = "2.0.0"')
    repository.edit(
        "CHANGELOG.md",
        "## 1.1.0 (2026-11-27)\n",
        "## 2.0.0 (2026-11-27)\n\n### Breaking: Python\n\n- `DragonflyCache` has no `control_plane_only`.\n"
        "\n### Breaking: cluster.yaml\n\n- `dragonfly_maxclients` is gone.\n- And `dragonfly_gone`.\n"
        "\n### Breaking: manifests\n\n- Each Dragonfly evicts (`evicts`).\n",
    )
    repository.commit()
    repository.git("push", "--quiet", "origin", "main")
    assert repository.in_the_way() == []
