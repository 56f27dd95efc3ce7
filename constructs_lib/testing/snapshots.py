"""A chart's manifests beside a syrupy snapshot: one file a resource, named after it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import yaml
from syrupy.exceptions import SnapshotDoesNotExist
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

if TYPE_CHECKING:
    from cdk8s import Chart
    from syrupy.assertion import SnapshotAssertion

CONTENTS = "contents"
"""The file that lists the others: a resource that is gone is a failure too."""


class OneFileAResource(SingleFileSnapshotExtension):
    """`__snapshots__/TEST_FILE/TEST[Kind.name].yaml`."""

    _write_mode = WriteMode.TEXT
    file_extension = "yaml"


class Manifests:
    """Manifests that equal a snapshot where each has the text that was reviewed, and none is missing."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self.texts = texts
        """Each manifest as YAML, by `Kind.name`."""
        self.failed: list[tuple[str, str | None, str | None]] = []
        """What the last comparison found: a name, its text before, its text now."""

    @classmethod
    def of(cls, chart: Chart) -> Manifests:
        """Those of a chart, synthesized."""
        from cdk8s import Testing

        return cls({_name(manifest): _text(manifest) for manifest in Testing.synth(chart)})

    def __eq__(self, other: object) -> bool:
        if type(other).__name__ != "SnapshotAssertion":
            return NotImplemented
        snapshot: SnapshotAssertion = other  # type: ignore[assignment]
        reviewed = snapshot.use_extension(OneFileAResource)
        contents = "".join(f"- {name}\n" for name in sorted(self.texts))
        before = self._compare(reviewed, CONTENTS, contents)
        for name, text in self.texts.items():
            self._compare(reviewed, name, text)
        gone = set(yaml.safe_load(before) or ()) - self.texts.keys() if before else set()
        self.failed += [(name, _recalled(reviewed, name), None) for name in sorted(gone)]
        return not self.failed

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"<manifests {', '.join(sorted(self.texts))}>"

    def _compare(self, reviewed: SnapshotAssertion, name: str, text: str) -> str | None:
        """Compare one text with the snapshot of that name; the text that was reviewed."""
        same = reviewed(name=name) == text
        result = list(reviewed.executions.values())[-1]
        before = None if result.recalled_data is None else str(result.recalled_data)
        if not same:
            self.failed.append((name, before, text))
        return before


def _recalled(reviewed: SnapshotAssertion, name: str) -> str | None:
    """The text of a snapshot that no resource has any longer."""
    try:
        return str(
            reviewed.extension.read_snapshot(
                test_location=reviewed.test_location, index=name, session_id=str(id(reviewed.session))
            )
        )
    except SnapshotDoesNotExist:
        return None


def _name(manifest: Mapping[str, Any]) -> str:
    return f"{manifest['kind']}.{manifest['metadata']['name']}"


def _text(manifest: Mapping[str, Any]) -> str:
    text: str = yaml.safe_dump(manifest, sort_keys=False, allow_unicode=True, width=120)
    return text
