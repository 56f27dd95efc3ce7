"""Quantities of Kubernetes, by what they come to."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from constructs_lib.review.changes.quantities import quantity, same_but_for_spelling, wrong_quantities


@pytest.mark.parametrize(
    ("one", "other"),
    [("1Gi", "1024Mi"), ("100m", "0.1"), ("1", 1), ("1e3", "1k"), ("1E3", "1000"), (".5", "500m"), ("2.5Gi", "2560Mi")],
)
def test_one_amount_has_several_spellings(one: Any, other: Any) -> None:
    assert quantity(one) == quantity(other) != quantity("7")


@pytest.mark.parametrize("value", ["", "much", "1 Gi", "1GB", True, None, ["1"]])
def test_what_is_no_quantity_comes_to_nothing(value: Any) -> None:
    assert quantity(value) is None


def test_an_exa_is_no_exponent() -> None:
    assert quantity("1E") == Fraction(1000) ** 6


@pytest.mark.parametrize(
    ("field", "before", "after", "same"),
    [
        ("/spec/resources/limits/memory", "1Gi", "1024Mi", True),
        ("/spec/resources/limits", {"cpu": 1}, {"cpu": "1000m"}, True),
        (
            "/spec/initContainers",
            [{"resources": {"limits": {"cpu": 1}}}],
            [{"resources": {"limits": {"cpu": "1"}}}],
            True,
        ),
        (
            "/spec/additionalVolumes",
            [{"emptyDir": {"sizeLimit": "1Gi"}}],
            [{"emptyDir": {"sizeLimit": "1024Mi"}}],
            True,
        ),
        ("/spec/nodeSelector/memory", "1Gi", "1024Mi", False),
        ("/spec/skipFSGroup", 1, True, False),
    ],
)
def test_only_amounts_may_be_spelt_otherwise(field: str, before: Any, after: Any, same: bool) -> None:
    assert same_but_for_spelling(field, before, after) == same


def test_what_must_be_an_amount_and_is_none_is_named() -> None:
    assert list(wrong_quantities([{"resources": {"limits": {"memory": "lots", "cpu": "1"}}}])) == ["memory"]
