"""What profiles and clients need, and the presets that give it."""

from typing import get_args

import pytest
from syrupy.assertion import SnapshotAssertion

from constructs_lib.acl.file import AclFile
from constructs_lib.acl.judgement import may, may_run
from constructs_lib.acl.needs import NEEDS, ProfileName, missing_permissions
from constructs_lib.acl.presets import PRESETS, PresetName
from constructs_lib.acl.user import AclUser, user_findings
from constructs_lib.arguments.model import validate
from constructs_lib.cache.server import PROFILES
from constructs_lib.dragonfly.commands import server_commands
from constructs_lib.values.version import Version

SERVERS = [Version.of("v1.36.0"), Version.of("v1.40.1")]
SERVER = SERVERS[0]
PRESET_NAMES: tuple[PresetName, ...] = get_args(PresetName)


def preset(name: PresetName) -> AclUser:
    return AclUser(name=name, preset=name)


def test_every_profile_and_every_preset_has_its_needs() -> None:
    assert NEEDS.keys() == {*PROFILES, *PRESETS}
    assert set(get_args(ProfileName)) == PROFILES.keys()
    assert set(PRESET_NAMES) == PRESETS.keys()


@pytest.mark.parametrize("server", SERVERS, ids=str)
def test_every_command_needed_is_a_command_of_the_server(server: Version) -> None:
    needed = {command for needs in NEEDS.values() for need in needs for command in need.commands}
    assert not needed - server_commands(server).keys()


@pytest.mark.parametrize("server", SERVERS, ids=str)
@pytest.mark.parametrize("name", PRESET_NAMES)
def test_a_preset_gives_its_client_what_it_needs_and_warns_of_nothing(name: PresetName, server: Version) -> None:
    outcome = validate(AclUser, {"name": name, "preset": name})
    assert not outcome.errors + outcome.warnings
    assert not list(missing_permissions(preset(name), name, server))
    assert not list(user_findings(preset(name), server))


def test_a_preset_in_a_database_of_its_own_gives_the_same() -> None:
    assert not list(missing_permissions(AclUser(name="litellm", preset="litellm", databases=2), "litellm", SERVER))


def test_langfuse_runs_a_queue() -> None:
    assert not list(missing_permissions(preset("langfuse"), "queue", SERVER))


def test_a_preset_that_denies_what_a_profile_needs_is_told() -> None:
    user = AclUser(name="langfuse", preset="langfuse", deny=["BLPOP", "@scripting"])
    assert [str(error) for error in missing_permissions(user, "queue", SERVER)] == [
        "allow: user 'langfuse' may not EVAL, EVALSHA, SCRIPT, which profile 'queue' needs: every step of a job is a "
        "script; add them to allow, and leave them out of deny",
        "allow: user 'langfuse' may not BLPOP, which profile 'queue' needs: a worker waits for jobs; add them to "
        "allow, and leave them out of deny",
    ]


def test_reading_and_writing_alone_run_no_queue() -> None:
    user = AclUser(name="a", keys=["a:*"])
    lacking = "\n".join(str(error) for error in missing_permissions(user, "queue", SERVER))
    assert all(command in lacking for command in ("INFO", "EVALSHA", "MULTI"))
    assert not list(missing_permissions(user, "cache", SERVER))
    assert not list(missing_permissions(user, "session", SERVER))


def test_a_user_that_may_only_read_lacks_a_key_to_write() -> None:
    user = AclUser(name="a", keys=["%R~a:*"], allow=["@read", "@write"])
    assert [error.where for error in missing_permissions(user, "cache", SERVER)] == ["keys", "keys"]


def test_a_client_with_messages_needs_channels() -> None:
    user = AclUser(name="a", keys=["a:*"], allow=["@all"])
    assert [error.where for error in missing_permissions(user, "litellm", SERVER)] == ["channels"]


@pytest.mark.parametrize("name", PRESET_NAMES)
def test_no_preset_can_empty_the_store_or_take_it_over(name: PresetName) -> None:
    permissions = preset(name).permissions(SERVER)
    for command in ("FLUSHALL", "FLUSHDB", "DFLY", "SHUTDOWN", "REPLICAOF", "REPLTAKEOVER", "DEBUG", "ACL SETUSER"):
        assert not may(permissions, command), command


@pytest.mark.parametrize(("name", "prefix"), [("keycloak", "keycloak"), ("appcache", "cache"), ("litellm", "litellm")])
def test_tenants_keep_to_their_keys(name: PresetName, prefix: str) -> None:
    permissions = preset(name).permissions(SERVER)
    assert may_run(permissions, "SET", f"{prefix}:a", "1")
    assert not may_run(permissions, "GET", "other:a")
    assert not may_run(permissions, "PUBLISH", "other", "m")


def test_langfuse_alone_gets_config_and_it_can_be_taken_away() -> None:
    assert [name for name in PRESET_NAMES if may(preset(name).permissions(SERVER), "CONFIG")] == ["langfuse"]
    assert not may(AclUser(name="langfuse", preset="langfuse", deny=["CONFIG"]).permissions(SERVER), "CONFIG")


def test_what_is_given_takes_the_place_of_the_presets() -> None:
    user = AclUser(name="gateway", preset="litellm", keys=["gateway:*"], channels=["gateway:*"])
    assert may_run(user.permissions(SERVER), "EVALSHA", "0" * 40, "1", "gateway:a")
    assert not may_run(user.permissions(SERVER), "GET", "litellm:a")


def test_the_lines_of_the_presets(snapshot: SnapshotAssertion) -> None:
    file = AclFile(users=tuple(preset(name) for name in PRESET_NAMES))
    assert file.render_with(lambda name: "#") == snapshot
