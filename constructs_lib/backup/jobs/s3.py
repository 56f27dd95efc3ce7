"""A bucket over the S3 API, with Python's own library: what the Jobs need of it, and no more.

Buckets are addressed by path, requests are signed as AWS says (Signature Version 4), what may pass is tried again:
https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-authenticating-requests.html
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import http.client
import shutil
import time
import urllib.error
import urllib.parse
import urllib.request
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from .credentials import Credentials, renewed

LARGEST_COPY = 5 * 1024**3
"""Bytes that the server copies at once; more is copied in parts."""

PART = 512 * 1024**2

_MAY_PASS = frozenset({408, 429, 500, 502, 503, 504})


class S3Error(Exception):
    """What the server refused, or why it was not reached."""

    def __init__(self, doing: str, status: int, code: str, message: str) -> None:
        self.status = status
        self.code = code
        super().__init__(f"{doing}: {code}{f': {message}' if message else ''}")


@dataclass(frozen=True)
class Object:
    """An object of a listing."""

    key: str
    size: int
    modified: datetime
    etag: str = ""


class Bucket:
    """One bucket: list, read, write, copy and delete objects; set it up."""

    def __init__(
        self, name: str, endpoint: str, region: str, credentials: Callable[[], Credentials], attempts: int = 5
    ) -> None:
        self.name = name
        self._endpoint = endpoint.rstrip("/")
        self._region = region
        self._credentials = credentials
        self._attempts = attempts

    @classmethod
    def of_environment(cls, environment: Mapping[str, str], name: str = "") -> Bucket:
        """The bucket that `S3_BUCKET`, `S3_ENDPOINT` and `AWS_REGION` name."""
        region = environment.get("AWS_REGION") or "us-east-1"
        return cls(
            name or environment["S3_BUCKET"],
            environment.get("S3_ENDPOINT") or f"https://s3.{region}.amazonaws.com",
            region,
            renewed(environment),
            int(environment.get("S3_ATTEMPTS", "5")),
        )

    def list(self, prefix: str) -> Iterator[Object]:
        """The objects whose keys begin so."""
        query = {"list-type": "2", "prefix": prefix}
        while True:
            answer = _xml(self._request("GET", query=query, doing=f"list {prefix or 'everything'}"))
            for found in answer.iter("Contents"):
                yield Object(
                    key=_text(found, "Key"),
                    size=int(_text(found, "Size")),
                    modified=datetime.fromisoformat(_text(found, "LastModified").replace("Z", "+00:00")),
                    etag=_text(found, "ETag"),
                )
            if _text(answer, "IsTruncated") != "true":
                return
            query["continuation-token"] = _text(answer, "NextContinuationToken")

    def get(self, key: str) -> bytes:
        """An object's content."""
        return self._request("GET", key, doing=f"read {key}")

    def download(self, key: str, path: Path) -> None:
        """Write an object's content to a file."""

        def write(answer: http.client.HTTPResponse) -> bytes:
            with path.open("wb") as file:
                shutil.copyfileobj(answer, file, 1024**2)
            if path.stat().st_size != int(answer.headers["Content-Length"]):
                raise http.client.IncompleteRead(b"")
            return b""

        self._request("GET", key, doing=f"read {key}", read=write)

    def put(self, key: str, content: bytes) -> None:
        """Write an object."""
        self._request("PUT", key, body=content, doing=f"write {key}")

    def delete(self, key: str) -> None:
        """Delete an object; no error if there is none."""
        self._request("DELETE", key, doing=f"delete {key}")

    def copy(self, source: Bucket, of: Object, key: str) -> None:
        """Have the server copy an object, provided that it is still the one that was listed."""
        headers = {"x-amz-copy-source": urllib.parse.quote(f"/{source.name}/{of.key}", safe="/-_.~")}
        if of.etag:
            headers["x-amz-copy-source-if-match"] = of.etag
        if of.size <= LARGEST_COPY:
            self._request("PUT", key, headers=headers, doing=f"copy {of.key}")
        else:
            self._copy_in_parts(of, key, headers)

    def _copy_in_parts(self, of: Object, key: str, headers: dict[str, str]) -> None:
        doing = f"copy {of.key}"
        started = _xml(self._request("POST", key, query={"uploads": ""}, doing=doing))
        upload = _text(started, "UploadId")
        complete = ElementTree.Element("CompleteMultipartUpload")
        for number, first in enumerate(range(0, of.size, PART), 1):
            last = min(first + PART, of.size) - 1
            part = _xml(
                self._request(
                    "PUT",
                    key,
                    query={"partNumber": str(number), "uploadId": upload},
                    headers={**headers, "x-amz-copy-source-range": f"bytes={first}-{last}"},
                    doing=doing,
                )
            )
            entry = ElementTree.SubElement(complete, "Part")
            ElementTree.SubElement(entry, "PartNumber").text = str(number)
            ElementTree.SubElement(entry, "ETag").text = _text(part, "ETag")
        self._request("POST", key, query={"uploadId": upload}, body=ElementTree.tostring(complete), doing=doing)

    def exists(self) -> bool:
        """Whether the bucket is there, and ours to use."""
        try:
            self._request("HEAD", doing=f"look for bucket {self.name}")
        except S3Error as error:
            if error.status == 404:
                return False
            raise
        return True

    def create(self) -> None:
        """Make the bucket."""
        body = b""
        if self._region not in ("us-east-1", "auto"):
            configuration = ElementTree.Element("CreateBucketConfiguration")
            ElementTree.SubElement(configuration, "LocationConstraint").text = self._region
            body = ElementTree.tostring(configuration)
        self._request("PUT", body=body, doing=f"make bucket {self.name}")

    def setting(self, name: str) -> ElementTree.Element | None:
        """A setting of the bucket, such as `versioning`; None where it is not set."""
        try:
            return _xml(self._request("GET", query={name: ""}, doing=f"read {name} of bucket {self.name}"))
        except S3Error as error:
            if error.status == 404 and error.code != "NoSuchBucket":
                return None
            raise

    def set(self, name: str, setting: ElementTree.Element) -> None:
        """Change a setting of the bucket."""
        body = ElementTree.tostring(setting)
        headers = {"Content-MD5": base64.b64encode(hashlib.md5(body, usedforsecurity=False).digest()).decode()}
        self._request("PUT", query={name: ""}, body=body, headers=headers, doing=f"set {name} of bucket {self.name}")

    def _request(
        self,
        method: str,
        key: str = "",
        *,
        doing: str,
        query: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        body: bytes = b"",
        read: Callable[[http.client.HTTPResponse], bytes] = http.client.HTTPResponse.read,
    ) -> bytes:
        for attempt in range(1, self._attempts + 1):
            try:
                return self._requested(method, key, query or {}, headers or {}, body, read)
            except urllib.error.HTTPError as error:
                failure = _refusal(doing, error)
                if error.code not in _MAY_PASS:
                    raise failure from None
            except ElementTree.ParseError as error:
                failure = S3Error(doing, 0, "no answer of an S3 server", str(error))
            except _ErrorInside as error:
                failure = S3Error(doing, 200, error.code, error.text)
            except (OSError, http.client.HTTPException) as error:
                reason = getattr(error, "reason", error)
                failure = S3Error(doing, 0, f"{self._endpoint} is not reached", str(reason))
            if attempt < self._attempts:
                time.sleep(0.5 * 2**attempt)
        raise failure

    def _requested(
        self,
        method: str,
        key: str,
        query: Mapping[str, str],
        headers: Mapping[str, str],
        body: bytes,
        read: Callable[[http.client.HTTPResponse], bytes],
    ) -> bytes:
        place = urllib.parse.urlsplit(self._endpoint)
        path = urllib.parse.quote(f"{place.path}/{self.name}" + (f"/{key}" if key else ""), safe="/-_.~")
        asked = urllib.parse.urlencode(sorted(query.items()), quote_via=urllib.parse.quote, safe="-_.~")
        signed = _signed(self._credentials(), self._region, method, place.netloc, path, asked, headers, body)
        # As every SDK asks, and as some servers tell requests apart: `?lifecycle`, signed as `lifecycle=`.
        url = f"{place.scheme}://{place.netloc}{path}" + (f"?{asked.removesuffix('=')}" if asked else "")
        request = urllib.request.Request(url, data=body if method in ("PUT", "POST") else None, method=method)
        for name, value in signed.items():
            request.add_unredirected_header(name, value)
        with urllib.request.urlopen(request, timeout=60) as answer:
            content = read(answer)
        # A copy may fail after the server has begun its answer with status 200.
        if method != "GET" and content.lstrip().startswith(b"<") and _xml(content).tag == "Error":
            raise _ErrorInside(content)
        return content


