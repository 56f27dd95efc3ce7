"""Addresses of buckets and of the servers that hold them."""

from __future__ import annotations

import pytest

from constructs_lib.values.s3 import S3Address, S3Endpoint, bucket_name, key_prefix

SERVICE = "rustfs-svc.storage.svc.cluster.local:9000"


@pytest.mark.parametrize("text", ["s3://backups", "s3://backups/cache/dragonfly", "s3://my.bucket-1/a_b"])
def test_an_address_is_printed_as_it_was_given(text: str) -> None:
    assert str(S3Address.of(text)) == text


@pytest.mark.parametrize(
    "value",
    ["", "backups", "http://backups", "S3://backups", "s3://", "s3:///a", "s3://Backups", "s3://a", "s3://b..b", 5],
)
def test_what_is_no_address_of_a_bucket_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match="accepted: "):
        S3Address.of(value)  # type: ignore[arg-type]


def test_a_place_below_another_keeps_single_slashes() -> None:
    assert str(S3Address.of("s3://backups") / "$(POD_NAME)") == "s3://backups/$(POD_NAME)"
    assert str(S3Address.of("s3://backups/cache/") / "/a/") == "s3://backups/cache/a"


@pytest.mark.parametrize("name", ["backups", "b-1", "my.bucket", "x" * 63])
def test_a_name_that_a_bucket_can_have_is_taken(name: str) -> None:
    assert bucket_name(name) == name


@pytest.mark.parametrize("name", ["", "ab", "Backups", "-backups", "backups-", "a_bucket", "a..b", "x" * 64, "a/b"])
def test_a_name_that_no_bucket_can_have_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="is no name of a bucket; accepted: 3 to 63"):
        bucket_name(name)


@pytest.mark.parametrize(("text", "prefix"), [("", ""), ("/", ""), ("/a/b/", "a/b"), ("a.b!c", "a.b!c")])
def test_a_prefix_loses_the_slashes_at_its_ends(text: str, prefix: str) -> None:
    assert key_prefix(text) == prefix


@pytest.mark.parametrize("text", ["a//b", "a b", "a?b", "ä", "a\n"])
def test_a_prefix_that_is_no_beginning_of_keys_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is no prefix of object keys; accepted: "):
        key_prefix(text)


@pytest.mark.parametrize(
    "text", [SERVICE, "s3.example.com", "10.0.0.7:9000", "a.b:1", "a.b:65535", "s3.eu-central-1.amazonaws.com:443"]
)
def test_an_endpoint_is_printed_as_it_was_given(text: str) -> None:
    assert str(S3Endpoint.of(text)) == text


@pytest.mark.parametrize(
    "value",
    ["", ":9000", "http://a:1", "https://a", "a:0", "a:65536", "a:b", "a:", "a/b", "-a", "a_b", "a..b", "a:1:2", None],
)
def test_what_is_no_host_and_port_is_refused_and_a_scheme_above_all(value: object) -> None:
    with pytest.raises(ValueError, match="is no S3 endpoint; accepted: HOST or HOST:PORT without http://"):
        S3Endpoint.of(value)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "namespace"),
    [
        (SERVICE, "storage"),
        ("minio.data.svc:9000", "data"),
        ("minio:9000", "cache"),
        ("s3.example.com", None),
        ("10.0.0.7", None),
    ],
)
def test_a_host_that_is_a_service_names_its_namespace(text: str, namespace: str | None) -> None:
    assert S3Endpoint.of(text).namespace_seen_from("cache") == namespace


@pytest.mark.parametrize(
    "text", ["rustfs", "rustfs:9000", "a.b.svc", "a.b.svc.cluster.local:9000", "a.b.svc.example.org", "a-0.a.b.svc"]
)
def test_a_service_is_known_by_its_name(text: str) -> None:
    assert S3Endpoint.of(text).names_a_service


@pytest.mark.parametrize(
    "text", ["s3.eu-central-1.amazonaws.com", "s3.example.com:443", "svcs.example.com", "10.0.0.1"]
)
def test_other_names_and_addresses_are_no_services(text: str) -> None:
    assert not S3Endpoint.of(text).names_a_service


@pytest.mark.parametrize(("text", "https", "port"), [("a.b", True, 443), ("a.b", False, 80), ("a.b:9000", True, 9000)])
def test_a_port_that_is_not_given_follows_from_the_scheme(text: str, https: bool, port: int) -> None:
    assert S3Endpoint.of(text).port_for(https) == port
