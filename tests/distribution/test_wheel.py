"""What is published: two packages, a licence, a page, and nothing that only a working copy needs."""

from __future__ import annotations

import re
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from email.message import Message
from email.parser import Parser
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.distribution.conftest import build
from tests.distribution.environment import BIN, Environment

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


@pytest.fixture(scope="module")
def files(wheel: Path) -> dict[str, bytes]:
    """Every file of the wheel."""
    with zipfile.ZipFile(wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def metadata(files: dict[str, bytes]) -> Message:
    """What it says of itself."""
    (text,) = [content for name, content in files.items() if name.endswith(".dist-info/METADATA")]
    return Parser().parsestr(text.decode())


def test_it_holds_its_two_packages_and_what_is_said_of_them(files: dict[str, bytes]) -> None:
    info = f"cdk8s_dragonfly-{PROJECT['version']}.dist-info"
    assert {name.split("/")[0] for name in files} == {"constructs_lib", "imports", info}


def test_its_packages_are_those_of_the_repository_file_by_file(files: dict[str, bytes]) -> None:
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "--", "constructs_lib", "imports"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    packed = [name for name in files if ".dist-info/" not in name]
    assert sorted(packed) == sorted(name for name in set(listed) if (ROOT / name).exists())


def test_a_type_checker_reads_the_library_and_each_binding(files: dict[str, bytes]) -> None:
    bindings = {name.rpartition("/_jsii/")[0] for name in files if name.endswith(".jsii.tgz")}
    assert bindings
    assert {name for name in ("constructs_lib", *bindings) if f"{name}/py.typed" not in files} == set()


def test_its_licence_is_named_and_comes_with_it(files: dict[str, bytes], metadata: Message) -> None:
    assert metadata["License-Expression"] == "Apache-2.0"
    (licence,) = [content for name, content in files.items() if name.endswith(".dist-info/licenses/LICENSE")]
    assert licence == (ROOT / "LICENSE").read_bytes()


def test_nothing_of_a_working_copy_is_asked_for(metadata: Message) -> None:
    assert metadata.get_all("Provides-Extra") == ["node", "secrets"]
    asked = [str(line) for line in metadata.get_all("Requires-Dist", [])]
    assert len([line for line in asked if "extra ==" not in line]) == len(PROJECT["dependencies"])
    assert [line for line in asked if re.match(r"(pytest|mypy|ruff|hatch|twine|uv|types-)\b", line)] == []


def test_no_link_of_its_page_leads_into_a_folder_that_is_not_there(metadata: Message) -> None:
    page = str(metadata.get_payload())
    links = re.findall(r"""(?:\]\(|src="|srcset=")([^)"]+)""", page)
    assert len(links) > 10
    assert [link for link in links if not link.startswith("https://")] == []


def test_each_link_of_its_page_into_the_repository_is_one_of_the_readme_of_that_version(metadata: Message) -> None:
    repository = str(PROJECT["urls"]["Repository"]).removeprefix("https://github.com/")
    inside = rf"https://(?:github\.com/{repository}/blob|raw\.githubusercontent\.com/{repository})/v{PROJECT['version']}/([^)\"]+)"
    linked = re.findall(inside, str(metadata.get_payload()))
    assert len(linked) > 10
    assert [path for path in linked if not (ROOT / path.partition("#")[0]).exists()] == []


def test_twine_finds_no_fault(wheel: Path, sdist: Path) -> None:
    command = [sys.executable, "-m", "twine", "check", "--strict", str(wheel), str(sdist)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert done.stdout.count("PASSED") == 2


def test_the_sdist_builds_the_same_wheel(wheel: Path, sdist: Path, tmp_path: Path) -> None:
    with tarfile.open(sdist) as archive:
        archive.extractall(tmp_path, filter="data")
    again = build(tmp_path / sdist.name.removesuffix(".tar.gz"), tmp_path / "built")
    assert again.name == wheel.name
    assert again.read_bytes() == wheel.read_bytes()


def test_the_command_has_the_name_and_the_version_of_the_distribution(environment: Environment, tmp_path: Path) -> None:
    """By its name alone `uvx cdk8s-dragonfly` finds the command of a distribution."""
    done = environment.run(PROJECT["name"], "--version", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, f"{PROJECT['version']}\n")


COMPOSED = """
import sys
from cdk8s import App, Chart
from constructs_lib import Client, DragonflyBackup, DragonflyCache, DragonflyNetworkPolicy, DragonflyOperator
app = App()
chart = Chart(app, "sessions", namespace="cache")
DragonflyOperator(chart, "operator")
cache = DragonflyCache(chart, "cache")
cache.add_user("keycloak", keys=["keycloak:*"])
DragonflyBackup(chart, "backup", cache=cache, bucket="dragonfly-backups")
DragonflyNetworkPolicy(chart, "network-policy", cache=cache, clients=[Client(namespace="identity")])
app.synth()
print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""

NEEDED_ELSEWHERE = {"grafana_foundation_sdk", "jsonschema", "promql_parser", "rich", "ruamel", "typer", "yaml"}
"""What the dashboard, one's own rules, `cluster.yaml`, the checks of manifests and the command line work with."""


def test_a_stack_is_composed_without_what_dashboard_and_command_line_need(
    environment: Environment, tmp_path: Path
) -> None:
    done = environment.run("python", "-c", COMPOSED, cwd=tmp_path, JSII_NODE=str(BIN / "node"))
    assert (done.returncode, done.stderr) == (0, "")
    assert NEEDED_ELSEWHERE & set(done.stdout.split()) == set()
