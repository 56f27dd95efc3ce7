"""Jinja templates rendered for many instances: what `bench.py` runs, from the command to the files.

    python tools/bench/jinja.py TEMPLATES COUNT OUTDIR

Each template is compiled once, and a folder an instance is written.
"""

from __future__ import annotations

import sys
from pathlib import Path

from jinja2 import Environment, FileSystemLoader

from tools.bench.tenants import NAMESPACE


def main() -> int:
    """Render every template for every instance."""
    templates, count, outdir = Path(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])
    environment = Environment(loader=FileSystemLoader(templates), keep_trailing_newline=True, autoescape=False)
    compiled = [environment.get_template(path.name) for path in sorted(templates.iterdir())]
    for number in range(count):
        name = f"tenant-{number:03}"
        folder = outdir / name
        folder.mkdir(parents=True, exist_ok=True)
        for template in compiled:
            text = template.render(name=name, namespace=NAMESPACE)
            (folder / str(template.name)).write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
