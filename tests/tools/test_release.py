"""`make release` says at once all that is in its way, and what of a version its changelog does not say."""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from semver import Version

from constructs_lib import deprecations
from constructs_lib.deprecations import Deprecation
from tests.conftest import ROOT
from tests.distribution.repository import TODAY, VERSION, Repository
from tools.release import interface, release, surface
from tools.release.breaking import Since, last_tag
from tools.release.changelog import SECTIONS, Change, Entry, entries
from tools.release.release import OUTPUT, Release, least_version, refusals, told

READ = {".gitignore", "CHANGELOG.md", "cluster.schema.json", "pyproject.toml", str(interface.FILE), str(surface.FILE)}
"""Of the whole repository what a release looks at, but for the test stacks: each is a review."""

SERIES = VERSION.rpartition(".")[0]


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    made = Repository(tmp_path / "repository", READ.__contains__)
    monkeypatch.setattr(release, "ROOT", made.folder)
    monkeypatch.setattr(release, "build", lambda _: [])
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    for what in ("NAME", "EMAIL"):
        monkeypatch.setenv(f"GIT_COMMITTER_{what}", "a")
    return made


def in_the_way(repository: Repository) -> list[str]:
    return list(refusals(Release.of(repository.folder)))


def refused(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> list[str]:
    """What the tool says at its end, where it releases nothing."""
    monkeypatch.setattr(sys, "argv", ["release", *arguments])
    with pytest.raises(SystemExit) as ended:
        release.main()
    return str(ended.value.code).splitlines()


def test_nothing_is_in_the_way_of_what_is_ready(
    repository: Repository, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["release", VERSION])
    release.main()
    assert capsys.readouterr().out.splitlines() == [
        f"{VERSION}, since no version: none is tagged, so nothing is compared",
        f"tagged v{VERSION}; `git push origin v{VERSION}` publishes it",
    ]
    assert repository.git("cat-file", "-t", f"v{VERSION}") == "tag\n"


def test_everything_in_the_way_is_said_at_once(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(deprecations.VARIABLES, "dragonfly_threads", Deprecation("0.0.1", "leave it out"))
    repository.git("switch", "--quiet", "--create", "feature")
    repository.edit("CHANGELOG.md", f"({TODAY})", "(unreleased)")
    repository.git("commit", "--quiet", "--all", "--message", "Not tested")
    repository.write("left", "")
    assert refused(monkeypatch, "7.0.0") == [
        "not released: the working copy is not clean: left; commit or remove it",
        "not released: the branch is feature; accepted: main, or 1.2.x for what mends 1.2",
        "not released: the tests have not passed at this commit; run .ci/run",
        f"not released: VERSION=7.0.0 is not the version in pyproject.toml, {VERSION}",
        f"not released: CHANGELOG.md calls {VERSION} unreleased; write its day, as in ## {VERSION} (2026-11-26)",
        "not released: dragonfly_threads was to be gone in 0.0.1; remove it, or name another in deprecations.py",
    ]
    assert not (repository.folder / OUTPUT).exists()
    assert repository.git("tag", "--list") == ""


def test_of_a_changelog_that_no_tool_reads_every_fault_is_said(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.edit("CHANGELOG.md", "### Fixed", "### Mended")
    repository.edit("CHANGELOG.md", TODAY, "2026-02-30")
    assert refused(monkeypatch) == [
        f"not released: CHANGELOG.md: '## {VERSION} (2026-02-30)': no calendar has that day",
        f"not released: CHANGELOG.md: '### Mended' of {VERSION}; accepted: {', '.join(SECTIONS)}",
    ]


def test_where_git_makes_no_tag_it_is_not_released_and_git_says_why(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.git("config", "tag.gpgSign", "true")
    repository.git("config", "gpg.program", "false")
    first, *_ = refused(monkeypatch, VERSION)
    assert first.startswith("not released: git tag failed: error: gpg failed to sign the data")
    assert repository.git("tag", "--list") == ""


@pytest.mark.parametrize("version", ["0.2.0rc1", "0.2", "0.2.0-rc.1", "0.02.0", "1.0.0+1"])
def test_a_version_is_three_numbers(repository: Repository, version: str) -> None:
    repository.edit("pyproject.toml", f'version = "{VERSION}"', f'version = "{version}"')
    repository.commit()
    repository.push()
    assert in_the_way(repository) == [
        f"the version in pyproject.toml is {version}; accepted: three numbers, as in 1.2.3"
    ]


def test_the_last_version_is_the_highest_that_head_stands_on(repository: Repository) -> None:
    assert last_tag(repository.folder) is None
    for tag in ("v0.2.0-rc.1", "v0.9.0", "v0.10.0", "v1.0", "vnext"):
        repository.git("tag", tag)
    repository.git("commit", "--quiet", "--allow-empty", "--message", "Later")
    repository.git("tag", "v2.0.0")
    repository.git("switch", "--quiet", "--detach", "HEAD~1")
    assert last_tag(repository.folder) == "v0.10.0"


def test_where_head_stands_on_no_version_but_there_are_some_nothing_is_released(repository: Repository) -> None:
    """What breaks since the last one would be told by nobody."""
    repository.git("switch", "--quiet", "--create", "0.0.x")
    repository.git("commit", "--quiet", "--allow-empty", "--message", "Elsewhere")
    repository.git("tag", "v0.0.1")
    repository.push()
    repository.git("switch", "--quiet", "main")
    (reason,) = in_the_way(repository)
    assert reason.startswith("HEAD stands on none of the versions 0.0.1, so nothing is compared; ")


@pytest.mark.parametrize("path", ["cluster.schema.json", str(interface.FILE), str(surface.FILE)])
def test_what_the_last_version_has_not_in_its_place_is_not_taken_for_new(
    repository: Repository, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    content = repository.read(path)
    (repository.folder / path).unlink()
    repository.commit()
    repository.git("tag", "v0.0.1")
    repository.write(path, content)
    assert refused(monkeypatch) == [
        f"not released: v0.0.1 has no {path}: nothing tells what changed; leave it where it was"
    ]


def test_stacks_that_the_last_version_has_elsewhere_are_not_taken_for_new(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.git("tag", "v0.0.1")
    write_stack(repository, "one", ENABLED, cache=MEMORY)
    (reason,) = refused(monkeypatch)
    assert reason.startswith("not released: v0.0.1 has no tests/stacks: nothing tells what changed; ")


def test_a_file_that_git_is_told_not_to_show_is_one_all_the_same(repository: Repository) -> None:
    repository.git("config", "status.showUntrackedFiles", "no")
    repository.write("constructs_lib/left.py", "")
    assert in_the_way(repository) == ["the working copy is not clean: constructs_lib/left.py; commit or remove it"]


def test_a_version_is_released_once(repository: Repository) -> None:
    repository.git("tag", f"v{VERSION}")
    assert in_the_way(repository) == [f"v{VERSION} is tagged already; write the next version to pyproject.toml"]


def test_origin_is_asked_itself(repository: Repository) -> None:
    """Others have pushed a commit and the tag since this copy was fetched."""
    repository.git("commit", "--quiet", "--allow-empty", "--message", "Of others")
    repository.git("tag", f"v{VERSION}")
    repository.push()
    repository.git("tag", "--delete", f"v{VERSION}")
    repository.git("reset", "--quiet", "--hard", "HEAD~1")
    repository.git("update-ref", "refs/remotes/origin/main", "HEAD")
    assert in_the_way(repository) == [
        "HEAD is not what main is at origin; push or pull first",
        f"origin has v{VERSION}, and this copy has not; git fetch --tags --force origin",
        f"v{VERSION} is tagged already; write the next version to pyproject.toml",
    ]


def test_without_an_origin_or_its_answer_nothing_is_released(repository: Repository) -> None:
    repository.git("remote", "set-url", "origin", "/nowhere")
    (reason,) = in_the_way(repository)
    assert reason.startswith("origin does not say what it has: git ls-remote failed: fatal: '/nowhere'")
    repository.git("remote", "remove", "origin")
    assert in_the_way(repository) == [
        "there is no remote called origin, to which a tag is pushed; git remote add origin ADDRESS"
    ]


def test_a_branch_has_the_versions_that_it_is_called_after(repository: Repository) -> None:
    repository.git("switch", "--quiet", "--create", f"{SERIES}.x")
    assert in_the_way(repository) == [f"HEAD is not what {SERIES}.x is at origin; push or pull first"]
    repository.push()
    assert in_the_way(repository) == []
    repository.git("switch", "--quiet", "--create", "7.3.x")
    repository.push()
    assert in_the_way(repository) == [
        f"{VERSION} is not of the branch 7.3.x; write a version of it to pyproject.toml, or go to main"
    ]


BREAK, RESTART = Change(("DragonflyCache",), "was removed"), Change(("Dragonfly", "restart"), "default/spec")


@pytest.mark.parametrize(
    ("last", "changes", "added", "section", "least"),
    [
        ("1.2.3", {"Breaking: command line": [BREAK]}, [], "", "2.0.0"),
        ("1.2.3", {}, [], "Breaking: manifests", "2.0.0"),
        ("1.2.3", {"Changed": [RESTART]}, [], "", "1.3.0"),
        ("1.2.3", {"Deprecated": [BREAK]}, [], "", "1.3.0"),
        ("1.2.3", {}, [], "Deprecated", "1.3.0"),
        ("1.2.3", {}, [BREAK], "", "1.3.0"),
        ("1.2.3", {}, [], "Added", "1.3.0"),
        ("1.2.3", {"Breaking: Python": []}, [], "Fixed", "1.2.4"),
        ("0.2.3", {"Breaking: Python": [BREAK]}, [], "", "0.3.0"),
        ("0.2.3", {"Changed": [RESTART]}, [], "", "0.3.0"),
        ("0.2.3", {"Deprecated": [BREAK]}, [BREAK], "Added", "0.2.4"),
    ],
)
def test_the_number_says_what_changed(
    last: str, changes: dict[str, list[Change]], added: list[Change], section: str, least: str
) -> None:
    entry = Entry("9.9.9", TODAY, {section: ("Something.",)} if section else {})
    assert least_version(last, entry, Since(changes, added))[0] == Version.parse(least)


def write_stack(repository: Repository, name: str, config: str, **flags: str) -> None:
    """A test stack: its file, and of what was written for it some instances with their flags."""
    repository.write(f"tests/stacks/{name}.yaml", config)
    for instance, given in flags.items():
        written = DRAGONFLY.format(name=instance, flags=given)
        repository.write(f"tests/__snapshots__/test_stacks/{name}/{instance}.yaml", written)


DRAGONFLY = """\
apiVersion: dragonflydb.io/v1alpha1
kind: Dragonfly
metadata:
  name: {name}
  namespace: cache
spec:
  image: docker.dragonflydb.io/dragonflydb/dragonfly:v1.36.0
  replicas: 2
  args: [{flags}]
"""

ENABLED = "dragonfly_enabled: true\n"
MEMORY = "--maxmemory=512mb"


def test_where_a_stack_cannot_be_reviewed_nothing_is_known(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A review that fails is no refusal of the stack's file, which a point of the changelog could cover."""
    write_stack(repository, "broken", ENABLED, cache=MEMORY)
    repository.commit()
    repository.git("tag", "v0.0.1")
    repository.write("tests/__snapshots__/test_stacks/broken/cache.yaml", "kind: [")
    (reason,) = refused(monkeypatch)
    assert reason.startswith("not released: the stack broken could not be reviewed since v0.0.1: ")
    assert "UnreadableManifest" in reason


def test_what_a_stack_asks_for_now_breaks_nothing(repository: Repository) -> None:
    """Reviewed is what is written now for the file that the version had."""
    stack, written = Path("tests/stacks/default.yaml"), Path("tests/__snapshots__/test_stacks/default")
    shutil.copytree(ROOT / written, repository.folder / written)
    repository.write(stack, (ROOT / stack).read_text())
    repository.commit()
    repository.git("tag", "v0.0.1")
    repository.write(stack, repository.read(stack) + "dragonfly_cache_mode: true\n")
    repository.edit(
        written / "dragonfly" / "Dragonfly.dragonfly.yaml", "    - --maxm", "    - --cache_mode=true\n    - --maxm"
    )
    assert Release.of(repository.folder).since == Since({}, [])


def test_what_changed_wants_its_line_and_its_number(repository: Repository) -> None:
    write_stack(repository, "two", ENABLED, evicting=MEMORY, restarting=MEMORY)
    write_stack(repository, "one", f"{ENABLED}dragonfly_gone: 1\n", cache=MEMORY)
    repository.commit()
    repository.git("tag", "v1.0.0")
    write_stack(repository, "two", ENABLED, evicting=f"{MEMORY}, --cache_mode=true", restarting=f"{MEMORY}, --dbnum=17")
    write_stack(repository, "one", ENABLED)
    repository.edit("pyproject.toml", f'version = "{VERSION}"', 'version = "1.0.1"')
    repository.edit("CHANGELOG.md", "## ", f"## 1.0.1 ({TODAY})\n\n### Fixed\n\n- A fault.\n\n## ")
    repository.edit(interface.FILE, "        control_plane_only: bool = False,\n", "")
    repository.edit("cluster.schema.json", '\n              "keycloak",', "")
    repository.edit(surface.FILE, '"review --fail-on"', '"review --fails-on"')
    repository.edit(surface.FILE, '"deprecated": {', '"deprecated": {"dragonfly_threads": []')
    repository.commit()
    repository.push()
    found = Release.of(repository.folder)
    reasons = list(refusals(found))
    (refusal,) = [reason for reason in reasons if "is refused" in reason]
    reasons.remove(refusal)
    assert refusal.startswith("dragonfly_gone: one is refused: ")
    assert refusal.endswith('"Breaking: cluster.yaml": a point with `dragonfly_gone`')
    assert reasons == [
        "1.0.1 is too low after v1.0.0: something breaks; accepted: 2.0.0 or later",
        "DragonflyCache.control_plane_only: parameter was removed; CHANGELOG.md does not name it under "
        '"Breaking: Python": a point with `DragonflyCache` and `control_plane_only`',
        "review.--fail-on: was removed; CHANGELOG.md does not name it under "
        '"Breaking: command line": a point with `review` and `--fail-on`',
        "dragonfly_acl_clients.keycloak: accepts keycloak no longer; CHANGELOG.md does not name it under "
        '"Breaking: cluster.yaml": a point with `dragonfly_acl_clients` and `keycloak`',
        "Dragonfly.evicts: two/spec/args; CHANGELOG.md does not name it under "
        '"Breaking: manifests": a point with `Dragonfly` and `evicts`',
        "Dragonfly.rolling-restart: two/spec/args; CHANGELOG.md does not name it under "
        '"Changed": a point with `Dragonfly` and `rolling-restart`',
        "dragonfly_threads: is deprecated; CHANGELOG.md does not name it under "
        '"Deprecated": a point with `dragonfly_threads`',
        'CHANGELOG.md has nothing under "Added", and this is new: review.--fails-on',
    ]

    repository.edit("CHANGELOG.md", f"## 1.0.1 ({TODAY})\n", f"## 2.0.0 ({TODAY})\n{NAMED}")
    repository.commit()
    repository.push()
    ready = replace(found, version="2.0.0", entry=entries(repository.read("CHANGELOG.md"))[0])
    assert list(refusals(ready)) == []
    said = list(told(ready))
    assert said[:2] == [
        "Breaking: Python: DragonflyCache.control_plane_only: parameter was removed",
        "    told by: `DragonflyCache` has no `control_plane_only`.",
    ]
    assert len(said) == 2 * 7


NAMED = """
### Breaking: Python

- `DragonflyCache` has no `control_plane_only`.

### Breaking: command line

- `review --fail-on` is `--fails-on`.

### Breaking: cluster.yaml

- `dragonfly_acl_clients` has no `keycloak`.
- And `dragonfly_gone`.

### Breaking: manifests

- Each `Dragonfly` evicts (`evicts`).

### Added

- `review --fails-on`.

### Changed

- The pods of a `Dragonfly` restart (`rolling-restart`).

### Deprecated

- `dragonfly_threads`.
"""
