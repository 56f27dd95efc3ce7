"""What programs may count on: the JSON, its schema, the names of checks and their pages."""

from __future__ import annotations

import json
import re

import jsonschema
import pytest

from constructs_lib.doctor.doctor import CHECKS
from constructs_lib.doctor.model import Check
from constructs_lib.doctor.report import as_json, schema
from tests.conftest import ROOT
from tests.doctor.test_fixtures import DESIGN, FIXTURES, diagnose


def test_everything_that_is_found_is_as_the_schema_says() -> None:
    for fixture in FIXTURES:
        jsonschema.validate(json.loads(as_json(diagnose(fixture).findings)), schema())


@pytest.mark.parametrize("left_out", ["check", "severity", "object", "field", "what", "fix", "docs"])
def test_the_schema_asks_for_each_part(left_out: str) -> None:
    document = json.loads(as_json(diagnose(DESIGN).findings))
    del document["findings"][0][left_out]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(document, schema())


def test_a_finding_is_told_with_all_that_is_known_of_it() -> None:
    path = next(fixture for fixture in FIXTURES if fixture.stem == "replicas")
    document = json.loads(as_json(diagnose(path).findings[:1]))
    assert document == {
        "version": 1,
        "findings": [
            {
                "check": "replicas-left-out",
                "severity": "error",
                "object": {"kind": "Dragonfly", "namespace": "shop", "name": "orders"},
                "field": "/spec/replicas",
                "what": "replicas is left out, which is 0: no pod is made",
                "fix": "say how many pods there shall be: 1, or 2 and more for a failover",
                "docs": "docs/doctor.md#replicas-left-out",
                "patch": [{"op": "add", "path": "/spec/replicas", "value": 1}],
            }
        ],
    }


def test_a_check_has_one_name_in_kebab_case() -> None:
    names = [check.name for check in CHECKS]
    assert len(names) == len(set(names))
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", name) and len(name) <= 63 for name in names)


def anchors(page: str) -> set[str]:
    """The anchors of a page's headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.*)$", (ROOT / page).read_text(), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.name)
def test_a_check_is_described_where_it_says_and_known_from_where_it_says(check: Check) -> None:
    page, _, anchor = check.docs.partition("#")
    assert anchor in anchors(page)
    if not check.source.startswith("https://"):
        page, _, anchor = check.source.partition("#")
        assert (ROOT / page).exists()
        assert not anchor or anchor in anchors(page)
