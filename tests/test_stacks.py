"""Whole stacks: what each cluster.yaml in `stacks/` gives, one reviewed file a resource."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

from constructs_lib.dragonfly.operator_versions import operator_release
from constructs_lib.errors import InvalidConfig
from constructs_lib.values.version import Version
from main import synthesize
from tests.conftest import STACKS, cdk8s_synth, read_folder
from tests.operators import OPERATORS

if TYPE_CHECKING:
    from syrupy.assertion import SnapshotAssertion

NEEDS_A_LATER_OPERATOR = (
    "dragonfly_pdb_max_unavailable",
    "dragonfly_pdb_min_available",
)
"""Variables of the stacks below that CRDs before v1.5.0 have no field for."""


SNAPSHOTS = Path(__file__).parent / "__snapshots__" / "test_stacks"


class OneFileAResource(SingleFileSnapshotExtension):
    """Snapshots lie as the manifests do: `__snapshots__/test_stacks/STACK/FOLDER/Kind.name.yaml`."""

    _write_mode = WriteMode.TEXT
    file_extension = "yaml"

    @classmethod
    def dirname(cls, *, test_location: Any) -> str:
        return str(SNAPSHOTS)

    @classmethod
    def get_snapshot_name(cls, *, test_location: Any, index: Any = 0) -> str:
        return Path(str(index)).name

    @classmethod
    def get_file_basename(cls, *, test_location: Any, index: Any) -> str:
        return str(index)

    @classmethod
    def matches_test_location(cls, *, test_location: Any, snapshot_location: str) -> bool:
        return Path(cls.dirname(test_location=test_location)) in Path(snapshot_location).parents


def test_a_reviewed_file_is_found_under_the_name_by_which_it_is_asked_for() -> None:
    """One that is not is taken for unused by `make snapshots`, and deleted."""
    for path in SNAPSHOTS.rglob("*.yaml"):
        index = path.relative_to(SNAPSHOTS).with_suffix("")
        [found] = OneFileAResource().read_snapshot_collection(snapshot_location=str(path))
        assert found.name == OneFileAResource.get_snapshot_name(test_location=None, index=index)


@pytest.mark.filterwarnings(r"ignore:\s*Can not relate snapshot name")  # named after the manifest, not after the test
@pytest.mark.parametrize("stack", STACKS, ids=lambda path: path.stem)
def test_stack_is_written_as_reviewed(stack: Path, snapshot: SnapshotAssertion, tmp_path: Path) -> None:
    done = cdk8s_synth(stack, tmp_path / "dist")
    assert done.returncode == 0, done.stderr
    written = read_folder(tmp_path / "dist")
    reviewed = snapshot.use_extension(OneFileAResource)
    assert "".join(f"- {path}\n" for path in written) == reviewed(name=f"{stack.stem}/files")
    for path, text in written.items():
        assert text == reviewed(name=f"{stack.stem}/{path.removesuffix('.yaml')}"), path
    assert {*written, "files.yaml"} == set(read_folder(SNAPSHOTS / stack.stem)), "delete what is left over"


@pytest.mark.parametrize("operator", OPERATORS)
@pytest.mark.parametrize("stack", STACKS, ids=lambda path: path.stem)
def test_stack_for_another_operator_is_written_or_refused_by_field(stack: Path, operator: str, tmp_path: Path) -> None:
    """Written for the CRDs of that version, which `.ci/run` then checks; or an error that names the field's version."""
    config = tmp_path / stack.name
    config.write_text(yaml.safe_dump({**yaml.safe_load(stack.read_text()), "dragonfly_operator_version": operator}))
    written = Path(os.environ.get("STACKS_DIR", tmp_path)) / operator / stack.stem
    written.mkdir(parents=True)
    lacking = [key for key in NEEDS_A_LATER_OPERATOR if key in stack.read_text()] if operator < "v1.5.0" else []
    if lacking:
        with pytest.raises(InvalidConfig, match=f"operator {operator} has no field"):
            synthesize([config], written)
        written.rmdir()
        return
    synthesize([config], written)
    enabled = {
        yaml.safe_load(dragonfly.read_text())["spec"].get("networkPolicyEnabled")
        for dragonfly in written.glob("*/Dragonfly.*.yaml")
    }
    assert enabled == {False if operator_release(Version.of(operator)).makes_network_policies else None}
