"""One configuration's manifests, written: what `main.py` does between reading its environment and its exit status."""

from __future__ import annotations

import re
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from constructs_lib.config.cluster import Cluster


def synthesize(config: Path, outdir: Path) -> None:
    """Write one configuration's manifests into an empty folder, one chart a folder, one file a resource.

    Raises:
        DragonflyError: the configuration says what cannot work.
    """
    # cdk8s comes last: where its loading has begun in a thread, it is there by then.
    from constructs_lib.cli.empty_folders import fill_empty_folders
    from constructs_lib.config.load import load

    cluster = load(config)
    for message in cluster.messages:
        print(message, file=sys.stderr)
    if cluster.switches.dragonfly_enabled:
        _synthesize_charts(cluster, outdir)
    fill_empty_folders(outdir, cluster.folders)


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
