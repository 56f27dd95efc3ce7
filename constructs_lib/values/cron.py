"""Schedules as the server's `--snapshot_cron` takes them.

The server has its own parser, stricter and looser than cron's: it refuses Sunday as 7, `@daily` and a sixth
field, and then exits at start; it takes `15W`, `5L`, `*/61` or `1.5` and reads something else. What it
refuses and what it misreads are both errors here (seen on server v1.36.0: tests/data/dragonfly-cron.json).
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import ClassVar

from constructs_lib.values.cdk8s_objects import CronLike, read
from constructs_lib.values.redact import redact

_NAMES_OF_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_NAMES_OF_DAYS = ("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT")
_LONG_NAMES_OF_DAYS = ("SUNDAY", "MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY")
_DAYS_IN_MONTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@dataclass(frozen=True, slots=True)
class Cron:
    """A schedule of five fields: minute, hour, day of month, month, day of week (0 is Sunday).

    The server runs on the time zone of its container, which is UTC unless changed.
    """

    minutes: frozenset[int]
    hours: frozenset[int]
    days: frozenset[int]
    months: frozenset[int]
    weekdays: frozenset[int]
    text: str

    accepted: ClassVar[str] = (
        "five fields (minute hour day month weekday) of *, numbers, names, lists, ranges and /steps, such as "
        "'0 */6 * * *'; Sunday is 0"
    )

    @classmethod
    def of(cls, value: Cron | str | CronLike) -> Cron:
        """Take a schedule as it is, parse one, or read a `cdk8s.Cron`; extra spaces between fields are dropped.

        Raises:
            ValueError: the server would exit on it, or would read it as something else.
        """
        if isinstance(value, cls):
            return value
        text = read(CronLike, value)
        if not isinstance(text, str):
            raise ValueError(f"{redact(text)} is no schedule; accepted: {cls.accepted}")
        words = [word for word in text.split(" ") if word]
        if len(words) != len(_FIELDS):
            raise ValueError(f"{text!r} has {len(words)} fields, not five; accepted: {cls.accepted}")
        minutes, hours, days, months, weekdays = (
            field.parse(word, text) for field, word in zip(_FIELDS, words, strict=True)
        )
        schedule = cls(minutes, hours, days, months, weekdays, " ".join(words))
        if not any(day <= _DAYS_IN_MONTH[month - 1] for month in schedule.months for day in schedule.days):
            raise ValueError(f"{text!r} names a day that never comes; accepted: a day that its months have")
        return schedule

    def __str__(self) -> str:
        return self.text

    @property
    def longest_gap(self) -> timedelta:
        """The longest time that ever passes between two runs: for `0 0 29 2 *` the eight years around 2100.

        A day must suit both the day of month and the day of week, as the server reads them.
        """
        times = sorted(hour * 60 + minute for hour in self.hours for minute in self.minutes)
        within_a_day = max((later - earlier for earlier, later in pairwise(times)), default=0)
        over_night = self._longest_gap_between_days() * 24 * 60 - times[-1] + times[0]
        return timedelta(minutes=max(within_a_day, over_night))

    @property
    def shortest_gap(self) -> timedelta:
        """The shortest time that may pass between two runs."""
        times = sorted(hour * 60 + minute for hour in self.hours for minute in self.minutes)
        around = (*times, times[0] + 24 * 60)
        return timedelta(minutes=min(later - earlier for earlier, later in pairwise(around)))

    def _longest_gap_between_days(self) -> int:
        if len(self.days) == 31 and len(self.months) == 12:
            weekdays = sorted(self.weekdays)
            return max(later - earlier for earlier, later in pairwise((*weekdays, weekdays[0] + 7)))
        # The calendar repeats after 400 years; where the day of week does not matter, 2096 to 2104 has its longest gap.
        years = range(2095, 2106) if len(self.weekdays) == 7 else range(2000, 2401)
        dates = (
            date(year, month, day)
            for year in years
            for month in sorted(self.months)
            for day in sorted(self.days)
            if day <= monthrange(year, month)[1]
        )
        runs = [day.toordinal() for day in dates if (day.weekday() + 1) % 7 in self.weekdays]
        return max(later - earlier for earlier, later in pairwise(runs))


@dataclass(frozen=True, slots=True)
class _Field:
    """One of the five fields: its range and the names that stand for numbers."""

    name: str
    first: int
    last: int
    names: dict[str, int]
    takes_question_mark: bool = False

    def parse(self, word: str, schedule: str) -> frozenset[int]:
        return frozenset(number for part in word.split(",") for number in self._part(part, schedule))

    def _part(self, part: str, schedule: str) -> range:
        match = _PART.fullmatch(part)
        if match is None or (part == "?" and not self.takes_question_mark):
            raise self._refusal(part, schedule)
        first, last = self.first, self.last
        if match["start"]:
            first = self._number(match["start"], part, schedule)
            last = self._number(match["end"], part, schedule) if match["end"] else first
            if match["step"] and not match["end"]:
                last = self.last
        step = int(match["step"] or 1)
        if first > last or not 1 <= step <= self.last:
            raise self._refusal(part, schedule)
        return range(first, last + 1, step)

    def _number(self, word: str, part: str, schedule: str) -> int:
        number = self.names.get(word.upper(), int(word) if word.isdigit() else -1)
        if not self.first <= number <= self.last:
            raise self._refusal(part, schedule)
        return number

    def _refusal(self, part: str, schedule: str) -> ValueError:
        return ValueError(
            f"{part!r} in {schedule!r} is no {self.name} that the server reads as written; accepted: *, numbers "
            f"{self.first} to {self.last}{', names' if self.names else ''}, a-b with a <= b, and /1 to /{self.last}"
        )


_PART = re.compile(r"(?:\*|\?|(?P<start>\d+|[a-z]+)(?:-(?P<end>\d+|[a-z]+))?)(?:/(?P<step>\d+))?", re.I | re.A)

_FIELDS = (
    _Field("minute", 0, 59, {}),
    _Field("hour", 0, 23, {}),
    _Field("day of month", 1, 31, {}, takes_question_mark=True),
    _Field("month", 1, 12, {name: number for number, name in enumerate(_NAMES_OF_MONTHS, 1)}),
    _Field(
        "day of week",
        0,
        6,
        {name: number for names in (_NAMES_OF_DAYS, _LONG_NAMES_OF_DAYS) for number, name in enumerate(names)},
        takes_question_mark=True,
    ),
)
