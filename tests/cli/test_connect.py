"""`cdk8s-dragonfly connect`: what a client is given, without a cluster, without Node, and without a password."""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner, Result

from constructs_lib.acl.presets import PRESETS
from constructs_lib.cache.connection import PARTS
from constructs_lib.cli.app import app
from tests.conftest import ROOT
from tests.servers import redis

USERS = {
    "dragonfly_acl_enabled": True,
    "dragonfly_acl_clients": ["keycloak", "langfuse", "litellm"],
    "dragonfly_acl_users": [{"name": "shop", "keys": ["shop:*"], "databases": 3}],
    "dragonfly_profile": "queue",
}
ENFORCED = {"network_policies_enabled": True, "network_policies_mode": "enforce"}
TLS = {"dragonfly_tls_enabled": True, "dragonfly_tls_issuer": {"name": "ca"}}
SECRET = ".data.shop-password"


@pytest.fixture
def config(tmp_path: Path) -> Path:
    return tmp_path / "cluster.yaml"


def run(config: Path, client: str, *options: str, **given: Any) -> Result:
    config.write_text(json.dumps({"dragonfly_enabled": True, **given}))
    return CliRunner().invoke(app, ["connect", client, "--config", str(config), *options], env={"COLUMNS": "200"})


def told(config: Path, client: str, *options: str, **given: Any) -> dict[str, Any]:
    result = run(config, client, "--format", "json", *options, **given)
    assert result.exit_code == 0, result.output
    read: dict[str, Any] = json.loads(result.stdout)
    return read


def environment(config: Path, client: str, **given: Any) -> dict[str, Any]:
    result = run(config, client, "--format", "env", **given)
    assert result.exit_code == 0, result.output
    return {
        each["name"]: each.get("value") or each["valueFrom"]["secretKeyRef"] for each in yaml.safe_load(result.stdout)
    }


def line(config: Path, beginning: str, client: str, *options: str, **given: Any) -> str:
    """What is told of one thing, its lines joined."""
    lines = run(config, client, *options, **given).stdout.splitlines()
    first = next(number for number, text in enumerate(lines) if text.startswith(f"{beginning} "))
    more = []
    for text in lines[first + 1 :]:
        if not text.startswith(" "):
            break
        more.append(text.strip())
    return " ".join([lines[first].removeprefix(beginning).strip(), *more])


def test_the_default_user_of_a_cache_with_nothing_asked_for(config: Path) -> None:
    assert told(config, "default")["connection"] == {
        "host": "dragonfly.cache.svc.cluster.local",
        "port": 6379,
        "tls": False,
        "database": 0,
        "username": "default",
        "url": "redis://default@dragonfly.cache.svc.cluster.local:6379/0",
        "secret": {"name": "dragonfly-auth", "key": "password"},
    }


def test_the_environment_is_that_of_the_cache_itself(config: Path) -> None:
    """One place makes it, so that a client of a cluster.yaml and one of a program are told the same."""
    from constructs_lib import DragonflyCache
    from tests.charts import new_chart

    cache = DragonflyCache(new_chart(), "cache")
    cache.add_user("shop", keys=["shop:*"], databases=3)
    result = run(config, "shop", "--format", "env", **USERS)
    assert yaml.safe_load(result.stdout) == cache.connection("shop").env()


def test_a_user_kept_in_a_database_is_told_its_number_and_its_keys(config: Path) -> None:
    shop = told(config, "shop", **USERS)
    assert (shop["connection"]["database"], shop["keys"]) == (3, ["~shop:*"])
    assert " -n 3 " in shop["commands"]["redis_cli"]


def test_a_known_client_is_told_its_own_names_for_it(config: Path) -> None:
    langfuse = environment(config, "langfuse", **USERS)
    assert langfuse["REDIS_AUTH"] == {"name": "dragonfly-auth", "key": "langfuse-password"}
    assert langfuse["REDIS_CONNECTION_STRING"].startswith("redis://langfuse:$(REDIS_AUTH)@dragonfly.cache.svc.")
    assert "REDIS_SSL" in environment(config, "litellm", **USERS)
    assert "cache_params.namespace: litellm" in line(config, "client", "litellm", **USERS)


