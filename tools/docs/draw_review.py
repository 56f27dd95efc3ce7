"""Draw a review as a terminal shows it, in colour: docs/images/review-light.svg and review-dark.svg.

    python -m tools.docs.draw_review

What is shown is what `cdk8s-dragonfly review` says of the change below; rich draws it.
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import unified_diff
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

from constructs_lib.cli.synth.in_memory import synthesized
from constructs_lib.review.outputs.summary import summary
from constructs_lib.review.outputs.text import text
from constructs_lib.review.review import review
from constructs_lib.review.sides.trees import Side
from constructs_lib.review.topology.themes import THEMES, Theme

IMAGES = Path(__file__).resolve().parents[2] / "docs" / "images"

OLD = """\
dragonfly_enabled: true
dragonfly_replicas: 2
dragonfly_client_namespaces: [shop]
network_policies_enabled: true
network_policies_mode: enforce
"""

NEW = """\
dragonfly_enabled: true
dragonfly_replicas: 3
dragonfly_threads: 1
dragonfly_maxmemory: 384mb
dragonfly_client_namespaces: [shop, jobs]
network_policies_enabled: true
network_policies_mode: enforce
"""

COMMAND = "cdk8s-dragonfly review HEAD dist"

COLUMNS = 100
"""As wide as leaves the letters legible on a page of text."""

REDS_AND_YELLOWS = {
    Theme.LIGHT: ((207, 34, 46), (154, 103, 0)),
    Theme.DARK: ((255, 123, 114), (210, 153, 34)),
}

FORMAT = """\
<svg viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
<!-- drawn by `make docs` -->
<style>
.{unique_id}-matrix {{ font-family: ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace;
  font-size: {char_height}px; line-height: {line_height}px }}
.{unique_id}-title {{ font-family: Helvetica, Arial, sans-serif; font-size: 18px; font-weight: bold }}
{styles}
</style>
<defs>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""
"""In place of rich's own, which fetches a font from elsewhere and cuts off the feet of the last line."""


def main() -> None:
    """Write the picture for both themes."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    told = reviewed()
    for theme in Theme:
        picture(theme).write_text(drawn(told, theme))


def picture(theme: Theme) -> Path:
    """The file of a theme's picture."""
    return IMAGES / f"review-{theme}.svg"


def change() -> str:
    """What changes in `cluster.yaml`, as a diff without its head."""
    lines = list(unified_diff(OLD.splitlines(), NEW.splitlines(), lineterm="", n=len(OLD)))
    return "\n".join(lines[3:])


def reviewed() -> Text:
    """What the review says."""
    old, new = _sides()
    found = review(old.tree, new.tree, None, old.folders)
    return text(found, summary(found, old.tree, new.tree))


def drawn(told: Text, theme: Theme) -> str:
    """A review as SVG."""
    console = Console(
        record=True, width=COLUMNS, file=StringIO(), force_terminal=True, color_system="standard", highlight=False
    )
    console.print(told)
    return console.export_svg(title=COMMAND, theme=_terminal(theme), code_format=FORMAT, unique_id="review")


def _sides() -> Iterator[Side]:
    with TemporaryDirectory() as folder:
        for config in (OLD, NEW):
            path = Path(folder, "cluster.yaml")
            path.write_text(config)
            yield synthesized([path])


def _terminal(theme: Theme) -> TerminalTheme:
    """A terminal in the colours of the page. Red and yellow are the only ones of the sixteen that a review uses."""
    page, letters = (_rgb(colour) for colour in (THEMES[theme].box, THEMES[theme].text))
    red, yellow = REDS_AND_YELLOWS[theme]
    return TerminalTheme(page, letters, [letters, red, letters, yellow, *[letters] * 4])


def _rgb(colour: str) -> tuple[int, int, int]:
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    return red, green, blue


if __name__ == "__main__":
    main()
