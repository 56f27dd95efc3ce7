"""kubectl, as the commands around backups call it: each call is told before it is made."""

from __future__ import annotations

import shlex
import subprocess
from collections.abc import Callable
from dataclasses import dataclass


class KubectlFailed(Exception):
    """There is no kubectl, or it ended with an error; the text is its own."""


@dataclass(frozen=True)
class Kubectl:
    """kubectl in a namespace, of the kubeconfig's current context or another."""

    namespace: str
    context: str
    tell: Callable[[str], None]
    """Says what is run."""

    def words(self, *arguments: str) -> list[str]:
        """The whole command."""
        return ["kubectl", *(["--context", self.context] if self.context else []), "-n", self.namespace, *arguments]

    def run(self, *arguments: str) -> bytes:
        """What it says on stdout.

        Raises:
            KubectlFailed: it says why.
        """
        words = self.words(*arguments)
        self.tell(f"+ {shlex.join(words)}")
        try:
            done = subprocess.run(words, capture_output=True, check=False)
        except FileNotFoundError:
            raise KubectlFailed("no kubectl on the PATH: install it first") from None
        if done.returncode:
            said = done.stderr.decode(errors="replace").strip()
            raise KubectlFailed(said or f"kubectl ended with status {done.returncode}")
        return done.stdout
