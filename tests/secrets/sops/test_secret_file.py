"""The encrypted file, with a real age key and the real `sops`: what goes in, what comes out, what stays whole."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import SecretStr

from constructs_lib.acl.file import AclFile
from constructs_lib.acl.lines import users_of
from constructs_lib.cache.secret import SecretContents
from constructs_lib.errors import InvalidArguments
from constructs_lib.secrets.sops.file import SopsFile
from constructs_lib.secrets.sops.program import NoPrivateKey, SopsFailed, decrypt, encrypt
from constructs_lib.secrets.sops.secret import MissingValues
from constructs_lib.secrets.sops.secret_file import SecretFile, SecretFileError
from tests.conftest import ROOT
from tests.secrets.sops.conftest import SERVER, contents, user, values_in

Kept = Callable[[SecretContents], SecretFile]

S3 = {"AWS_ACCESS_KEY_ID": SecretStr("canary-id"), "AWS_SECRET_ACCESS_KEY": SecretStr("canary-$key")}
TWO = contents(user("keycloak"), user("appcache"))


def lets_in(path: Path, name: str, password: str) -> bool:
    """Whether the ACL file in an encrypted file lets a user in with a password."""
    users = users_of(values_in(path)["acl.conf"], SERVER, None)
    return name in users and users[name].lets_in(SecretStr(password))


def test_what_goes_in_comes_out(secret_file: Kept) -> None:
    kept = secret_file(contents(user("keycloak"), s3_keys=tuple(S3)))
    kept.init(S3, {"password": SecretStr("canary-old")})
    values = values_in(kept.path)
    assert list(values) == ["password", "keycloak-password", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "acl.conf"]
    assert (values["password"], values["AWS_SECRET_ACCESS_KEY"]) == ("canary-old", "canary-$key")
    assert lets_in(kept.path, "default", "canary-old")
    assert lets_in(kept.path, "keycloak", values["keycloak-password"])


def test_nothing_but_name_rules_and_keys_is_in_the_clear(secret_file: Kept) -> None:
    kept = secret_file(contents(user("keycloak"), s3_keys=tuple(S3)))
    kept.init(S3, {"password": SecretStr("canary-old")})
    text = kept.path.read_text()
    hidden = values_in(kept.path)
    assert not [key for key, value in hidden.items() if value in text]
    assert not [line for line in hidden["acl.conf"].splitlines() if line in text]
    written = yaml.safe_load(text)
    del written["stringData"], written["sops"]
    assert kept.contents.acl is not None
    assert written == {
        "apiVersion": "v1",
        "kind": "Secret",
        "metadata": {
            "name": "dragonfly-auth",
            "namespace": "cache",
            "annotations": {
                "kustomize.toolkit.fluxcd.io/substitute": "disabled",
                "cdk8s-dragonfly/acl-digest": kept.contents.acl.digest(),
            },
        },
        "type": "Opaque",
    }


def test_no_password_is_in_the_acl_file(secret_file: Kept) -> None:
    kept = secret_file(TWO)
    kept.init()
    values = dict(values_in(kept.path))
    acl = values.pop("acl.conf")
    assert not [key for key, value in values.items() if value in acl]
    assert " >" not in acl


def test_passwords_are_strong_and_each_is_another(secret_file: Kept) -> None:
    kept = secret_file(contents(*(user(f"u{number}") for number in range(20))))
    kept.init()
    values = dict(values_in(kept.path))
    del values["acl.conf"]
    assert len(set(values.values())) == len(values) == 21
    assert all(len(value) == 40 and value.isalnum() and value[0].isalpha() for value in values.values())


def test_the_closed_user_has_a_password_that_opens_nothing(secret_file: Kept) -> None:
    closed = SecretContents("dragonfly-auth", "cache", AclFile((user("keycloak"),), default="closed"))
    kept = secret_file(closed)
    kept.init()
    assert values_in(kept.path)["acl.conf"].startswith("USER default off resetkeys -@all +@connection\n")
    assert len(values_in(kept.path)["password"]) == 40


def test_a_second_init_leaves_the_first_alone(secret_file: Kept) -> None:
    kept = secret_file(TWO)
    kept.init()
    before = kept.path.read_bytes()
    with pytest.raises(SecretFileError, match="is there already"):
        kept.init()
    assert kept.path.read_bytes() == before


def test_two_users_with_one_password_are_refused(secret_file: Kept) -> None:
    same = {"keycloak-password": SecretStr("canary-same"), "appcache-password": SecretStr("canary-same")}
    with pytest.raises(InvalidArguments, match="'appcache', 'keycloak' have the same password") as error:
        secret_file(TWO).init({}, same)
    assert "canary" not in str(error.value)


def test_what_nobody_can_draw_is_asked_for(secret_file: Kept) -> None:
    kept = secret_file(contents(s3_keys=tuple(S3)))
    with pytest.raises(MissingValues, match="AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY"):
        kept.init()
    assert not kept.path.exists()


# sync


def test_a_file_that_is_right_is_left_alone(secret_file: Kept) -> None:
    kept = secret_file(TWO)
    kept.init()
    before = kept.path.read_bytes()
    assert kept.sync() == ()
    assert kept.path.read_bytes() == before


def test_sync_adds_and_leaves_out_users_and_keeps_the_others_passwords(secret_file: Kept) -> None:
    kept = secret_file(TWO)
    kept.init()
    before = values_in(kept.path)
    secret_file(contents(user("keycloak"), user("worker"))).sync()
    after = values_in(kept.path)
    assert set(after) == {"password", "keycloak-password", "worker-password", "acl.conf"}
    assert (after["password"], after["keycloak-password"]) == (before["password"], before["keycloak-password"])
    assert lets_in(kept.path, "worker", after["worker-password"])


def test_sync_takes_over_what_is_missing_and_nothing_else(secret_file: Kept) -> None:
    kept = secret_file(contents())
    kept.init()
    before = values_in(kept.path)
    found = {"password": SecretStr("canary-old"), "keycloak-password": SecretStr("canary-theirs")}
    secret_file(contents(user("keycloak"))).sync({}, found)
    assert values_in(kept.path)["password"] == before["password"]
    assert values_in(kept.path)["keycloak-password"] == "canary-theirs"


def test_s3_keys_that_are_given_take_the_place_of_those_there_are(secret_file: Kept) -> None:
    kept = secret_file(contents(s3_keys=tuple(S3)))
    kept.init(S3)
    kept.sync({"AWS_ACCESS_KEY_ID": SecretStr("canary-new")})
    assert values_in(kept.path)["AWS_ACCESS_KEY_ID"] == "canary-new"
    assert values_in(kept.path)["AWS_SECRET_ACCESS_KEY"] == "canary-$key"


def test_labels_and_keys_of_ones_own_stay(secret_file: Kept, project: Path) -> None:
    kept = secret_file(contents(user("keycloak")))
    kept.init()
    secret = decrypt(kept.path.read_bytes(), kept.path)
    secret["metadata"]["labels"] = {"team": "platform"}
    secret["data"] = {"own": "b3du"}
    kept.path.write_bytes(encrypt(secret, kept.path))
    kept.rotate(["keycloak"])
    assert decrypt(kept.path.read_bytes(), kept.path)["metadata"]["labels"] == {"team": "platform"}
    assert values_in(kept.path)["own"] == "own"


# rotate


def test_rotate_changes_one_user_and_the_digest(secret_file: Kept) -> None:
    kept = secret_file(TWO)
    kept.init()
    before, digest = values_in(kept.path), SopsFile.read(kept.path).digest()
    kept.rotate(["keycloak"])
    after = values_in(kept.path)
    assert {key for key in after if after[key] != before[key]} == {"keycloak-password", "acl.conf"}
    changed = zip(before["acl.conf"].splitlines(), after["acl.conf"].splitlines(), strict=True)
    assert [new.split()[1] for old, new in changed if old != new] == ["keycloak"]
    assert not lets_in(kept.path, "keycloak", before["keycloak-password"])
    assert lets_in(kept.path, "keycloak", after["keycloak-password"])
    assert SopsFile.read(kept.path).digest() != digest


def test_the_old_password_lets_in_until_it_is_dropped(secret_file: Kept) -> None:
    kept = secret_file(TWO)
    kept.init()
    old = values_in(kept.path)["keycloak-password"]
    kept.rotate(["keycloak"], keep_old=True)
    new = values_in(kept.path)["keycloak-password"]
    assert lets_in(kept.path, "keycloak", old)
    assert lets_in(kept.path, "keycloak", new)
    kept.rotate(["appcache"])
    assert lets_in(kept.path, "keycloak", old), "another user's rotation ends it"
    assert kept.sync() == (), "sync ends it"
    assert list(kept.findings_inside()) == []
    kept.drop_old(["keycloak"])
    assert not lets_in(kept.path, "keycloak", old)
    assert lets_in(kept.path, "keycloak", new)


def test_a_rotated_default_password_is_that_of_its_line(secret_file: Kept) -> None:
    kept = secret_file(TWO)
    kept.init()
    kept.rotate(["default"])
    assert lets_in(kept.path, "default", values_in(kept.path)["password"])


def test_a_user_whom_nobody_knows_is_not_rotated(secret_file: Kept) -> None:
    kept = secret_file(TWO)
    kept.init()
    with pytest.raises(SecretFileError, match="no user 'keycloack'; accepted: default, appcache, keycloak"):
        kept.rotate(["keycloack"])


def test_a_file_with_stale_rules_is_not_rotated(secret_file: Kept) -> None:
    secret_file(TWO).init()
    with pytest.raises(SecretFileError, match="other users or rules"):
        secret_file(contents(user("keycloak", deny=["DEL"]), user("appcache"))).rotate(["keycloak"])


def test_without_an_acl_file_no_old_password_can_be_kept(secret_file: Kept) -> None:
    kept = secret_file(contents())
    kept.init()
    with pytest.raises(SecretFileError, match="in the ACL file alone"):
        kept.rotate(["default"], keep_old=True)
    kept.rotate(["default"])


# what is wrong


@pytest.mark.parametrize(
    ("now", "said"),
    [
        (contents(user("keycloak"), user("appcache"), user("new")), "without 'new-password'"),
        (contents(user("keycloak", allow=["@read"]), user("appcache")), "other users or rules"),
        (contents(user("keycloak")), "other users or rules"),
        (contents(), "other users or rules"),
        (contents(user("keycloak"), user("appcache"), s3_keys=tuple(S3)), "without 'AWS_ACCESS_KEY_ID'"),
        (SecretContents("other", "cache", TWO.acl), "its name is 'dragonfly-auth', and the cache asks for 'other'"),
        (SecretContents("dragonfly-auth", "jobs", TWO.acl), "its namespace is 'cache'"),
    ],
)
@pytest.mark.usefixtures("without_key")
def test_a_stale_file_is_told_with_no_key(secret_file: Kept, now: SecretContents, said: str) -> None:
    secret_file(TWO).init()
    assert [error for error in secret_file(now).findings() if said in str(error) and "secrets sync" in str(error)]


def test_passwords_that_were_changed_by_hand_are_told(secret_file: Kept) -> None:
    kept = secret_file(TWO)
    kept.init()
    secret = decrypt(kept.path.read_bytes(), kept.path)
    secret["stringData"]["password"] = secret["stringData"]["keycloak-password"] = "canary-hand"
    kept.path.write_bytes(encrypt(secret, kept.path))
    said = "\n".join(map(str, kept.findings_inside()))
    assert "users 'default', 'keycloak' have the same password" in said
    assert "user 'default' has another password there than key 'password'" in said
    assert "user 'keycloak' has another password there than key 'keycloak-password'" in said
    assert "canary" not in said


def test_a_file_that_was_tampered_with_is_not_used(secret_file: Kept) -> None:
    kept = secret_file(TWO)
    kept.init()
    kept.path.write_text(kept.path.read_text().replace("name: dragonfly-auth", "name: dragonfly-auth2"))
    with pytest.raises(SopsFailed, match="MAC mismatch"):
        kept.sync()


@pytest.mark.usefixtures("without_key")
def test_without_a_private_key_nothing_is_changed(secret_file: Kept) -> None:
    kept = secret_file(TWO)
    kept.init()
    before = kept.path.read_bytes()
    with pytest.raises(NoPrivateKey, match="SOPS_AGE_KEY_FILE"):
        kept.rotate(["keycloak"])
    assert kept.path.read_bytes() == before


def test_a_rule_that_encrypts_nothing_writes_nothing(secret_file: Kept, project: Path) -> None:
    rules = project / ".sops.yaml"
    rules.write_text(rules.read_text().replace("^(data|stringData)$", "^nothing$"))
    kept = secret_file(TWO)
    with pytest.raises(SecretFileError, match=r"not written: 'acl\.conf' is not encrypted"):
        kept.init()
    assert not kept.path.exists()


def test_a_rule_that_encrypts_all_writes_nothing(secret_file: Kept, project: Path) -> None:
    rules = project / ".sops.yaml"
    rules.write_text(rules.read_text().replace("    encrypted_regex: ^(data|stringData)$\n", ""))
    with pytest.raises(SecretFileError, match=r"its kind is encrypted as well; .*encrypted_regex"):
        secret_file(TWO).init()


@pytest.mark.parametrize("part", ["annotations", "metadata"])
def test_a_rule_that_encrypts_what_flux_must_read_writes_nothing(secret_file: Kept, project: Path, part: str) -> None:
    rules = project / ".sops.yaml"
    rules.write_text(rules.read_text().replace("(data|stringData)", f"(data|stringData|{part})"))
    kept = secret_file(TWO)
    with pytest.raises(SecretFileError, match="not written: its metadata is encrypted as well"):
        kept.init()
    assert not kept.path.exists()


def test_without_a_rule_one_is_shown(secret_file: Kept, project: Path) -> None:
    (project / ".sops.yaml").unlink()
    with pytest.raises(SopsFailed, match=r"creation_rules:\n  - path_regex: secrets/"):
        secret_file(TWO).init()


def test_somebody_elses_change_is_not_overwritten(secret_file: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = secret_file(TWO)
    kept.init()

    def encrypt_meanwhile(document: Any, path: Path) -> bytes:
        path.write_text("changed meanwhile")
        return encrypt(document, path)

    monkeypatch.setattr("constructs_lib.secrets.sops.secret_file.encrypt", encrypt_meanwhile)
    with pytest.raises(SecretFileError, match="somebody else has changed it meanwhile"):
        kept.rotate(["keycloak"])
    assert kept.path.read_text() == "changed meanwhile"


# killed


def test_killed_at_any_line_the_file_is_the_old_or_the_new(tmp_path: Path) -> None:
    path = tmp_path / "dragonfly.sops.yaml"
    script = Path(__file__).with_name("killed.py")
    done = subprocess.run([sys.executable, script, path], capture_output=True, text=True, check=False, cwd=ROOT)
    assert (done.returncode, done.stderr) == (0, "")
    assert 10 < int(done.stdout) < 100, "not killed at each of its lines"
    assert [each.name for each in tmp_path.iterdir()] == [path.name], "the last one clears what was left behind"
