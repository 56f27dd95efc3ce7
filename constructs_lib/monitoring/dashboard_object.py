"""The object by which a dashboard comes to Grafana: a ConfigMap for its sidecar, or one for its operator."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from cdk8s import ApiObject
from constructs import Construct

from constructs_lib.construct.api_object import RenderedObject
from constructs_lib.flux.annotations import FLUX_SAFE
from constructs_lib.monitoring.dashboard_arguments import DashboardArguments

OWN_LABELS = {"app.kubernetes.io/name": "dragonfly"}


def dashboard_object(
    scope: Construct,
    id: str,
    arguments: DashboardArguments,
    name: str,
    namespace: str,
    file: str,
    draw: Callable[[], str],
) -> ApiObject:
    """The object.

    Args:
        scope: the construct that it belongs to.
        id: its name there.
        arguments: how Grafana comes to it.
        name: name of the object.
        namespace: namespace of the object.
        file: what a ConfigMap calls the dashboard's file.
        draw: gives the dashboard as JSON, when the app is synthesized.
    """
    is_config_map = arguments.dashboard == "configmap"
    folder = {"grafana_folder": arguments.dashboard_folder} if is_config_map else {}

    def fields() -> dict[str, Any]:
        return {"data": {file: draw()}} if is_config_map else _grafana_dashboard(arguments, draw())

    return RenderedObject(
        scope,
        id,
        "v1" if is_config_map else "grafana.integreatly.org/v1beta1",
        "ConfigMap" if is_config_map else "GrafanaDashboard",
        fields,
        name=name,
        namespace=namespace,
        labels=OWN_LABELS | arguments.dashboard_labels,
        annotations=FLUX_SAFE | folder | arguments.dashboard_annotations,
    )


def _grafana_dashboard(arguments: DashboardArguments, json: str) -> dict[str, Any]:
    spec = {
        "instanceSelector": {"matchLabels": arguments.dashboard_instance_selector},
        "allowCrossNamespaceImport": True,
        "folder": arguments.dashboard_folder,
        "json": json,
    }
    return {"spec": spec}
