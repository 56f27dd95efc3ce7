"""The way of SOPS in docs/secrets.md, with a real key: what its lines commit is whole, and no private key is in it."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from shutil import which

import pytest

from tests.site.pages import DOCS, fences
from tests.site.shell import Terminal, session

pytestmark = pytest.mark.skipif(
    not (which("age-keygen") and (which("sops") or (Path(sys.executable).parent / "sops").exists())),
    reason="needs sops and age (Debian: age)",
)


def test_the_steps_commit_what_flux_needs_and_no_private_key(tmp_path: Path) -> None:
    folder = tmp_path / "empty"
    folder.mkdir()
    terminal = Terminal(folder, tmp_path / "work")
    use_the_real(tmp_path / "work" / "bin")
    terminal.run("git init --quiet --initial-branch main")
    key, begin, _ = [fence for fence in fences(DOCS / "secrets.md") if fence.in_list]
    (recipient,) = re.findall(r"age1\w+", "".join(printed_by(terminal, key.code)))
    printed_by(terminal, begin.code.replace("age1…", recipient))
    committed = terminal.run("git ls-tree -r --name-only HEAD").stdout.split()
    assert {".sops.yaml", "cluster.yaml", "secrets/dragonfly.sops.yaml"} < set(committed)
    assert "dist/dragonfly/Secret.dragonfly-auth.yaml" in committed
    assert terminal.run("git status --porcelain").stdout == ""
    assert terminal.run("git grep --name-only --fixed-strings AGE-SECRET-KEY HEAD").stdout == ""
    assert "checked, with its values" in terminal.run("cdk8s-dragonfly secrets check").stdout


def use_the_real(programs: Path) -> None:
    """Ask the real programs, for which stand-ins answer elsewhere."""
    (programs / "age-keygen").unlink()
    command = "from constructs_lib.cli.app import main; main()"
    (programs / "cdk8s-dragonfly").write_text(f"#!/bin/sh\nexec '{sys.executable}' -c '{command}' \"$@\"\n")


def printed_by(terminal: Terminal, block: str) -> list[str]:
    done = [terminal.run(command) for command, _ in session(block)]
    assert [each.stdout for each in done if each.returncode] == []
    return [each.stdout for each in done]
