"""Every block of code in the pages is tried: programs run, variables load, manifests hold, lines of shell run."""

from __future__ import annotations

import re
import shutil
import warnings
from collections.abc import Mapping
from contextlib import chdir
from pathlib import Path
from typing import Any

import cdk8s
import cdk8s_plus_28
import pytest
import yaml
from typer.testing import CliRunner

import constructs_lib
from constructs_lib.cli.app import app
from constructs_lib.config.load import load
from constructs_lib.config.variables import known_keys
from constructs_lib.errors import InvalidConfig
from tests.charts import new_chart
from tests.conftest import ROOT
from tests.site.pages import Fence, fences, sources
from tests.site.shell import Terminal, session

PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sources()]

TRIED_HERE = frozenset({"python", "yaml", "console", "sh"})
"""Languages of which every block is tried here, or where its page has a test of its own."""

TRIED_BY_ITS_PAGE = frozenset({"mermaid", "properties", "ruby"})
"""Languages of which no block is tried here: each page with one has a test of its own."""

SHOWN = frozenset({"", "conf", "diff", "text"})
"""Of these nothing runs them: drawings of letters, output, and files of Redis, which lines of shell read."""

RECIPIENT = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"

ELSEWHERE: Mapping[str, tuple[str, frozenset[str]]] = {
    "README.md": ("../test_examples.py", frozenset({"python", "yaml"})),
    "docs/graph.md": ("test_mermaid.py", frozenset({"mermaid"})),
    "docs/how-to/rails.md": ("test_rails.py", frozenset({"ruby"})),
    "docs/how-to/spring.md": ("../e2e/test_spring.py", frozenset({"properties"})),
    "docs/import.md": ("../test_import_guide.py", frozenset({"python", "yaml"})),
    "docs/tutorial/first-commit.md": ("test_tutorial.py", TRIED_HERE),
}
"""Pages with a test of their own, and the languages whose blocks it tries."""


def name_of(page: Path) -> str:
    return str(page.relative_to(ROOT))


def with_blocks(*languages: str) -> pytest.MarkDecorator:
    """Parametrize by the pages that have such blocks, but for those that are tried elsewhere."""
    found = [page for page in PAGES if {fence.language for fence in fences(page)} & set(languages) - elsewhere(page)]
    return pytest.mark.parametrize("page", found, ids=name_of)


def elsewhere(page: Path) -> frozenset[str]:
    return ELSEWHERE[name_of(page)][1] if name_of(page) in ELSEWHERE else frozenset()


def blocks(page: Path, *languages: str) -> list[str]:
    return [fence.code for fence in fences(page) if fence.language in languages]


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_block_has_a_language_that_is_known(page: Path) -> None:
    assert {fence.language for fence in fences(page)} <= TRIED_HERE | TRIED_BY_ITS_PAGE | SHOWN


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_a_page_with_a_block_that_is_not_tried_here_has_a_test_of_its_own(page: Path) -> None:
    assert {fence.language for fence in fences(page)} & TRIED_BY_ITS_PAGE <= elsewhere(page)


def test_what_is_tried_elsewhere_is_there() -> None:
    assert [test for test, _ in ELSEWHERE.values() if not (Path(__file__).parent / test).exists()] == []


# Programs


BY_THEMSELVES = {"docs/network.md", "docs/constructs.md", "docs/reference/commands.md", "docs/secrets.md"}
"""Pages whose blocks are alternatives; on all others a block goes on where the one before ended."""

BEFORE = {
    "docs/backup/README.md": """
first = Chart(app, "first", namespace="cache")
monitoring = DragonflyMonitoring(chart, "monitoring", cache=cache)
""",
    "docs/constructs.md": """
saved = DragonflyCache(chart, "saved", name="saved")
backup = DragonflyBackup(chart, "saves", cache=saved, bucket="backups")
monitoring = DragonflyMonitoring(chart, "watches", cache=saved)
sessions_monitoring, queue_monitoring = (
    DragonflyMonitoring(chart, f"{name}-watches", cache=DragonflyCache(chart, name, name=name), dashboard="none")
    for name in ("sessions-of-a-fleet", "queue-of-a-fleet")
)
deployment = kplus.Deployment(chart, "web", containers=[kplus.ContainerProps(image="web")])
""",
}
"""What a page's programs suppose, beside a chart with a cache."""

