"""`cache.connection(…)` and `cache.grant(…)`: what a client is told, and what it is given."""

from __future__ import annotations

from typing import Any

import cdk8s_plus_28 as kplus
import pytest
from cdk8s import Chart

from constructs_lib import (
    Client,
    DragonflyCache,
    DragonflyCertificate,
    DragonflyNetworkPolicy,
    InvalidArguments,
    Issuer,
    SecretKey,
    env_values,
)
from constructs_lib.acl.judgement import may_run
from tests.charts import manifests, new_chart, spec_of, synthesized


def key(name: str, key: str) -> SecretKey:
    return SecretKey(name=name, key=key)


def refusal(cache: DragonflyCache, *args: Any) -> str:
    with pytest.raises(InvalidArguments) as error:
        cache.connection(*args)
    return str(error.value)


def test_by_itself_a_client_is_the_user_default(cache: DragonflyCache) -> None:
    connection = cache.connection()
    assert (connection.host, connection.port) == (cache.host, 6379)
    assert (connection.username, connection.password) == ("default", key("dragonfly-auth", "password"))
    assert (connection.tls, connection.database, connection.ca) == (False, 0, None)


def test_the_cache_says_where_the_password_is(chart: Chart) -> None:
    cache = DragonflyCache(chart, "cache", password_from_secret=key("vault", "redis"))
    assert cache.connection().password == key("vault", "redis")


def test_the_clients_own_namespace_may_have_the_secret_under_another_name(cache: DragonflyCache) -> None:
    cache.add_user("keycloak", keys=["keycloak:*"])
    assert cache.connection(secret="copy").password == key("copy", "password")
    assert cache.connection("keycloak", secret="copy").password == key("copy", "keycloak-password")


def test_where_nobody_is_asked_nobody_is_named(chart: Chart) -> None:
    with pytest.warns(UserWarning, match="owns the data"):
        cache = DragonflyCache(chart, "cache", authentication=False)
    assert (cache.connection().username, cache.connection().password) == (None, None)


def test_a_user_of_the_cache_has_a_password_of_its_own(cache: DragonflyCache) -> None:
    cache.add_user("keycloak", keys=["keycloak:*"])
    connection = cache.connection("keycloak")
    assert (connection.username, connection.password) == ("keycloak", key("dragonfly-auth", "keycloak-password"))


def test_users_in_a_file_of_ones_own_are_taken_at_their_word(chart: Chart) -> None:
    cache = DragonflyCache(chart, "cache", acl_from_secret=key("acl", "acl.conf"))
    assert cache.connection("anybody").password == key("acl", "anybody-password")


def test_somebody_who_is_no_user_is_told_who_is(cache: DragonflyCache) -> None:
    assert "user: 'keycloak' is no user of it; add_user adds one" in refusal(cache, "keycloak")
    cache.add_user("keycloak", keys=["keycloak:*"])
    assert "user: 'keycloack' is no user of it; did you mean 'keycloak'?" in refusal(cache, "keycloack")


def test_nobody_connects_as_a_closed_default(chart: Chart) -> None:
    cache = DragonflyCache(chart, "cache", acl_default="closed")
    cache.add_user("keycloak", keys=["keycloak:*"])
    assert "user: 'default' is closed; accepted: keycloak" in refusal(cache)


def test_a_user_without_a_password_is_told_none(cache: DragonflyCache) -> None:
    with pytest.warns(UserWarning, match="nopass"):
        cache.add_user("anyone", keys=["*"], nopass=True)
    connection = cache.connection("anyone")
    assert (connection.username, connection.password) == ("anyone", None)


def test_a_database_is_one_of_the_servers(chart: Chart, cache: DragonflyCache) -> None:
    assert cache.connection(database=15).database == 15
    assert "database: 16 is no database of it; accepted: 0 to 15" in refusal(cache, "default", 16)
    assert "database: -1 is no database of it" in refusal(cache, "default", -1)
    more = DragonflyCache(chart, "more", name="more", dbnum=32)
    assert more.connection(database=16).database == 16


