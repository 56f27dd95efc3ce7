"""A real S3 server on loopback, and snapshots as Dragonfly leaves them there."""

from __future__ import annotations

import hashlib
import logging
import threading
import urllib.request
from collections.abc import Callable, Iterator
from typing import Any

import boto3
import pytest
from botocore.config import Config
from moto.server import ThreadedMotoServer
from werkzeug.serving import make_server

from constructs_lib.backup.jobs.s3 import Bucket

BUCKET = "dragonfly-backups"
SHARD_COUNT = b"\xfa\x0bshard-count"


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of an S3 server."""
    # It would write a line for each request to the stderr that a test reads.
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    running = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    running.start()
    host, port = running.get_host_and_port()
    yield f"http://{host}:{port}"
    running.stop()


@pytest.fixture
def environment(server: str) -> dict[str, str]:
    """What a Job's container is told."""
    return {
        "AWS_ACCESS_KEY_ID": "key",
        "AWS_SECRET_ACCESS_KEY": "secret",
        "S3_ENDPOINT": server,
        "S3_BUCKET": BUCKET,
        "S3_ATTEMPTS": "1",
    }


@pytest.fixture
def s3(server: str) -> Iterator[Any]:
    """Another client of the same, empty server."""
    client = boto3.client(
        "s3",
        endpoint_url=server,
        aws_access_key_id="key",
        aws_secret_access_key="secret",
        region_name="us-east-1",
        config=Config(retries={"total_max_attempts": 1}),
    )
    yield client
    client.close()
    with urllib.request.urlopen(urllib.request.Request(f"{server}/moto-api/reset", method="POST")):
        pass


@pytest.fixture
def store(s3: Any) -> Any:
    """The client, with the bucket made."""
    s3.create_bucket(Bucket=BUCKET)
    return s3


@pytest.fixture
def bucket(environment: dict[str, str]) -> Bucket:
    """The bucket, as the Jobs see it."""
    return Bucket.of_environment(environment)


def summary(shards: int) -> bytes:
    """A summary file, as far as it tells the number of shards."""
    return b"REDIS0009" + SHARD_COUNT + bytes([0xC0, shards]) + b"\xff"


def put_snapshot(store: Any, place: str, shards: int = 2, bucket: str = BUCKET, lacks: tuple[str, ...] = ()) -> None:
    """Save as the server does: the shards, then the summary."""
    parts = {f"{number:04}": f"{place} {number}".encode() for number in range(shards)} | {"summary": summary(shards)}
    for part, content in parts.items():
        if part not in lacks:
            store.put_object(Bucket=bucket, Key=f"{place}-{part}.dfs", Body=content)


def contents(store: Any, prefix: str = "", bucket: str = BUCKET) -> dict[str, str]:
    """The digest of every object below a prefix."""
    listing = store.list_objects_v2(Bucket=bucket, Prefix=prefix)
    return {
        item["Key"]: hashlib.sha256(store.get_object(Bucket=bucket, Key=item["Key"])["Body"].read()).hexdigest()
        for item in listing.get("Contents", ())
    }


Answer = Callable[[dict[str, Any], Callable[..., Any]], Any]


@pytest.fixture
def serve() -> Iterator[Callable[[Answer], str]]:
    """Starts an HTTP server of the test's own."""
    started = []

    def start(application: Answer) -> str:
        running = make_server("127.0.0.1", 0, application, threaded=True)
        thread = threading.Thread(target=running.serve_forever)
        thread.start()
        started.append((running, thread))
        return f"http://127.0.0.1:{running.server_port}"

    yield start
    for running, thread in started:
        running.shutdown()
        thread.join()
        running.server_close()
