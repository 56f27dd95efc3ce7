"""What holds for any cluster.yaml: clear lines or whole, repeatable output, and no secret in either."""

from __future__ import annotations

import contextlib
import io
import re
import tempfile
from pathlib import Path
from typing import Any

import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from constructs_lib.config.variables import SECRET_VARIABLES, known_keys
from constructs_lib.errors import InvalidConfig
from main import synthesize
from tests.conftest import read_folder, without_line_numbers

CANARY = "canary-5ecret"

SOUND: dict[str, st.SearchStrategy[Any]] = {
    "dragonfly_name": st.sampled_from(["dragonfly", "jobs", "a-b"]),
    "dragonfly_replicas": st.integers(1, 5),
    "dragonfly_threads": st.integers(1, 4),
    "dragonfly_maxmemory": st.sampled_from(["512mb", "1gb", "768MiB", 536870912]),
    "dragonfly_memory_limit": st.sampled_from(["1Gi", "2Gi", "4G"]),
    "dragonfly_cpu_request": st.sampled_from(["100m", 1, 0.5, "2"]),
    "dragonfly_operator_version": st.sampled_from(["v1.3.1", "1.4.0", "v1.5.0", "v1.6.1", "v1.7.1"]),
    "dragonfly_version": st.sampled_from(["v1.36.0", "v1.40.1", "v1.38.0"]),
    "dragonfly_operator_source": st.sampled_from(["HelmRepository", "OCIRepository"]),
    "dragonfly_profile": st.sampled_from(["queue", "cache", "session"]),
    "dragonfly_cache_mode": st.booleans(),
    "dragonfly_control_plane_only": st.booleans(),
    "dragonfly_pod_security": st.sampled_from(["baseline", "restricted"]),
    "dragonfly_service_type": st.sampled_from(["ClusterIP", "NodePort", "LoadBalancer"]),
    "dragonfly_pdb_max_unavailable": st.sampled_from([1, "50%"]),
    "dragonfly_flags": st.dictionaries(st.sampled_from(["tcp_keepalive", "hz"]), st.integers(1, 100), max_size=2),
    "dragonfly_tolerations": st.just([{"key": "a", "operator": "Exists"}]),
    "dragonfly_tls_secret": st.just("tls"),
    "dragonfly_authentication": st.booleans(),
    "dragonfly_acl_enabled": st.booleans(),
    "dragonfly_acl_default": st.sampled_from(["password", "closed"]),
    "dragonfly_acl_clients": st.lists(st.sampled_from(["keycloak", "langfuse"]), max_size=2),
    "dragonfly_acl_users": st.just([{"name": "worker", "keys": ["jobs:*"], "allow": ["@all", "INFO"]}]),
    "dragonfly_secrets": st.sampled_from(["existing", "external-secrets", "substitute"]),
    "dragonfly_secret_version": st.just("7"),
    "dragonfly_secret_store": st.just({"name": "vault"}),
    "dragonfly_snapshot_volume_size": st.just("5Gi"),
    "dragonfly_backup_enabled": st.booleans(),
    "dragonfly_s3_endpoint": st.sampled_from(["", "10.0.0.1:9000", "minio.example.com", "minio.store.svc:9000"]),
    "dragonfly_monitoring_enabled": st.booleans(),
    "dragonfly_client_namespaces": st.lists(st.sampled_from(["shop", "identity"]), max_size=2),
    "monitoring_enabled": st.booleans(),
    "rustfs_enabled": st.booleans(),
    "network_policies_enabled": st.booleans(),
    "network_policies_mode": st.sampled_from(["audit", "enforce"]),
    "keycloak_enabled": st.booleans(),
}
"""Variables with values of the right kind; together they may still contradict each other."""

ANYTHING = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**12), 10**12),
    st.floats(allow_nan=False),
    st.text(max_size=12),
    st.lists(st.one_of(st.integers(), st.text(max_size=4)), max_size=2),
    st.dictionaries(st.text(max_size=6), st.one_of(st.integers(), st.text(max_size=4)), max_size=2),
)

SECRETS = {variable.key: CANARY for variable in SECRET_VARIABLES}
ENCRYPTED = dict.fromkeys(SECRETS, f"ENC[AES256_GCM,data:{CANARY},iv:a,tag:b,type:str]")

sound_files = st.fixed_dictionaries({"dragonfly_enabled": st.just(True)}, optional=SOUND)
wild_files = st.dictionaries(st.sampled_from(sorted(known_keys())), ANYTHING, max_size=6)


@settings(max_examples=40)
@given(file=sound_files)
def test_any_file_gives_clear_lines_or_the_same_manifests_twice(file: dict[str, Any]) -> None:
    first, said = outcome(file)
    assert (first, said) == outcome(file)
    if first is None:
        assert all(re.match(r"cluster\.yaml: \w+[\w.\[\]/-]*: .+", line) for line in said.splitlines())
    else:
        assert any(path.endswith(f"Dragonfly.{file.get('dragonfly_name', 'dragonfly')}.yaml") for path in first)


@settings(max_examples=150)
@given(file=wild_files)
@example(file={"dragonfly_pod_security_context": {"\r": 0}})
def test_whatever_stands_in_a_file_is_an_error_line_and_never_a_crash(file: dict[str, Any]) -> None:
    written, said = outcome({**file, "dragonfly_enabled": False})
    assert written is None or list(written) == ["flux/kustomization.yaml"]
    assert all(line.startswith("cluster.yaml: ") for line in said.splitlines())


@settings(max_examples=25)
@given(file=sound_files, wild=wild_files)
def test_no_secret_of_a_file_is_in_output_or_messages(file: dict[str, Any], wild: dict[str, Any]) -> None:
    for each in ({**file, **SECRETS}, {**wild, **SECRETS}, {**file, **ENCRYPTED}, {**wild, **ENCRYPTED}):
        written, said = outcome(each)
        assert CANARY not in said
        assert not [path for path, text in (written or {}).items() if CANARY in text]
        assert written is None or CANARY not in each.values()


def outcome(file: dict[str, Any]) -> tuple[dict[str, str] | None, str]:
    """What a file gives: its manifests, or None, and what is said on stderr."""
    stderr = io.StringIO()
    with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stderr(stderr):
        config = Path(folder, "cluster.yaml")
        config.write_text(yaml.safe_dump(file, allow_unicode=True))
        outdir = Path(folder, "dist")
        outdir.mkdir()
        try:
            synthesize([config], outdir)
        except InvalidConfig as error:
            return None, without_line_numbers(str(error))
        return read_folder(outdir), without_line_numbers(stderr.getvalue())