def test_a_cluster_has_one_database(chart: Chart) -> None:
    cache = DragonflyCache(chart, "cache", cluster_mode="yes")
    assert "database: 1 is no database of it; accepted: 0" in refusal(cache, "default", 1)


def test_a_user_that_is_kept_in_a_database_is_told_its_number(cache: DragonflyCache) -> None:
    keycloak = cache.add_user("keycloak", keys=["keycloak:*"], databases=3)
    connection = cache.connection("keycloak")
    assert connection.database == 3
    assert connection.url.endswith(":6379/3")
    assert may_run(keycloak.permissions(cache.arguments.server), "SELECT", str(connection.database))


def test_a_user_that_is_kept_in_a_database_connects_to_no_other(cache: DragonflyCache) -> None:
    keycloak = cache.add_user("keycloak", keys=["keycloak:*"], databases=3)
    assert "database: 0 is not that of user 'keycloak'; accepted: 3" in refusal(cache, "keycloak", 0)
    assert not may_run(keycloak.permissions(cache.arguments.server), "SELECT", "0")


def test_a_certificate_of_ours_is_told_with_its_ca(cache: DragonflyCache, chart: Chart) -> None:
    DragonflyCertificate(chart, "certificate", cache=cache, issuer=Issuer(name="ca"))
    connection = cache.connection()
    assert (connection.tls, connection.ca) == (True, key("dragonfly-tls", "ca.crt"))


def test_asking_grants_nothing() -> None:
    asked, silent = new_chart(), new_chart()
    for chart in (asked, silent):
        cache = DragonflyCache(chart, "cache")
        DragonflyNetworkPolicy(chart, "policy", cache=cache)
        if chart is asked:
            env_values(chart, cache.connection())
    assert synthesized(asked) == synthesized(silent)


@pytest.mark.parametrize("client", ["identity", Client(namespace="identity")])
def test_a_grant_is_user_policy_and_connection_in_one(client: Any) -> None:
    by_grant, by_hand = new_chart(), new_chart()
    for chart in (by_grant, by_hand):
        cache = DragonflyCache(chart, "cache")
        DragonflyNetworkPolicy(chart, "policy", cache=cache)
        if chart is by_grant:
            granted = cache.grant(client, "keycloak", keys=["keycloak:*"], allow=["@read"], databases=2)
        else:
            cache.add_user("keycloak", keys=["keycloak:*"], allow=["@read"], databases=2)
            cache.allow_from(Client(namespace="identity"))
            assert granted == cache.connection("keycloak")
    assert granted.database == 2
    assert synthesized(by_grant) == synthesized(by_hand)
    assert "identity" in str(spec_of(by_grant, "CiliumNetworkPolicy"))


def test_a_grant_with_an_error_grants_nothing(chart: Chart, cache: DragonflyCache) -> None:
    DragonflyNetworkPolicy(chart, "policy", cache=cache)
    before = synthesized(chart)
    with pytest.raises(InvalidArguments, match="user 'keycloak': keys: none"):
        cache.grant("identity", "keycloak")
    assert synthesized(chart) == before


def test_a_container_of_cdk8s_plus_has_the_same_environment(chart: Chart, cache: DragonflyCache) -> None:
    connection = cache.connection()
    deployment = kplus.Deployment(chart, "shop")
    deployment.add_container(name="a", image="shop", env_variables=env_values(chart, connection))
    names = {"password": "REDIS_AUTH"}
    deployment.add_container(name="b", image="shop", env_variables=env_values(chart, connection, "CACHE_", names))
    first, second = manifests(chart)["Deployment"]["spec"]["template"]["spec"]["containers"]
    assert first["env"] == connection.env()
    assert second["env"] == connection.env("CACHE_", names)
