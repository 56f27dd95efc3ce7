"""The output folder: replaced as a whole, or left as it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from constructs_lib.cli.synth.output import replaced
from constructs_lib.errors import OutputFolderError
from tests.conftest import read_folder


@pytest.fixture
def dist(tmp_path: Path) -> Path:
    """A folder that an earlier run wrote."""
    folder = tmp_path / "dist"
    (folder / "cache").mkdir(parents=True)
    (folder / "cache" / "Dragonfly.old.yaml").write_text("old")
    return folder


def write(folder: Path) -> None:
    (folder / "flux").mkdir()
    (folder / "flux" / "Namespace.cache.yaml").write_text("new")


def test_a_folder_that_is_not_there_is_made_with_those_above_it(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b" / "dist"
    with replaced(folder) as fresh:
        write(fresh)
    assert read_folder(folder) == {"flux/Namespace.cache.yaml": "new"}


def test_what_was_written_before_goes(dist: Path) -> None:
    with replaced(dist) as fresh:
        write(fresh)
        assert read_folder(dist) == {"cache/Dragonfly.old.yaml": "old"}
    assert read_folder(dist) == {"flux/Namespace.cache.yaml": "new"}


def test_a_failure_leaves_the_folder_as_it_was_and_nothing_beside_it(dist: Path) -> None:
    with pytest.raises(ZeroDivisionError), replaced(dist) as fresh:  # noqa: PT012  # it fails in the middle
        write(fresh)
        _ = 1 / 0
    assert read_folder(dist) == {"cache/Dragonfly.old.yaml": "old"}
    assert list(dist.parent.iterdir()) == [dist]


def test_success_leaves_nothing_beside_the_folder(dist: Path) -> None:
    with replaced(dist) as fresh:
        write(fresh)
    assert list(dist.parent.iterdir()) == [dist]


def test_an_empty_folder_is_replaced_too(tmp_path: Path) -> None:
    (tmp_path / "dist").mkdir()
    with replaced(tmp_path / "dist") as fresh:
        write(fresh)
    assert read_folder(tmp_path / "dist") == {"flux/Namespace.cache.yaml": "new"}


def test_what_cdk8s_adds_itself_is_no_file_of_others(dist: Path) -> None:
    (dist / "construct-metadata.json").write_text("{}")
    with replaced(dist) as fresh:
        write(fresh)
    assert read_folder(dist) == {"flux/Namespace.cache.yaml": "new"}


@pytest.mark.parametrize("name", ["README.md", "cache/.gitkeep", "cache/notes", "deep/er/script.sh"])
def test_files_that_no_synth_wrote_are_not_deleted(dist: Path, name: str) -> None:
    (dist / name).parent.mkdir(parents=True, exist_ok=True)
    (dist / name).write_text("mine")
    before = read_folder(dist)
    with pytest.raises(OutputFolderError) as error, replaced(dist):
        raise AssertionError("nothing may be written")
    assert str(error.value) == (
        f"dist: holds {name}, which no synth wrote; accepted: a folder of .yaml files alone, or none "
        "(CDK8S_OUTDIR names another)"
    )
    assert read_folder(dist) == before


def test_a_file_in_the_folders_place_is_not_deleted(tmp_path: Path) -> None:
    (tmp_path / "dist").write_text("mine")
    with pytest.raises(OutputFolderError, match=r"dist: is a file; accepted: a folder"), replaced(tmp_path / "dist"):
        raise AssertionError("nothing may be written")
    assert (tmp_path / "dist").read_text() == "mine"


def test_a_link_to_the_folder_stays_one(dist: Path, tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(dist)
    with replaced(link) as fresh:
        write(fresh)
    assert link.is_symlink()
    assert read_folder(dist) == {"flux/Namespace.cache.yaml": "new"}


def test_the_folder_may_be_the_one_we_are_in(dist: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(dist)
    with replaced(Path(".")) as fresh:
        write(fresh)
    assert read_folder(dist) == {"flux/Namespace.cache.yaml": "new"}


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(OutputFolderError, match=r"dist: cannot be written: "), replaced(tmp_path / "taken" / "dist"):
        raise AssertionError("nothing may be written")
