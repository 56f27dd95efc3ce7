"""What is told of an instance by its resource alone."""

from __future__ import annotations

from typing import Any

import pytest

from constructs_lib.dragonfly.instance import WrittenInstance, image_tag
from constructs_lib.values.version import Version


def instance(**spec: Any) -> WrittenInstance:
    return WrittenInstance("sessions", "cache", spec)


@pytest.mark.parametrize(
    ("image", "tag"),
    [
        ("dragonfly:v1.36.0", "v1.36.0"),
        ("registry:5000/dragonfly", ""),
        ("registry:5000/dragonfly:v1.36.0", "v1.36.0"),
        ("dragonfly:v1.36.0@sha256:0", "v1.36.0"),
        ("dragonfly@sha256:0", ""),
        ("", ""),
    ],
)
def test_a_tag_is_neither_a_port_nor_a_digest(image: str, tag: str) -> None:
    assert image_tag(image) == tag


def test_a_tag_that_is_no_version_tells_no_server() -> None:
    assert instance(image="dragonfly:v1.36.0").named_server == Version.of("v1.36.0")
    assert instance(image="dragonfly:latest").named_server is None
    assert instance().named_server is None


def test_the_operators_labels_win_over_those_that_are_given() -> None:
    labels = instance(labels={"app": "other", "team": "shop", "tier": 1}).pod_labels
    assert (labels["app"], labels["team"], labels["tier"]) == ("sessions", "shop", "1")


def test_of_a_flag_given_twice_the_last_one_counts() -> None:
    arguments = instance(args=["--dbnum=4", "word", "--cache_mode", "--dbnum", "8"]).arguments
    assert {name: flag.text for name, flag in arguments.items()} == {"dbnum": "8", "cache_mode": "true"}


@pytest.mark.parametrize("wrong", [None, "text", 1, True, [], [1], {}, {"x": 1}])
def test_a_field_that_is_wrong_counts_as_not_there(wrong: Any) -> None:
    names = ("replicas", "labels", "image", "serviceSpec", "env", "args", "snapshot")
    given = instance(**{name: wrong for name in names if not (name == "replicas" and wrong == 1)})
    assert given.replicas == 0
    assert given.pod_labels["app"] == "sessions"
    assert given.service == "sessions"
    assert given.environment == []
    assert given.arguments == {}
    assert (given.snapshot_dir, given.snapshot_claim) == ("", "")
