"""What paths hold: a Redis in files, in ConfigMaps, piped in; and which of it is taken over beside manifests."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from constructs_lib.adoption.given import Given, NeitherOrBoth, read_given
from constructs_lib.adoption.redis.configuration import SeveralConfigurations, read_configuration
from constructs_lib.checks.manifests import PIPED
from tests.adoption.manifests import dragonfly

USERS = "user worker on >hunter2 ~jobs:* +@read\n"


def config_map(name: str, **data: str) -> dict[str, Any]:
    """A ConfigMap with keys, `redis_conf` for redis.conf."""
    keys = {key.replace("_", "."): text for key, text in data.items()}
    return {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": name, "namespace": "shop"}, "data": keys}


def written(folder: Path, *objects: dict[str, Any], **files: str) -> Path:
    """A folder with manifests in one file, and with others, `redis_conf` for redis.conf."""
    folder.mkdir(exist_ok=True)
    if objects:
        (folder / "all.yaml").write_text(yaml.safe_dump_all(objects))
    for name, text in files.items():
        (folder / name.replace("_", ".")).write_text(text)
    return folder


def lines(given: Given) -> list[str]:
    return [f"{each.origin}={each.text}" for each in read_configuration(given.redis).directives]


def piped(text: str, *further: Path) -> Given:
    return read_given([PIPED, *further], text.encode())


def test_a_file_that_is_piped_in_is_read() -> None:
    assert lines(piped("timeout 5\n")) == ["stdin:1 timeout=5"]


def test_what_is_piped_in_speaks_of_files_elsewhere_so_none_here_is_read_for_it(tmp_path: Path) -> None:
    (tmp_path / "more.conf").write_text("timeout 7\n")
    (tmp_path / "users.acl").write_text(USERS)
    given = piped(f"timeout 5\ninclude {tmp_path / 'more.conf'}\naclfile {tmp_path / 'users.acl'}\n")
    assert lines(given) == ["stdin:1 timeout=5"]
    assert [each.origin.field for each in read_configuration(given.redis).not_carried] == ["include", "aclfile"]


def test_a_file_of_users_may_be_given_beside_what_is_piped_in(tmp_path: Path) -> None:
    folder = written(tmp_path, users_acl=USERS)
    given = piped("timeout 5\naclfile /etc/redis/users.acl\n", folder / "users.acl")
    assert [line.split("=")[0] for line in lines(given)] == ["stdin:1 timeout", "users.acl:1 user"]
    assert read_configuration(given.redis).not_carried == ()


def test_keys_of_a_config_map_are_read_with_their_place(tmp_path: Path) -> None:
    redis = config_map("redis", redis_conf="# a comment\ntimeout 5\n", users_acl=USERS, ping_sh="#!/bin/sh\nexit 0\n")
    for given in (read_given([written(tmp_path, redis)], b""), piped(yaml.safe_dump(redis))):
        assert lines(given)[0] == "ConfigMap shop/redis redis.conf:2 timeout=5"
        assert [each.origin.file for each in read_configuration(given.redis).directives][1:] == [
            "ConfigMap shop/redis users.acl"
        ]


def test_a_key_that_another_includes_is_read_once_and_in_its_place(tmp_path: Path) -> None:
    redis = config_map(
        "redis", master_conf="timeout 1\ninclude /etc/redis/redis.conf\ntimeout 3\n", redis_conf="timeout 2\n"
    )
    assert [line.split("=")[1] for line in lines(read_given([written(tmp_path, redis)], b""))] == ["1", "2", "3"]


def test_config_maps_of_a_list_are_read(tmp_path: Path) -> None:
    found = {"apiVersion": "v1", "kind": "List", "items": [config_map("redis", redis_conf="timeout 5\n")]}
    assert lines(piped(yaml.safe_dump(found))) == ["ConfigMap shop/redis redis.conf:1 timeout=5"]


def test_files_in_a_folder_are_read_and_hidden_ones_and_those_of_others_are_not(tmp_path: Path) -> None:
    folder = written(tmp_path / "redis", redis_conf="timeout 5\ninclude conf.d/*.conf\n", users_acl=USERS)
    written(folder / "conf.d", a_conf="timeout 6\n")
    written(folder / ".git", b_conf="timeout 7\n")
    written(folder, nginx_conf="user www-data;\nevents {}\nhttp {\n  keepalive_timeout 65;\n}\n")
    written(folder, sentinel_conf="port 26379\nsentinel monitor mymaster 10.0.0.7 6379 2\n")
    assert [line.split("=")[0] for line in lines(read_given([folder], b""))] == [
        "redis.conf:1 timeout",
        "a.conf:1 timeout",
        "users.acl:1 user",
    ]


@pytest.mark.parametrize("where", ["a ConfigMap", "a file"])
def test_where_there_is_a_dragonfly_it_counts(where: str, tmp_path: Path) -> None:
    if where == "a file":
        folder = written(tmp_path, dragonfly({}), redis_conf="timeout 5\n")
    else:
        folder = written(tmp_path, dragonfly({}), config_map("redis", redis_conf="timeout 5\n"))
    given = read_given([folder], b"")
    assert given.redis == []
    assert "Dragonfly" in {manifest.kind for manifest in given.manifests}
    told = {folder / "redis.conf": "a file of Redis, and there is a Dragonfly, which counts"}
    assert given.passed_over == (told if where == "a file" else {})


def test_a_file_of_redis_that_is_named_beside_a_dragonfly_is_refused(tmp_path: Path) -> None:
    folder = written(tmp_path, dragonfly({}), redis_conf="timeout 5\n")
    with pytest.raises(NeitherOrBoth, match=r"all\.yaml: no directives of Redis, as in .*redis\.conf; accepted: the"):
        read_given([folder / "redis.conf", folder / "all.yaml"], b"")


def test_two_servers_that_nobody_told_apart_are_refused_by_their_places(tmp_path: Path) -> None:
    folder = written(tmp_path, config_map("a", redis_conf="timeout 5\n"), config_map("b", redis_conf="timeout 6\n"))
    with pytest.raises(SeveralConfigurations) as refused:
        read_given([folder], b"")
    assert str(refused.value) == (
        "several configurations of Redis: ConfigMap shop/a redis.conf, ConfigMap shop/b redis.conf; "
        "accepted as PATH: the files of one"
    )


def test_users_in_a_config_map_of_their_own_belong_to_the_one_server(tmp_path: Path) -> None:
    folder = written(tmp_path, config_map("a", redis_conf="timeout 5\n"), config_map("b", users_acl=USERS))
    assert len(lines(read_given([folder], b""))) == 2


def test_files_that_are_named_are_of_one_server_wherever_they_lie(tmp_path: Path) -> None:
    files = [written(tmp_path / name, redis_conf=f"timeout {name}\n") / "redis.conf" for name in ("1", "2")]
    assert [line.split("=")[1] for line in lines(read_given(files, b""))] == ["1", "2"]
