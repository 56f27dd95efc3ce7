"""Snapshot schedules, against what a running server took and refused."""

from __future__ import annotations

import json
from calendar import monthrange
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from constructs_lib.values.cron import Cron

RECORDED: dict[str, bool] = json.loads(
    (Path(__file__).parent.parent / "data" / "dragonfly-cron.json").read_text("utf-8")
)["v1.36.0"]
"""Schedules, and whether server v1.36.0 started with them."""

MISREAD = {
    "": "no schedule at all",
    "0 0 30 2 *": "never comes",
    "0 0 31 2 *": "never comes",
    "*/61 * * * *": "once an hour",
    "*/-1 * * * *": "not every minute",
    "* */25 * * *": "once a day",
    "0 0 * * 5L": "every Friday, not the last of the month",
    "* * * * 1.5": "Mondays",
    "+5 * * * *": "as 5",
    "5.0 * * * *": "as 5",
}
"""Taken by the server, and read as something else than what stands there."""

MEANINGS: dict[str, dict[str, set[int]]] = {
    "0 */6 * * *": {"minutes": {0}, "hours": {0, 6, 12, 18}, "weekdays": set(range(7))},
    "*/59 * * * *": {"minutes": {0, 59}},
    "*/1 * * * *": {"minutes": set(range(60))},
    "1-5/2 * * * *": {"minutes": {1, 3, 5}},
    "5/15 * * * *": {"minutes": {5, 20, 35, 50}},
    "1,2,3 0 * * *": {"minutes": {1, 2, 3}, "hours": {0}},
    "007 0 * * *": {"minutes": {7}},
    "0 0 1/10 * *": {"days": {1, 11, 21, 31}},
    "0 0 ? * *": {"days": set(range(1, 32))},
    "0 0 1 JAN-MAR *": {"months": {1, 2, 3}, "days": {1}},
    "0 0 * JAN,jun *": {"months": {1, 6}},
    "0 0 * * SUN": {"weekdays": {0}},
    "0 0 * * Monday": {"weekdays": {1}},
    "0 0 * * MON-FRI": {"weekdays": {1, 2, 3, 4, 5}},
    "0 0 * * */2": {"weekdays": {0, 2, 4, 6}},
}

NUMBERS = {"minutes": (0, 59), "hours": (0, 23), "days": (1, 31), "months": (1, 12), "weekdays": (0, 6)}


@pytest.mark.parametrize("schedule", [schedule for schedule, taken in RECORDED.items() if not taken])
def test_what_ends_the_server_is_refused(schedule: str) -> None:
    with pytest.raises(ValueError, match="accepted"):
        Cron.of(schedule)


@pytest.mark.parametrize("schedule", [schedule for schedule, taken in RECORDED.items() if taken])
def test_what_the_server_takes_is_taken_unless_it_misreads_it(schedule: str) -> None:
    if schedule in MISREAD:
        with pytest.raises(ValueError, match="accepted"):
            Cron.of(schedule)
    else:
        assert str(Cron.of(schedule)) == " ".join(schedule.split())


@pytest.mark.parametrize(
    "schedule",
    [
        "0 0 15W * *",
        "0 0 * * 5#3",
        "0 0 1.5 * *",
        "61 * * * *",
        "*/60 * * * *",
        "? 0 * * *",
        "0 ? * * *",
        "0 0 * ? *",
        "0 0 1, * *",
    ],
)
def test_what_the_server_would_misread_is_refused(schedule: str) -> None:
    with pytest.raises(ValueError, match=r"no .* that the server reads as written; accepted: "):
        Cron.of(schedule)


@pytest.mark.parametrize(("schedule", "meaning"), MEANINGS.items())
def test_a_schedule_means_what_stands_there(schedule: str, meaning: dict[str, set[int]]) -> None:
    parsed = Cron.of(schedule)
    assert {name: getattr(parsed, name) for name in meaning} == meaning


