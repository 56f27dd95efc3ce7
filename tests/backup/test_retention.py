"""How many snapshots are kept, or for how long."""

from __future__ import annotations

import pytest

from constructs_lib.arguments.model import validate
from constructs_lib.backup.arguments import BackupArguments
from constructs_lib.backup.retention import Retention


@pytest.mark.parametrize(
    ("given", "args"),
    [
        (1, ["--keep=1"]),
        (48, ["--keep=48"]),
        ("36h", ["--hours=36"]),
        ("14d", ["--hours=336"]),
        ("8w", ["--hours=1344"]),
    ],
)
def test_a_number_or_an_age(given: int | str, args: list[str]) -> None:
    assert Retention.of(given).args == args


@pytest.mark.parametrize("given", [0, -1, True, 1.5, "", "14", "0d", "14 d", "1y", "-1d", "14d6h", None])
def test_anything_else_is_refused_and_says_what_is_accepted(given: object) -> None:
    with pytest.raises(ValueError, match="no retention; accepted: a number of snapshots from 1, or an age"):
        Retention.of(given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"size": "1Gi", "restore_from": "latest"}, "restore_from: means nothing without `bucket`"),
        ({"bucket": "abc", "restore_of": "s3://abc/d"}, "restore_of: means nothing without `restore_from`"),
        ({"bucket": "abc", "restore_replaces_data": True}, "restore_replaces_data: means nothing without `restore_fr"),
        ({"bucket": "abc", "retention_schedule": "0 0 * * *"}, "retention_schedule: means nothing without `retention`"),
        ({"bucket": "abc", "job_image": "python"}, "job_image: 'python' names no version; accepted: IMAGE:VERSION"),
        ({"bucket": "abc", "job_image": "a.b:5000/python"}, "job_image: 'a.b:5000/python' names no version"),
        ({"bucket": "abc", "job_image": "python:latest"}, "job_image: 'python:latest' names no version"),
        ({"bucket": "abc", "retention": "x"}, "retention: 'x' is no retention"),
        ({"bucket": "abc", "restore_of": "http://a", "restore_from": "latest"}, "restore_of: 'http://a' is no S3 addr"),
    ],
)
def test_what_cannot_be_meant_is_refused(given: dict[str, object], error: str) -> None:
    (found,) = validate(BackupArguments, given).errors
    assert str(found).startswith(error)


@pytest.mark.parametrize("image", ["python:3.13-alpine", "a.b:5000/python:3.12", f"python@sha256:{'0' * 64}"])
def test_a_mirrors_image_is_taken(image: str) -> None:
    assert validate(BackupArguments, {"bucket": "abc", "job_image": image}).errors == ()
