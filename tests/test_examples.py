"""Each example is a whole app that runs and writes what its page says, and the README's example is one of them."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from constructs_lib.checks.definitions import OPERATOR_GROUP, written_definitions
from constructs_lib.checks.findings import check_manifests
from constructs_lib.checks.manifests import read_manifests
from constructs_lib.doctor.doctor import examine
from constructs_lib.doctor.objects import Objects, installed_operator
from tests.conftest import ROOT, read_folder

FOLDER = ROOT / "examples"
EXAMPLES = sorted(path.parent for path in FOLDER.glob("*/main.py"))


def run(*command: str | Path, outdir: Path, cwd: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *command],
        cwd=cwd,
        env={**os.environ, "CDK8S_OUTDIR": str(outdir), "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module", params=EXAMPLES, ids=lambda path: path.name)
def example(request: pytest.FixtureRequest) -> Path:
    """The folder of an example."""
    folder: Path = request.param
    return folder


@pytest.fixture(scope="module")
def written(example: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What an example writes, and says nothing of. `.ci/run` checks what is put into STACKS_DIR once more."""
    outdir = tmp_path_factory.mktemp("written") / "dist"
    done = run("main.py", outdir=outdir, cwd=example)
    assert (done.returncode, done.stderr) == (0, "")
    if stacks := os.environ.get("STACKS_DIR"):
        operator = installed_operator(list(read_manifests(outdir)))
        shutil.copytree(outdir, Path(stacks, str(operator), f"example-{example.name}"), dirs_exist_ok=True)
    return outdir


def test_an_example_writes_the_files_on_its_page(example: Path, written: Path) -> None:
    (listed,) = re.findall(r"^```text\n(.*?)```", (example / "README.md").read_text(), re.DOTALL | re.MULTILINE)
    assert sorted(read_folder(written)) == sorted(path for line in listed.splitlines() for path in meant(line))


def meant(line: str) -> Iterator[str]:
    """The files that a line of a page means: `{a,b}` is either, NAME each tenant's."""
    if either := re.search(r"\{(.*?)\}", line):
        for name in either[1].split(","):
            yield from meant(line.replace(either[0], name))
    elif "NAME" in line:
        tenants = yaml.safe_load((FOLDER / "tenants" / "tenants.yaml").read_text())
        assert len(tenants) == 50
        for tenant in tenants:
            yield line.replace("NAME", tenant["name"])
    else:
        yield line


def test_the_schemas_find_no_error_in_an_example(written: Path) -> None:
    manifests = [each for each in read_manifests(written) if each.group != OPERATOR_GROUP]
    result = check_manifests(manifests, written_definitions())
    assert (result.errors, result.unknown) == ([], {})
    assert result.checked == len(manifests)


def test_the_doctor_finds_nothing_in_an_example(written: Path) -> None:
    manifests = list(read_manifests(written))
    found = examine(Objects(manifests, installed_operator(manifests))).findings
    assert [f"{each.check.name}: {each.manifest.name}" for each in found] == []


def test_the_houses_own_tests_pass(tmp_path: Path) -> None:
    shutil.copytree(FOLDER / "house-defaults", tmp_path, dirs_exist_ok=True)
    done = run("-m", "pytest", "-p", "no:xdist", outdir=tmp_path / "dist", cwd=tmp_path)
    assert done.returncode == 0, done.stdout


def test_a_rule_of_ones_own_is_told_at_synth(tmp_path: Path) -> None:
    app = tmp_path / "main.py"
    app.write_text((FOLDER / "escape-hatches" / "main.py").read_text().replace("replicas=2,", "replicas=1,", 1))
    done = run(app, outdir=tmp_path / "dist")
    assert "a shared cache needs two pods: give it replicas=2" in done.stderr
    assert not (tmp_path / "dist" / "shared").exists()


def test_init_is_what_the_page_of_the_examples_makes_anew(tmp_path: Path) -> None:
    (commands,) = re.findall(r"^```console\n(.*?)```", (FOLDER / "README.md").read_text(), re.DOTALL | re.MULTILINE)
    there = tmp_path / "examples" / "init"
    there.mkdir(parents=True)
    subprocess.run(["sh", "-e"], input=commands.replace("$ ", ""), cwd=tmp_path, check=True, text=True)
    assert read_folder(there) == read_folder(FOLDER / "init"), "made anew as examples/README.md says"


def readme_block(language: str) -> str:
    """The README's first block of code in that language."""
    (block, *_) = re.findall(rf"^```{language}\n(.*?)```", (ROOT / "README.md").read_text(), re.DOTALL | re.MULTILINE)
    return str(block)


def test_the_readmes_errors_are_told(tmp_path: Path) -> None:
    config = tmp_path / "cluster.yaml"
    config.write_text(readme_block("yaml"))
    done = run(ROOT / "main.py", outdir=tmp_path / "dist", CLUSTER_CONFIG=str(config))
    assert (done.returncode, done.stderr) == (1, readme_block("text"))


def test_the_readmes_example_runs(tmp_path: Path) -> None:
    done = run("-c", readme_block("python"), outdir=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "redis://sessions.cache.svc.cluster.local:6379\n"
    assert "kind: PrometheusRule" in "".join(read_folder(tmp_path).values())
