"""Write the documentation as a site, into .site/: its pages by Zensical, and beside them what draws their flowcharts.

python -m tools.docs.make_site
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ("zensical.toml", "docs", "theme")
"""What the site is made of."""

MERMAID = ROOT / "node_modules" / "@mermaid-js" / "tiny" / "dist" / "mermaid.tiny.js"
"""All of Mermaid that flowcharts need, of which its whole package is forty times as large."""


def make_site(folder: Path) -> subprocess.CompletedProcess[str]:
    """Write `.site` into a folder that has the sources; a link that leads nowhere fails it, as any warning does."""
    zensical = Path(sys.executable).with_name("zensical")
    done = subprocess.run([zensical, "build", "--clean", "--strict"], cwd=folder, capture_output=True, text=True)
    if done.returncode == 0:
        beside = folder / ".site" / "mermaid"
        beside.mkdir()
        for file in (MERMAID, MERMAID.parents[1] / "LICENSE"):
            shutil.copy(file, beside)
    return done


if __name__ == "__main__":
    made = make_site(ROOT)
    sys.stdout.write(made.stdout)
    sys.stderr.write(made.stderr)
    sys.exit(made.returncode)