@pytest.mark.parametrize(
    ("schedule", "message"),
    [
        (
            "61 * * * *",
            "'61' in '61 * * * *' is no minute that the server reads as written; accepted: *, numbers 0 to 59, a-b "
            "with a <= b, and /1 to /59",
        ),
        (
            "0 0 * * 7",
            "'7' in '0 0 * * 7' is no day of week that the server reads as written; accepted: *, numbers 0 to 6, "
            "names, a-b with a <= b, and /1 to /6",
        ),
        (
            "@daily",
            "'@daily' has 1 fields, not five; accepted: five fields (minute hour day month weekday) of *, numbers, "
            "names, lists, ranges and /steps, such as '0 */6 * * *'; Sunday is 0",
        ),
        ("0 0 31 2,4 *", "'0 0 31 2,4 *' names a day that never comes; accepted: a day that its months have"),
    ],
)
def test_the_refusal_says_which_part_is_wrong_and_what_is_accepted(schedule: str, message: str) -> None:
    with pytest.raises(ValueError, match="accepted") as refusal:
        Cron.of(schedule)
    assert str(refusal.value) == message


@pytest.mark.parametrize("value", [None, 5, True, ["0 0 * * *"]])
def test_only_a_text_is_a_schedule(value: object) -> None:
    with pytest.raises(ValueError, match="is no schedule; accepted: five fields"):
        Cron.of(value)  # type: ignore[arg-type]


def test_a_29th_of_february_comes() -> None:
    assert Cron.of("0 0 29 2 *").months == {2}


@pytest.mark.parametrize("month", range(1, 13))
def test_the_last_day_of_a_month_comes_and_the_one_after_it_does_not(month: int) -> None:
    last = monthrange(2024, month)[1]
    assert Cron.of(f"0 0 {last} {month} *").days == {last}
    if last < 31:
        with pytest.raises(ValueError, match="names a day that never comes"):
            Cron.of(f"0 0 {last + 1} {month} *")


@given(st.tuples(*(st.sets(st.integers(*ends), min_size=1) for ends in NUMBERS.values())))
def test_a_list_of_numbers_means_those_numbers(fields: tuple[set[int], ...]) -> None:
    meaning = dict(zip(NUMBERS, fields, strict=True))
    meaning["days"].add(1)  # comes in every month
    parsed = Cron.of(" ".join(",".join(map(str, sorted(numbers))) for numbers in meaning.values()))
    assert {name: getattr(parsed, name) for name in NUMBERS} == meaning
    assert Cron.of(str(parsed)) == parsed


@pytest.mark.parametrize(
    ("schedule", "gap"),
    [
        ("* * * * *", timedelta(minutes=1)),
        ("0 */6 * * *", timedelta(hours=6)),
        ("0 0,1 * * *", timedelta(hours=23)),
        ("30 4 * * *", timedelta(days=1)),
        ("0 0 * * 1", timedelta(days=7)),
        ("0 0 * * MON-FRI", timedelta(days=3)),
        ("0 0 1 * *", timedelta(days=31)),
        ("0 0 31 * *", timedelta(days=61)),
        ("0 0 1 1 *", timedelta(days=366)),
        ("0 0 29 2 *", timedelta(days=8 * 365 + 1)),
    ],
)
def test_the_longest_gap_is_the_longest_wait_that_ever_comes(schedule: str, gap: timedelta) -> None:
    assert Cron.of(schedule).longest_gap == gap


@pytest.mark.parametrize("weekday", range(7))
def test_the_longest_gap_holds_in_every_century(weekday: int) -> None:
    """The Gregorian calendar repeats after 400 years, its weekdays too."""
    dates = [date(year, 2, 29) for year in range(2000, 2900) if monthrange(year, 2)[1] == 29]
    runs = [day for day in dates if (day.weekday() + 1) % 7 == weekday]
    longest = max(later - earlier for earlier, later in pairwise(runs))
    assert Cron.of(f"0 0 29 2 {weekday}").longest_gap == longest
