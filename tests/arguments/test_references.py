"""A wrong value of a Python caller is told as a wrong argument is: one error of ours, naming the field."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from constructs_lib import Alert, Client, InvalidArguments, S3Egress, SecretKey


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (lambda: Client(namespaces="identity"), "Client: namespaces: no such argument; did you mean 'namespace'?"),  # type: ignore[call-arg]
        (lambda: Alert(threshhold=1), "Alert: threshhold: no such argument; did you mean 'threshold'?"),  # type: ignore[call-arg]
        (lambda: S3Egress(host=3), "S3Egress: host: 3 is no"),  # type: ignore[arg-type]
        (lambda: SecretKey(name="a"), "SecretKey: key: missing; it has no default"),  # type: ignore[call-arg]
    ],
)
def test_a_wrong_field_is_named_with_what_is_accepted(made: Callable[[], object], said: str) -> None:
    with pytest.raises(InvalidArguments) as error:
        made()
    assert str(error.value).startswith(said)
    assert error.value.__cause__ is None
