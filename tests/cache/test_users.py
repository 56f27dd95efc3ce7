"""`cache.add_user`: who is refused, what the `Dragonfly` resource then says, what the finished cache must have."""

from __future__ import annotations

import warnings
from typing import Any

import pytest
from cdk8s import App, Chart

from constructs_lib import DragonflyCache, DragonflyNetworkPolicy, DragonflyWarning, InvalidArguments, SecretKey
from tests.charts import spec_of, synthesized


def guarded(chart: Chart, **arguments: Any) -> DragonflyCache:
    """A cache with a network policy, without which users are warned of."""
    cache = DragonflyCache(chart, "cache", **arguments)
    DragonflyNetworkPolicy(chart, "policy", cache=cache)
    return cache


def test_without_users_there_is_no_acl_file(chart: Chart) -> None:
    cache = guarded(chart)
    assert cache.acl_file is None
    assert "aclFromSecret" not in spec_of(chart)


def test_the_first_user_brings_the_acl_file(chart: Chart) -> None:
    cache = guarded(chart)
    cache.add_user("keycloak", keys=["keycloak:*"])
    cache.add_user("appcache", preset="appcache")
    assert spec_of(chart)["aclFromSecret"] == {"name": "dragonfly-auth", "key": "acl.conf"}
    assert cache.acl_file is not None
    assert cache.acl_file.password_names == ("default", "appcache", "keycloak")


def test_the_acl_file_is_beside_the_password(chart: Chart) -> None:
    cache = guarded(chart, password_from_secret=SecretKey(name="vault", key="pw"))
    cache.add_user("keycloak", keys=["keycloak:*"])
    assert spec_of(chart)["aclFromSecret"] == {"name": "vault", "key": "acl.conf"}


def test_a_key_of_ones_own_holds_the_acl_file(chart: Chart) -> None:
    cache = guarded(chart, acl_from_secret=SecretKey(name="dragonfly-auth", key="users.acl"))
    cache.add_user("keycloak", keys=["keycloak:*"])
    assert spec_of(chart)["aclFromSecret"] == {"name": "dragonfly-auth", "key": "users.acl"}


def test_every_argument_reaches_the_rules(cache: DragonflyCache) -> None:
    user = cache.add_user(
        "worker",
        keys=["jobs:*", "%R~shared:*"],
        channels=["jobs:*"],
        allow=["@read", "@pubsub", "INFO"],
        deny=["CLIENT"],
        databases=3,
    )
    assert " ".join(map(str, user.rules())) == (
        "on ~jobs:* %R~shared:* &jobs:* +@connection +@read +BITPOS +@pubsub -@admin -@dangerous +INFO -CLIENT $3"
    )
    assert cache.users == (user,)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"name": "default", "keys": ["*"]}, "name: 'default' is the user that every connection starts as"),
        ({"name": "key cloak", "keys": ["*"]}, "name: 'key cloak' is no name of a user"),
        ({"name": "new"}, "keys: none, so that @read, @write reach nothing"),
        ({"name": "new", "keys": ["*"], "allow": ["@reed"]}, "allow: '@reed': no category of server v1.36.0"),
        ({"name": "new", "keys": ["*"], "allow": ["GETT"]}, "allow: 'GETT': "),
        ({"name": "new", "keys": ["*"], "allow": ["CONFIG|GET"]}, "allow: 'CONFIG|GET': "),
        ({"name": "new", "keys": ["*"], "deny": ["AUTH"]}, "deny: 'AUTH' takes AUTH, HELLO, PING away"),
        ({"name": "old", "keys": ["*"]}, "name: 'old' is a user already"),
        ({"name": "new", "preset": "langfuse", "deny": ["BLPOP"]}, "user 'new' may not BLPOP, which client 'langfuse'"),
        ({"name": "new", "preset": "litellm", "channels": []}, "channels: none"),
    ],
)
def test_a_user_who_cannot_work_is_refused(cache: DragonflyCache, arguments: dict[str, Any], said: str) -> None:
    cache.add_user("old", keys=["old:*"])
    with pytest.raises(InvalidArguments) as error:
        cache.add_user(**arguments)
    assert f"DragonflyCache 'sessions/cache': user '{arguments['name']}': " in str(error.value)
    assert said in str(error.value)
    assert [user.name for user in cache.users] == ["old"]


def test_what_reaches_past_a_users_keys_is_warned_of(cache: DragonflyCache) -> None:
    with pytest.warns(DragonflyWarning, match="user 'new': allow: 'FLUSHALL': it heeds no pattern of keys"):
        cache.add_user("new", keys=["a:*"], allow=["@read", "FLUSHALL"])


def test_commands_are_those_of_the_caches_server(chart: Chart) -> None:
    for index, version in enumerate(["v1.36.0", "v1.40.1"]):
        cache = DragonflyCache(chart, f"cache-{index}", name=f"cache-{index}", version=version)
        with pytest.raises(InvalidArguments, match=f"no category of server {version}"):
            cache.add_user("new", keys=["*"], allow=["@nonsense"])


def test_users_of_a_cache_that_asks_for_no_password_are_refused(chart: Chart) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DragonflyWarning)
        cache = DragonflyCache(chart, "cache", authentication=False)
    with pytest.raises(InvalidArguments, match="authentication: off, while the ACL file asks user 'default'"):
        cache.add_user("keycloak", keys=["*"])


def test_with_default_closed_the_password_may_be_off(chart: Chart) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DragonflyWarning)
        cache = DragonflyCache(chart, "cache", authentication=False, acl_default="closed")
    cache.add_user("keycloak", keys=["*"])
    assert cache.acl_file is not None
    assert cache.acl_file.password_names == ("keycloak",)


def test_a_closed_cache_in_which_nobody_can_do_its_work_is_not_written(chart: Chart) -> None:
    cache = guarded(chart, profile="queue", acl_default="closed")
    cache.add_user("worker", keys=["*"], allow=["@read", "@write", "@blocking"])
    with pytest.raises(RuntimeError, match=r"users\.worker\.allow: no user can do what profile 'queue' needs"):
        synthesized(chart)


def test_one_user_who_can_is_enough(chart: Chart) -> None:
    cache = guarded(chart, profile="queue", acl_default="closed")
    cache.add_user("reader", keys=["%R~*"], allow=["@read"])
    cache.add_user("worker", keys=["*"], allow=["@all", "INFO"])
    assert spec_of(chart)["aclFromSecret"]


def test_with_default_open_whoever_has_its_password_can(chart: Chart) -> None:
    cache = guarded(chart, profile="queue")
    cache.add_user("reader", keys=["%R~*"], allow=["@read"])
    assert spec_of(chart)["aclFromSecret"]


def test_users_without_a_network_policy_are_warned_of() -> None:
    chart = Chart(App(), "sessions", namespace="cache")
    DragonflyCache(chart, "cache").add_user("keycloak", keys=["keycloak:*"])
    with pytest.warns(DragonflyWarning, match="whoever reaches port 9999"):
        synthesized(chart)
