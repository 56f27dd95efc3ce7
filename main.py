"""`cluster.yaml` in, `dist/` out: what `cdk8s synth` runs.

CLUSTER_CONFIG names another file, CDK8S_OUTDIR another folder. An error in the file is told on stderr, exit status 1,
and nothing is written.
"""

import gc
import os
import sys
import warnings
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from shutil import which
from threading import Thread

from constructs_lib.cli.synth import synthesize

__all__ = ["main", "synthesize"]

HERE = Path(__file__).resolve().parent


def main() -> int:
    """Write the manifests of the cluster's configuration."""
    config = Path(os.environ.get("CLUSTER_CONFIG") or HERE / "cluster.yaml")
    outdir = Path(os.environ.get("CDK8S_OUTDIR") or HERE / "dist")
    node = os.environ.get("JSII_NODE", "node")
    if which(node) is None:
        print(f"{node}: Node.js is not there; `make setup` installs it, or JSII_NODE names another", file=sys.stderr)
        return 1
    # cdk8s starts Node and waits for it, as long as it takes to read the file: so both are done at once. jsii comes
    # first, for the thread to get as far as that wait.
    import_module("jsii")
    Thread(target=_load_cdk8s).start()
    from constructs_lib.cli.output import replaced
    from constructs_lib.errors import DragonflyError

    try:
        with warnings.catch_warnings(record=True) as told, replaced(outdir) as fresh:
            warnings.simplefilter("always")
            synthesize(config, fresh)
    except DragonflyError as error:
        print(error, file=sys.stderr)
        return 1
    except OSError as error:
        print(f"{error.filename}: {error.strerror}", file=sys.stderr)
        return 1
    for warning in told:
        print(f"{config.name}: warning: {warning.message}", file=sys.stderr)
    return 0


def _load_cdk8s() -> None:
    # What goes wrong here comes up again where it is used.
    with suppress(Exception):
        import_module("cdk8s")


if __name__ == "__main__":
    # This process lives for a second: what it would find to collect is not worth the looking.
    gc.disable()
    sys.exit(main())
