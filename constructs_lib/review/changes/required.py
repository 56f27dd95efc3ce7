"""Fields without which the API server refuses an object of a kind.

From the CRDs' schemas, and https://kubernetes.io/docs/reference/kubernetes-api/ for the kinds of Kubernetes' own.
"""

from __future__ import annotations

REQUIRED: dict[str, tuple[str, ...]] = {
    "Certificate": ("/spec/issuerRef", "/spec/secretName"),
    "CronJob": ("/spec/schedule", "/spec/jobTemplate"),
    "GrafanaDashboard": ("/spec/instanceSelector",),
    "HelmRelease": ("/spec/interval",),
    "HelmRepository": ("/spec/url",),
    "Kustomization": ("/spec/interval", "/spec/prune", "/spec/sourceRef"),
    "OCIRepository": ("/spec/interval", "/spec/url"),
    "PodMonitor": ("/spec/selector",),
}
