from __future__ import annotations

import datetime as dt

import holidays
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fysfinder.clinics.danish_days import holiday_name
from fysfinder.clinics.opening import (
    BY_APPOINTMENT,
    CLOSED,
    COPENHAGEN,
    UNKNOWN,
    Day,
    Interval,
    SpecialDays,
    Week,
    hours_on,
    kind_at,
    next_change,
    next_opening,
    open_day,
    open_quarters,
    state_at,
)
from fysfinder.clinics.opening_rows import week_from_rows
from fysfinder.clinics.opening_words import day_words, schema_hours, special_rows, state_words, today_words, week_rows

OFFICE = open_day((480, 720), (780, 1080))
WEEK = Week((OFFICE, OFFICE, CLOSED, BY_APPOINTMENT, open_day((480, 900)), CLOSED, UNKNOWN))


def at(text: str, fold: int = 0) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=COPENHAGEN, fold=fold)


# November 2026: the 16th is a Monday.
@pytest.mark.parametrize(
    ("now", "line", "short"),
    [
        ("2026-11-16T07:59", "Åbner 8.00", "Åbner 8.00"),
        ("2026-11-16T08:00", "Åbent nu, lukker 12.00", "Til 12.00"),
        ("2026-11-16T12:00", "Åbner 13.00", "Åbner 13.00"),
        ("2026-11-16T17:59", "Åbent nu, lukker 18.00", "Til 18.00"),
        ("2026-11-16T18:00", "Lukket, åbner i morgen 8.00", "Lukket for i dag"),
        ("2026-11-17T18:00", "Lukket, åbner fredag 8.00", "Lukket for i dag"),
        ("2026-11-18T10:00", "Lukket, åbner fredag 8.00", "Lukket i dag"),
        ("2026-11-19T10:00", "Efter aftale i dag", "Efter aftale i dag"),
        ("2026-11-21T10:00", "Lukket nu, åbner senest mandag 8.00", "Lukket i dag"),
        ("2026-11-22T10:00", "Ikke oplyst", "Ikke oplyst"),
        ("2026-12-23T18:00", "Lukket nu. Ring og spørg om helligdagene", "Lukket i dag"),
        ("2026-12-25T10:00", "Juledag: ring og spørg", "Juledag: ring og spørg"),
        ("2026-12-31T10:00", "Nytårsaften: ring og spørg", "Nytårsaften: ring og spørg"),
    ],
)
def test_state_is_said_in_danish(now: str, line: str, short: str) -> None:
    assert state_words(WEEK, at(now)) == line
    assert today_words(WEEK, at(now)) == short


@pytest.mark.parametrize("year", range(2015, 2060))
def test_danish_days_are_those_of_the_package_that_knows_them_all(year: int) -> None:
    expected: dict[dt.date, str] = {}
    for category in ("optional", "public"):
        expected |= holidays.country_holidays("DK", years=year, language="da", categories=(category,))
    every_day = [dt.date(year, 1, 1) + dt.timedelta(days=number) for number in range(366)]
    found = {day for day in every_day if day.year == year and holiday_name(day)}
    may_day = {dt.date(year, 5, 1)}  # the package names it; ours only when another holiday falls on it
    assert found - may_day == set(expected) - may_day


def test_closed_weekday_stays_closed_on_a_holiday_and_names_it() -> None:
    assert hours_on(WEEK, dt.date(2026, 12, 26)) == CLOSED  # a Saturday
    assert today_words(WEEK, at("2026-12-26T10:00")) == "Lukket i dag (Anden juledag)"


def test_first_of_may_is_an_ordinary_day() -> None:
    assert hours_on(WEEK, dt.date(2026, 5, 1)).state == "open"


def test_exception_speaks_before_the_holiday_and_the_narrowest_first() -> None:
    christmas = SpecialDays(dt.date(2026, 12, 21), dt.date(2027, 1, 3), Day("closed", note="Juleferie"))
    open_second = SpecialDays(dt.date(2026, 12, 25), dt.date(2026, 12, 25), open_day((600, 720)))
    week = Week(WEEK.days, (christmas, open_second))
    assert state_words(week, at("2026-12-25T10:00")) == "Åbent nu, lukker 12.00"
    assert today_words(week, at("2026-12-22T10:00")) == "Lukket i dag (Juleferie)"
    assert state_words(week, at("2026-12-26T10:00")) == "Lukket, åbner mandag 4/1 8.00"