def test_a_known_clients_names_are_for_parts_that_there_are() -> None:
    for preset in PRESETS.values():
        assert preset.variables.keys() <= set(PARTS)


def test_the_guides_example_has_the_names_of_the_known_client() -> None:
    guide = (ROOT / "docs" / "cache" / "connections.md").read_text()
    for part, name in PRESETS["langfuse"].variables.items():
        assert f'"{part}": "{name}"' in guide


@pytest.mark.parametrize("client", ["keyclok", "appcache", ""])
def test_a_user_that_there_is_not_is_a_usage_error_with_the_nearest_and_all_names(config: Path, client: str) -> None:
    result = run(config, client, **USERS)
    said = " ".join(result.stderr.replace("│", " ").split())
    assert (result.exit_code, result.stdout) == (2, "")
    assert "accepted: default, keycloak, langfuse, litellm, shop." in said
    assert ("did you mean 'keycloak'?" in said) is (client == "keyclok")


def test_a_closed_default_is_nobody_to_connect_as(config: Path) -> None:
    result = run(config, "default", **USERS, dragonfly_acl_default="closed")
    assert result.exit_code == 2
    assert "'default' is closed; accepted: keycloak, langfuse, litellm, shop." in " ".join(result.stderr.split())


@pytest.mark.parametrize(("client", "number"), [("default", "16"), ("shop", "0"), ("default", "-1")])
def test_a_database_that_is_not_to_be_had_is_a_usage_error(config: Path, client: str, number: str) -> None:
    result = run(config, client, "--database", number, **USERS)
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"{number} is " in result.stderr


def test_a_file_that_is_switched_off_has_no_cache(config: Path) -> None:
    result = run(config, "default", dragonfly_enabled=False)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.endswith("dragonfly_enabled: false, so that there is no cache; accepted here: true\n")


def test_a_file_that_cannot_work_is_told_under_its_own_keys(config: Path) -> None:
    result = run(config, "default", dragonfly_replicas="three")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("cluster.yaml:1: dragonfly_replicas: ")


@pytest.mark.parametrize(
    ("options", "given", "let_in", "said"),
    [
        ([], {}, True, "everybody: without network_policies_enabled no network policy is written"),
        ([], {**ENFORCED, "network_policies_mode": "audit"}, True, "everybody: the network policy audits"),
        (["--namespace", "shop"], ENFORCED, False, "no: the network policy drops what comes from namespace shop; name"),
        (["--namespace", "default"], ENFORCED, True, "yes, by the network policy: namespace default"),
        ([], ENFORCED, None, "by the network policy: namespace default; --namespace says whether"),
        (
            ["--namespace", "shop"],
            {**ENFORCED, "dragonfly_clients": [{"namespace": "shop", "pod_labels": {"app": "web"}}]},
            True,
            "yes, by the network policy: pods app=web of namespace shop",
        ),
        (
            ["--namespace", "shop"],
            {**ENFORCED, "dragonfly_clients": [{"entities": ["cluster"]}]},
            True,
            "yes, by the network policy: Cilium's cluster",
        ),
        (["--namespace", "shop"], {**ENFORCED, "dragonfly_clients": [{"cidr": "203.0.113.0/24"}]}, False, "no: the "),
    ],
)
def test_it_says_whether_the_network_policy_lets_the_client_in(
    config: Path, options: list[str], given: dict[str, Any], let_in: bool | None, said: str
) -> None:
    assert told(config, "default", *options, **given)["network_policy"]["let_in"] is let_in
    assert line(config, "let in", "default", *options, **given).startswith(said)


def test_where_the_files_switches_put_a_client_is_known(config: Path) -> None:
    given = {**USERS, **ENFORCED, "keycloak_enabled": True}
    assert told(config, "keycloak", **given)["client_namespace"] == "identity"
    assert told(config, "keycloak", **{**given, "keycloak_enabled": False})["client_namespace"] is None


