"""What a cluster would say to a set of manifests: a server-side dry run of each, which changes nothing."""

from __future__ import annotations

from collections.abc import Sequence

from constructs_lib.checks.api_server import Answer, ApiServer
from constructs_lib.checks.findings import SOPS, CheckResult
from constructs_lib.checks.manifests import Manifest

STAND_IN = "default"
"""Where an object is tried whose namespace comes with the manifests and is not there yet: it is there everywhere."""


def dry_run(manifests: Sequence[Manifest], server: ApiServer) -> CheckResult:
    """Apply every manifest as Flux would, but for trial; each refusal or warning is one line."""
    findings = CheckResult()
    to_come = _namespaces_to_come(manifests, server)
    for manifest in manifests:
        tried = {name: part for name, part in manifest.object.items() if name != SOPS}
        answer = server.apply(tried, namespace=STAND_IN if manifest.namespace in to_come else "", dry_run=True)
        findings.checked += 1
        findings.errors += [f"{manifest}: {text}" for text in _texts(manifest, answer)]
    if to_come:
        names = ", ".join(sorted(to_come))
        findings.notes.append(f"not there yet, so their objects were tried in the namespace {STAND_IN}: {names}")
    return findings


def _namespaces_to_come(manifests: Sequence[Manifest], server: ApiServer) -> set[str]:
    written = {manifest.name for manifest in manifests if (manifest.api_version, manifest.kind) == ("v1", "Namespace")}
    return {name for name in written if server.get("v1", "Namespace", "", name).status == 404}


def _texts(manifest: Manifest, answer: Answer) -> list[str]:
    """Refusal and warnings in the server's words; of a Secret only the reason, since they may quote its values."""
    texts = [answer.message] if not answer.accepted else []
    texts += [f"warning: {warning}" for warning in answer.warnings]
    if manifest.kind == "Secret" and texts:
        return [f"the API server does not take it as it is ({answer.body.get('reason') or 'warning'})"]
    return [" ".join(text.split()) for text in texts]
