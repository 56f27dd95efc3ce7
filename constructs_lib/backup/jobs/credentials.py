"""Credentials for S3: from the environment, or from the pod's ServiceAccount or node, in the order of the AWS SDKs.

https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html
"""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.parse
import urllib.request
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

EXPIRES_SOON = 300
"""Seconds before their end in which credentials are asked for anew."""


class NoCredentials(Exception):
    """Nobody gives any."""


@dataclass(frozen=True)
class Credentials:
    """A key, and when it ends."""

    access_key_id: str
    secret_access_key: str
    session_token: str = ""
    expires: float = float("inf")

    @property
    def is_fresh(self) -> bool:
        """Whether it can still be used for a while."""
        return time.time() < self.expires - EXPIRES_SOON


def credentials(environment: Mapping[str, str]) -> Credentials:
    """The first credentials that somebody gives.

    Raises:
        NoCredentials: nobody does; with what was tried.
    """
    tried = []
    for source in (_from_environment, _from_web_identity, _from_container, _from_instance):
        try:
            if found := source(environment):
                return found
        except (OSError, KeyError, ValueError, ElementTree.ParseError) as error:
            tried.append(f"{source.__name__.removeprefix('_from_')}: {type(error).__name__}")
    raise NoCredentials(f"no credentials for S3 ({', '.join(tried) or 'nothing is set'})")


def _from_environment(environment: Mapping[str, str]) -> Credentials | None:
    key, secret = environment.get("AWS_ACCESS_KEY_ID"), environment.get("AWS_SECRET_ACCESS_KEY")
    return Credentials(key, secret, environment.get("AWS_SESSION_TOKEN", "")) if key and secret else None


def _from_web_identity(environment: Mapping[str, str]) -> Credentials | None:
    """The ServiceAccount's token for a role's credentials: IAM roles for service accounts."""
    file, role = environment.get("AWS_WEB_IDENTITY_TOKEN_FILE"), environment.get("AWS_ROLE_ARN")
    if not file or not role:
        return None
    region = environment.get("AWS_REGION", "us-east-1")
    service = environment.get("AWS_ENDPOINT_URL_STS", f"https://sts.{region}.amazonaws.com")
    asked = {
        "Action": "AssumeRoleWithWebIdentity",
        "Version": "2011-06-15",
        "RoleArn": role,
        "RoleSessionName": environment.get("AWS_ROLE_SESSION_NAME", "dragonfly-backup"),
        "WebIdentityToken": Path(file).read_text("utf-8").strip(),
    }
    answer = ElementTree.fromstring(_asked(service, {}, urllib.parse.urlencode(asked).encode()))
    found = {element.tag.rpartition("}")[2]: element.text or "" for element in answer.iter()}
    return _of(found, "SessionToken")


def _from_container(environment: Mapping[str, str]) -> Credentials | None:
    """An agent on the node, such as EKS Pod Identity's."""
    address = environment.get("AWS_CONTAINER_CREDENTIALS_FULL_URI")
    if not address:
        return None
    file = environment.get("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE")
    token = Path(file).read_text("utf-8").strip() if file else environment.get("AWS_CONTAINER_AUTHORIZATION_TOKEN")
    return _of(json.loads(_asked(address, {"Authorization": token} if token else {})), "Token")


def _from_instance(environment: Mapping[str, str]) -> Credentials | None:
    """The node's own role, where it is asked for."""
    if environment.get("S3_EC2_METADATA") != "true":
        return None
    service = environment.get("AWS_EC2_METADATA_SERVICE_ENDPOINT", "http://169.254.169.254").rstrip("/")
    token = _asked(f"{service}/latest/api/token", {"X-aws-ec2-metadata-token-ttl-seconds": "300"}, b"", "PUT")
    headers = {"X-aws-ec2-metadata-token": token.decode()}
    roles = f"{service}/latest/meta-data/iam/security-credentials/"
    role = _asked(roles, headers).decode().split()[0]
    return _of(json.loads(_asked(roles + role, headers)), "Token")


def _of(found: Mapping[str, str], token: str) -> Credentials:
    key = found.get("AccessKeyId") or found["AccessKeyID"]
    ends = datetime.fromisoformat(found["Expiration"].replace("Z", "+00:00")).timestamp()
    return Credentials(key, found["SecretAccessKey"], found[token], ends)


def _asked(address: str, headers: Mapping[str, str], body: bytes | None = None, method: str | None = None) -> bytes:
    request = urllib.request.Request(address, data=body, headers=dict(headers), method=method)
    with urllib.request.urlopen(request, timeout=10) as answer:
        content: bytes = answer.read()
    return content


def renewed(environment: Mapping[str, str]) -> Callable[[], Credentials]:
    """A function that gives credentials, anew before they end."""
    given = _fresh(environment)
    return lambda: next(given)


def _fresh(environment: Mapping[str, str]) -> Iterator[Credentials]:
    current = credentials(environment)
    while True:
        if not current.is_fresh:
            current = credentials(environment)
        yield current
