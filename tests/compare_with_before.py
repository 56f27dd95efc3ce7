"""Every test stack for every operator version, written by another checkout and by this one: is it the same, as data?

    python -m tests.compare_with_before CHECKOUT

Goes when the house is done. What a Job's modules import each other by is another spelling on purpose.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent
OPERATORS = ("v1.3.1", "v1.4.0", "v1.5.0", "v1.6.1")

WRITE = """
import sys, pathlib
sys.path.insert(0, sys.argv[1])
import main
from constructs_lib.errors import DragonflyError
for config in sorted(pathlib.Path(sys.argv[2]).rglob("*.yaml")):
    if "secrets" in config.parts[-2:]: continue
    out = pathlib.Path(sys.argv[3]) / config.parent.name / config.stem
    out.mkdir(parents=True)
    try:
        main.synthesize(config, out)
    except DragonflyError as error:
        (out / "refused").write_text(str(error))
"""


def main() -> int:
    """Print each file that differs; exit status 1 if one does."""
    before = Path(sys.argv[1])
    with tempfile.TemporaryDirectory() as scratch:
        configs = Path(scratch, "configs")
        for operator in OPERATORS:
            for stack in sorted((before / "tests" / "stacks").glob("*.yaml")):
                values = {**yaml.safe_load(stack.read_text()), "dragonfly_operator_version": operator}
                target = configs / operator / stack.name
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_text(yaml.safe_dump(values))
        written = {}
        for name, checkout in (("before", before), ("now", ROOT)):
            out = Path(scratch, name)
            environment = {**os.environ, "PYTHONPATH": str(checkout), "PYTHONWARNINGS": "ignore"}
            command = [sys.executable, "-P", "-c", WRITE, str(checkout), str(configs), str(out)]
            subprocess.run(command, check=True, cwd=checkout, env=environment, stderr=subprocess.DEVNULL)
            written[name] = {
                str(path.relative_to(out)): data(path) for path in sorted(out.rglob("*")) if path.is_file()
            }
    paths = sorted(written["before"].keys() | written["now"].keys())
    different = [path for path in paths if written["before"].get(path) != written["now"].get(path)]
    print(*different[:40], sep="\n")
    print(f"{len(paths)} files, {len(different)} different")
    return int(bool(different))


def data(path: Path) -> object:
    """What a file says, whatever the order of its keys."""
    text = path.read_text().replace("from constructs_lib.scripts.", "from .")
    return yaml.safe_load(text) if path.suffix == ".yaml" else text.count("has no field") or text


if __name__ == "__main__":
    sys.exit(main())
