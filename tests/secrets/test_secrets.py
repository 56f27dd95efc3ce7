"""`DragonflySecrets`: each way to get the Secret, whatever is added to the cache before or after it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml
from cdk8s import ApiObject, App, Chart, JsonPatch, YamlOutputType

from constructs_lib import (
    DragonflyBackup,
    DragonflyCache,
    DragonflyNetworkPolicy,
    DragonflySecrets,
    DragonflyWarning,
    InvalidArguments,
    SecretKey,
    SecretStore,
)
from constructs_lib.acl.file import AclFile
from constructs_lib.acl.user import AclUser
from constructs_lib.secrets.arguments import Source
from constructs_lib.secrets.provider import provider_named
from tests.charts import manifests, new_chart, spec_of, synthesized
from tests.conftest import STACKS

SECRET_VERSION = "cdk8s-dragonfly/secret-version"

WAYS: dict[str, dict[str, Any]] = {
    "existing": {"source": "existing", "version": "1"},
    "external-secrets": {"source": "external-secrets", "secret_store": {"name": "vault"}, "version": "1"},
    "substitute": {"source": "substitute", "version": "1"},
}

CIPHERTEXT = "ENC[AES256_GCM,data:{},iv:a,tag:b,type:str]"


def encrypted(path: Path, *keys: str, acl: AclFile | None = None, name: str = "dragonfly-auth") -> Path:
    """A file as SOPS leaves it; nothing here has a key to it."""
    annotations = {"cdk8s-dragonfly/acl-digest": acl.digest()} if acl else {}
    secret = {
        "stringData": {key: CIPHERTEXT.format(key) for key in keys},
        "kind": "Secret",
        "apiVersion": "v1",
        "metadata": {"name": name, "namespace": "cache", "annotations": annotations},
        "sops": {"mac": CIPHERTEXT.format("mac")},
    }
    path.write_text("# by hand\n" + yaml.safe_dump(secret, sort_keys=False))
    return path


def version_of(chart: Chart) -> str | None:
    annotations = spec_of(chart).get("annotations") or {}
    return annotations.get(SECRET_VERSION)


# Each way


def test_every_way_is_tried_here_and_written_in_a_stack() -> None:
    assert {*WAYS, "sops"} == set(get_args(Source)), "give it a row in WAYS"
    written = {yaml.safe_load(stack.read_text()).get("dragonfly_secrets", "existing") for stack in STACKS}
    unwritten = {way for way in get_args(Source) if provider_named(way).manifest_kind} - written
    assert unwritten == set(), "write its object in a stack of tests/stacks/"


def test_of_an_existing_secret_nothing_is_written(chart: Chart, cache: DragonflyCache) -> None:
    secrets = DragonflySecrets(chart, "secrets", cache=cache)
    assert secrets.api_object is None
    assert set(manifests(chart)) == {"Dragonfly"}
    assert version_of(chart) is None


@pytest.mark.parametrize("way", WAYS)
def test_a_version_is_on_the_pods(chart: Chart, cache: DragonflyCache, way: str) -> None:
    DragonflySecrets(chart, "secrets", cache=cache, **WAYS[way])
    assert version_of(chart) == "1"


@pytest.mark.parametrize("way", WAYS)
def test_without_a_version_a_change_does_nothing_and_that_is_said(
    chart: Chart, cache: DragonflyCache, way: str
) -> None:
    given = {name: value for name, value in WAYS[way].items() if name != "version"}
    with pytest.warns(DragonflyWarning, match="version: left out: servers read the Secret only when they start"):
        DragonflySecrets(chart, "secrets", cache=cache, **given)


def test_a_version_is_beside_annotations_of_ones_own(chart: Chart) -> None:
    cache = DragonflyCache(chart, "cache", annotations={"note": "a"})
    DragonflySecrets(chart, "secrets", cache=cache, version="1")
    assert spec_of(chart)["annotations"] == {"note": "a", SECRET_VERSION: "1"}


def external(chart: Chart) -> dict[str, Any]:
    spec: dict[str, Any] = manifests(chart)["ExternalSecret"]["spec"]
    return spec


def test_an_external_secret_hashes_in_its_template(chart: Chart) -> None:
    cache = guarded(chart)
    cache.add_user("keycloak", preset="keycloak")
    DragonflySecrets(chart, "secrets", cache=cache, **WAYS["external-secrets"])
    spec = external(chart)
    data = spec["target"]["template"]["data"]
    first, second = data["acl.conf"].splitlines()
    assert first == 'USER default on #{{ index . "password" | sha256sum }} ~* &* +@all'
    assert second.startswith('USER keycloak on #{{ index . "keycloak-password" | sha256sum }} ~keycloak:* ')
    assert data["keycloak-password"] == '{{ index . "keycloak-password" }}'
    assert spec["target"]["name"] == "dragonfly-auth"
    assert [item["secretKey"] for item in spec["data"]] == ["password", "keycloak-password"]


def test_an_external_secret_reads_one_entry_of_one_store(chart: Chart, cache: DragonflyCache) -> None:
    DragonflySecrets(
        chart,
        "secrets",
        cache=cache,
        source="external-secrets",
        secret_store=SecretStore(name="vault", kind="SecretStore"),
        remote_key="kv/sessions",
        refresh_interval="5m",
        version="1",
    )
    spec = external(chart)
    assert (spec["secretStoreRef"], spec["refreshInterval"]) == ({"name": "vault", "kind": "SecretStore"}, "5m")
    assert spec["data"] == [{"secretKey": "password", "remoteRef": {"key": "kv/sessions", "property": "password"}}]


def test_what_the_template_would_take_for_its_own_is_refused(chart: Chart) -> None:
    cache = guarded(chart)
    cache.add_user("keycloak", keys=["{{a}}:*"])
    DragonflySecrets(chart, "secrets", cache=cache, **WAYS["external-secrets"])
    with pytest.raises(RuntimeError, match=r"users\.keycloak: a pattern with '\{\{', where an"):
        synthesized(chart)


def test_a_substituted_secret_is_made_of_variables(chart: Chart) -> None:
    cache = DragonflyCache(chart, "cache", name="my-jobs", acl_default="closed")
    DragonflyNetworkPolicy(chart, "policy", cache=cache)
    cache.add_user("key-cloak.1", keys=["*"])
    DragonflySecrets(chart, "secrets", cache=cache, **WAYS["substitute"])
    data = manifests(chart)["Secret"]["stringData"]
    acl = data.pop("acl.conf").splitlines()
    assert data == {
        "password": "${MY_JOBS_PASSWORD}",
        "key-cloak.1-password": "${MY_JOBS_KEY_CLOAK_1_PASSWORD}",
    }
    assert acl[0] == "USER default off resetkeys -@all +@connection"
    assert acl[1].startswith("USER key-cloak.1 on #${MY_JOBS_KEY_CLOAK_1_PASSWORD_SHA256} ~* ")


def test_users_whose_variables_would_be_one_are_refused(chart: Chart) -> None:
    cache = guarded(chart)
    cache.add_user("a-b", keys=["a:*"])
    cache.add_user("a.b", keys=["b:*"])
    DragonflySecrets(chart, "secrets", cache=cache, **WAYS["substitute"])
    with pytest.raises(RuntimeError, match="DRAGONFLY_A_B_PASSWORD would stand for two values"):
        synthesized(chart)


# The encrypted file


@pytest.mark.parametrize(
    ("output", "copy"),
    [
        (YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE, "sessions/Secret.dragonfly-auth.yaml"),
        (YamlOutputType.FILE_PER_RESOURCE, "Secret.dragonfly-auth.yaml"),
        (YamlOutputType.FILE_PER_CHART, "Secret.dragonfly-auth.yaml"),
    ],
)
def test_an_encrypted_file_is_copied_to_the_byte(output: YamlOutputType, copy: str, tmp_path: Path) -> None:
    file = encrypted(tmp_path / "a.sops.yaml", "password", "own")
    app = App(outdir=str(tmp_path / "dist"), output_file_extension=".yaml", yaml_output_type=output)
    chart = Chart(app, "sessions", namespace="cache")
    DragonflySecrets(chart, "secrets", cache=DragonflyCache(chart, "cache"), source="sops", file=str(file))
    app.synth()
    assert (tmp_path / "dist" / copy).read_bytes() == file.read_bytes()


def test_its_digest_is_on_the_pods_and_changes_with_a_value(tmp_path: Path) -> None:
    digests = []
    for index, change in enumerate([("", ""), ("# by hand", "# by another"), ("data:own", "data:other")]):
        file = encrypted(tmp_path / f"{index}.sops.yaml", "password", "own")
        file.write_text(file.read_text().replace(*change))
        chart = new_chart()
        DragonflySecrets(chart, "secrets", cache=DragonflyCache(chart, "cache"), source="sops", file=str(file))
        digests.append(version_of(chart))
    assert digests[0] == digests[1] != digests[2]


def with_users(chart: Chart, cache: DragonflyCache, file: str) -> None:
    DragonflyNetworkPolicy(chart, "policy", cache=cache)
    DragonflySecrets(chart, "secrets", cache=cache, source="sops", file=file)
    cache.add_user("keycloak", keys=["keycloak:*"])


def test_users_that_come_after_are_compared_with_the_file(chart: Chart, cache: DragonflyCache, tmp_path: Path) -> None:
    acl = AclFile((AclUser(name="keycloak", keys=["keycloak:*"]),))
    file = encrypted(tmp_path / "a.sops.yaml", "password", "keycloak-password", "acl.conf", acl=acl)
    with_users(chart, cache, str(file))
    assert "Dragonfly" in manifests(chart)


@pytest.mark.parametrize(
    ("keys", "rules", "said"),
    [
        (("password", "acl.conf"), "keycloak:*", "without 'keycloak-password', which the cache needs"),
        (("password", "keycloak-password", "acl.conf"), "other:*", "written for other users or rules"),
        (("password", "keycloak-password", "acl.conf"), None, "written for other users or rules"),
    ],
)
def test_a_stale_file_ends_the_synth(
    chart: Chart, cache: DragonflyCache, tmp_path: Path, keys: tuple[str, ...], rules: str | None, said: str
) -> None:
    acl = AclFile((AclUser(name="keycloak", keys=[rules]),)) if rules else None
    with_users(chart, cache, str(encrypted(tmp_path / "a.sops.yaml", *keys, acl=acl)))
    with pytest.raises(RuntimeError, match=said):
        synthesized(chart)
    assert not list(Path(App.of(chart).outdir).rglob("Secret.*"))


def test_in_numbered_folders_it_would_be_lost(tmp_path: Path) -> None:
    file = encrypted(tmp_path / "a.sops.yaml", "password")
    app = App(outdir=str(tmp_path / "dist"), yaml_output_type=YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE)
    first, chart = Chart(app, "first"), Chart(app, "sessions", namespace="cache")
    chart.add_dependency(first)
    DragonflySecrets(chart, "secrets", cache=DragonflyCache(chart, "cache"), source="sops", file=str(file))
    with pytest.raises(RuntimeError, match="the app's charts depend on each other"):
        app.synth()


# Arguments


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"source": "sops"}, "file: left out, while `source` is 'sops'"),
        ({"source": "external-secrets"}, "secret_store: left out, while `source` is 'external-secrets'"),
        ({"source": "existing", "file": "a"}, "file: means nothing while `source` is 'existing'"),
        ({"source": "substitute", "remote_key": "a"}, "remote_key: means nothing while `source` is 'substitute'"),
        ({"source": "vault"}, "source: 'vault' is not accepted; accepted: 'existing', 'sops', 'external-secrets'"),
        ({"source": "external-secrets", "secret_store": {"nam": "a"}}, "secret_store.nam: no such field"),
    ],
)
def test_what_cannot_work_is_refused(chart: Chart, cache: DragonflyCache, arguments: dict[str, Any], said: str) -> None:
    with pytest.raises(InvalidArguments) as error:
        DragonflySecrets(chart, "secrets", cache=cache, version="1", **arguments)
    assert said in str(error.value)


def test_a_cache_that_reads_two_secrets_is_refused(chart: Chart) -> None:
    cache = DragonflyCache(chart, "cache", acl_from_secret=SecretKey(name="other", key="acl.conf"))
    with pytest.raises(InvalidArguments, match="accepted: one Secret for both"):
        DragonflySecrets(chart, "secrets", cache=cache, version="1")


# What is added when


def guarded(chart: Chart) -> DragonflyCache:
    cache = DragonflyCache(chart, "cache")
    DragonflyNetworkPolicy(chart, "policy", cache=cache)
    return cache


STEPS: dict[str, Callable[[Chart, DragonflyCache, str], object]] = {
    "user": lambda chart, cache, way: cache.add_user("keycloak", preset="keycloak"),
    "backup": lambda chart, cache, way: DragonflyBackup(chart, "backup", cache=cache, bucket="dragonfly-backups"),
    "secrets": lambda chart, cache, way: DragonflySecrets(chart, "secrets", cache=cache, **WAYS[way]),
}


def values_of(chart: Chart) -> dict[str, str]:
    """The Secret's values by key, as variables or as the template has them."""
    kinds = manifests(chart)
    if "Secret" in kinds:
        return dict(kinds["Secret"]["stringData"])
    return dict(kinds["ExternalSecret"]["spec"]["target"]["template"]["data"])


