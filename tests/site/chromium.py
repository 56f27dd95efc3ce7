"""Chromium (Debian: chromium, chromium-driver), which asks nobody on its own account."""

from __future__ import annotations

from shutil import which

import pytest
from selenium.webdriver import Chrome, ChromeOptions, ChromeService

needs_chromium = pytest.mark.skipif(
    not (which("chromium") and which("chromedriver")), reason="needs Chromium (Debian: chromium, chromium-driver)"
)


def chromium() -> Chrome:
    """A browser without a window."""
    options = ChromeOptions()
    options.binary_location = which("chromium") or ""
    for argument in (
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
        "--hide-scrollbars",
    ):
        options.add_argument(argument)
    return Chrome(options, ChromeService(which("chromedriver")))