NEXT_STEP = "run `cdk8s-dragonfly secrets"
"""In an error that tells the reader to run the command which the page comes to next."""


@with_blocks("python")
def test_programs_run(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REDIS_URL", "redis://localhost")
    names = {name: getattr(constructs_lib, name) for name in constructs_lib.__all__}
    names |= {"kplus": cdk8s_plus_28, "JsonPatch": cdk8s.JsonPatch, "App": cdk8s.App, "Chart": cdk8s.Chart}
    kept: dict[str, Any] = {}
    for number, block in enumerate(blocks(page, "python")):
        if number == 0 or name_of(page) in BY_THEMSELVES:
            kept = surroundings()
            exec(BEFORE.get(name_of(page), ""), names | kept, kept)
        with chdir(tmp_path), warnings.catch_warnings():
            warnings.simplefilter("ignore", constructs_lib.DragonflyWarning)
            exec(block, names | kept, kept)
            synthesize(kept["chart"])


def surroundings() -> dict[str, Any]:
    """A chart with a cache."""
    chart = new_chart()
    return {"app": chart.node.root, "chart": chart, "cache": constructs_lib.DragonflyCache(chart, "given")}


def synthesize(chart: cdk8s.Chart) -> None:
    try:
        assert cdk8s.Testing.synth(chart)
    except RuntimeError as error:
        if NEXT_STEP not in str(error):
            raise


# Variables, manifests, and what others read


FOREIGN: Mapping[frozenset[str], str] = {
    frozenset({"creation_rules"}): ".sops.yaml",
    frozenset({"repos"}): ".pre-commit-config.yaml",
    frozenset({"review"}): ".gitlab-ci.yml",
    frozenset({"name", "on", "permissions", "jobs"}): "a workflow of GitHub",
    frozenset({"metadata"}): "a part of a manifest",
}
"""Files of others, by their keys; test_review_guide.py runs the workflows and the hooks."""

SUPPOSED: Mapping[str, dict[str, Any]] = {
    "docs/backup/restore": {
        "dragonfly_backup_enabled": True,
        "rustfs_enabled": True,
        "dragonfly_restore_replaces_data": True,
    },
    "docs/certificate.md": {"dragonfly_replicas": 2},
}
"""What pages suppose of the `cluster.yaml` that their variables are put into."""

REFUSED = "docs/index.md"
"""The page that begins with variables which are refused, and the words in which they are."""


@with_blocks("yaml")
def test_blocks_of_yaml_hold(page: Path, tmp_path: Path) -> None:
    given = supposed(page)
    for block in blocks(page, "yaml")[name_of(page) == REFUSED :]:
        content = yaml.load(block, yaml.BaseLoader) if "\non:" in block else yaml.safe_load(block)
        if isinstance(content, list):
            assert all(set(item) & {"name", "path_regex"} for item in content)
        elif {"apiVersion", "kind"} <= set(content):
            assert_not_refused(block, tmp_path)
        elif frozenset(content) not in FOREIGN:
            assert set(content) <= known_keys()
            given = (supposed(page) if name_of(page) in BY_THEMSELVES else given) | content
            assert_loads(given, tmp_path)


def supposed(page: Path) -> dict[str, Any]:
    more = [given for path, given in SUPPOSED.items() if name_of(page).startswith(path)]
    return {"dragonfly_enabled": True} | (more[0] if more else {})


def assert_loads(given: Mapping[str, Any], folder: Path) -> None:
    (folder / "cluster.yaml").write_text(yaml.safe_dump(dict(given)))
    try:
        assert load(folder / "cluster.yaml").switches.dragonfly_enabled
    except InvalidConfig as refused:
        if not all(NEXT_STEP in str(error) for error in refused.errors):
            raise


def assert_not_refused(manifest: str, folder: Path) -> None:
    (folder / "none").mkdir(exist_ok=True)
    (folder / "manifest.yaml").write_text(manifest)
    command = ["review", str(folder / "none"), str(folder / "manifest.yaml"), "--fail-on", "refused,unknown"]
    result = CliRunner().invoke(app, command)
    assert result.exit_code == 0, result.output


def test_a_manifest_with_a_field_that_does_not_exist_is_noticed(tmp_path: Path) -> None:
    (manifest, *_) = blocks(ROOT / "docs" / "flux.md", "yaml")
    with pytest.raises(AssertionError):
        assert_not_refused(manifest.replace("prune:", "prunes:"), tmp_path)


def test_what_is_refused_is_so_in_the_words_of_the_page(tmp_path: Path) -> None:
    page = ROOT / REFUSED
    (tmp_path / "cluster.yaml").write_text(blocks(page, "yaml")[0])
    with pytest.raises(InvalidConfig) as refused:
        load(tmp_path / "cluster.yaml")
    assert f"{refused.value}\n" == blocks(page, "text")[0]


# Lines of shell


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """What the pages suppose: a repository with what is synthesized, and manifests of others."""
    folder = tmp_path / "repository"
    folder.mkdir()
    for name in ("main.py", "cluster.yaml"):
        shutil.copy(ROOT / name, folder / name)
    shutil.copytree(ROOT / "dist", folder / "dist")
    manifest = ROOT / "dist" / "dragonfly" / "Dragonfly.dragonfly.yaml"
    for place in ("clusters/production/cache.yaml", "cache.yaml"):
        (folder / place).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(manifest, folder / place)
    (folder / "secret.yaml").write_text(
        "apiVersion: v1\nkind: Secret\nmetadata: {name: dragonfly-auth, namespace: cache}\n"
    )
    for name in ("clusters/staging.yaml", "base.yaml"):
        (folder / name).write_text("dragonfly_enabled: true\n")
    (folder / "prod.yaml").write_text("dragonfly_replicas: 3\n")
    begin = "git init --quiet --initial-branch main && git add . && git commit --quiet --message Begin"
    done = Terminal(folder, tmp_path / "begin").run(f"{begin} && git update-ref refs/remotes/origin/main main")
    assert done.returncode == 0, done.stdout
    return folder


def scripts(fence: Fence) -> list[str]:
    """A session's commands one by one, so that one may fail and the next is tried; a script as a whole."""
    text = fence.code.replace("age1…", RECIPIENT)
    return [command for command, _ in session(text)] if fence.language == "console" else [text]


FLEET = "docs/cache/fleets.md"
OF_A_FLEET = {FLEET, "docs/reference/commands.md"}
"""Pages whose lines are about a fleet too: the first variables of the page on fleets."""


@with_blocks("console", "sh")
def test_lines_of_shell_run(page: Path, repository: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    terminal = Terminal(repository, tmp_path / "work")
    if name_of(page) in OF_A_FLEET:
        (repository / "cluster.yaml").write_text(blocks(ROOT / FLEET, "yaml")[0])
        terminal.run("cdk8s-dragonfly synth && git add . && git commit --quiet --message Fleet")
    for fence in fences(page):
        # A file that the page writes first, named by its title or in its first line.
        in_first_line = re.match(r"# ([\w-]+\.yaml)\n", fence.code) if fence.language == "yaml" else None
        if name := fence.title or (in_first_line[1] if in_first_line else ""):
            (repository / name).write_text(fence.code)
    printed = ""
    for fence in fences(page):
        if fence.language not in ("console", "sh"):
            continue
        for script in scripts(fence):
            terminal.folder = tmp_path / "empty" if script.startswith("cdk8s-dragonfly init") else repository
            if name_of(page) in BY_THEMSELVES:
                terminal.run("git reset --quiet --hard && git clean --quiet --force -d")
            printed += terminal.run(script).stdout
    assert terminal.faults(printed) == []


@pytest.mark.parametrize(
    "line",
    [
        "kubectl -n $NS get pods --no-such-flag",
        "kubectl -n $NAMESPACE get pods",
        "cdk8s-dragonfly review dist --fail-at danger",
        "cdk8s-dragonfly backup lists",
        "cdk8s-dragonfly secrets rotate",
        "cdk8s-dragonfly doctor clusters/nowhere",
        "make sites",
        "pip install 'cdk8s-dragonfly[nodes]'",
        "uv tool install 'cdk8s-dragonfly[node,secret]'",
        "uv install 'cdk8s-dragonfly[node]'",
        "flux suspend kustomizations x",
        "kubctl get pods",
        "for pod in a b; kubectl get pods",
    ],
)
def test_a_line_that_is_wrong_is_noticed(line: str, repository: Path, tmp_path: Path) -> None:
    terminal = Terminal(repository, tmp_path / "work")
    assert terminal.faults(terminal.run(line).stdout) != []
