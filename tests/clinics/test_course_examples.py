"""Twenty courses worked out by hand, against the engine and the project's own tariff file.

Tariffs used (øre; where from: data/tariffs.csv and data/SOURCES.md):
  1 October 2018, fysioterapi-østerbro.dk: first 273,54, treatment 173,92, group 115,96 (patient's share)
  1 April 2021, ehfysioterapi.dk: first 484,31 (190,33 public), treatment 307,95 (121,02), group 205,30 (80,68)
  1 January 2024, kbhmobilfys.dk: first 299,29, treatment 190,30, distance 71,63 (patient's share)
"danmark": first 133, treatment 88, group half, at most 59, distance 10 (sygeforsikring.dk 2019, kbhmobilfys.dk 2024);
group training at most 900 / 1.200 / 600 kr. in twelve months for group 1 / 2 / 5 and S (fysiodanmarkodder.dk, 2021).
"""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.management import call_command

from fysfinder.clinics.course import ClinicTerms, Own, Plan, Situation
from fysfinder.clinics.quotes import quote
from fysfinder.tariffs.queries import known_tariffs

pytestmark = pytest.mark.django_db
TODAY, D2021, D2018 = dt.date(2026, 11, 22), dt.date(2021, 5, 1), dt.date(2018, 12, 1)
AGREED = ClinicTerms(True, None, "1082", {"first": Own(70000, 70000), "follow_up": Own(45000, 45000)})
PRIVATE = ClinicTerms(False, False, "1082", {"first": Own(60000, 60000), "follow_up": Own(40000, 55000)})
UNSAID = ClinicTerms(None, None, "1082", {"first": Own(60000, 60000), "follow_up": Own(40000, 40000)})
SJAELLAND = ClinicTerms(True, True, "1085", {"first": Own(70000, 70000), "home_visit": Own(90000, 90000)})

EXAMPLES = [
    # name, clinic, situation, plan, day, low kr., high kr. — worked out in the comment
    ("1 referral, 1 + 5", AGREED, Situation(True), Plan(), TODAY, "1250.79"),  # 299,29 + 5 × 190,30
    ("2 the same in May 2021", AGREED, Situation(True), Plan(), D2021, "1228.63"),  # 293,98 + 5 × 186,93
    ("3 the same in December 2018", AGREED, Situation(True), Plan(), D2018, "1143.14"),  # 273,54 + 5 × 173,92
    ("4 no referral at an agreement clinic", AGREED, Situation(False), Plan(), TODAY, "2950.00"),  # 700 + 5 × 450
    (
        "5 private clinic with a range",
        PRIVATE,
        Situation(False),
        Plan(),
        TODAY,
        "2600.00",
        "3350.00",
    ),  # 600 + 5 × 400–550
    ("6 a referral is worth nothing there", PRIVATE, Situation(True), Plan(), TODAY, "2600.00", "3350.00"),
    ("7 referral not answered", AGREED, Situation(), Plan(), TODAY, "1250.79", "2950.00"),  # example 1 to example 4
    ("8 agreement not known", UNSAID, Situation(True), Plan(), TODAY, "1250.79", "2600.00"),  # to 600 + 5 × 400
    ("9 referral and danmark S", AGREED, Situation(True, "s"), Plan(), TODAY, "677.79"),  # 1250,79 − 133 − 5 × 88
    ("10 danmark 5 without referral", AGREED, Situation(False, "5"), Plan(), TODAY, "2377.00"),  # 2950 − 133 − 440
    ("11 first visit only", AGREED, Situation(True, "1"), Plan("course", 0), TODAY, "166.29"),  # 299,29 − 133
    ("12 group of 10, May 2021", AGREED, Situation(True), Plan("group", 10), D2021, "1246.20"),  # 10 × 124,62
    # half of 124,62 is 62,31, at most 59: 10 × (124,62 − 59)
    ("13 the same with danmark 5", AGREED, Situation(True, "5"), Plan("group", 10), D2021, "656.20"),
    # 12 × 59 = 708, but at most 600: 12 × 124,62 − 600
    ("14 the ceiling of group 5", AGREED, Situation(True, "5"), Plan("group", 12), D2021, "895.44"),
    # 25 × 59 = 1475: between the ceilings 1200 and 600; 25 × 124,62 = 3115,50
    ("15 group unknown to the member", AGREED, Situation(True, "ja"), Plan("group", 25), D2021, "1915.50", "2515.50"),
    ("16 free at a clinic that offers it", SJAELLAND, Situation(True, is_free=True), Plan(), TODAY, "0.00"),
    ("17 free, not known if offered", AGREED, Situation(True, is_free=True), Plan(), TODAY, "0.00", "1250.79"),
    # living and treated in Region Sjælland on a day of the trial: as with a referral
    ("18 trial in Sjælland", SJAELLAND, Situation(False, region="1085"), Plan("course", 3), TODAY, "870.19"),
    # but not at home: 1 + 2 visits of the clinic's own 900
    ("19 the trial is not for home", SJAELLAND, Situation(False, region="1085"), Plan("home", 2), TODAY, "2700.00"),
    # (299,29 + 71,63) + 2 × (190,30 + 71,63) − (143 + 2 × 98)
    ("20 home, referral, danmark 2", SJAELLAND, Situation(True, "2"), Plan("home", 2), TODAY, "555.78"),
]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example[0])
def test_the_engine_agrees_with_the_sum_by_hand(example: tuple) -> None:
    _name, terms, situation, plan, day, *kroner = example
    call_command("load_tariffs", verbosity=0)
    found = quote(terms, situation, plan, known_tariffs(), day)
    ore = [round(float(amount) * 100) for amount in kroner]
    assert [found.low_ore, found.high_ore] == [ore[0], ore[-1]]


def test_full_fee_and_public_share_stand_apart_where_the_table_gives_both() -> None:
    call_command("load_tariffs", verbosity=0)
    found = quote(AGREED, Situation(True), Plan(), known_tariffs(), D2021)
    # 484,31 + 5 × 307,95 = 2024,06; public 190,33 + 5 × 121,02 = 795,43
    assert [(line.kind, line.low_ore) for line in found.lines] == [("fee", 48431), ("fee", 153975), ("public", -79543)]
