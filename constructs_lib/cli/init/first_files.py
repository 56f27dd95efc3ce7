"""The first files of a repository, by their paths."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.resources import files

from constructs_lib.config.schema import config_schema

WORKFLOWS = {"github": ".github/workflows/review.yaml", "gitlab": ".gitlab-ci.yml"}
"""Where each code host looks for one."""


def first_files(age_recipient: str | None = None, code_host: str = "github") -> dict[str, str]:
    """Every file with its content.

    Args:
        age_recipient: the public key that the cache's Secret is encrypted for; without one no file is encrypted.
        code_host: whose workflow there is, a key of `WORKFLOWS`; none for another.
    """
    return dict(_files(age_recipient, code_host))


def _files(age_recipient: str | None, code_host: str) -> Iterator[tuple[str, str]]:
    secret = "cluster-sops.yaml" if age_recipient else "cluster-existing.yaml"
    yield "cluster.yaml", _file("cluster.yaml") + _file(secret)
    yield "cluster.schema.json", json.dumps(config_schema(), indent=2, ensure_ascii=False) + "\n"
    if age_recipient:
        yield ".sops.yaml", _file("sops.yaml").replace("{recipient}", age_recipient)
    if code_host in WORKFLOWS:
        yield WORKFLOWS[code_host], _file(f"{code_host}.yaml")
    yield "README.md", _file("README.md")


def _file(name: str) -> str:
    return files("constructs_lib.cli.init").joinpath("files", name).read_text(encoding="utf-8")