def test_a_client_elsewhere_is_told_how_its_secret_comes_to_be(config: Path) -> None:
    options = ("--namespace", "web", "--secret", "shop-redis")
    shop = told(config, "shop", *options, **USERS)
    assert shop["connection"]["secret"] == {"name": "shop-redis", "key": "shop-password"}
    assert shop["commands"]["copy_secret"] == (
        "kubectl -n cache get secret dragonfly-auth -o 'jsonpath={.data.shop-password}' | base64 -d | kubectl -n web "
        "create secret generic shop-redis --from-file=shop-password=/dev/stdin"
    )
    assert line(config, "password", "shop", *options, **USERS) == (
        "key shop-password of the Secret shop-redis, which must stand in namespace web, since a pod reads no other "
        "namespace's"
    )


def test_a_client_beside_the_cache_reads_the_caches_own_secret(config: Path) -> None:
    assert "copy_secret" not in told(config, "shop", "--namespace", "cache", **USERS)["commands"]


def test_with_tls_it_says_where_the_ca_is(config: Path) -> None:
    made = told(config, "default", **TLS)
    assert made["connection"]["ca"] == {"name": "dragonfly-tls", "key": "ca.crt"}
    assert made["connection"]["url"].startswith("rediss://")
    assert made["commands"]["write_ca"].endswith(r"'jsonpath={.data.ca\.crt}' | base64 -d > ca.crt")
    assert " --tls --sni dragonfly.cache.svc.cluster.local --cacert ca.crt" in made["commands"]["redis_cli"]
    given = {"dragonfly_tls_enabled": True, "dragonfly_tls_secret": "mine"}
    assert "write_ca" not in told(config, "default", **given)["commands"]
    assert line(config, "tls", "default", **given).startswith("yes; with the certificate in the Secret mine, whose CA")


def test_a_cache_that_asks_nobody_for_a_password(config: Path) -> None:
    result = run(config, "default", dragonfly_authentication=False)
    assert "none: nobody is asked for a password" in result.stdout
    assert "askpass" not in result.stdout
    assert "REDISCLI_AUTH" not in result.stdout


def test_no_node_is_loaded(config: Path) -> None:
    config.write_text(json.dumps({"dragonfly_enabled": True, **USERS, **ENFORCED}))
    program = (
        "import sys\nfrom typer.testing import CliRunner\nfrom constructs_lib.cli.app import app\n"
        f"done = CliRunner().invoke(app, ['connect', 'shop', '--config', {str(config)!r}])\n"
        "print(done.exit_code, 'cdk8s' in sys.modules, 'jsii' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "0 False False\n"


def test_the_help_shows_examples() -> None:
    help = CliRunner().invoke(app, ["connect", "--help"]).stdout
    assert "cdk8s-dragonfly connect keycloak --namespace identity" in help


@pytest.mark.skipif(shutil.which("redis-cli") is None, reason="no redis-cli here: apt-get install redis-server")
def test_the_line_for_a_laptop_logs_in_with_the_password_of_the_secret(
    config: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By a real redis-cli, at a real server with that user; kubectl gives the Secret's value as the API server does."""
    password = "p$a'ss w\"rd"
    kubectl = tmp_path / "bin" / "kubectl"
    kubectl.parent.mkdir()
    encoded = base64.b64encode(password.encode()).decode()
    kubectl.write_text(f'#!/bin/sh\ncase "$*" in *"{SECRET}"*) printf %s {encoded};; *) exit 1;; esac\n')
    kubectl.chmod(0o755)
    monkeypatch.setenv("PATH", f"{kubectl.parent}:/usr/bin:/bin")
    command = told(config, "shop", **USERS)["commands"]["redis_cli_forwarded"]
    users = tmp_path / "users.acl"
    users.write_text(f"user default off\nuser shop on #{sha256(password.encode()).hexdigest()} ~shop:* +@all\n")
    with redis(tmp_path / "data", "--aclfile", str(users)) as port:
        here = command.replace("-p 6379", f"-p {port}")
        assert here != command
        done = subprocess.run(["/bin/sh", "-c", f"{here} ACL WHOAMI"], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "shop"
