"""Arguments of a dashboard: how Grafana comes to it."""

from typing import Annotated, Literal

from pydantic import Field

from constructs_lib.arguments.model import Arguments, Meaning
from constructs_lib.arguments.types import Annotations, Labels, Text


class DashboardArguments(Arguments):
    """A dashboard, of one instance or of a fleet."""

    runbook_url: Annotated[
        Text | None,
        Meaning(
            "Where `docs/monitoring/runbooks/` is published: alerts and dashboard then link to `URL/ALERT.md`.",
            default="no links",
        ),
    ] = None
    dashboard: Annotated[
        Literal["configmap", "grafana-operator", "none"],
        Meaning("`configmap` for Grafana's sidecar, `grafana-operator` for a GrafanaDashboard, or `none`."),
    ] = "configmap"
    dashboard_labels: Annotated[
        Labels, Meaning("Labels of the dashboard's object: those that the sidecar looks for.")
    ] = Field(default_factory=lambda: {"grafana_dashboard": "1"})
    dashboard_annotations: Annotated[Annotations, Meaning("Annotations on the dashboard's object.")] = Field(
        default_factory=dict
    )
    dashboard_folder: Annotated[
        Text, Meaning("Folder in Grafana; the sidecar heeds it where its `folderAnnotation` is `grafana_folder`.")
    ] = "Dragonfly"
    dashboard_instance_selector: Annotated[
        Labels,
        Meaning(
            "Labels of the `Grafana` that the operator puts it into.", source="GrafanaDashboard `instanceSelector`"
        ),
    ] = Field(default_factory=lambda: {"dashboards": "grafana"})