class _ErrorInside(Exception):
    def __init__(self, content: bytes) -> None:
        error = _xml(content)
        self.code, self.text = _text(error, "Code"), _text(error, "Message")


def _signed(
    credentials: Credentials,
    region: str,
    method: str,
    host: str,
    path: str,
    query: str,
    headers: Mapping[str, str],
    body: bytes,
    now: datetime | None = None,
) -> dict[str, str]:
    """The headers with a signature."""
    moment = (now or datetime.now(UTC)).strftime("%Y%m%dT%H%M%SZ")
    digest = hashlib.sha256(body).hexdigest()
    # urllib would call every body a form.
    own = {"content-type": "application/octet-stream"} if method in ("PUT", "POST") else {}
    own |= {"host": host, "x-amz-content-sha256": digest, "x-amz-date": moment}
    if credentials.session_token:
        own["x-amz-security-token"] = credentials.session_token
    signed = dict(sorted({**{name.lower(): value for name, value in headers.items()}, **own}.items()))
    names = ";".join(signed)
    lines = [method, path, query, *(f"{name}:{value.strip()}" for name, value in signed.items()), "", names, digest]
    scope = f"{moment[:8]}/{region}/s3/aws4_request"
    text = f"AWS4-HMAC-SHA256\n{moment}\n{scope}\n{hashlib.sha256(chr(10).join(lines).encode()).hexdigest()}"
    key = f"AWS4{credentials.secret_access_key}".encode()
    for part in (*scope.split("/"), text):
        signature = hmac.new(key, part.encode(), hashlib.sha256)
        key = signature.digest()
    return {
        **{name: value for name, value in signed.items() if name != "host"},
        "authorization": f"AWS4-HMAC-SHA256 Credential={credentials.access_key_id}/{scope},"
        f"SignedHeaders={names},Signature={signature.hexdigest()}",
    }


def _refusal(doing: str, error: urllib.error.HTTPError) -> S3Error:
    try:
        told = _xml(error.read())
        code, message = _text(told, "Code"), _text(told, "Message")
    except (ElementTree.ParseError, OSError):
        code, message = "", ""
    return S3Error(doing, error.code, code or f"{error.code} {error.reason}", message)


def _xml(content: bytes) -> ElementTree.Element:
    """An answer without its namespaces, which differ from server to server."""
    answer = ElementTree.fromstring(content)
    for element in answer.iter():
        element.tag = element.tag.rpartition("}")[2]
    return answer


def _text(element: ElementTree.Element, name: str) -> str:
    return element.findtext(name) or ""
