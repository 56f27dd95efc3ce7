"""Formats of values in Kubernetes' own kinds, as the API server's validation asks for them.

Each says what is accepted, or nothing where the value is. Types are known from `arguments/core_v1.py`: a value of
another type is passed over here.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Iterator, Mapping
from ipaddress import ip_network
from typing import Any
from zoneinfo import available_timezones

from constructs_lib.review.changes.metadata import has_variables
from constructs_lib.review.changes.quantities import quantity
from constructs_lib.review.changes.refusals import Refusal
from constructs_lib.values.fields import pointer
from constructs_lib.values.names import label_key, namespace_name, object_name, secret_key

Format = Callable[[Any], str]
"""What is accepted, where a value is not; empty where it is."""


def one_of(*accepted: str) -> Format:
    """One of these texts."""
    return lambda value: "" if not isinstance(value, str) or value in accepted else ", ".join(accepted)


def between(least: int, most: int | None = None) -> Format:
    """A whole number of at least, and at most."""
    text = f"a whole number from {least}{'' if most is None else f' to {most}'}"

    def check(value: Any) -> str:
        if isinstance(value, bool) or not isinstance(value, int | float):
            return ""
        fits = float(value).is_integer() and least <= value <= (2**31 - 1 if most is None else most)
        return "" if fits else text

    return check


def named(check: Callable[[str], object], accepted: str) -> Format:
    """A text that a function of `values/names.py` takes."""

    def told(value: Any) -> str:
        try:
            return "" if not isinstance(value, str) or check(value) is not None else accepted
        except ValueError:
            return accepted

    return told


def matching(pattern: str, accepted: str) -> Format:
    """A text of a form."""
    form = re.compile(pattern, re.ASCII)
    return lambda value: "" if not isinstance(value, str) or form.fullmatch(value) else accepted


def _port(value: Any) -> str:
    if isinstance(value, str):
        fits = re.fullmatch(r"(?!.*--)[a-z0-9]([-a-z0-9]{0,13}[a-z0-9])?", value, re.ASCII) and re.search(
            "[a-z]", value
        )
        return "" if fits else "a port's number, or its name of at most 15 lower-case letters, digits and '-'"
    return between(1, 65535)(value)


def _network(value: Any) -> str:
    if not isinstance(value, str):
        return ""
    try:
        ip_network(value, strict=True)
    except ValueError:
        return "a network such as 10.0.0.0/8, with no bits beyond its prefix"
    return "" if "/" in value else "a network such as 10.0.0.0/8"


def _amount(value: Any) -> str:
    amount = quantity(value)
    return "" if amount is not None and amount >= 0 else "an amount, such as 100m or 64Mi, not below 0"


def _base64(value: Any) -> str:
    try:
        base64.b64decode(value, validate=True)
    except (binascii.Error, TypeError, ValueError):
        return "base64"
    return ""


def _time_zone(value: Any) -> str:
    if not isinstance(value, str):
        return ""
    fits = value and value.lower() != "local" and (value in available_timezones() or value in ("UTC", "Etc/UTC"))
    return "" if fits else "the name of a time zone, such as Europe/Zurich"


_CRON_FIELDS = (
    (0, 59, ()),
    (0, 23, ()),
    (1, 31, ()),
    (1, 12, ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")),
    (0, 6, ("sun", "mon", "tue", "wed", "thu", "fri", "sat")),
)
"""The least and the most of each field, and the names of its numbers from the least on."""
_CRON_WORDS = ("@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly")
_CRON_ACCEPTED = "five fields (minute hour day month weekday), or a word such as @daily"


def _schedule(value: Any) -> str:
    """As the CronJob controller's parser reads it, not as the server's: https://pkg.go.dev/github.com/robfig/cron/v3"""
    if not isinstance(value, str) or value in _CRON_WORDS:
        return ""
    words = value.split()
    if "TZ" in value or len(words) != len(_CRON_FIELDS):
        fits = value.startswith("@every ") and re.fullmatch(r"@every (\d+(\.\d+)?(ns|us|µs|ms|s|m|h))+", value)
        return "" if fits else _CRON_ACCEPTED
    fields = zip(words, _CRON_FIELDS, strict=True)
    return "" if all(_is_cron(part, *field) for word, field in fields for part in word.split(",")) else _CRON_ACCEPTED


def _is_cron(part: str, least: int, most: int, names: tuple[str, ...]) -> bool:
    span, slash, step = part.partition("/")
    if slash and not (step.isdecimal() and int(step) > 0):
        return False
    if span in ("*", "?"):
        return True
    ends = [_cron_number(end, least, names) for end in span.split("-")]
    if len(ends) > 2 or any(end is None for end in ends):
        return False
    first, last = ends[0], ends[-1]
    assert first is not None
    assert last is not None
    return least <= first <= last <= most


def _cron_number(text: str, least: int, names: tuple[str, ...]) -> int | None:
    if text.lower() in names:
        return least + names.index(text.lower())
    return int(text) if text.isdecimal() and text.isascii() else None


def at(value: Any, pattern: str, place: str = "") -> Iterator[tuple[str, Any]]:
    """The values that a pattern names, `*` being any item or key, each with its JSON pointer."""
    if not pattern:
        yield place, value
        return
    step, slash, rest = pattern[1:].partition("/")
    rest = f"{slash}{rest}"
    if step == "*" and isinstance(value, list):
        for number, item in enumerate(value):
            yield from at(item, rest, f"{place}/{number}")
    elif step == "*" and isinstance(value, Mapping):
        for key, item in value.items():
            yield from at(item, rest, f"{place}{pointer(key)}")
    elif isinstance(value, Mapping):
        name = step.replace("~1", "/").replace("~0", "~")
        if name in value:
            yield from at(value[name], rest, f"{place}/{step}")


def format_refusals(value: Any, formats: Mapping[str, Format], place: str = "") -> Iterator[Refusal]:
    """The fields below a value that have not the format that a table gives them, by patterns as `at` takes them."""
    for pattern, check in formats.items():
        for field, each in at(value, pattern, place):
            if each is not None and not has_variables(each) and (accepted := check(each)):
                yield Refusal(field, f"{field}: accepted: {accepted}")


PORT: Format = _port
NETWORK: Format = _network
AMOUNT: Format = _amount
BASE64: Format = _base64
TIME_ZONE: Format = _time_zone
SCHEDULE: Format = _schedule
LABEL: Format = named(namespace_name, "lower-case letters, digits and '-', at most 63 characters")
SUBDOMAIN: Format = named(object_name, "lower-case letters, digits, '-' and '.'")
DATA_KEY: Format = named(secret_key, "letters, digits, '-', '_' and '.'")
LABEL_KEY: Format = named(label_key, "NAME or example.com/NAME")
VARIABLE: Format = matching(r"[^=\x00-\x1f\x7f-\U0010ffff]+", "a name of printable characters other than '='")
