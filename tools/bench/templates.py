"""A Helm chart and Jinja templates of one cache's written manifests: what `bench.py` holds a fleet against.

They are made when they are measured, and are neither Dragonfly's own chart nor anybody's: each file is a manifest of a
fleet with a template's expression where the instance's name and its namespace stood. Rendered for another instance they
give the bytes that were written for that one. So all three ways make the same objects, and what is left to tell them
apart is how they make them.
"""

from __future__ import annotations

import os
import re
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from tests.cluster.go_module import GoModule
from tools.bench.tenants import NAMESPACE, Tenant

HELM = GoModule(
    Path(__file__).parent / "helm",
    what="Helm",
    takes="two to five minutes on two cores",
    pinned="helm.sh/helm/v3",
    programs=("helm",),
    packages=("helm.sh/helm/v3/cmd/helm",),
)

CHART = """\
apiVersion: v2
name: tenant
version: 0.1.0
"""


@dataclass(frozen=True)
class Language:
    """How a template says what differs between instances."""

    name: str
    """The expression for an instance's name."""
    namespace: str
    opening: str
    """A regular expression of what would begin something of the language's own."""

    def template(self, manifest: str, instance: str) -> str:
        """The template that gives a manifest, whose own braces are quoted: alerts hold such."""
        quoted = re.sub(self.opening, r'{{ "\g<0>" }}', manifest)
        return quoted.replace(instance, self.name).replace(NAMESPACE, self.namespace)


GO = Language("{{ .Release.Name }}", "{{ .Release.Namespace }}", r"\{\{")
JINJA = Language("{{ name }}", "{{ namespace }}", r"\{[{%#]")


def write_templates(tenant: Tenant, language: Language, folder: Path) -> None:
    """Write a template of each of an instance's manifests."""
    folder.mkdir(parents=True)
    for path, text in zip(tenant.manifests, tenant.texts, strict=True):
        name = path.name.replace(tenant.name, "tenant")
        (folder / name).write_text(language.template(text, tenant.name), encoding="utf-8")


def write_chart(tenant: Tenant, folder: Path) -> None:
    """Write the chart whose releases are instances like this one."""
    write_templates(tenant, GO, folder / "templates")
    (folder / "Chart.yaml").write_text(CHART, encoding="utf-8")


def helm_seconds(helm: Path, chart: Path, name: str, output: Path) -> float:
    """`helm template` of one release, as a script that renders many calls it: from the command to the file."""
    home = {f"HELM_{each}_HOME": str(output.parent / "home" / each) for each in ("CACHE", "CONFIG", "DATA")}
    start = time.perf_counter()
    with output.open("w", encoding="utf-8") as file:
        command = [str(helm), "template", name, str(chart), "--namespace", NAMESPACE]
        subprocess.run(command, env={**os.environ, **home}, stdout=file, check=True)
    return time.perf_counter() - start


def documents(rendered: str) -> list[str]:
    """The manifests that `helm template` printed, without the lines that it puts before each."""
    return [text for text in re.split(r"^---\n# Source: .*\n", rendered, flags=re.MULTILINE) if text.strip()]


def same(rendered: list[str], tenant: Tenant) -> bool:
    """Whether these are an instance's manifests to the byte, in any order, but for blank lines at their ends."""
    return sorted(text.strip() for text in rendered) == sorted(text.strip() for text in tenant.texts)
