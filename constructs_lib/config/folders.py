"""The folders of the output, one a chart: Flux is pointed at the first, and that orders the rest."""

FLUX_FOLDER = "flux"
OPERATOR_FOLDER = "dragonfly-operator"
FLEET_FOLDER = "dragonfly-fleet"
PREPARATION = "-backup"
"""End of the folder with what must be done before the cache starts: its bucket, and a restore."""
