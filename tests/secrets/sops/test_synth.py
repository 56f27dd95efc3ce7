"""From the encrypted file to `dist/`: copied to the byte, with no private key, and only while it is what it must be."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from cdk8s import App, Chart
from typer.testing import CliRunner

from constructs_lib import DragonflyCache, DragonflySecrets
from constructs_lib.cli.app import app
from constructs_lib.config.load import load
from constructs_lib.errors import InvalidConfig
from constructs_lib.secrets.sops.program import decrypt, encrypt
from main import synthesize
from tests.conftest import ROOT, cdk8s_synth
from tests.secrets.sops.conftest import values_in

CONFIG: dict[str, Any] = {
    "dragonfly_enabled": True,
    "dragonfly_acl_enabled": True,
    "dragonfly_secrets": "sops",
    "dragonfly_flux_decryption_secret": "sops-age",
    "network_policies_enabled": True,
    "dragonfly_backup_enabled": True,
    "rustfs_enabled": True,
}
S3_KEYS = "AWS_ACCESS_KEY_ID=canary-id\nAWS_SECRET_ACCESS_KEY=canary-key\n"
FILE = Path("secrets", "dragonfly.sops.yaml")
COPY = Path("dist", "dragonfly", "Secret.dragonfly-auth.yaml")


def write(**changes: Any) -> Path:
    path = Path("cluster.yaml").absolute()
    path.write_text(yaml.safe_dump({**CONFIG, **changes}))
    return path


def secrets(*arguments: str) -> None:
    result = CliRunner().invoke(app, ["secrets", *arguments], input=S3_KEYS)
    assert result.exit_code == 0, result.output


def synth() -> dict[str, Any]:
    """Synthesize anew; the cache's `Dragonfly`."""
    shutil.rmtree("dist", ignore_errors=True)
    Path("dist").mkdir()
    synthesize([Path("cluster.yaml").absolute()], Path("dist").absolute())
    dragonfly: dict[str, Any] = yaml.safe_load(Path("dist/dragonfly/Dragonfly.dragonfly.yaml").read_text())
    return dragonfly


def version(dragonfly: dict[str, Any]) -> str:
    return str(dragonfly["spec"]["annotations"]["cdk8s-dragonfly/secret-version"])


def refusal(**changes: Any) -> str:
    with pytest.raises(InvalidConfig) as error:
        load(write(**changes))
    return str(error.value)


