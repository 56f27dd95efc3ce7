"""What the metadata of this distribution say: its version, and where its pages are."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, metadata, version

DISTRIBUTION = "cdk8s-dragonfly"


def installed_version() -> str:
    """As its wheel says; `0` where it runs from files that nobody has installed."""
    try:
        return version(DISTRIBUTION)
    except PackageNotFoundError:
        return "0"


def documentation() -> str | None:
    """The address of the folder docs/, as pyproject.toml has it; None where nobody has installed it."""
    try:
        urls = metadata(DISTRIBUTION).get_all("Project-URL") or []
    except PackageNotFoundError:
        return None
    return dict(url.split(", ", 1) for url in urls).get("Documentation")
