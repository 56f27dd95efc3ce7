"""`cluster.yaml` in, `dist/` out: what `cdk8s synth` runs.

CLUSTER_CONFIG names another file, or several that are merged in order (`base.yaml:prod.yaml`), CDK8S_OUTDIR another
folder. An error in the file is told on stderr, exit status 1,
and nothing is written.
"""

import gc
import os
import sys
from pathlib import Path

from constructs_lib.cli.synth.synthesis import synthesize, write_manifests

__all__ = ["synthesize"]

HERE = Path(__file__).resolve().parent

if __name__ == "__main__":
    # This process lives for a second: what it would find to collect is not worth the looking.
    gc.disable()
    names = os.environ.get("CLUSTER_CONFIG") or str(HERE / "cluster.yaml")
    configs = [Path(name) for name in names.split(os.pathsep) if name]
    outdir = Path(os.environ.get("CDK8S_OUTDIR") or HERE / "dist")
    sys.exit(write_manifests(configs, outdir))