@pytest.mark.usefixtures("project")
def test_what_went_in_is_decrypted_from_dist_by_whoever_has_the_key(
    without_key: None, key: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write()
    secrets("init")
    synth()
    assert COPY.read_bytes() == FILE.read_bytes()
    monkeypatch.setenv("SOPS_AGE_KEY_FILE", str(key))
    assert decrypt(COPY.read_bytes(), COPY) == decrypt(FILE.read_bytes(), FILE)
    values = values_in(COPY)
    assert (values["AWS_ACCESS_KEY_ID"], values["AWS_SECRET_ACCESS_KEY"]) == ("canary-id", "canary-key")


@pytest.mark.usefixtures("without_key")
def test_cdk8s_itself_copies_it_too(project: Path) -> None:
    config = write()
    secrets("init")
    done = cdk8s_synth(config, project / "dist")
    assert (done.returncode, done.stderr) == (0, "")
    assert COPY.read_bytes() == FILE.read_bytes()
    done = cdk8s_synth(config, project / "dist")
    assert done.returncode == 0
    assert COPY.read_bytes() == FILE.read_bytes(), "gone with the folder that cdk8s empties"


@pytest.mark.usefixtures("project")
def test_the_pods_read_the_secret_that_is_written() -> None:
    write()
    secrets("init")
    spec = synth()["spec"]
    secret = yaml.safe_load(COPY.read_text())
    assert (secret["metadata"]["name"], secret["metadata"]["namespace"]) == ("dragonfly-auth", "cache")
    keys = [spec["authentication"]["passwordFromSecret"], spec["aclFromSecret"]]
    keys += [v["valueFrom"]["secretKeyRef"] for v in spec["env"] if "secretKeyRef" in v.get("valueFrom", {})]
    assert len(keys) == 4
    assert all(key["name"] == "dragonfly-auth" and key["key"] in secret["stringData"] for key in keys)


@pytest.mark.usefixtures("project")
def test_the_kustomization_decrypts() -> None:
    write()
    secrets("init")
    synth()
    kustomization = yaml.safe_load(Path("dist/flux/Kustomization.dragonfly.yaml").read_text())
    assert kustomization["spec"]["decryption"] == {"provider": "sops", "secretRef": {"name": "sops-age"}}


@pytest.mark.usefixtures("project")
def test_a_rotation_changes_the_pods_annotation_and_nothing_else() -> None:
    write()
    secrets("init")
    before = synth()
    assert synth() == before
    secrets("rotate", "keycloak")
    after = synth()
    assert version(after) != version(before)
    after["spec"]["annotations"] = before["spec"]["annotations"]
    assert after == before


@pytest.mark.usefixtures("project")
def test_another_recipient_restarts_nothing() -> None:
    write()
    secrets("init")
    before = version(synth())
    made = subprocess.run(["age-keygen"], check=True, capture_output=True, text=True).stdout
    other = next(line.split()[-1] for line in made.splitlines() if "public key" in line)
    rules = Path(".sops.yaml")
    rules.write_text(rules.read_text().replace("age: ", f"age: {other},"))
    sops = shutil.which("sops") or Path(sys.executable).with_name("sops")
    subprocess.run([sops, "updatekeys", "--yes", FILE], check=True, capture_output=True)
    assert other in FILE.read_text()
    assert version(synth()) == before


@pytest.mark.usefixtures("project")
def test_a_version_of_ones_own_is_beside_the_digest() -> None:
    write()
    secrets("init")
    digest = version(synth())
    write(dragonfly_secret_version="7")
    assert version(synth()) == f"{digest}-7"


@pytest.mark.usefixtures("project")
def test_rules_that_have_changed_since_are_refused_with_the_command() -> None:
    write()
    secrets("init")
    assert refusal(dragonfly_acl_default="closed") == (
        "cluster.yaml: dragonfly_secrets_file: secrets/dragonfly.sops.yaml: its ACL file was written for other users "
        "or rules than there are now; run `cdk8s-dragonfly secrets sync`"
    )
    secrets("sync")
    synth()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"dragonfly_acl_users": [{"name": "worker", "keys": ["*"]}]}, "without 'worker-password'"),
        ({"dragonfly_name": "jobs"}, "secrets/jobs.sops.yaml: no such file; run `cdk8s-dragonfly secrets init`"),
        ({"dragonfly_auth_secret": "other"}, "its name is 'dragonfly-auth', and the cache asks for 'other'"),
        ({"dragonfly_namespace": "jobs"}, "its namespace is 'cache', and the cache asks for 'jobs'"),
        ({"dragonfly_acl_enabled": False}, "other users or rules"),
        ({"dragonfly_secrets_file": "x.yaml"}, "x.yaml: no such file"),
        ({"dragonfly_flux_decryption_secret": None}, "dragonfly_flux_decryption_secret: left out"),
    ],
)
@pytest.mark.usefixtures("project")
def test_what_does_not_fit_the_file_is_refused(changes: dict[str, Any], said: str) -> None:
    write()
    secrets("init")
    assert said in refusal(**changes)


@pytest.mark.usefixtures("project")
def test_a_file_that_is_not_encrypted_is_never_published() -> None:
    write()
    secrets("init")
    FILE.write_text(yaml.safe_dump(decrypt(FILE.read_bytes(), FILE)))
    said = refusal()
    assert "secrets/dragonfly.sops.yaml: 'AWS_ACCESS_KEY_ID' is not encrypted, and would be published" in said
    assert "canary" not in said


@pytest.mark.usefixtures("project")
def test_one_value_in_the_clear_is_enough_to_refuse() -> None:
    write()
    secrets("init")
    secret = yaml.safe_load(FILE.read_text())
    secret["stringData"]["note"] = "canary"
    FILE.write_text(yaml.safe_dump(secret))
    assert "'note' is not encrypted" in refusal()


@pytest.mark.parametrize("text", ["- canary\n", "a: [canary\n", "canary: {{ x }}\n", "kind: Secret\n", "\x00"])
@pytest.mark.usefixtures("project")
def test_a_file_that_is_something_else_is_told_without_its_text(text: str) -> None:
    FILE.parent.mkdir()
    FILE.write_text(text)
    said = refusal()
    assert "dragonfly_secrets_file: secrets/dragonfly.sops.yaml: " in said
    assert "canary" not in said


@pytest.mark.usefixtures("project")
def test_a_secret_in_the_clear_is_an_error_until_it_is_moved() -> None:
    write(dragonfly_password="canary-old")
    said = refusal(dragonfly_password="canary-old")
    assert "dragonfly_password: a secret in the clear; run `cdk8s-dragonfly secrets init`" in said
    assert "canary" not in said
    secrets("init")
    assert "dragonfly_password: a secret in the clear" in refusal(dragonfly_password="canary-old")
    write()
    synth()
    assert values_in(FILE)["password"] == "canary-old"


@pytest.mark.usefixtures("without_key")
def test_an_encrypted_cluster_yaml_is_read_without_a_key(project: Path) -> None:
    write()
    secrets("init")
    config = {**CONFIG, "dragonfly_password": "canary-old", "dragonfly_s3_secret_key": "canary-key"}
    (project / "cluster.yaml").write_bytes(encrypt(config, project / "cluster.yaml"))
    remarks = load(project / "cluster.yaml").messages
    assert [remark.split(": ")[2] for remark in remarks if "not read" in remark] == [
        "dragonfly_password",
        "dragonfly_s3_secret_key",
    ]
    synth()


