"""The catalogue of operator versions, against the CRDs that their charts install."""

from __future__ import annotations

import pytest

from constructs_lib.dragonfly.operator_fields import every_field, fields_by_version, name_in_catalogue
from constructs_lib.dragonfly.operator_versions import (
    FIELD_GONE,
    FIELD_SINCE,
    field_findings,
    has_field,
    operator_release,
    operator_version_findings,
)
from constructs_lib.errors import Finding
from constructs_lib.values.version import Version
from tests.operators import NEWEST, NEWEST_KNOWN, NOT_KNOWN_YET, OPERATORS

FIELDS_OF_THE_CRD = {str(version): fields for version, fields in fields_by_version().items()}

IN_THE_CRD_BUT_NOT_SERVED = {("enableReplicationReadinessGate", "v1.5.0")}
"""The chart lacks the right that the gate needs."""

EVERY_FIELD = sorted(every_field())


def test_of_each_version_that_was_seen_running_the_fields_of_the_crd_are_known() -> None:
    assert tuple(FIELDS_OF_THE_CRD) == OPERATORS, "`make imports` writes them for the version in cdk8s.yaml"


@pytest.mark.parametrize("version", FIELDS_OF_THE_CRD)
def test_a_field_is_there_where_the_chart_installs_a_crd_with_it(version: str) -> None:
    installed = {field for field in FIELDS_OF_THE_CRD[version] if (field, version) not in IN_THE_CRD_BUT_NOT_SERVED}
    served = {field for field in EVERY_FIELD if has_field(Version.of(version), name_in_catalogue(field))}
    assert served == installed, "FIELD_SINCE and FIELD_GONE say from which version on a field is there, and is not"


@pytest.mark.parametrize("field", FIELD_SINCE)
def test_every_field_of_the_catalogue_is_one_of_a_crd(field: str) -> None:
    assert field in EVERY_FIELD


@pytest.mark.parametrize(("field", "since"), FIELD_SINCE.items())
def test_a_field_that_the_version_lacks_is_an_error_that_names_the_first_version_with_it(
    field: str, since: str
) -> None:
    assert list(field_findings(Version.of(since), field, "argument")) == []
    (error,) = field_findings(Version.of("v1.3.1"), field, "argument")
    assert str(error) == (
        f"argument: operator v1.3.1 has no field {field}; it comes with {since}: use that version or leave it out"
    )


def test_v1_7_refuses_the_field_that_it_removed() -> None:
    (error,) = field_findings(Version.of("v1.7.0"), "networkPolicyEnabled", "network_policy_enabled")
    assert error == Finding.error(
        "network_policy_enabled",
        "operator v1.7.0 has no field networkPolicyEnabled: v1.7.0 removed it; leave it out",
    )
    assert set(FIELD_GONE) == {"networkPolicyEnabled"}


def test_v1_6_0_is_refused_with_the_reason_and_the_way_out() -> None:
    assert list(operator_version_findings(Version.of("v1.6.0"), "version")) == [
        Finding.error(
            "version",
            "v1.6.0 does not work: its chart lacks a right that the operator needs, so that it makes nothing; "
            f"use {NEWEST}",
        )
    ]


@pytest.mark.parametrize("version", ["v1.3.0", "v1.2.9", "v0.1.0", "v1.3.1-rc.1"])
def test_what_is_older_than_the_oldest_is_refused(version: str) -> None:
    assert list(operator_version_findings(Version.of(version))) == [
        Finding.error("operator_version", f"{version} is not supported; accepted: v1.3.1 to {NEWEST}")
    ]


@pytest.mark.parametrize("version", FIELDS_OF_THE_CRD)
def test_what_was_seen_running_is_taken_without_a_word(version: str) -> None:
    assert list(operator_version_findings(Version.of(version))) == []
    assert operator_release(Version.of(version)).version == Version.of(version)


@pytest.mark.parametrize("version", sorted({NOT_KNOWN_YET, *({NEWEST_KNOWN} - {NEWEST})}))
def test_what_is_newer_than_was_tried_is_warned_of_and_taken_as_the_newest_known(version: str) -> None:
    assert list(operator_version_findings(Version.of(version))) == [
        Finding.warning(
            "operator_version",
            f"{version} is newer than what was tried; taken as {NEWEST_KNOWN}, the newest known. "
            f"Versions v1.3.1 to {NEWEST} were seen running",
        )
    ]
    assert operator_release(Version.of(version)) == operator_release(Version.of(NEWEST_KNOWN))


@pytest.mark.parametrize(("version", "taken"), [("v1.4.2", "v1.4.0"), ("v1.5.9", "v1.5.0"), ("v1.6.1-rc.1", "v1.5.0")])
def test_what_lies_between_is_warned_of_and_taken_as_the_one_before(version: str, taken: str) -> None:
    assert list(operator_version_findings(Version.of(version))) == [
        Finding.warning("operator_version", f"{version} is not in the catalogue; taken as {taken}")
    ]
    assert operator_release(Version.of(version)).version == Version.of(taken)


@pytest.mark.parametrize(
    ("version", "makes_policies", "replaces_labels"),
    [
        ("v1.3.1", False, True),
        ("v1.4.0", False, True),
        ("v1.5.0", True, True),
        ("v1.6.1", True, False),
        ("v1.7.0", False, False),
    ],
)
def test_each_version_has_its_quirks(version: str, makes_policies: bool, replaces_labels: bool) -> None:
    release = operator_release(Version.of(version))
    assert (release.makes_network_policies, release.service_spec_replaces_labels) == (makes_policies, replaces_labels)


@pytest.mark.parametrize(
    ("version", "server"), [("v1.3.1", "v1.35.0"), ("v1.4.0", "v1.36.0"), ("v1.5.0", "v1.37.0"), ("v1.6.1", "v1.39.0")]
)
def test_each_version_has_a_server_of_its_own_where_the_image_is_left_out(version: str, server: str) -> None:
    assert operator_release(Version.of(version)).default_server == server
