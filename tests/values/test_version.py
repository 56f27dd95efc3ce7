"""Exact versions."""

from __future__ import annotations

import pytest

from constructs_lib.values.version import Version


@pytest.mark.parametrize("text", ["1.36.0", "v1.36.0"])
def test_a_version_is_written_with_its_v(text: str) -> None:
    assert str(Version.of(text)) == "v1.36.0"


@pytest.mark.parametrize(
    "value",
    ["latest", "", "v", "1.36", "v1", ">=1.3.1", "1.3.x", "^1.3.1", "1.3.1 ", "vv1.3.1", "v1.3.1+build.5", 1.36, None],
)
def test_what_is_not_one_exact_version_of_a_tag_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match=r"is no version; accepted: one exact version, such as v1\.36\.0"):
        Version.of(value)  # type: ignore[arg-type]


def test_versions_are_ordered_by_number_not_by_text() -> None:
    texts = ["v1.9.0", "v1.10.0-rc.1", "v1.10.0", "v2.0.0"]
    assert sorted(map(Version.of, reversed(texts))) == [Version.of(text) for text in texts]


def test_a_version_is_not_older_than_itself() -> None:
    assert not Version.of("v1.9.0") < Version.of("1.9.0")


def test_both_spellings_are_one_key() -> None:
    assert {Version.of("1.3.1"), Version.of("v1.3.1")} == {Version.of("v1.3.1")}
