"""`cluster.yaml` in, `dist/` out: what `cdk8s synth` runs.

CLUSTER_CONFIG names another file, CDK8S_OUTDIR another folder. An error in the file is told on stderr, exit status 1,
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
    config = Path(os.environ.get("CLUSTER_CONFIG") or HERE / "cluster.yaml")
    outdir = Path(os.environ.get("CDK8S_OUTDIR") or HERE / "dist")
    sys.exit(write_manifests(config, outdir))
