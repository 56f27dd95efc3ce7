"""The version of this distribution that is installed."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

DISTRIBUTION = "cdk8s-dragonfly"


def installed_version() -> str:
    """As its wheel says; `0` where it runs from files that nobody has installed."""
    try:
        return version(DISTRIBUTION)
    except PackageNotFoundError:
        return "0"
