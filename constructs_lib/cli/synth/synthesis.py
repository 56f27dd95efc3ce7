"""From a `cluster.yaml` to its manifests: what `cdk8s-dragonfly synth` and `main.py` do.

It loads no more than it needs, and neither typer nor rich: `cdk8s synth` runs it each time.
"""

from __future__ import annotations

import re
import sys
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from constructs_lib.cli.synth.node import choose_node

if TYPE_CHECKING:
    from constructs_lib.config.cluster import Cluster


def write_manifests(configs: Sequence[Path], outdir: Path) -> int:
    """Write the configuration's manifests in the place of those before; what is wrong is told on stderr.

    Returns:
        The exit status: 1 where nothing was written.
    """
    return _run(configs, outdir, check=False)


def check_manifests(configs: Sequence[Path], outdir: Path) -> int:
    """Tell on stderr which files of a folder are not what would be written, and write nothing.

    Returns:
        The exit status: 1 where there are such.
    """
    return _run(configs, outdir, check=True)


def synthesize(configs: Sequence[Path], outdir: Path) -> None:
    """Write a configuration's manifests into an empty folder, one chart a folder, one file a resource.

    Args:
        configs: the file, or several that are merged in order.
        outdir: the folder.

    Raises:
        DragonflyError: the configuration says what cannot work, or there is no Node.
    """
    choose_node()
    # cdk8s comes last: where its loading has begun in a thread, it is there by then.
    from constructs_lib.cli.synth.empty_folders import fill_empty_folders
    from constructs_lib.config.load import load

    cluster = load(*configs)
    for message in cluster.messages:
        print(message, file=sys.stderr)
    if cluster.switches.dragonfly_enabled:
        _synthesize_charts(cluster, outdir)
    fill_empty_folders(outdir, cluster.folders)


@contextmanager
def validations_as_errors() -> Iterator[None]:
    """What cdk8s says of its validations, as an error of ours.

    Raises:
        DragonflyError: a line for each, without the path of who found it.
    """
    from constructs_lib.errors import DragonflyError

    try:
        yield
    except RuntimeError as error:
        if lines := re.findall(r"^ +\[[^]]*\] (.+)$", str(error), re.MULTILINE):
            raise DragonflyError("\n".join(lines)) from None
        raise


def _run(configs: Sequence[Path], outdir: Path, *, check: bool) -> int:
    from constructs_lib.errors import DragonflyError

    try:
        _start_node()
        from constructs_lib.cli.synth.output import compared, replaced

        output = compared(outdir) if check else replaced(outdir)
        with warnings.catch_warnings(record=True) as told, output as fresh:
            warnings.simplefilter("always")
            synthesize(configs, fresh)
    except DragonflyError as error:
        print(error, file=sys.stderr)
        return 1
    except OSError as error:
        print(f"{error.filename}: {error.strerror}", file=sys.stderr)
        return 1
    for warning in told:
        print(f"{configs[-1].name}: warning: {warning.message}", file=sys.stderr)
    return 0


def _start_node() -> None:
    """Begin to load cdk8s, which starts Node.

    cdk8s waits for Node as long as it takes to read the file: so both are done at once.
    """
    choose_node()
    import_module("jsii")  # first, for the thread to get as far as that wait
    Thread(target=_load_cdk8s).start()


def _load_cdk8s() -> None:
    # What goes wrong here comes up again where it is used.
    with suppress(Exception):
        import_module("cdk8s")


def _synthesize_charts(cluster: Cluster, outdir: Path) -> None:
    from cdk8s import App, YamlOutputType

    from constructs_lib.errors import ArgumentWarning
    from constructs_lib.stack import add_stack

    app = App(
        outdir=str(outdir),
        output_file_extension=".yaml",
        yaml_output_type=YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE,
    )
    add_stack(app, cluster)
    with warnings.catch_warnings(), validations_as_errors():
        # They are among the messages already, under the file's own keys.
        warnings.simplefilter("ignore", ArgumentWarning)
        app.synth()