@pytest.mark.parametrize("way", ["external-secrets", "substitute"])
def test_whatever_comes_first_the_secret_has_every_key(way: str) -> None:
    written = []
    for order in (["user", "backup", "secrets"], ["secrets", "user", "backup"], ["backup", "secrets", "user"]):
        chart = new_chart()
        cache = guarded(chart)
        for step in order:
            STEPS[step](chart, cache, way)
        written.append(values_of(chart))
    assert set(written[0]) == {
        "password",
        "keycloak-password",
        "acl.conf",
        "AWS_ACCESS_KEY_ID",
        "AWS_SECRET_ACCESS_KEY",
    }
    assert written[0] == written[1] == written[2]


def test_s3_keys_of_another_secret_are_not_in_this_one(chart: Chart, cache: DragonflyCache) -> None:
    DragonflyBackup(chart, "backup", cache=cache, bucket="dragonfly-backups", credentials_secret="s3")
    DragonflySecrets(chart, "secrets", cache=cache, **WAYS["substitute"])
    assert set(values_of(chart)) == {"password"}


def test_variables_of_ones_own_that_read_the_secret_have_their_keys(chart: Chart) -> None:
    env = [
        {"name": key.upper(), "valueFrom": {"secretKeyRef": {"name": "dragonfly-auth", "key": key}}}
        for key in ("token", "password")
    ]
    cache = DragonflyCache(chart, "cache", env=env)
    DragonflySecrets(chart, "secrets", cache=cache, **WAYS["substitute"])
    assert values_of(chart) == {"password": "${DRAGONFLY_PASSWORD}", "token": "${DRAGONFLY_TOKEN}"}


@pytest.mark.parametrize("way", ["external-secrets", "substitute"])
def test_patches_of_ones_own_stay_whatever_is_added_later(chart: Chart, way: str) -> None:
    cache = guarded(chart)
    secrets = DragonflySecrets(chart, "secrets", cache=cache, **WAYS[way])
    assert isinstance(secrets.api_object, ApiObject)
    secrets.api_object.add_json_patch(JsonPatch.add("/metadata/labels", {"team": "blue"}))
    path = {"external-secrets": "/spec/refreshInterval", "substitute": "/stringData/password"}[way]
    secrets.api_object.add_json_patch(JsonPatch.replace(path, "own"))
    cache.add_user("keycloak", preset="keycloak")
    (written,) = [o for o in manifests(chart).values() if o["kind"] in ("Secret", "ExternalSecret")]
    assert written["metadata"]["labels"] == {"team": "blue"}
    assert "own" in (written.get("spec", {}).get("refreshInterval"), written.get("stringData", {}).get("password"))
