"""A week as people write it: what is understood day by day, and what is handed back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fysfinder.clinics.hours_week_text import WeekText, parse_week
from fysfinder.clinics.opening import CLOSED, Day, open_day

NAMES = ("mo", "tu", "we", "th", "fr", "sa", "su")


def clock(minutes: int) -> str:
    return f"{minutes // 60}" if minutes % 60 == 0 else f"{minutes // 60}:{minutes % 60:02d}"


def words(day: Day) -> str:
    hours = "+".join(f"{clock(span.opens)}-{clock(span.closes)}" for span in day.intervals)
    return f"{hours}?" if day.state == "by_appointment" else hours or {"closed": "x"}.get(day.state, "")


def short(week: WeekText) -> str:
    """'mo-th 8-18, fr 8-15': days of the same hours together; x closed, ? by appointment; unknown days left out."""
    runs: list[list[str]] = []
    for name, day in zip(NAMES, week.days, strict=True):
        if runs and runs[-1][2] == words(day):
            runs[-1][1] = name
        else:
            runs.append([name, name, words(day)])
    parts = [f"{a if a == b else f'{a}-{b}'} {said}" for a, b, said in runs if said]
    return ", ".join(parts + ([f"ph {words(week.holidays)}"] if week.holidays else []))


UNDERSTOOD = [
    ("Mandag-fredag 8-16, torsdag til 18", "mo-we 8-16, th 8-18, fr 8-16"),
    ("man-fre 8-16 dog onsdag til kl. 18", "mo-tu 8-16, we 8-18, th-fr 8-16"),
    ("Man-fre 8–16 (ons. til 18)", "mo-tu 8-16, we 8-18, th-fr 8-16"),
    ("Mandag til torsdag 8-16 (onsdag dog til 18)", "mo-tu 8-16, we 8-18, th 8-16"),
    ("Mandag - fredag 8-16 (torsdag 8-18)", "mo-we 8-16, th 8-18, fr 8-16"),
    ("Mandag-fredag kl. 8-16. Torsdag dog kl. 8-18.", "mo-we 8-16, th 8-18, fr 8-16"),
    ("Man-fre 8-16, dog fredag først fra 10", "mo-th 8-16, fr 10-16"),
    ("Man-fre 8-16 (onsdag dog lukket)", "mo-tu 8-16, we x, th-fr 8-16"),
    ("man-fre 8-16 (tirsdag og torsdag til 18)", "mo 8-16, tu 8-18, we 8-16, th 8-18, fr 8-16"),
    ("Man-fre 8-16, undtagen ons 8-18", "mo-tu 8-16, we 8-18, th-fr 8-16"),
    ("Man-fre 8-16, undtagen ons", "mo-tu 8-16, th-fr 8-16"),
    ("Man-fre 9-5pm", "mo-fr 9-17"),
    ("Fri 8-4 pm", "fr 8-16"),
    ("Mon, Wed & Fri 9–5", "mo 9-17, we 9-17, fr 9-17"),
    ("Monday to Friday 9 to 5", "mo-fr 9-17"),
    ("Mandag: 8-16 - Tirsdag: 9-17 - Onsdag: lukket", "mo 8-16, tu 9-17, we x"),
    ("Mandag\t08.00\t16.00\nTirsdag\t8\t12\t13\t17\nOnsdag\tLukket", "mo 8-16, tu 8-12+13-17, we x"),
    ("<ul><li>Mandag: 8-16</li><li>Tirsdag: 8-18</li></ul>", "mo 8-16, tu 8-18"),
    ("<tr><td>Mandag</td><td>08:00</td><td>16:00</td></tr><tr><td>Lørdag</td><td>Lukket</td></tr>", "mo 8-16, sa x"),
    ("Montag bis Freitag 8-16 Uhr", "mo-fr 8-16"),
    ("Man-fre 8-16, ellers lukket", "mo-fr 8-16, sa-su x"),
    ("man-fre 8-16 (kun med aftale)", "mo-fr 8-16?"),
    ("alle dage undtagen søndag 8-16", "mo-sa 8-16"),
    ("hverdage undt. fre 8-16", "mo-th 8-16"),
    ("Alle hverdage undtagen torsdag kl. 9-15", "mo-we 9-15, fr 9-15"),
    ("M-F 8–16", "mo-fr 8-16"),
    ("Tirs-, ons- og torsdag 8-16", "tu-th 8-16"),
    ("8.00-16.00 (mandag-fredag)", "mo-fr 8-16"),
    ("Alle ugens 7 dage 6-22", "mo-su 6-22"),
    ("Mo-Fr 08:00-17:00; Jul off", "mo-fr 8-17, sa-su x"),
    ("Hverdage 8-16, onsdag dog 8-18", "mo-tu 8-16, we 8-18, th-fr 8-16"),
    ("Mandag kl. 8.00 - 17.30 | Tirsdag kl. 8.00 - 18.00", "mo 8-17:30, tu 8-18"),
    ("mandag – torsdag: 8.00–17.00; fredag 8–14", "mo-th 8-17, fr 8-14"),
    ("Alle hverdage 8-16", "mo-fr 8-16"),
    ("Man, ons og fre 9-15", "mo 9-15, we 9-15, fr 9-15"),
    ("Mon–Fri 9am–5pm", "mo-fr 9-17"),
    ("Tirsdag + torsdag 12-20", "tu 12-20, th 12-20"),
    ("man-fre 8-16 (frokost 12-12.30)", "mo-fr 8-12+12:30-16"),
    ("Man-tors 8-18 (lukket 12-13), fre 8-15", "mo-th 8-12+13-18, fr 8-15"),
    ("Mo-Fr 08:00-12:00,13:00-17:00; PH off", "mo-fr 8-12+13-17, sa-su x, ph x"),
    ("Mo - Fr 08:00 - 17:00", "mo-fr 8-17"),
    ("Mo-Fr 08:00-12:00 13:00-17:00", "mo-fr 8-12+13-17"),
    ("Open Monday through Friday from 9 a.m. to 5 p.m.", "mo-fr 9-17"),
    ("Monday: 9:00\u202fAM – 5:00\u202fPM Tuesday: Closed", "mo 9-17, tu x"),
    ("mandag og torsdag 8-18, øvrige hverdage 8-16", "mo 8-18, tu-we 8-16, th 8-18, fr 8-16"),
    ("Man-fre 8-16, dog onsdag 8-18", "mo-tu 8-16, we 8-18, th-fr 8-16"),
    ("Man-fre 8-16 lukket i weekenden", "mo-fr 8-16, sa-su x"),
    ("Lørdag og søndag er lukket", "sa-su x"),
    ("Søndage holder vi lukket", "su x"),
    ("vi har lukket om fredagen", "fr x"),
    ("Klinikken er lukket i weekenden", "sa-su x"),
    ("Klinikken har åbent mandag-fredag kl. 8-16", "mo-fr 8-16"),
    ("ÅBNINGSTIDER\nMandag 8-16\nTirsdag 9-17\nLørdag Lukket", "mo 8-16, tu 9-17, sa x"),
    ("8-16 man-tors og 8-14 fre", "mo-th 8-16, fr 8-14"),
    ("fre-man 8-12", "mo 8-12, fr-su 8-12"),
    ("Man-tors 8-18, fre 8-15", "mo-th 8-18, fr 8-15"),
    ("man-tor 8-18, fre 8-15", "mo-th 8-18, fr 8-15"),
    ("Mandag til torsdag kl. 8.00-18.00, fredag 8-15, weekend lukket", "mo-th 8-18, fr 8-15, sa-su x"),
    ("Mandag - fredag: 07.00–19.00", "mo-fr 7-19"),
    ("Mandag kl. 9 til 12 og 13-16", "mo 9-12+13-16"),
    ("Man-fre 8-12 og 13-16 og lør 9-12", "mo-fr 8-12+13-16, sa 9-12"),
    ("Man-fre 8-16, lukket lør-søn", "mo-fr 8-16, sa-su x"),
    ("Lukket lørdag og søndag", "sa-su x"),
    ("8-18 man-tors, 8-15 fre", "mo-th 8-18, fr 8-15"),
    ("Hverdage 8-16", "mo-fr 8-16"),
    ("Åbent alle hverdage fra 8-16", "mo-fr 8-16"),
    ("Hverdage kl. 8-16, weekend og helligdage lukket", "mo-fr 8-16, sa-su x, ph x"),
    ("Lørdag, søndag og helligdage: lukket", "sa-su x, ph x"),
    ("Alle dage 8-20", "mo-su 8-20"),
    ("Alle dage døgnåbent", "mo-su 0-24"),
    ("Dagligt 9-17", "mo-su 9-17"),
    ("Mandag og onsdag 8-16, tirsdag og torsdag 10-18", "mo 8-16, tu 10-18, we 8-16, th 10-18"),
    ("Mandag, tirsdag, torsdag: 07.00–19.00, onsdag og fredag: 07.00–15.00", "mo-tu 7-19, we 7-15, th 7-19, fr 7-15"),
    ("Mandag: 08:00 - 16:00\nTirsdag: 10-18\nOnsdag: Lukket", "mo 8-16, tu 10-18, we x"),
    ("Mandag\n8-16\nTirsdag\n9-17", "mo 8-16, tu 9-17"),
    ("Mandag 8-16 Tirsdag 8-18 Onsdag lukket", "mo 8-16, tu 8-18, we x"),
    ("Man.-tors. 8-18. Fre. 8-15.", "mo-th 8-18, fr 8-15"),
    ("Man-tor 8.00 - 18.00 Fre 8.00 - 15.00 Lør-Søn Lukket", "mo-th 8-18, fr 8-15, sa-su x"),
    ("Vi har åbent mandag-torsdag kl. 8-18 og fredag kl. 8-15.", "mo-th 8-18, fr 8-15"),
    ("Åbningstider: Mandag – Fredag: 8 – 16", "mo-fr 8-16"),
    ("Mandag til fredag: 8-12, 13-16. Lukket i weekenden.", "mo-fr 8-12+13-16, sa-su x"),
    ("Man-fre: Efter aftale", "mo-fr ?"),
    ("Man 9-12 efter aftale", "mo 9-12?"),
    ("fre-man 8-10", "mo 8-10, fr-su 8-10"),
    ("tirsdage 8-16 og torsdage 10-18", "tu 8-16, th 10-18"),
    ("Tirsdag fra kl. 8 til kl. 16", "tu 8-16"),
    ("Man 8-12, man 13-16", "mo 8-12+13-16"),
    ("ma, ti, on, to, fr 8-16", "mo-fr 8-16"),
    ("ma-to 8-16, fr 8-12", "mo-th 8-16, fr 8-12"),
    ("Man tir ons 8-16", "mo-we 8-16"),
    ("MANDAG 8-16", "mo 8-16"),
    ("Mon-Fri 9am-5pm", "mo-fr 9-17"),
    ("Monday to Friday 9 am to 5 pm, Sat closed", "mo-fr 9-17, sa x"),
    ("Mon, Wed and Fri 9-12", "mo 9-12, we 9-12, fr 9-12"),
    ("Tue to Thu 9:30-12", "tu-th 9:30-12"),
    ("Weekdays 08:00 to 16:00", "mo-fr 8-16"),
    ("Mon-Thu 8-18; Fri 8-15", "mo-th 8-18, fr 8-15"),
    ("Saturdays and Sundays by appointment", "sa-su ?"),
    ("Open Monday-Friday 8-16", "mo-fr 8-16"),
    ("Every day 8-20", "mo-su 8-20"),
    # OpenStreetMap: what is not stated is closed
    ("Mo-Fr 08:00-17:00; Sa off; PH off", "mo-fr 8-17, sa-su x, ph x"),
    ("Mo-Fr 08:00-12:00,13:00-17:00", "mo-fr 8-12+13-17, sa-su x"),
    ("Mo-Fr 08:00-17:00; We 10:00-18:00", "mo-tu 8-17, we 10-18, th-fr 8-17, sa-su x"),
    ("Mo-Th 08:00-18:00, Fr 08:00-15:00", "mo-th 8-18, fr 8-15, sa-su x"),
    ("Mo-Fr 08:00-12:00, Mo-We 13:00-16:00", "mo-we 8-12+13-16, th-fr 8-12, sa-su x"),
    ('Mo,We 08:00-12:00; Fr "efter aftale"', "mo 8-12, tu x, we 8-12, th x, fr ?, sa-su x"),
    ('Mo-Fr 09:00-17:00 "by appointment"', "mo-fr 9-17?, sa-su x"),
    ("Mo-Su,PH 10:00-18:00", "mo-su 10-18, ph 10-18"),
    ("Mo-Su 00:00-24:00", "mo-su 0-24"),
    ("24/7", "mo-su 0-24"),
    ("Fr-Mo 10:00-12:00", "mo 10-12, tu-th x, fr-su 10-12"),
    ("Sa-Su closed", "sa-su x"),
]  # fmt: skip

HANDED_BACK = [
    ("Mandag-onsdag-fredag 8-16", "", None),
    ("Man-fre 8-12, 13-16, torsdag til 13", "mo-we 8-12+13-16, fr 8-12+13-16", None),
    ("Torsdag til 18", "", None),
    ("Man-fre 8-16, undtagen ons 12-13", "mo-tu 8-16, th-fr 8-16", None),
    ("Man-fre 8-16. I juli 8-13", "mo-fr 8-16", "I juli 8-13"),
    ("Man-fre 8-16, lukket i påsken", "mo-fr 8-16", "lukket i påsken"),
    ("fre 8-15 (sidste tid kl. 14)", "fr 8-15", "sidste tid kl. 14"),
    ("sommerlukket uge 28-30", "", "sommerlukket uge 28-30"),
    # text, what is still understood, what comes back
    ("Man-fre 8-16 kun træning", "", "Man-fre 8-16 kun træning"),
    ("Man-fre 8-16, lør kun træning", "mo-fr 8-16", "lør kun træning"),
    ("man - fre kl. 7:30 - 16:00 (træning til kl. 20)", "", "man - fre kl. 7:30 - 16:00 (træning til kl. 20)"),
    ("Telefontid: man-fre 8-9. Åbent man-fre 8-16", "mo-fr 8-16", "Telefontid: man-fre 8-9"),
    ("Man-fre 8-16. Ring for tid", "mo-fr 8-16", "Ring for tid"),
    ("Man-fre 8-16, ellers efter aftale", "mo-fr 8-16", "ellers efter aftale"),
    ("Man-fre 8-16, ons 8-18", "mo-tu 8-16, th-fr 8-16", "ons 8-18"),
    ("Man-fre 8-16, ulige uger lør 10-13", "mo-fr 8-16", "ulige uger lør 10-13"),
    ("Man-fre 8-16 1. lørdag i måneden 10-13", "mo-fr 8-16", "1. lørdag i måneden 10-13"),
    ("Man-fre 8-16, sidste lør 10-13", "mo-fr 8-16", "sidste lør 10-13"),
    ("Man-tors 8-18 og hver anden fre 8-15", "mo-th 8-18", "hver anden fre 8-15"),
    ("Man-fre 8-16, hver anden ons 8-18", "mo-tu 8-16, th-fr 8-16", "hver anden ons 8-18"),
    ("Man-fre 8-16, juli lør 10-13", "mo-fr 8-16", "juli lør 10-13"),
    ("Man-fre 8-16 lør 9-12 (ulige uger)", "mo-fr 8-16", "lør 9-12 (ulige uger)"),
    ("mandag eller onsdag 8-16", "", "mandag eller; eller onsdag 8-16"),
    ("mandag 8 tirsdag 9-17", "", "mandag 8; 8 tirsdag 9-17"),
    ("1. lørdag i måneden", "", "1. lørdag i måneden"),
    ("Ulige uger lør 10-13", "", "Ulige uger lør 10-13"),
    ("Mandag i lige uger: 8-12, mandag i ulige uger: 12-18", "", None),
    ("Mandag 8-16 (ulige uger)", "", "Mandag 8-16 (ulige uger)"),
    ("Juni, juli, august: man-fre 8-14", "", None),
    ("Sommertid man-fre 8-14", "", "Sommertid man-fre 8-14"),
    ("Fysioterapi man-fre 8-16, træning 6-22", "", None),
    ("Ring man-fre 8-10", "", "Ring man-fre 8-10"),
    ("Man-fre 8-16, telefontid man-fre 8-9", "mo-fr 8-16", "telefontid man-fre 8-9"),
    ("Man-fre 8-16 og efter aftale", "mo-fr 8-16", "efter aftale"),
    ("Hver dag", "", "Hver dag"),
    ("Åbent man-fre", "", "man-fre"),
    ("mandag kl 8 - tirsdag kl 16", "", None),
    ("Mo 08:00-26:00", "", "Mo 08:00-26:00"),
    ("Torsdag i lige uger 8-16", "", "Torsdag i lige uger 8-16"),
    ("Man to fre 8-16", "", "Man to fre 8-16"),
    ("Mandag: - Tirsdag: 8-16", "tu 8-16", "Mandag: -"),
    ("Man-fre 22-02", "", "Man-fre 22-02"),
    ("Man-fre 9-5", "", "Man-fre 9-5"),
    ("Man 16-8", "", "Man 16-8"),
    ("mandag", "", "mandag"),
    ("8-16", "", "8-16"),
    ("Mo-Fr 22:00-02:00", "", "Mo-Fr 22:00-02:00"),
    ("Mo 10:00+", "", "Mo 10:00+"),
    ("Mo[1] 10:00-12:00", "", "Mo[1] 10:00-12:00"),
    ('Mo-Fr 08:00-17:00 || "by appointment"', "mo-fr 8-17", '"by appointment"'),
    ("Mo-Fr sunrise-sunset", "", "Mo-Fr sunrise-sunset"),
]


@pytest.mark.parametrize(("raw", "expected"), UNDERSTOOD)
def test_a_week_is_read_as_written(raw: str, expected: str) -> None:
    week = parse_week(raw)
    assert (short(week), week.rest) == (expected, "")


@pytest.mark.parametrize(("raw", "expected", "rest"), HANDED_BACK)
def test_what_is_not_understood_is_handed_back_and_its_days_stay_unknown(
    raw: str, expected: str, rest: str | None
) -> None:
    week = parse_week(raw)
    assert (short(week), week.rest) == (expected, week.rest if rest is None else rest)
    assert week.rest


DAY_WORDS = ["man", "Tirs.", "onsdag", "to", "on", "fre", "Mo", "PH", "hverdage", "weekend", "Sunday", "24/7"]
BODY_WORDS = ["8-16", "08:00-12:00", "lukket", "off", "efter aftale", "kun", "8", "9am", '"', "(", ")"]
LINKS = ["-", "til", "to", ",", ";", ".", ":", "og", "||", "\n", "&", "/"]


@given(
    st.text(max_size=80)
    | st.lists(st.sampled_from(DAY_WORDS + BODY_WORDS + LINKS), max_size=14).map(" ".join)
    | st.lists(st.sampled_from(DAY_WORDS + BODY_WORDS + LINKS), max_size=14).map("".join)
)
def test_any_text_has_an_answer(raw: str) -> None:
    week = parse_week(raw)
    assert len(week.days) == 7
    assert week.is_stated or week.rest or not any(char.isalnum() for char in raw)


def test_a_very_long_text_is_handed_back_at_once() -> None:
    week = parse_week("man 8-16, " * 10_000)
    assert not week.is_stated and week.rest


DANISH = ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag")
OSM = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
QUARTERS = st.lists(st.integers(0, 95), min_size=2, max_size=4, unique=True)
DAYS = st.one_of(
    st.just(CLOSED),
    QUARTERS.map(lambda quarters: sorted(quarter * 15 for quarter in quarters[: len(quarters) // 2 * 2])).map(
        lambda times: open_day(*zip(times[::2], times[1::2], strict=True))
    ),
)


def hours(day: Day, closed: str, between: str) -> str:
    spans = (f"{s.opens // 60:02d}:{s.opens % 60:02d}-{s.closes // 60:02d}:{s.closes % 60:02d}" for s in day.intervals)
    return between.join(spans) or closed


@given(st.lists(DAYS, min_size=7, max_size=7), st.sampled_from([", ", "; ", "\n", ". ", " og "]))
def test_a_danish_week_we_write_is_read_back(days: list[Day], between: str) -> None:
    parts = [f"{name.capitalize()} {hours(day, 'lukket', ' og ')}" for name, day in zip(DANISH, days, strict=True)]
    week = parse_week(between.join(parts))
    assert (week.days, week.rest) == (tuple(days), "")


@given(st.lists(DAYS, min_size=7, max_size=7))
def test_an_openstreetmap_week_we_write_is_read_back(days: list[Day]) -> None:
    parts = [f"{name} {hours(day, 'off', ',')}" for name, day in zip(OSM, days, strict=True)]
    week = parse_week("; ".join(parts))
    assert (week.days, week.rest) == (tuple(days), "")
