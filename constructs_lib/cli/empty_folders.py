"""Folders that Flux reads and that nothing was written to.

Git keeps no empty folder, and of a path that is gone Flux prunes nothing: it says `path not found`, and what it once
applied from there lives on. With one file there that names no resources, it prunes them all.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from constructs_lib.checks.manifests import read_manifests
from constructs_lib.config.folders import FLUX_FOLDER

NO_RESOURCES = """\
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources: []
"""
"""kustomize's own file, `kustomization.yaml`: https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/"""


def fill_empty_folders(dist: Path, flux_path: str) -> None:
    """Write a file of no resources into `flux/`, and into each folder that a Kustomization there names, if it is empty.

    Args:
        dist: the output folder.
        flux_path: its path in the repository that Flux reads.
    """
    for folder in (dist / FLUX_FOLDER, *_named_in_flux(dist, PurePosixPath(flux_path))):
        if not any(path.is_file() for path in folder.rglob("*")):
            folder.mkdir(parents=True, exist_ok=True)
            (folder / "kustomization.yaml").write_text(NO_RESOURCES, encoding="utf-8", newline="\n")


def _named_in_flux(dist: Path, flux_path: PurePosixPath) -> Iterator[Path]:
    for manifest in read_manifests(dist / FLUX_FOLDER):
        if (manifest.group, manifest.kind) == ("kustomize.toolkit.fluxcd.io", "Kustomization"):
            path = PurePosixPath(manifest.object["spec"]["path"])
            if path.is_relative_to(flux_path):
                yield dist / path.relative_to(flux_path)