def test_hours_run_over_midnight_and_around_the_clock() -> None:
    late = Week((open_day((1200, 1440)), open_day((0, 120)), *(CLOSED,) * 5))
    assert state_words(late, at("2026-11-16T23:00")) == "Åbent nu, lukker i morgen 2.00"
    always = Week((open_day((0, 1440)),) * 7)
    assert state_words(always, at("2026-11-16T23:00")) == "Åbent nu"
    assert today_words(always, at("2026-11-16T23:00")) == "Hele døgnet"
    evening = Week((open_day((1200, 1440)), *(CLOSED,) * 6))
    assert state_words(evening, at("2026-11-16T23:00")) == "Åbent nu, lukker 24.00"


def test_all_unknown_week_says_so() -> None:
    assert Week().is_unknown
    assert state_words(Week(), at("2026-12-25T10:00")) == "Ikke oplyst"
    assert state_at(Week(), at("2026-12-25T10:00")).opens_at is None


def test_clock_changes_do_not_move_the_opening() -> None:
    sunday = Week((*(CLOSED,) * 6, open_day((480, 600))))
    for date in ("2026-03-29", "2026-10-25"):  # summer time begins and ends
        state = state_at(sunday, at(f"{date}T00:30"))
        assert state.opens_at == at(f"{date}T08:00")
    night = Week((*(CLOSED,) * 6, open_day((150, 200))))
    assert kind_at(night, at("2026-03-29T03:00")) == "open"
    assert next_opening(night, at("2026-03-29T01:30")) == at("2026-03-29T03:00")  # 2.30 never was
    assert next_opening(night, at("2026-10-25T02:00")) == at("2026-10-25T02:30")
    assert next_opening(night, at("2026-10-25T02:55")) == at("2026-10-25T02:30", fold=1)  # 2.30 comes twice


def test_a_utc_moment_is_read_on_the_danish_clock() -> None:
    assert kind_at(WEEK, dt.datetime(2026, 11, 16, 7, 0, tzinfo=dt.UTC)) == "open"
    assert kind_at(WEEK, dt.datetime(2026, 6, 15, 6, 0, tzinfo=dt.UTC)) == "open"


def test_week_table_and_special_days() -> None:
    rows = week_rows(WEEK, dt.date(2026, 11, 18))
    assert [row.words for row in rows] == [
        "8.00–12.00, 13.00–18.00",
        "8.00–12.00, 13.00–18.00",
        "Lukket",
        "Efter aftale",
        "8.00–15.00",
        "Lukket",
        "Ikke oplyst",
    ]
    assert [row.weekday for row in rows if row.is_today] == ["Onsdag"]
    special = special_rows(WEEK, dt.date(2026, 12, 20), days=14)
    assert [(row.day.note, words) for row, words in special] == [
        ("Juleaftensdag", "Helligdag: ring og spørg"),
        ("Juledag", "Helligdag: ring og spørg"),
        ("Nytårsaften", "Helligdag: ring og spørg"),
        ("Nytårsdag", "Helligdag: ring og spørg"),
    ]
    assert day_words(Day("by_appointment", (Interval(600, 720),))) == "Efter aftale, 10.00–12.00"


def test_schema_groups_weekdays_and_says_closed_and_exceptions() -> None:
    closed = SpecialDays(dt.date(2026, 12, 24), dt.date(2026, 12, 26), CLOSED)
    over = SpecialDays(dt.date(2026, 1, 1), dt.date(2026, 1, 1), CLOSED)
    found = schema_hours(Week(WEEK.days, (closed, over)), dt.date(2026, 11, 18))
    assert found[0] == {
        "@type": "OpeningHoursSpecification",
        "opens": "08:00",
        "closes": "12:00",
        "dayOfWeek": ["Monday", "Tuesday"],
    }
    assert {"opens": "00:00", "closes": "00:00", "dayOfWeek": ["Wednesday", "Saturday"]}.items() <= found[2].items()
    assert found[-1]["validFrom"] == "2026-12-24" and found[-1]["validThrough"] == "2026-12-26"
    assert len(found) == 5


def test_rows_make_a_week_and_touching_intervals_join() -> None:
    week = week_from_rows(
        [
            (0, 720, 1020, False),
            (0, 480, 720, False),
            (1, None, None, False),
            (2, 600, 660, True),
            (2, None, None, True),
        ],
        [
            (dt.date(2026, 1, 2), dt.date(2026, 1, 2), 600, 660, ""),
            (dt.date(2026, 1, 2), dt.date(2026, 1, 2), 480, 500, "x"),
        ],
    )
    assert week.days[0].intervals == (Interval(480, 1020),)
    assert [day.state for day in week.days[1:4]] == ["closed", "by_appointment", "unknown"]
    assert week.exceptions[0].day == open_day((480, 500), (600, 660), note="x")


