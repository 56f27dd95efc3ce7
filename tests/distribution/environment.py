"""A fresh environment with the wheel in it, as whoever installs it has one."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path

BIN = Path(sys.executable).parent


@dataclass(frozen=True)
class Environment:
    """A virtual environment: programs of it run without this checkout, and without the environment of the tests."""

    folder: Path

    @classmethod
    def with_wheel(cls, folder: Path, wheel: Path | str, *options: str) -> Environment:
        """Make one; the wheel is a file, or is found by its name and pip's options.

        What the wheel depends on is that of the running environment, so nothing is fetched.
        """
        made = cls(folder)
        _uv("venv", "--python", sys.executable, folder)
        _uv("pip", "install", "--no-deps", "--python", made.python, *options, wheel)
        # Python reads no .pth file of a folder that a .pth file names: this checkout, installed there, stays outside.
        Path(made.packages, "running.pth").write_text(sysconfig.get_path("purelib"))
        return made

    @property
    def python(self) -> Path:
        """Its Python."""
        return self.folder / "bin" / "python"

    @property
    def packages(self) -> Path:
        """Where its own packages are."""
        (packages,) = self.folder.glob("lib/python*/site-packages")
        return packages

    def variables(self, **more: str) -> dict[str, str]:
        """The variables that its programs see: the least that there is, and more."""
        home = self.folder / "home"
        home.mkdir(exist_ok=True)
        return {"PATH": f"{self.folder / 'bin'}:/usr/bin:/bin", "HOME": str(home), "LANG": "C.UTF-8", **more}

    def run(self, program: str, *arguments: str | Path, cwd: Path, **more: str) -> subprocess.CompletedProcess[str]:
        """Run one of its programs in a folder."""
        command = [self.folder / "bin" / program, *arguments]
        return subprocess.run(command, cwd=cwd, env=self.variables(**more), capture_output=True, text=True, check=False)


def _uv(*arguments: str | Path) -> None:
    variables = {**os.environ, "UV_OFFLINE": "1", "UV_NO_CONFIG": "1"}
    done = subprocess.run([BIN / "uv", "--quiet", *arguments], env=variables, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
