from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from fysfinder.clinics import queries
from fysfinder.clinics.models import Clinic
from fysfinder.web.compare_rows import Row, distance_row, late_words, rows
from tests.make import TODAY, make_clinic

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 11, 18, 12, 0, tzinfo=dt.timezone(dt.timedelta(hours=1)))
COMPARE = "/sammenlign/"


def row_of(label: str, *clinics: object) -> Row:
    cards = queries.cards([clinic.pk for clinic in clinics], today=TODAY)  # type: ignore[attr-defined]
    return next(row for row in rows(cards, NOON) if row.label == label)


def test_the_shortest_wait_is_tagged_and_unknown_is_no_measure(world: object) -> None:
    row = row_of("Ventetid", make_clinic(waiting=3), make_clinic(waiting=12), make_clinic())
    assert [(cell.value, cell.tag) for cell in row.cells] == [("3 dage", "hurtigst"), ("12 dage", ""), ("", "")]


def test_a_tag_is_shared_when_equal_and_absent_when_all_are(world: object) -> None:
    cheap, also, dear = (make_clinic(prices={"first": ore}) for ore in (50000, 50000, 70000))
    assert [cell.tag for cell in row_of("Pris, første gang", cheap, also, dear).cells] == ["lavest", "lavest", ""]
    assert [cell.tag for cell in row_of("Pris, første gang", cheap, also).cells] == ["", ""]


def test_unknown_differs_from_known_and_equals_unknown(world: object) -> None:
    yes, no, silent, also = make_clinic(lift=True), make_clinic(lift=False), make_clinic(), make_clinic()
    assert not row_of("Elevator", yes, no).is_same
    assert not row_of("Elevator", yes, silent).is_same
    assert row_of("Elevator", silent, also).is_same


def test_late_hours_are_said_in_runs() -> None:
    assert late_words({0: 1080, 1: 1080, 2: 1080, 3: 1200}) == "Mandag–onsdag til 18.00, torsdag til 20.00"
    assert late_words({5: 780}) == "Lørdag til 13.00"


def test_the_page_shows_differences_first_and_no_cookie(client: Client, world: object) -> None:
    response = client.get(COMPARE + "?k=klinik-frost&k=klinik-uvis")
    html = response.content.decode()
    assert response.status_code == 200 and not response.cookies
    assert "Sammenlign 2 klinikker" in html
    assert html.index("Her er de forskellige (") < html.index("Her er de ens (")
    assert "compare-table__unknown" in html
    assert 'content="noindex' in html


@pytest.mark.parametrize("query", ["", "?k=", "?k=klinik-frost", "?k=findes-ikke"])
def test_too_few_clinics_get_help_to_choose(client: Client, world: object, query: str) -> None:
    html = client.get(COMPARE + query).content.decode()
    assert "Find klinikker med søgefeltet" in html
    assert "compare-table" not in html.replace("compare-table.css", "")


def test_more_than_four_shows_the_first_four_and_says_so(client: Client, world: object) -> None:
    slugs = [make_clinic(f"Klinik {letter}").slug for letter in "abcde"]
    html = client.get(COMPARE + "?" + "&".join(f"k={slug}" for slug in slugs)).content.decode()
    assert "Her er de fire første" in html
    assert "Sammenlign 4 klinikker" in html and "klinik-e" not in html.replace("k=klinik-e", "")


def test_an_unknown_clinic_is_noted_and_the_others_shown(client: Client, world: object) -> None:
    html = client.get(COMPARE + "?k=klinik-frost&k=findes-ikke&k=klinik-uvis").content.decode()
    assert "1 klinik fra adressen findes ikke længere." in html
    assert "Sammenlign 2 klinikker" in html


@pytest.mark.parametrize("value", ["\x00", "x" * 3000, "' OR 1=1--", "<script>alert(1)</script>", "%ff", "🙂"])
def test_nonsense_is_no_clinic(client: Client, world: object, value: str) -> None:
    response = client.get(COMPARE, {"k": ["klinik-frost", value]})
    assert response.status_code == 200
    assert b"<script>alert" not in response.content


@pytest.mark.parametrize("count", [2, 4])
def test_comparing_takes_the_same_queries_for_two_and_four(client: Client, world: object, count: int) -> None:
    slugs = [make_clinic(f"Klinik {letter}", waiting=2).slug for letter in "abcd"[:count]]
    path = COMPARE + "?" + "&".join(f"k={slug}" for slug in slugs)
    client.get(path)
    with CaptureQueriesContext(connection) as made:
        client.get(path)
    assert len(made) == 8


def test_each_clinic_can_be_called_from_the_head_of_the_table(client: Client, world: object) -> None:
    with_phone, without = make_clinic("Klinik A", phone="+4586123456"), make_clinic("Klinik B", phone="")
    html = client.get(COMPARE + f"?k={with_phone.slug}&k={without.slug}").content.decode()
    head = html[html.index("<thead") : html.index("</thead>")]
    assert head.count('href="tel:') == 1 and 'href="tel:+4586123456"' in head and "86 12 34 56" in head
    assert "ikke oplyst" in head


def test_nobody_is_nearest_when_a_point_is_only_a_postcode_s_middle(world: object) -> None:
    near, far = make_clinic(precision="exact", lat=56.16), make_clinic(precision="exact", lat=56.30)
    about = make_clinic(lat=56.20)

    def tags(*clinics: Clinic) -> list[str]:
        cards = queries.cards([clinic.pk for clinic in clinics], today=TODAY)
        return [cell.tag for cell in distance_row(cards, (56.153, 10.203)).cells]

    assert tags(near, far) == ["nærmest", ""]
    assert tags(near, about) == ["", ""]


def test_an_old_waiting_time_is_never_the_shortest(world: object) -> None:
    old = make_clinic(waiting=1, today=TODAY - dt.timedelta(days=61))
    row = row_of("Ventetid", old, make_clinic(waiting=3), make_clinic(waiting=12))
    assert [(cell.value, cell.tag) for cell in row.cells] == [("1 dag", ""), ("3 dage", "hurtigst"), ("12 dage", "")]


def test_days_by_appointment_are_not_a_no_to_the_evening(world: object) -> None:
    office = [(480, 960)]
    asked = make_clinic(hours={**dict.fromkeys(range(4), office), 4: "appointment"})
    closed = make_clinic(hours={**dict.fromkeys(range(4), office), 4: "closed"})
    assert [cell.value for cell in row_of("Åbent efter kl. 17", asked, closed).cells] == ["", "Nej"]


def test_one_clinic_gets_others_near_it_to_compare_with(client: Client, world: object) -> None:
    make_clinic("Klinik Nabo", waiting=3)
    assert "Klinik Nabo" in client.get(COMPARE + "?k=klinik-frost").content.decode()
