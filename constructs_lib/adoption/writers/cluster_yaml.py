"""A `cluster.yaml`, in the order of its reference: by part, each behind a line that says what it is."""

from __future__ import annotations

from collections.abc import Mapping
from io import StringIO
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from constructs_lib.config.switches import Switches
from constructs_lib.config.variables import VARIABLES

HEAD = """\
# yaml-language-server: $schema=cluster.schema.json
# What runs, and how. `cdk8s-dragonfly variables` lists everything else that may stand here, with its default.
# For the editor, `cdk8s-dragonfly schema > cluster.schema.json` writes the schema, if `init` did not.
# No password stands here: the cache's Secret holds it.
"""

REASONS = {
    "dragonfly_flux_depends_on": """\
# What Flux waits for before it installs the operator. A cluster whose DNS is a Kustomization of its own may name it:
# [{name: coredns, namespace: kube-system}]. One that is named must be there, or Flux applies nothing.
""",
    "dragonfly_flux_substitute_from": """\
# Secrets and ConfigMaps in the cache's namespace whose keys replace ${KEY} in the manifests: [{name: cluster-secrets}],
# say. One that is named must be there, or Flux applies nothing of the cache.
""",
}
"""What stands above a variable of which nothing is named, as in the file with which a repository begins."""

TITLES = {
    "switches": "",
    "cache": "The instance.",
    "secrets": "Where its Secret comes from.",
    "operator": "The operator.",
    "backup": "Where and when it is saved.",
    "bucket": "The bucket's own settings.",
    "restore_drill": "How a restore is tried.",
    "monitoring": "How it is watched.",
    "network_policy": "Who may reach it.",
    "certificate": "Its certificate.",
    "kustomization": "How Flux applies it.",
}
"""What stands above the variables of each part."""


def cluster_yaml(variables: Mapping[str, Any]) -> str:
    """The file's text: the same variables give the same text."""
    parts: dict[str, dict[str, Any]] = {part: {} for part in TITLES}
    for key, part in _part_of_each_key().items():
        if key in variables:
            parts[part][key] = variables[key]
    return "\n".join([HEAD, *(_section(TITLES[part], given) for part, given in parts.items() if given)])


def _part_of_each_key() -> dict[str, str]:
    """The part of every key that may stand in the file, in the order of the reference."""
    switches = dict.fromkeys(Switches.model_fields, "switches")
    return switches | {variable.key: variable.feeds[0].partition(".")[0] for variable in VARIABLES}


def _section(title: str, given: Mapping[str, Any]) -> str:
    return (f"# {title}\n" if title else "") + "".join(_variable(key, value) for key, value in given.items())


def _variable(key: str, value: Any) -> str:
    yaml = YAML()
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.width = 1000
    stream = StringIO()
    yaml.dump({key: _quoted(value)}, stream)
    return ("" if value else REASONS.get(key, "")) + stream.getvalue()


def _quoted(value: Any) -> Any:
    """Texts in quotes, so that no reader of YAML takes one for a number or a boolean."""
    if isinstance(value, str):
        return DoubleQuotedScalarString(value)
    if isinstance(value, Mapping):
        return {name: _quoted(each) for name, each in value.items()}
    return [_quoted(each) for each in value] if isinstance(value, list) else value