@pytest.mark.usefixtures("project")
def test_a_cluster_yaml_that_is_encrypted_as_a_whole_is_told_variable_by_variable(project: Path) -> None:
    rules = project / ".sops.yaml"
    rules.write_text(
        rules.read_text().replace("    encrypted_regex: ^dragonfly_.*(password|access_key|secret_key)$\n", "")
    )
    (project / "cluster.yaml").write_bytes(
        encrypt({**CONFIG, "dragonfly_password": "canary"}, project / "cluster.yaml")
    )
    with pytest.raises(InvalidConfig) as error:
        load(project / "cluster.yaml")
    lines = str(error.value).splitlines()
    assert len(lines) == len(CONFIG)
    assert all("encrypted, and its value is needed here" in line for line in lines)


# with `substitute`


@pytest.mark.usefixtures("project")
def test_the_file_of_the_variables_is_watched() -> None:
    names = ["DRAGONFLY_PASSWORD", "DRAGONFLY_PASSWORD_SHA256", "DRAGONFLY_S3_ACCESS_KEY", "DRAGONFLY_S3_SECRET_KEY"]
    names += [f"DRAGONFLY_{user}_PASSWORD{end}" for user in ("APPCACHE", "KEYCLOAK") for end in ("", "_SHA256")]
    shared = Path("secrets", "shared.sops.yaml").absolute()
    shared.parent.mkdir()
    secret = {
        "apiVersion": "v1",
        "kind": "Secret",
        "metadata": {"name": "cluster-secrets"},
        "stringData": {name: f"canary-{name}" for name in [*names, "OTHER"]},
    }
    shared.write_bytes(encrypt(secret, shared))
    changes = {"dragonfly_secrets": "substitute", "dragonfly_secrets_file": "secrets/shared.sops.yaml"}
    write(**changes)
    before = version(synth())
    written = yaml.safe_load(COPY.read_text())
    assert written["stringData"]["keycloak-password"] == "${DRAGONFLY_KEYCLOAK_PASSWORD}"
    assert set(names) == {
        word.strip("${}") for word in " ".join(written["stringData"].values()).replace("#", " ").split() if "$" in word
    }
    secret["stringData"]["DRAGONFLY_KEYCLOAK_PASSWORD"] = "canary-new"  # type: ignore[index]
    shared.write_bytes(encrypt(secret, shared))
    assert version(synth()) != before
    del secret["stringData"]["DRAGONFLY_S3_ACCESS_KEY"]  # type: ignore[attr-defined]
    shared.write_bytes(encrypt(secret, shared))
    assert refusal(**changes) == (
        "cluster.yaml:6: dragonfly_secrets_file: secrets/shared.sops.yaml: without DRAGONFLY_S3_ACCESS_KEY, and Flux "
        "then applies nothing of the folder; add them with `sops edit`"
    )


# what a program sees


@pytest.mark.usefixtures("project")
def test_in_a_program_of_ones_own_a_stale_file_ends_the_synth() -> None:
    Path("app.py").write_text(PROGRAM)
    code = "import app; app.cache.add_user('worker', keys=['*']); app.app.synth()"
    program = [sys.executable, "-c", code]
    done = subprocess.run(
        program, capture_output=True, text=True, check=False, env={**os.environ, "PYTHONPATH": f"{ROOT}:."}
    )
    assert done.returncode == 1
    assert (
        "DragonflySecrets 'sessions/secrets': file: secrets/sessions.sops.yaml: no such file; run `cdk8s-dragonfly "
        "secrets init`" in done.stderr
    )
    assert not Path("dist/sessions.k8s.yaml").exists()


@pytest.mark.usefixtures("project")
def test_an_error_of_another_cache_leaves_no_copy_behind() -> None:
    write(dragonfly_acl_enabled=False, dragonfly_backup_enabled=False)
    secrets("init")
    app = App(outdir="dist")
    for name in ("a", "b"):
        cache = DragonflyCache(Chart(app, name, namespace="cache"), "cache")
        if name == "a":
            DragonflySecrets(Chart(app, "secrets"), "secrets", cache=cache, source="sops", file=str(FILE))
    with pytest.raises(RuntimeError, match="is that of a/cache too"):
        app.synth()
    assert not list(Path("dist").rglob("Secret.*"))


PROGRAM = """\
from cdk8s import App, Chart
from constructs_lib import DragonflyCache, DragonflyNetworkPolicy, DragonflySecrets

app = App()
chart = Chart(app, "sessions", namespace="cache")
cache = DragonflyCache(chart, "cache", name="sessions")
DragonflyNetworkPolicy(chart, "policy", cache=cache)
secrets = DragonflySecrets(chart, "secrets", cache=cache, source="sops", file="secrets/sessions.sops.yaml")
"""
