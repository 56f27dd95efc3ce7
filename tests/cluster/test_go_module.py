"""Building a Go module: what it tells, keeps and says of a failure."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.builds import CannotRun
from tests.cluster.go_module import GoModule
from tests.engines.programs import ENGINES

GO = pytest.mark.skipif(shutil.which("go") is None, reason="no Go on the PATH")


@pytest.fixture
def module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> GoModule:
    """A module with one small program, and a cache folder of its own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = tmp_path / "small"
    folder.mkdir()
    (folder / "go.mod").write_text("module small\n\ngo 1.24\n\nrequire example.com/small v1.2.3\n", encoding="utf-8")
    (folder / "main.go").write_text("package main\n\nfunc main() {}\n", encoding="utf-8")
    return GoModule(folder, "a small program", "a moment", "example.com/small", ("small",))


@GO
def test_a_module_is_built_once_and_says_so(module: GoModule, capsys: pytest.CaptureFixture[str]) -> None:
    assert (module.built() / "small").exists()
    told = capsys.readouterr().err.splitlines()
    assert told[0] == "Building a small program v1.2.3: once, a moment"
    assert told[-1].startswith("Built a small program in ")
    module.built()
    assert capsys.readouterr().err == ""


@GO
def test_a_module_that_does_not_build_says_why(module: GoModule) -> None:
    (module.folder / "main.go").write_text("package main\n\nfunc main() { missing() }\n", encoding="utf-8")
    with pytest.raises(CannotRun, match=r"building a small program failed:\n[^$]*undefined: missing"):
        module.built()


@pytest.mark.parametrize("engine", sorted(ENGINES))
def test_an_engine_is_of_a_released_version(engine: str) -> None:
    major, minor, patch = ENGINES[engine].version.removeprefix("v").split(".")
    assert (major + minor + patch).isdecimal()
