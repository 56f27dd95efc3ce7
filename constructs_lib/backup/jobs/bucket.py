"""Set a bucket up for snapshots: make it, switch versioning on, add lifecycle rules. Run again, it changes nothing.

The credentials are an administrator's. Lifecycle rules of others in the same bucket stay.
"""

from __future__ import annotations

import argparse
import os
import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Mapping, Sequence

from .credentials import NoCredentials
from .s3 import Bucket, S3Error

RULE_PREFIX = "dragonfly-"
"""Beginning of the names of our own rules."""

LONGEST_ID = 255
"""https://docs.aws.amazon.com/AmazonS3/latest/API/API_LifecycleRule.html"""

TRIES = 5
"""Two caches of one bucket may add their rules at once, each over a list without the other's."""


def main(words: Sequence[str], environment: Mapping[str, str]) -> int:
    """What the Job runs."""
    parser = argparse.ArgumentParser(prog="bucket", description=__doc__)
    parser.add_argument("--prefix", default="", help="only the objects below it have our lifecycle rules")
    parser.add_argument("--versioning", action="store_true", help="keep what is overwritten or deleted for a while")
    parser.add_argument("--noncurrent-days", type=int, default=30, help="how long; days")
    parser.add_argument("--incomplete-days", type=int, default=1, help="how long an unfinished upload is kept")
    given = parser.parse_args(words)
    try:
        bucket = Bucket.of_environment(environment)
        _make(bucket)
        if given.versioning:
            _switch_versioning_on(bucket)
        add_rules(bucket, rules(given.prefix, given.incomplete_days, given.noncurrent_days))
    except (S3Error, NoCredentials) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def rules(prefix: str, incomplete_days: int, noncurrent_days: int) -> list[dict[str, object]]:
    """The lifecycle rules, as the S3 API has them in JSON, under names that no other prefix of the bucket has.

    None of them deletes a snapshot by its age: a rule cannot tell the newest from the others.
    """
    below = {"Prefix": f"{prefix}/" if prefix else ""}
    return [
        {
            "ID": _id("incomplete-uploads", prefix),
            "Status": "Enabled",
            "Filter": below,
            "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": incomplete_days},
        },
        {
            "ID": _id("noncurrent-versions", prefix),
            "Status": "Enabled",
            "Filter": below,
            "NoncurrentVersionExpiration": {"NoncurrentDays": noncurrent_days},
        },
    ]


def add_rules(bucket: Bucket, wanted: list[dict[str, object]]) -> None:
    """Have a bucket's list hold rules, beside those of others."""
    ours = [_element("Rule", rule) for rule in wanted]
    said = "as wanted"
    for _ in range(TRIES):
        there = bucket.setting("lifecycle")
        rules_there = [] if there is None else there.findall("Rule")
        if all(any(_same(rule, other) for other in rules_there) for rule in ours):
            break
        configuration = ElementTree.Element("LifecycleConfiguration")
        configuration.extend([rule for rule in rules_there if not _takes_its_place(rule, ours)])
        configuration.extend(ours)
        bucket.set("lifecycle", configuration)
        said = f"{len(ours)} rules set, {len(configuration) - len(ours)} of others kept"
    print(f"lifecycle: {said}")


def _id(name: str, prefix: str) -> str:
    return (f"{RULE_PREFIX}{name}/{prefix}" if prefix else f"{RULE_PREFIX}{name}")[:LONGEST_ID]


def _make(bucket: Bucket) -> None:
    if bucket.exists():
        print(f"bucket {bucket.name}: is there")
        return
    try:
        bucket.create()
    except S3Error as error:
        # Two at once.
        if error.code != "BucketAlreadyOwnedByYou":
            raise
    print(f"bucket {bucket.name}: made")


def _switch_versioning_on(bucket: Bucket) -> None:
    versioning = bucket.setting("versioning")
    if versioning is not None and versioning.findtext("Status") == "Enabled":
        print("versioning: is on")
        return
    wanted = ElementTree.Element("VersioningConfiguration")
    ElementTree.SubElement(wanted, "Status").text = "Enabled"
    bucket.set("versioning", wanted)
    print("versioning: switched on")


def _takes_its_place(rule: ElementTree.Element, ours: list[ElementTree.Element]) -> bool:
    """Whether one of ours is what a rule was: of that name, or of its name before it had the prefix in it."""
    name, prefix = rule.findtext("ID") or "", rule.findtext("Filter/Prefix")
    return any(
        name == own.findtext("ID") or (name.startswith(RULE_PREFIX) and prefix == own.findtext("Filter/Prefix"))
        for own in ours
    )


def _element(name: str, value: object) -> ElementTree.Element:
    element = ElementTree.Element(name)
    if isinstance(value, Mapping):
        element.extend([_element(key, item) for key, item in value.items()])
    else:
        element.text = str(value)
    return element


def _same(one: ElementTree.Element, other: ElementTree.Element) -> bool:
    return _content(one) == _content(other)


def _content(element: ElementTree.Element) -> tuple[str, str, tuple[object, ...]]:
    # In any order, as servers give it back in their own.
    inside = tuple(sorted(_content(child) for child in element))
    return element.tag, (element.text or "").strip(), inside


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], os.environ))
