"""Folders that Flux reads and that nothing was written to.

Git keeps no empty folder, and of a path that is gone Flux prunes nothing: it says `path not found`, and what it once
applied from there lives on. With one file there that names no resources, it prunes them all.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

NO_RESOURCES = """\
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources: []
"""
"""kustomize's own file, `kustomization.yaml`: https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/"""


def fill_empty_folders(dist: Path, folders: Iterable[str]) -> None:
    """Write a file of no resources into each folder of the output that holds no file.

    Args:
        dist: the output folder.
        folders: the names of those in it that Flux reads.
    """
    for folder in (dist / name for name in folders):
        if not any(path.is_file() for path in folder.rglob("*")):
            folder.mkdir(parents=True, exist_ok=True)
            (folder / "kustomization.yaml").write_text(NO_RESOURCES, encoding="utf-8", newline="\n")
