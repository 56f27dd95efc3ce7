"""`cluster.yaml` in, `dist/` out: what `cdk8s synth` runs.

CLUSTER_CONFIG names another file, CDK8S_OUTDIR another folder. An error in the file is told on stderr, exit status 1,
and nothing is written.
"""

import os
import sys
import warnings
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from shutil import which
from threading import Thread

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


def synthesize(config: Path, outdir: Path) -> None:
    """Write one configuration's manifests into an empty folder, one chart a folder, one file a resource."""
    from constructs_lib.config.load import load

    cluster = load(config)
    for message in cluster.messages:
        print(message, file=sys.stderr)
    if not cluster.switches.dragonfly_enabled:
        print(f"{config.name}: note: dragonfly_enabled is false, so there is nothing to write", file=sys.stderr)
        return

    from cdk8s import App, YamlOutputType

    from constructs_lib.errors import ArgumentWarning
    from constructs_lib.stack import add_stack

    app = App(
        outdir=str(outdir),
        output_file_extension=".yaml",
        yaml_output_type=YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE,
    )
    add_stack(app, cluster)
    with warnings.catch_warnings():
        # The file's reader has told these already, under the file's own keys.
        warnings.simplefilter("ignore", ArgumentWarning)
        app.synth()


if __name__ == "__main__":
    sys.exit(main())
