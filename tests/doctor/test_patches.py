"""A fix that is a patch does what it says: applied, the fault is gone, and there is no other in its place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from constructs_lib.checks.manifests import Manifest
from constructs_lib.doctor.doctor import Diagnosis, examine
from constructs_lib.doctor.model import Found
from constructs_lib.doctor.objects import Objects, installed_operator
from tests.doctor.test_fixtures import FIXTURES, diagnose


def apply(object: Any, operation: Mapping[str, Any]) -> None:
    *steps, last = [step.replace("~1", "/").replace("~0", "~") for step in operation["path"].split("/")[1:]]
    for step in steps:
        object = object[int(step)] if isinstance(object, list) else object[step]
    key: Any = int(last) if isinstance(object, list) else last
    if operation["op"] == "remove":
        del object[key]
    else:
        object[key] = operation["value"]


def patched(diagnosis: Diagnosis, found: Found) -> Diagnosis:
    """What is found once one finding's patch is applied."""

    def mended(manifest: Manifest) -> Manifest:
        if manifest is not found.manifest:
            return manifest
        object = deepcopy(dict(manifest.object))
        for operation in found.patch:
            apply(object, operation)
        return replace(manifest, object=object)

    manifests = [mended(manifest) for manifest in diagnosis.tree.manifests]
    return examine(Objects(manifests, installed_operator(manifests)))


def names(diagnosis: Diagnosis) -> Counter[str]:
    return Counter(found.check.name for found in diagnosis.findings)


@pytest.mark.parametrize("fixture", FIXTURES, ids=lambda path: path.stem)
def test_a_patch_takes_its_fault_away_and_brings_no_other(fixture: Path) -> None:
    before = diagnose(fixture)
    for found in before.findings:
        if found.patch:
            after = names(patched(before, found))
            assert after[found.check.name] == names(before)[found.check.name] - 1
            assert set(after) <= set(names(before))


def test_no_patch_holds_a_value_that_may_be_a_secret() -> None:
    patches = [found.patch for fixture in FIXTURES for found in diagnose(fixture).findings]
    assert any(patches)
    assert "canary" not in str(patches)
