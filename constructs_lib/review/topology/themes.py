"""What a picture is drawn in, for a light page and for a dark one."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Theme(StrEnum):
    """What the page is like that a picture is shown on."""

    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True)
class Colours:
    """The colours of one theme: GitHub's own, so that a picture lies flat on a page there."""

    page: str
    text: str
    box: str
    quiet: str
    loud: str


THEMES = {
    Theme.LIGHT: Colours(page="#ffffff", text="#1f2328", box="#f6f8fa", quiet="#59636e", loud="#0969da"),
    Theme.DARK: Colours(page="#0d1117", text="#f0f6fc", box="#151b23", quiet="#9198a1", loud="#4493f8"),
}
