"""`cdk8s-dragonfly secrets` as it is called, with a real age key, and what it must never let out."""

from __future__ import annotations

import io
import os
import re
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner, Result

from constructs_lib.cli.app import app
from constructs_lib.secrets.sops.program import encrypt
from tests.secrets.sops.conftest import values_in

BASIC = """\
dragonfly_enabled: true
dragonfly_acl_enabled: true
dragonfly_secrets: sops
dragonfly_flux_decryption_secret: sops-age
dragonfly_replicas: 2
"""
BACKUP = "dragonfly_backup_enabled: true\nrustfs_enabled: true\n"
S3_KEYS = "AWS_ACCESS_KEY_ID=canary-id\nAWS_SECRET_ACCESS_KEY=canary=key\n"
FILE = Path("secrets", "dragonfly.sops.yaml")


def run(*arguments: str, stdin: str = "") -> Result:
    return CliRunner().invoke(app, ["secrets", *arguments], input=stdin)


def write(text: str) -> None:
    Path("cluster.yaml").write_text(text)


@pytest.mark.usefixtures("project")
class TestItsLife:
    """One file, from its first line to a rotation."""

    def test_init_says_what_it_did_and_what_comes_next(self) -> None:
        write(BASIC)
        result = run("init")
        assert (result.exit_code, result.stderr) == (0, "")
        assert result.stdout.splitlines() == [
            "secrets/dragonfly.sops.yaml: password: drawn",
            "secrets/dragonfly.sops.yaml: appcache-password: drawn",
            "secrets/dragonfly.sops.yaml: keycloak-password: drawn",
            "secrets/dragonfly.sops.yaml: acl.conf: written",
            "synthesize again, and commit both",
        ]

    def test_secrets_of_the_cluster_yaml_are_taken_over_and_named(self) -> None:
        write(f"{BASIC}{BACKUP}dragonfly_password: canary-old\ndragonfly_s3_access_key: canary-id\n")
        result = run("init", stdin="AWS_SECRET_ACCESS_KEY=canary=key\n")
        assert result.exit_code == 0
        last = result.stdout.splitlines()[-1]
        assert last.startswith("leave dragonfly_password, dragonfly_s3_access_key out of cluster.yaml, ")
        values = values_in(FILE)
        taken = [values[key] for key in ("password", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")]
        assert taken == ["canary-old", "canary-id", "canary=key"]

    def test_an_encrypted_cluster_yaml_is_taken_over_too(self, project: Path) -> None:
        config = {**yaml.safe_load(BASIC), "dragonfly_password": "canary-old"}
        (project / "cluster.yaml").write_bytes(encrypt(config, project / "cluster.yaml"))
        assert "dragonfly_password: ENC[" in Path("cluster.yaml").read_text()
        assert run("init").exit_code == 0
        assert values_in(FILE)["password"] == "canary-old"
        run("rotate", "default")
        run("sync")
        assert values_in(FILE)["password"] != "canary-old", "an old value comes back"

    def test_a_change_of_users_is_synced(self) -> None:
        write(BASIC)
        run("init")
        write(BASIC + "dragonfly_acl_clients: [keycloak]\ndragonfly_acl_users: [{name: worker, keys: ['jobs:*']}]\n")
        assert run("check").exit_code == 1
        assert run("sync").exit_code == 0
        assert set(values_in(FILE)) == {"password", "keycloak-password", "worker-password", "acl.conf"}
        assert run("check").exit_code == 0

    def test_sync_of_what_is_right_says_so(self) -> None:
        write(BASIC)
        run("init")
        assert run("sync").stdout == "secrets/dragonfly.sops.yaml: is up to date\n"

    def test_rotate_names_what_it_drew(self) -> None:
        write(BASIC)
        run("init")
        result = run("rotate", "keycloak", "default")
        assert result.stdout.splitlines()[:2] == [
            "secrets/dragonfly.sops.yaml: keycloak-password: drawn anew",
            "secrets/dragonfly.sops.yaml: password: drawn anew",
        ]

    def test_an_old_password_is_kept_and_dropped(self) -> None:
        write(BASIC)
        run("init")
        assert "the old one lets in as well" in run("rotate", "keycloak", "--keep-old").stdout
        assert "keycloak: the old password lets nobody in any more" in run("rotate", "keycloak", "--drop-old").stdout

    def test_one_pod_without_snapshots_is_warned_of(self) -> None:
        write(BASIC.replace("replicas: 2", "replicas: 1"))
        run("init")
        assert run("rotate", "keycloak").stdout.endswith("without snapshots it starts empty\n")

    def test_new_s3_keys_are_asked_for(self) -> None:
        write(BASIC + BACKUP)
        assert run("init", stdin=S3_KEYS).exit_code == 0
        assert run("sync", "--s3-keys", stdin=S3_KEYS.replace("canary-id", "canary-new")).exit_code == 0
        assert values_in(FILE)["AWS_ACCESS_KEY_ID"] == "canary-new"

    def test_at_a_terminal_the_s3_keys_are_read_unseen(self, monkeypatch: pytest.MonkeyPatch) -> None:
        asked: list[tuple[str, bool]] = []

        def prompt(text: str, *, hide_input: bool, err: bool) -> str:
            asked.append((text, hide_input))
            return "canary"

        class Terminal(io.StringIO):
            def isatty(self) -> bool:
                return True

        monkeypatch.setattr("typer.prompt", prompt)
        monkeypatch.setattr(sys, "stdin", Terminal())
        from constructs_lib.cli.secrets.command import init

        write(BASIC + BACKUP)
        init(config=None, app=None, s3_keys=False)
        assert asked == [("AWS_ACCESS_KEY_ID", True), ("AWS_SECRET_ACCESS_KEY", True)]

    def test_an_app_of_ones_own_is_asked_for_its_users(self, project: Path) -> None:
        (project / "secrets_app.py").write_text(APP)
        try:
            assert run("init", "--app", "secrets_app:kept").exit_code == 0
        finally:
            sys.path.remove(str(project))
        assert set(values_in(Path("secrets/sessions.sops.yaml"))) == {"password", "keycloak-password", "acl.conf"}


APP = """\
from cdk8s import App, Chart
from constructs_lib import DragonflyCache, DragonflySecrets

chart = Chart(App(), "sessions", namespace="cache")
cache = DragonflyCache(chart, "cache", name="sessions")
kept = DragonflySecrets(chart, "secrets", cache=cache, source="sops", file="secrets/sessions.sops.yaml")
cache.add_user("keycloak", preset="keycloak")
"""


@pytest.mark.usefixtures("project")
class TestItsErrors:
    """Exit status 1 and lines for the user's mistakes, 2 for usage; never a traceback."""

    def test_s3_keys_that_nobody_gave(self) -> None:
        write(BASIC + BACKUP)
        result = run("init")
        assert (result.exit_code, result.stdout) == (1, "")
        assert result.stderr.startswith("no value for AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY; give each on stdin")

    def test_another_way_has_no_file(self) -> None:
        write(BASIC.replace("sops\n", "existing\n", 1))
        result = run("init")
        assert (result.exit_code, result.stderr) == (
            1,
            "cluster.yaml: dragonfly_secrets: 'existing' has no file to keep; accepted here: sops\n",
        )

    def test_a_wrong_cluster_yaml(self) -> None:
        write(BASIC + "dragonfly_threads: 99\n")
        result = run("sync")
        assert (result.exit_code, result.stderr.split(": ")[1]) == (1, "dragonfly_threads")

    def test_no_cluster_yaml(self) -> None:
        assert run("check").stderr.startswith("cluster.yaml: no such file")

    def test_a_cache_that_is_off(self) -> None:
        write("dragonfly_enabled: false\ndragonfly_secrets: sops\n")
        assert run("init").stderr.startswith("cluster.yaml:1: dragonfly_enabled: false")

    @pytest.mark.parametrize("command", [["sync"], ["rotate", "keycloak"], ["check"]])
    def test_no_file_yet(self, command: list[str]) -> None:
        write(BASIC)
        result = run(*command)
        assert result.exit_code == 1
        assert "no such file; run `cdk8s-dragonfly secrets init`" in result.stdout + result.stderr

    @pytest.mark.usefixtures("without_key")
    def test_check_without_a_private_key_checks_what_it_can(self) -> None:
        write(BASIC)
        run("init")
        result = run("check")
        assert result.exit_code == 0
        assert "without its values: dragonfly.sops.yaml: no private key here decrypts it" in result.stdout
        write(BASIC + "dragonfly_acl_clients: [keycloak]\n")
        assert (run("check").exit_code, run("sync").exit_code) == (1, 1)

    def test_no_user_given(self) -> None:
        assert run("rotate").exit_code == 2

    def test_both_options_of_rotate(self) -> None:
        assert run("rotate", "keycloak", "--keep-old", "--drop-old").exit_code == 2

    def test_no_sops_anywhere(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        write(BASIC)
        monkeypatch.setenv("PATH", "")
        monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
        assert run("init").stderr.startswith("no sops on the PATH; `pip install 'cdk8s-dragonfly[secrets]'`")


@pytest.mark.parametrize("command", ["init", "sync", "rotate", "check"])
def test_the_help_shows_an_example(command: str) -> None:
    assert f"cdk8s-dragonfly secrets {command}" in run(command, "--help").stdout


# What must never be let out


@pytest.fixture
def watched(project: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A `sops` on the PATH that notes its arguments and environment before it does its work."""
    folder = tmp_path_factory.mktemp("bin")
    real = shutil.which("sops") or str(Path(sys.executable).with_name("sops"))
    wrapper = folder / "sops"
    wrapper.write_text(f'#!/bin/sh\n(printf "%s\\n" "$0" "$@"; env) >> "{folder}/seen"\nexec "{real}" "$@"\n')
    wrapper.chmod(wrapper.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("TMPDIR", str(tmp_path_factory.mktemp("tmp")))
    return folder / "seen"


@pytest.fixture
def opened() -> Iterator[list[str]]:
    """Every file that this process opens for writing."""
    paths: list[str] = []
    watching = [True]

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        if watching[0] and event == "open":
            path, _, flags = arguments
            if isinstance(path, str) and isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR):
                paths.append(path)

    sys.addaudithook(hook)  # it cannot be taken away again, only told to look away
    yield paths
    watching[0] = False


def test_no_secret_leaves_the_process_but_through_the_pipe_to_sops(
    project: Path, watched: Path, opened: list[str]
) -> None:
    write(f"{BASIC}{BACKUP}dragonfly_password: canary-old\n")
    said = [run("init", stdin=S3_KEYS)]
    secrets = set(values_in(FILE).values())
    write(BASIC + BACKUP + "dragonfly_acl_users: [{name: worker, keys: ['jobs:*']}]\n")
    said += [run("sync"), run("rotate", "keycloak"), run("check"), run("init"), run("rotate", "nobody")]
    secrets |= set(values_in(FILE).values())
    Path("cluster.yaml").unlink()
    assert [result.exit_code for result in said] == [0, 0, 0, 0, 1, 1]
    assert {"canary-old", "canary-id", "canary=key"} <= secrets
    assert len(secrets) >= 9
    places = [result.output + repr(result.exception) for result in said]
    places += [path.read_text() for path in project.rglob("*") if path.is_file()]
    places.append(watched.read_text())
    assert not [secret for secret in secrets for place in places if secret in place]
    names = {Path(path).name for path in opened} - {"cluster.yaml"}
    assert names
    assert all(re.fullmatch(r"\.dragonfly\.sops\.yaml\.\w+", name) for name in names), names


def test_what_sops_says_of_a_secret_is_not_passed_on(project: Path, watched: Path) -> None:
    write(f"{BASIC}dragonfly_password: canary-old\n")
    (watched.parent / "sops").write_text("#!/bin/sh\ncat >&2\nexit 3\n")
    result = run("init")
    assert result.exit_code == 1
    assert result.stderr.startswith("sops could not encrypt dragonfly.sops.yaml: ")
    assert "canary" not in result.output
    assert "***" in result.stderr


def test_a_traceback_shows_no_secret(project: Path) -> None:
    """Whatever breaks: the values' own repr tells nothing."""
    write(f"{BASIC}dragonfly_password: canary-old\n")
    code = (
        "import sys\nimport constructs_lib.secrets.sops.secret_file as module\n"
        "def broken(path, content): raise RuntimeError\nmodule.replace_file = broken\n"
        "from constructs_lib.cli.app import main\nsys.argv = ['x', 'secrets', 'init']\nmain()\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "RuntimeError" in done.stderr
    assert "canary" not in done.stderr + done.stdout
    assert not FILE.exists()
