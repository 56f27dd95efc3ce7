"""A finding is shown at its line, in whichever document of its file it stands."""

from __future__ import annotations

from pathlib import Path

from constructs_lib.doctor.places import Places
from tests.doctor.test_fixtures import diagnose

TWO_DOCUMENTS = """\
apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
---
apiVersion: v1
kind: List
items:
  - apiVersion: dragonflydb.io/v1alpha1
    kind: Dragonfly
    metadata: {name: orders}
    spec:
      labels:
        team: shop
        app.kubernetes.io/name: cache
"""


def test_a_field_is_found_at_its_own_line_and_a_missing_one_where_it_would_be(tmp_path: Path) -> None:
    (tmp_path / "all.yaml").write_text(TWO_DOCUMENTS)
    diagnosis = diagnose(tmp_path)
    places = Places(diagnosis.findings)
    lines = {found.check.name: places.line(found) for found in diagnosis.findings}
    assert lines["reserved-label"] == 14
    assert lines["replicas-left-out"] == 11
    assert lines["admin-port-open"] == 8
