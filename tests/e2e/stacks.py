"""The test stacks and examples as folders of manifests, each in namespaces of this run, for any operator version."""

from __future__ import annotations

import os
import subprocess
import sys
import warnings
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import yaml

from constructs_lib.checks.definitions import Definitions
from constructs_lib.checks.manifests import read_manifests
from constructs_lib.doctor.objects import installed_operator

ROOT = Path(__file__).resolve().parents[2]
STACKS = sorted((ROOT / "tests" / "stacks").glob("*.yaml"))
EXAMPLES = sorted((ROOT / "examples").glob("*/main.py"))

MAYBE_MISSING = {"external-secrets.io", "grafana.integreatly.org"}
"""API groups whose CRDs a folder that `CRDS` names may lack."""


@dataclass
class Stacks:
    """Writes each stack once for an operator version."""

    folder: Path
    run: str
    definitions: Callable[[str], Definitions]
    unproven: set[str] = field(default_factory=set)
    """Kinds whose CRD is not to be had here, so that nothing can be said of them."""
    _written: dict[tuple[str, str], Path | str] = field(default_factory=dict)

    def dist(self, stack: Path, operator: str) -> Path:
        """The stack's manifests; the test is skipped where the stack asks for what that operator lacks."""
        written = self._written_or_refused(stack, operator)
        if isinstance(written, str):
            pytest.skip(written)
        return written

    def all(self, operator: str) -> dict[str, Path]:
        """The manifests of every stack that can be written for an operator version, by its name."""
        every = {stack.stem: self._written_or_refused(stack, operator) for stack in STACKS}
        return {name: written for name, written in every.items() if isinstance(written, Path)}

    def off(self, operator: str) -> Path:
        """What is written for a stack that is switched off."""
        outdir = self.folder / operator / "off"
        if not outdir.exists():
            self.write_as(outdir, operator, dragonfly_enabled=False)
        return outdir

    def write_as(self, outdir: Path, operator: str, **variables: object) -> Path:
        """A stack with nothing asked for but those variables."""
        config = self.folder / f"{outdir.name}-{operator}.yaml"
        config.write_text(yaml.safe_dump({"dragonfly_enabled": True, **variables, **self._places(operator)}), "utf-8")
        self._synthesize(config, outdir)
        return outdir

    def example(self, app: Path) -> Path:
        """What an example writes when it is run as its README says."""
        outdir = self.folder / "examples" / app.parent.name
        if not outdir.exists():
            run = subprocess.run(
                [sys.executable, app],
                cwd=app.parent,
                env={**os.environ, "CDK8S_OUTDIR": str(outdir)},
                capture_output=True,
                text=True,
                check=False,
            )
            assert run.returncode == 0, run.stderr
            self._leave_out_unproven(outdir, str(installed_operator(list(read_manifests(outdir)))))
        return outdir

    def _written_or_refused(self, stack: Path, operator: str) -> Path | str:
        key = (stack.stem, operator)
        if key not in self._written:
            self._written[key] = self._write(stack, operator)
        return self._written[key]

    def _write(self, stack: Path, operator: str) -> Path | str:
        from constructs_lib.errors import InvalidConfig

        outdir = self.folder / operator / stack.stem
        config = self.folder / f"{stack.stem}-{operator}.yaml"
        asked = {**yaml.safe_load(stack.read_text(encoding="utf-8")), **self._places(operator)}
        config.write_text(yaml.safe_dump(asked), encoding="utf-8")
        try:
            self._synthesize(config, outdir)
        except InvalidConfig as refused:
            # What a version lacks is told when the manifests are written: test_stacks.py.
            return f"not for operator {operator}: {refused}"
        self._leave_out_unproven(outdir, operator)
        return outdir

    def _places(self, operator: str) -> dict[str, str]:
        return {
            "dragonfly_operator_version": operator,
            "dragonfly_namespace": f"{self.run}-cache",
            "dragonfly_operator_namespace": f"{self.run}-operator",
        }

    def _synthesize(self, config: Path, outdir: Path) -> None:
        from main import synthesize

        outdir.mkdir(parents=True, exist_ok=True)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            synthesize([config], outdir)

    def _leave_out_unproven(self, dist: Path, operator: str) -> None:
        """One file a resource, so a kind that nobody here knows is left out by its file."""
        for manifest in list(read_manifests(dist)):
            if manifest.group in MAYBE_MISSING and not self.definitions(operator).has_group(manifest.group):
                self.unproven.add(f"{manifest.api_version} {manifest.kind}")
                manifest.file.unlink()
