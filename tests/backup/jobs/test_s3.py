"""The client of the Jobs: signed as AWS signs, allowed what the policy allows, patient with what may pass."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.auth import S3SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials as BotoCredentials
from moto.core.authorization import enable_iam_authentication

from constructs_lib.backup.iam_policy import snapshot_policy
from constructs_lib.backup.jobs import bucket as bucket_script
from constructs_lib.backup.jobs import prune, restore, s3
from constructs_lib.backup.jobs.credentials import Credentials, NoCredentials, credentials
from constructs_lib.backup.jobs.s3 import Bucket, S3Error
from constructs_lib.backup.script_job import MODULES, PACKAGE, SOURCES
from tests.backup.jobs.conftest import BUCKET, Answer, contents, put_snapshot
from tests.conftest import ROOT

LATER = (datetime.now(UTC) + timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M:%SZ")


@pytest.mark.parametrize("token", ["", "token"])
def test_a_request_is_signed_as_botocore_signs_it(token: str) -> None:
    path, query = "/bucket/a/dump-2026-05-01T00%3A00%3A00-0000.dfs", "list-type=2&prefix=a%2Fb"
    headers = {"x-amz-copy-source": "/bucket/b"}
    theirs = AWSRequest("PUT", f"https://s3.example.com{path}?{query}", headers=headers, data=b"body")
    theirs.headers["Content-Type"] = "application/octet-stream"
    theirs.context = {"payload_signing_enabled": True}
    S3SigV4Auth(BotoCredentials("key", "secret", token or None), "s3", "eu-central-1").add_auth(theirs)
    moment = datetime.strptime(theirs.headers["X-Amz-Date"], "%Y%m%dT%H%M%SZ")
    key = Credentials("key", "secret", token)
    ours = s3._signed(key, "eu-central-1", "PUT", "s3.example.com", path, query, headers, b"body", moment)
    signature = theirs.headers["Authorization"].rpartition("Signature=")[2]
    assert ours["authorization"].rpartition("Signature=")[2] == signature


@pytest.fixture
def guarded(store: Any, server: str, environment: dict[str, str]) -> Iterator[dict[str, str]]:
    """The environment of a user that has our policy and nothing else, on a server that checks every request."""
    store.create_bucket(Bucket="next")
    iam = boto3.client(
        "iam", endpoint_url=server, aws_access_key_id="a", aws_secret_access_key="b", region_name="us-east-1"
    )
    iam.create_user(UserName="backup")
    policy = json.dumps(snapshot_policy(BUCKET))
    iam.put_user_policy(UserName="backup", PolicyName="storage", PolicyDocument=policy)
    key = iam.create_access_key(UserName="backup")["AccessKey"]
    given = {"AWS_ACCESS_KEY_ID": key["AccessKeyId"], "AWS_SECRET_ACCESS_KEY": key["SecretAccessKey"]}
    put_snapshot(store, "r/dragonfly-0/dump-2026-05-01T00:00:00")
    put_snapshot(store, "r/dragonfly-0/dump-2026-05-02T00:00:00")
    with enable_iam_authentication():
        yield {**environment, **given}
    iam.delete_access_key(UserName="backup", AccessKeyId=key["AccessKeyId"])
    iam.delete_user_policy(UserName="backup", PolicyName="storage")
    iam.delete_user(UserName="backup")


def test_the_policy_is_enough_to_restore_and_to_prune(guarded: dict[str, str]) -> None:
    words = ["--snapshot=latest", "--source=r", "--to=r/restored-1", "--pod=dragonfly-0"]
    assert restore.main(words, guarded) == 0
    assert prune.main(["--prefix=r", "--keep=1"], guarded) == 0


@pytest.mark.parametrize(
    ("what", "do"),
    [
        ("the next bucket", lambda own, other: list(other.list(""))),
        ("an object of the next bucket", lambda own, other: other.get("a")),
        ("writing to the next bucket", lambda own, other: other.put("a", b"a")),
        ("copying into the next bucket", lambda own, other: other.copy(own, next(own.list("")), "a")),
        ("deleting the bucket", lambda own, other: own.delete("")),
        ("another bucket", lambda own, other: Bucket("third", *_way(own)).create()),
        ("the lifecycle", lambda own, other: own.setting("lifecycle")),
    ],
)
def test_the_policy_denies(guarded: dict[str, str], what: str, do: Callable[[Bucket, Bucket], object]) -> None:
    own, other = (Bucket.of_environment(guarded, name) for name in (BUCKET, "next"))
    with pytest.raises(S3Error) as refused:
        do(own, other)
    assert refused.value.code == "AccessDenied"


def _way(bucket: Bucket) -> tuple[Any, ...]:
    return bucket._endpoint, bucket._region, bucket._credentials, 1


def test_a_wrong_key_is_told_without_the_key(guarded: dict[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    wrong = {**guarded, "AWS_SECRET_ACCESS_KEY": "wrong-secret"}
    assert restore.main(["--snapshot=latest", "--source=r", "--to=r/restored-1", "--pod=dragonfly-0"], wrong) == 1
    said = capsys.readouterr().err
    assert "SignatureDoesNotMatch" in said
    assert "wrong-secret" not in said


def test_brief_and_generated_policy_are_the_same_for_the_briefs_bucket() -> None:
    assert snapshot_policy("dragonfly-backups") == {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Action": ["s3:ListBucket", "s3:GetBucketLocation"],
                "Resource": ["arn:aws:s3:::dragonfly-backups"],
            },
            {
                "Effect": "Allow",
                "Action": ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"],
                "Resource": ["arn:aws:s3:::dragonfly-backups/*"],
            },
        ],
    }


def test_a_list_goes_on_over_pages(serve: Callable[[Answer], str], environment: dict[str, str]) -> None:
    def answer(environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
        start("200 OK", [])
        first = "continuation-token=2%2F%2B" not in environ["QUERY_STRING"]
        more = "<IsTruncated>true</IsTruncated><NextContinuationToken>2/+</NextContinuationToken>" if first else ""
        modified = "<LastModified>2026-05-01T00:00:00.000Z</LastModified>"
        item = f"<Contents><Key>{'a' if first else 'b'}</Key><Size>1</Size>{modified}</Contents>"
        space = "http://s3.amazonaws.com/doc/2006-03-01/"
        return [f"<ListBucketResult xmlns='{space}'>{more}{item}</ListBucketResult>".encode()]

    bucket = Bucket.of_environment({**environment, "S3_ENDPOINT": serve(answer)})
    assert [item.key for item in bucket.list("")] == ["a", "b"]


def test_what_is_too_large_at_once_is_copied_in_parts(
    store: Any, bucket: Bucket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(s3, "LARGEST_COPY", 1024)
    monkeypatch.setattr(s3, "PART", 5 * 1024**2)
    store.put_object(Bucket=BUCKET, Key="large", Body=bytes(range(256)) * 45 * 1024)
    (large,) = bucket.list("large")
    bucket.copy(bucket, large, "copy")
    digests = contents(store)
    assert digests["copy"] == digests["large"]
    assert store.head_object(Bucket=BUCKET, Key="copy")["ETag"].endswith('-3"')


@pytest.mark.parametrize("status", ["503 Slow Down", "500 Internal Server Error", "429 Too Many Requests"])
def test_what_may_pass_is_tried_again(
    serve: Callable[[Answer], str], environment: dict[str, str], monkeypatch: pytest.MonkeyPatch, status: str
) -> None:
    monkeypatch.setattr("time.sleep", lambda seconds: None)
    answers = [(status, b""), (status, b""), ("200 OK", b"content")]

    def answer(environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
        told, body = answers.pop(0)
        start(told, [("Content-Length", str(len(body)))])
        return [body]

    bucket = Bucket.of_environment({**environment, "S3_ENDPOINT": serve(answer), "S3_ATTEMPTS": "3"})
    assert bucket.get("a") == b"content"


def test_a_copy_that_fails_after_status_200_has_failed(
    serve: Callable[[Answer], str], environment: dict[str, str]
) -> None:
    def answer(environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
        start("200 OK", [])
        return [b"<?xml version='1.0'?><Error><Code>InternalError</Code><Message>later</Message></Error>"]

    bucket = Bucket.of_environment({**environment, "S3_ENDPOINT": serve(answer)})
    with pytest.raises(S3Error, match="copy a: InternalError: later"):
        bucket.copy(bucket, s3.Object("a", 1, datetime.now(UTC)), "b")


def test_a_proxys_page_is_no_answer_of_a_store(serve: Callable[[Answer], str], environment: dict[str, str]) -> None:
    def answer(environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
        start("403 Forbidden", [])
        return [b"<html>no"]

    assert bucket_script.main([], {**environment, "S3_ENDPOINT": serve(answer)}) == 1


def test_a_service_accounts_token_gives_credentials(serve: Callable[[Answer], str], tmp_path: Path) -> None:
    (tmp_path / "token").write_text("jwt\n")
    asked: list[str] = []

    def answer(environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
        asked.append(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])).decode())
        start("200 OK", [])
        inside = "".join(
            f"<{name}>{value}</{name}>"
            for name, value in {
                "AccessKeyId": "k",
                "SecretAccessKey": "s",
                "SessionToken": "t",
                "Expiration": LATER,
            }.items()
        )
        return [f"<R xmlns='https://sts.amazonaws.com/doc/2011-06-15/'><C>{inside}</C></R>".encode()]

    given = credentials(
        {
            "AWS_WEB_IDENTITY_TOKEN_FILE": str(tmp_path / "token"),
            "AWS_ROLE_ARN": "arn:aws:iam::1:role/backup",
            "AWS_ENDPOINT_URL_STS": serve(answer),
        }
    )
    assert (given.access_key_id, given.secret_access_key, given.session_token) == ("k", "s", "t")
    assert "WebIdentityToken=jwt" in asked[0]
    assert given.is_fresh


def test_pod_identity_and_the_nodes_role_give_credentials(serve: Callable[[Answer], str], tmp_path: Path) -> None:
    (tmp_path / "token").write_text("jwt")
    told = {"AccessKeyId": "k", "SecretAccessKey": "s", "Token": "t", "Expiration": LATER}

    def answer(environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
        start("200 OK", [])
        if environ["REQUEST_METHOD"] == "PUT":
            return [b"session"]
        if environ["PATH_INFO"].endswith("/security-credentials/"):
            return [b"role\n"]
        assert "jwt" in environ.get("HTTP_AUTHORIZATION", "") or environ.get("HTTP_X_AWS_EC2_METADATA_TOKEN")
        return [json.dumps(told).encode()]

    address = serve(answer)
    pod = {
        "AWS_CONTAINER_CREDENTIALS_FULL_URI": f"{address}/v1/credentials",
        "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE": str(tmp_path / "token"),
    }
    node = {"S3_EC2_METADATA": "true", "AWS_EC2_METADATA_SERVICE_ENDPOINT": address}
    assert credentials(pod).session_token == credentials(node).session_token == "t"


def test_nobody_who_gives_credentials_is_named() -> None:
    with pytest.raises(NoCredentials, match=r"web_identity: FileNotFoundError"):
        credentials({"AWS_WEB_IDENTITY_TOKEN_FILE": "/nowhere", "AWS_ROLE_ARN": "a"})


@pytest.mark.parametrize("script", MODULES)
def test_a_script_runs_on_pythons_own_library_with_the_modules_that_its_pod_has(script: str, tmp_path: Path) -> None:
    place = tmp_path / PACKAGE.replace(".", "/")
    place.mkdir(parents=True)
    for module in MODULES[script]:
        (place / f"{module}.py").write_text((ROOT / SOURCES.replace(".", "/") / f"{module}.py").read_text())
    command = [sys.executable, "-S", "-m", f"{PACKAGE}.{script}", "--help"]
    done = subprocess.run(command, cwd=tmp_path, env={}, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert f"usage: {script}" in done.stdout
