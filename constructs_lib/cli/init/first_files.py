"""The first files of a repository, by their paths."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.resources import files

from constructs_lib.cli.distribution import DISTRIBUTION, installed_version
from constructs_lib.config.schema import config_schema

WORKFLOWS = {"github": ".github/workflows/review.yaml", "gitlab": ".gitlab-ci.yml"}
"""Where each code host looks for one."""


def first_files(age_recipient: str | None = None, code_host: str = "github", below: str = "") -> dict[str, str]:
    """Every file with its content.

    Args:
        age_recipient: the public key that the cache's Secret is encrypted for; without one no file is encrypted.
        code_host: whose workflow there is, a key of `WORKFLOWS`; none for another.
        below: the folder that they are for, from the root of its repository; empty for the root itself.
    """
    return dict(_files(age_recipient, code_host, below))


def _files(age_recipient: str | None, code_host: str, below: str) -> Iterator[tuple[str, str]]:
    parts = ["cluster.yaml", "cluster-sops.yaml" if age_recipient else "cluster-existing.yaml"]
    parts += ["cluster-below.yaml"] if below else []
    yield "cluster.yaml", "".join(_file(part) for part in parts).replace("{below}", below)
    yield "cluster.schema.json", json.dumps(config_schema(), indent=2, ensure_ascii=False) + "\n"
    yield "requirements.txt", f"{DISTRIBUTION}[node]=={installed_version()}\n"
    if age_recipient:
        yield ".sops.yaml", _file("sops.yaml").replace("{recipient}", age_recipient)
    if code_host in WORKFLOWS:
        yield WORKFLOWS[code_host], _file(f"{code_host}.yaml")
    yield "README.md", _file("README.md")


def _file(name: str) -> str:
    return files("constructs_lib.cli.init").joinpath("files", name).read_text(encoding="utf-8")