@pytest.mark.parametrize(("opens", "closes"), [(-1, 5), (5, 5), (6, 5), (0, 1441)])
def test_impossible_intervals_are_refused(opens: int, closes: int) -> None:
    with pytest.raises(ValueError, match="opens"):
        Interval(opens, closes)


def test_impossible_days_are_refused() -> None:
    for make in (
        lambda: Day("open"),
        lambda: Day("closed", (Interval(1, 2),)),
        lambda: Day("open", (Interval(1, 5), Interval(4, 6))),
        lambda: Week((CLOSED,)),
        lambda: SpecialDays(dt.date(2026, 1, 2), dt.date(2026, 1, 1), CLOSED),
    ):
        with pytest.raises(ValueError):
            make()


minutes = st.integers(0, 96).map(lambda quarter: quarter * 15)
spans = st.tuples(minutes, minutes).filter(lambda pair: pair[0] < pair[1])
days = st.sampled_from([CLOSED, UNKNOWN, BY_APPOINTMENT]) | st.lists(spans, min_size=1, max_size=3).map(
    lambda pairs: open_day(*pairs)
)
dates = st.dates(dt.date(2026, 1, 1), dt.date(2027, 1, 15))
specials = st.tuples(dates, st.integers(0, 9), days).map(
    lambda parts: SpecialDays(parts[0], parts[0] + dt.timedelta(days=parts[1]), parts[2])
)
weeks = st.builds(Week, st.tuples(*[days] * 7), st.lists(specials, max_size=3).map(tuple))
clock_changes = st.sampled_from([dt.datetime(2026, 3, 29, tzinfo=dt.UTC), dt.datetime(2026, 10, 25, tzinfo=dt.UTC)])
near_changes = st.tuples(clock_changes, st.integers(-300, 300)).map(
    lambda pair: pair[0] + dt.timedelta(minutes=pair[1])
)
anytime = st.integers(0, 365 * 1440).map(
    lambda minute: dt.datetime(2026, 1, 1, tzinfo=dt.UTC) + dt.timedelta(minutes=minute)
)
moments = near_changes | anytime


@given(weeks, moments)
def test_state_is_what_the_day_s_hours_say(week: Week, now: dt.datetime) -> None:
    local = now.astimezone(COPENHAGEN)
    day = hours_on(week, local.date())
    minute = local.hour * 60 + local.minute
    kind = state_at(week, now).kind
    if day.state == "open":
        assert (kind == "open") == any(span.opens <= minute < span.closes for span in day.intervals)
    else:
        assert kind == day.state


@given(weeks, moments)
def test_next_change_really_changes_and_nothing_changes_before(week: Week, now: dt.datetime) -> None:
    kind, change = kind_at(week, now), next_change(week, now)
    end = change or now + dt.timedelta(days=14)
    if change is not None:
        assert change > now
        assert kind_at(week, change) != kind
        assert kind_at(week, change.astimezone(dt.UTC) - dt.timedelta(minutes=1)) == kind or (
            change.astimezone(dt.UTC) - now < dt.timedelta(minutes=1)
        )
    step = max((end - now) / 40, dt.timedelta(minutes=15))
    moment = now
    while moment < end:
        assert kind_at(week, moment) == kind
        moment += step


@given(weeks, moments)
def test_next_opening_is_open_and_until_is_not(week: Week, now: dt.datetime) -> None:
    state = state_at(week, now)
    if state.opens_at is not None:
        assert state.opens_at > now and kind_at(week, state.opens_at) == "open"
    if state.until is not None:
        assert kind_at(week, state.until) != "open"


@given(weeks)
def test_quarters_agree_with_the_days(week: Week) -> None:
    quarters = open_quarters(week)
    assert quarters.shape == (672,) and quarters.dtype == np.bool_
    for index in range(0, 672, 7):
        assert quarters[index] == (week.days[index // 96].kind_at(index % 96 * 15) == "open")


@given(weeks, moments)
def test_words_never_fail(week: Week, now: dt.datetime) -> None:
    assert state_words(week, now) and today_words(week, now)
    special_rows(week, now.date())
    schema_hours(week, now.date())


def test_an_unknown_day_before_the_next_opening_is_not_skipped_as_closed() -> None:
    gap = Week((OFFICE, UNKNOWN, OFFICE, OFFICE, OFFICE, CLOSED, CLOSED))
    assert state_words(gap, at("2026-11-16T18:00")) == "Lukket nu, åbner senest onsdag 8.00"
    assert state_words(gap, at("2026-11-21T18:00")) == "Lukket, åbner mandag 8.00"
