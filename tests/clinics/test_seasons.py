"""Seasons with their own weekdays, and the switches for public holidays and customary closed days."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fysfinder.clinics import ledger
from fysfinder.clinics.actions import Origin, replace_hours
from fysfinder.clinics.hours_osm import to_osm
from fysfinder.clinics.hours_week_text import parse_week
from fysfinder.clinics.ledger_words import value_words
from fysfinder.clinics.models import OpeningHours
from fysfinder.clinics.opening import (
    AS_USUAL,
    CLOSED,
    COPENHAGEN,
    UNKNOWN,
    Day,
    SpecialDays,
    Week,
    hours_on,
    open_day,
    state_at,
)
from fysfinder.clinics.opening_words import schema_hours, special_rows, state_words, today_words
from fysfinder.clinics.queries import weeks_of
from tests.make import make_clinic

OFFICE, SHORT = open_day((480, 960)), open_day((480, 780), note="Sommertid")
USUAL = (OFFICE,) * 5 + (CLOSED,) * 2
JULY = dt.date(2000, 7, 1), dt.date(2000, 7, 31)
SUMMER = tuple(SpecialDays(*JULY, SHORT, weekday, is_yearly=True) for weekday in range(4))
WEEK = Week(USUAL, SUMMER, public_holidays=CLOSED, customary_days=CLOSED)


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=COPENHAGEN)


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("2026-07-01", SHORT),
        ("2031-07-31", SHORT),  # every year
        ("2026-07-03", OFFICE),  # a Friday, of which the season says nothing
        ("2026-08-03", OFFICE),
        ("2026-06-30", OFFICE),
    ],
)
def test_a_season_takes_its_weekdays_over_every_year(date, expected):
    assert hours_on(WEEK, dt.date.fromisoformat(date)) == expected


def test_a_winter_runs_over_new_year_and_does_not_open_a_holiday():
    winter = SpecialDays(dt.date(2000, 11, 1), dt.date(2001, 2, 28), SHORT, 4, is_yearly=True)
    week = Week(USUAL, (winter,))
    assert hours_on(week, dt.date(2026, 11, 6)) == hours_on(week, dt.date(2027, 2, 26)) == SHORT
    assert hours_on(week, dt.date(2027, 3, 5)) == OFFICE
    assert hours_on(week, dt.date(2026, 12, 25)).state == "unknown"
    assert winter.next_from(dt.date(2027, 1, 5)).first_day == dt.date(2026, 11, 1)
    assert winter.next_from(dt.date(2027, 3, 1)).first_day == dt.date(2027, 11, 1)


def test_a_closed_holiday_inside_a_season_is_special_before_the_season():
    closed = SpecialDays(dt.date(2026, 7, 6), dt.date(2026, 7, 26), Day("closed", note="Ferie"))
    assert hours_on(Week(USUAL, (*SUMMER, closed)), dt.date(2026, 7, 7)).note == "Ferie"


@pytest.mark.parametrize(
    ("public", "customary", "date", "state"),
    [
        (UNKNOWN, UNKNOWN, "2026-12-25", "unknown"),
        (CLOSED, UNKNOWN, "2026-12-25", "closed"),
        (AS_USUAL, UNKNOWN, "2026-12-25", "open"),
        (AS_USUAL, UNKNOWN, "2026-12-26", "closed"),  # a Saturday
        (open_day((600, 720)), UNKNOWN, "2026-12-26", "open"),
        (CLOSED, UNKNOWN, "2026-12-24", "unknown"),
        (UNKNOWN, CLOSED, "2026-12-24", "closed"),
        (UNKNOWN, AS_USUAL, "2026-12-31", "open"),
        (UNKNOWN, UNKNOWN, "2026-05-01", "open"),
        (UNKNOWN, CLOSED, "2026-05-01", "closed"),
        (UNKNOWN, CLOSED, "2026-06-05", "closed"),
        (UNKNOWN, CLOSED, "2008-05-01", "unknown"),  # it was Kristi himmelfartsdag
    ],
)
def test_the_two_switches_are_apart(public, customary, date, state):
    week = Week(USUAL, (), public, customary)
    assert hours_on(week, dt.date.fromisoformat(date)).state == state


@pytest.mark.parametrize(
    ("now", "line", "short"),
    [
        ("2026-12-26T10:00", "Lukket, åbner mandag 8.00", "Lukket i dag (Anden juledag)"),
        ("2026-12-23T17:00", "Lukket, åbner mandag 8.00", "Lukket for i dag"),
        ("2026-12-30T17:00", "Lukket, åbner mandag 8.00", "Lukket for i dag"),
        ("2026-12-24T10:00", "Lukket, åbner mandag 8.00", "Lukket i dag (Juleaftensdag)"),
        ("2026-11-20T17:00", "Lukket, åbner mandag 8.00", "Lukket for i dag"),
        ("2026-11-22T17:00", "Lukket, åbner i morgen 8.00", "Lukket i dag"),
        ("2026-03-31T17:00", "Lukket, åbner i morgen 8.00", "Lukket for i dag"),
        ("2026-04-01T17:00", "Lukket, åbner tirsdag 8.00", "Lukket for i dag"),  # over Easter
        ("2026-07-06T14:00", "Lukket, åbner i morgen 8.00", "Lukket for i dag"),
        ("2026-07-06T12:00", "Åbent nu, lukker 13.00", "Til 13.00"),
    ],
)
def test_the_next_opening_is_named_over_weekends_and_holidays(now, line, short):
    assert (state_words(WEEK, at(now)), today_words(WEEK, at(now))) == (line, short)


def test_the_next_change_is_there_for_the_page():
    assert state_at(WEEK, at("2026-04-01T17:00")).opens_at == at("2026-04-07T08:00")


def test_a_season_stands_once_with_the_dates_of_its_next_time():
    rows = special_rows(WEEK, dt.date(2026, 8, 1), days=1)
    assert [(row.first_day.isoformat(), row.day.note, words) for row, words in rows] == [
        ("2027-07-01", "Sommertid", "Mandag–torsdag 8.00–13.00")
    ]
    christmas = special_rows(WEEK, dt.date(2026, 12, 24), days=1)
    assert [(row.day.note, words) for row, words in christmas[:2]] == [
        ("Juleaftensdag", "Lukket"),
        ("Juledag", "Lukket"),
    ]


def test_schema_has_each_weekday_of_a_season_and_public_holidays():
    found = schema_hours(WEEK, dt.date(2026, 11, 18))
    assert found[1]["dayOfWeek"] == ["Saturday", "Sunday", "PublicHolidays"]
    assert found[2] == {
        "@type": "OpeningHoursSpecification",
        "opens": "08:00",
        "closes": "13:00",
        "dayOfWeek": ["Monday"],
        "validFrom": "2027-07-01",
        "validThrough": "2027-07-31",
    }
    assert len(found) == 6


@pytest.mark.parametrize(
    ("raw", "osm"),
    [
        ("1/7–31/7: man–fre 8–13, lør–søn lukket", "Jul 01-31 Mo-Fr 08:00-13:00; Jul 01-31 Sa-Su off"),
        ("Man-fre 8-16. Sommertid 1/6-31/8: man-fre 8-14", "Jun 01-Aug 31 Mo-Fr 08:00-14:00"),
        ("Man-fre 8-16; 1.-31. juli: lukket", "Jul 01-31 off"),
        ("Lukket 24. december - 2. januar", "Dec 24-Jan 02 off"),
        ("Juli 2027: lukket", "2027 Jul 01-2027 Jul 31 off"),
        ("Mo-Fr 08:00-16:00; Jul-Aug Fr off", "Jul 01-Aug 31 Fr off"),
        ("Mo-Fr 08:00-16:00; Dec 24-26 off; PH off", "Dec 24-26 off"),
    ],
)
def test_a_season_is_read_from_text(raw, osm):
    week = parse_week(raw)
    assert (to_osm(Week(exceptions=week.seasons)), week.rest) == (osm, "")


@pytest.mark.parametrize(
    "raw",
    [
        "Man-fre 8-16. I juli 8-13 ved fremmøde",
        "Man-fre 8-16. Uge 29-30 lukket",
        "Mo-Fr 08:00-16:00; Jul 10-12 off; Jun-Aug off",
    ],
)
def test_a_season_that_is_not_understood_is_handed_back(raw):
    week = parse_week(raw)
    assert week.rest and all(day == OFFICE for day in week.days[:5])


@pytest.mark.parametrize(
    ("raw", "holidays"),
    [
        ("Man-fre 8-16, lukket på helligdage", CLOSED),
        ("Man-fre 8-16. Søn- og helligdage lukket", CLOSED),
        ("Man-fre 8-16. Åbent på helligdage", AS_USUAL),
        ("Mon-Fri 8-16. Closed on public holidays", CLOSED),
        ("Mo-Fr 08:00-16:00; PH off", CLOSED),
        ("Mo-Fr 08:00-16:00; PH 10:00-14:00", open_day((600, 840))),
        ("Man-fre 8-16", None),
    ],
)
def test_what_a_text_says_of_holidays_goes_to_the_switch(raw, holidays):
    week = parse_week(raw)
    assert (week.holidays, week.rest, week.days[0]) == (holidays, "", OFFICE)
    assert len(week.with_switches) == (7 if holidays is None else 9)


spans = st.tuples(st.integers(0, 95), st.integers(1, 96)).filter(lambda pair: pair[0] < pair[1])
opened = st.lists(spans, min_size=1, max_size=2).map(lambda pairs: open_day(*((a * 15, b * 15) for a, b in pairs)))
known = st.just(CLOSED) | opened
asked = opened.map(lambda day: Day("by_appointment", day.intervals)) | st.just(Day("by_appointment"))
dates = st.dates(dt.date(2026, 1, 1), dt.date(2026, 12, 31))


@st.composite
def weeks(draw):
    """A usual week, one season and one exception."""
    days = draw(st.lists(known | asked | st.just(UNKNOWN), min_size=6, max_size=6))
    yearly = draw(st.booleans())
    first, last = (day.replace(year=2000 if yearly else 2026) for day in sorted((draw(dates), draw(dates))))
    weekdays = draw(st.lists(st.integers(0, 6), max_size=4, unique=True).map(sorted))
    found = [SpecialDays(first, last, draw(known), weekday, yearly) for weekday in weekdays]
    if draw(st.booleans()):
        day = draw(dates).replace(year=2000)
        found.append(SpecialDays(day, day, draw(known), None, is_yearly=True))
    return Week((OFFICE, *days), tuple(found), draw(known | st.just(UNKNOWN)))


@settings(max_examples=60, deadline=None)
@given(weeks())
def test_openstreetmap_s_form_is_read_back(week):
    text = to_osm(week)
    read = parse_week(text)
    assert (read.days, read.rest) == (week.days, ""), text
    assert set(read.seasons) == set(week.exceptions)
    assert (read.holidays or UNKNOWN) == week.public_holidays


@pytest.mark.django_db
def test_a_week_of_seven_days_keeps_the_switches_and_the_ledger_everything():
    here, origin = make_clinic(), Origin("Klinikken", "owner", dt.date(2026, 1, 1))
    replace_hours(clinic=here, hours=(*USUAL, CLOSED, AS_USUAL), exceptions=SUMMER, origin=origin)
    assert weeks_of([here.pk], today=dt.date(2030, 1, 1))[here.pk] == Week(USUAL, SUMMER, CLOSED, AS_USUAL)
    before = ledger.states_of(here, ["hours"])["hours"]
    replace_hours(clinic=here, hours=(OFFICE,) * 7, origin=origin)
    week = weeks_of([here.pk], today=dt.date(2030, 1, 1))[here.pk]
    assert (week.public_holidays, week.customary_days, week.exceptions) == (CLOSED, AS_USUAL, SUMMER)
    ledger.write_state(here, "hours", before)
    assert weeks_of([here.pk], today=dt.date(2030, 1, 1))[here.pk] == Week(USUAL, SUMMER, CLOSED, AS_USUAL)
    assert value_words("hours", ledger.value_of(here, "hours")) == (
        "Mandag–fredag 8.00–16.00, lørdag–søndag lukket. Helligdage: lukket. "
        "1. maj, 5. juni, 24. og 31. december: som sædvanligt. 1/7–31/7 hvert år: mandag–torsdag 8.00–13.00"
    )


@pytest.mark.django_db
def test_what_was_kept_before_the_columns_were_there_is_written_back():
    here = make_clinic()
    old = {"OpeningHours": [[0, 480, 960, False]], "OpeningException": [["2026-12-24", "2026-12-26", None, None, ""]]}
    ledger.write_state(here, "hours", {"value": old, "said": None})
    assert OpeningHours.objects.get(clinic=here).as_usual is False
    assert value_words("hours", old) == "Mandag 8.00–16.00. 24/12–26/12 2026: lukket"
