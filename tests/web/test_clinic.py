from __future__ import annotations

import datetime as dt
import json
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from fysfinder.clinics import actions, queries
from fysfinder.clinics.actions import Origin
from fysfinder.clinics.models import Clinic, ClinicSlug, Fact, Report
from fysfinder.clinics.opening import open_day
from fysfinder.clinics.prices import PriceRow
from fysfinder.web.clinic_page import wait_words
from fysfinder.web.hours_view import date_range, hours_view
from tests.make import TODAY, make_clinic

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 11, 18, 12, 0, tzinfo=dt.timezone(dt.timedelta(hours=1)))


def full_clinic(**kw: object) -> Clinic:
    return make_clinic(
        "Klinik Fuld",
        prices={"first": 65000},
        hours={0: [(480, 720), (780, 1020)], 1: "closed", 2: [(480, 1080)]},
        topics=["kryoterapi", "massage"],
        waiting=3,
        team=["Ida Demo"],
        facts=["hours", "step_free", "prices"],
        step_free=True,
        phone="+4586000014",
        street="Mølleparken 8",
        precision="exact",
        **kw,
    )


def test_the_page_shows_what_is_known_and_says_what_is_not(client: Client, world: object) -> None:
    full_clinic()
    page = client.get("/klinik/klinik-fuld/")
    html = page.content.decode()
    assert page.status_code == 200 and not page.cookies
    for words in (
        "Trinfri fra gaden",
        "Mølleparken 8, 8000 Aarhus C",
        "tel:+4586000014",
        "Ida Demo",
        "650",
        "Kilde: test",
    ):
        assert words in html
    assert "Handicaptoilet" in html and "Ikke oplyst" in html
    assert "/ordbog/kryoterapi/" in html
    assert "/find/fysioterapeut/aarhus-c/massage/" in html


def test_machines_are_told_only_what_the_page_shows(client: Client, world: object) -> None:
    full_clinic()
    html = client.get("/klinik/klinik-fuld/").content.decode()
    blocks = [json.loads(block) for block in re.findall(r'ld\+json">(.*?)</script>', html)]
    found = next(block for block in blocks if block["@type"] == "Physiotherapy")
    assert found["telephone"] == "+4586000014"
    assert found["address"]["streetAddress"] == "Mølleparken 8"
    assert found["geo"]["latitude"] == pytest.approx(56.153)
    assert "email" not in found and "aggregateRating" not in found
    assert {"Wednesday"} <= {day for row in found["openingHoursSpecification"] for day in row["dayOfWeek"]}


def test_a_guessed_position_is_not_given_to_machines(client: Client, world: object) -> None:
    assert '"geo"' not in client.get("/klinik/klinik-uvis/").content.decode()


def test_today_is_marked_and_a_pause_stands_as_two_times(world: object) -> None:
    hours = hours_view(queries.cards([full_clinic().pk], today=TODAY)[0], NOON)
    assert hours.state == "Åbent nu, lukker 18.00" and hours.is_open
    assert [day.label for day in hours.days if day.is_today] == ["Onsdag (i dag)"]
    assert hours.days[0].spans == ("8.00–12.00", "13.00–17.00")
    assert not hours.days[3].is_known


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (dt.date(2026, 12, 24), dt.date(2026, 12, 24), "24. december"),
        (dt.date(2026, 12, 24), dt.date(2026, 12, 26), "24.–26. december"),
        (dt.date(2026, 12, 30), dt.date(2027, 1, 2), "30. december–2. januar"),
    ],
)
def test_special_days_read_as_people_write_them(first: dt.date, last: dt.date, words: str) -> None:
    assert date_range(first, last) == words


def test_an_old_name_answers_301(client: Client, world: object) -> None:
    ClinicSlug.objects.create(slug="gammelt-navn", clinic=full_clinic())
    response = client.get("/klinik/gammelt-navn/")
    assert (response.status_code, response.headers["Location"]) == (301, "/klinik/klinik-fuld/")


def test_a_merged_clinic_answers_301_and_a_closed_one_410_with_who_is_near(client: Client, world: object) -> None:
    target = full_clinic()
    make_clinic("Klinik Slut", status="merged", merged_into=target)
    make_clinic("Klinik Lukket", status="closed")
    assert client.get("/klinik/klinik-slut/").headers["Location"] == "/klinik/klinik-fuld/"
    closed = client.get("/klinik/klinik-lukket/")
    assert closed.status_code == 410
    assert "lukket for altid" in closed.content.decode() and "Klinik Fuld" in closed.content.decode()
    assert "tel:" not in re.sub(r'"tel:112"', "", closed.content.decode())


def test_nobody_is_404(client: Client, world: object) -> None:
    assert client.get("/klinik/findes-ikke/").status_code == 404


@pytest.mark.parametrize("others", [0, 2])
def test_the_page_takes_the_same_queries_with_and_without_company(client: Client, world: object, others: int) -> None:
    full_clinic()
    for number in range(others):
        make_clinic(f"Nabo {number}", topics=["kryoterapi"])
    client.get("/klinik/klinik-fuld/")
    with CaptureQueriesContext(connection) as made:
        client.get("/klinik/klinik-fuld/")
    assert len(made) == 9


def test_a_report_is_stored_without_a_cookie(world: object) -> None:
    client = Client(enforce_csrf_checks=True)
    clinic = full_clinic()
    response = client.post(
        "/klinik/klinik-fuld/ret/",
        {"fakta": "hours", "besked": "Lukket om onsdagen"},
        headers={"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"},
    )
    assert response.status_code == 200 and not response.cookies
    assert [(report.clinic_id, report.fact, report.message) for report in Report.objects.all()] == [
        (clinic.pk, "hours", "Lukket om onsdagen")
    ]


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_a_report_from_another_site_is_refused(client: Client, world: object, headers: dict[str, str]) -> None:
    assert client.post("/klinik/klinik-frost/ret/", {"besked": "x"}, headers=headers).status_code == 403
    assert not Report.objects.exists()


def test_a_robot_that_fills_the_hidden_field_is_thanked_and_forgotten(client: Client, world: object) -> None:
    response = client.post("/klinik/klinik-frost/ret/", {"besked": "køb", "hjemmeside": "https://x.example"})
    assert response.status_code == 200
    assert not Report.objects.exists()


@pytest.mark.parametrize(
    ("message", "status"),
    [
        ("", 422),
        ("   ", 422),
        ("\x00", 422),
        ("x" * 10_000, 422),
        ("<script>alert(1)</script>", 200),
        ("' OR 1=1--", 200),
    ],
)
def test_odd_reports_are_answered_clearly(client: Client, world: object, message: str, status: int) -> None:
    response = client.post("/klinik/klinik-frost/ret/", {"fakta": "zzz", "besked": message})
    assert response.status_code == status
    assert b"<script>alert" not in response.content


def test_one_address_sends_ten_reports_an_hour(client: Client, world: object) -> None:
    for number in range(11):
        answer = client.post("/klinik/klinik-frost/ret/", {"besked": f"Nummer {number}"}, REMOTE_ADDR="1.2.3.4")
    assert answer.status_code == 429 and "Prøv igen om 6 minutter" in answer.content.decode()
    assert 300 < int(answer["Retry-After"]) <= 360
    assert client.post("/klinik/klinik-frost/ret/", {"besked": "x"}, REMOTE_ADDR="1.2.3.5").status_code == 200
    assert Report.objects.count() == 11


def test_a_visitor_may_say_that_the_clinic_has_closed_and_may_not_send_a_cpr_number(
    client: Client, world: object
) -> None:
    assert client.post("/klinik/klinik-frost/ret/", {"fakta": "closed", "besked": "Tom butik"}).status_code == 200
    assert Report.objects.get().fact == "closed"
    answer = client.post("/klinik/klinik-frost/ret/", {"besked": "Jeg, 010180-1234, fik en forkert tid"})
    assert answer.status_code == 422 and "CPR" in answer.content.decode()


def test_every_date_opens_to_its_source_and_what_was_said_before(client: Client, world: object) -> None:
    clinic = full_clinic()
    old = Origin("en gammel liste", "import", TODAY - dt.timedelta(days=400))
    new = Origin("klinikken", "owner", TODAY - dt.timedelta(days=200))
    for origin, lift, price, week in ((old, True, 40000, (480, 960)), (new, False, 50000, (540, 960))):
        actions.update_clinic(clinic=clinic, changes={"lift": lift, "phone": f"8600001{price // 10000}"}, origin=origin)
        Fact.objects.filter(clinic=clinic, name__in=["prices", "hours"]).delete()
        actions.replace_prices(clinic=clinic, prices=[PriceRow("first", price, price)], origin=origin)
        actions.replace_hours(clinic=clinic, hours=(open_day(week),) * 7, origin=origin)
    html = client.get("/klinik/klinik-fuld/").content.decode()
    sources = re.findall(r'<details class="source">(.*?)</details>', html)
    by_fact = {found[1]: source for source in sources if (found := re.search(r"\?fakta=(\w+)", source))}
    assert {"waiting", "prices", "hours", "topics", "lift", "phone"} - set(by_fact) <= {"waiting", "topics"}
    assert "Før: Ja (en gammel liste, " in by_fact["lift"]
    assert "Før: Første konsultation 400" in by_fact["prices"] and "bør bekræftes" in by_fact["prices"]
    assert "Før: Mandag–søndag 8.00–16.00" in by_fact["hours"] and "bør bekræftes" not in by_fact["hours"]
    assert len([source for source in sources if "fakta=hours" in source]) == 2  # the answer panel and the block


@pytest.mark.parametrize(
    ("age", "words"), [(60, "3 dage"), (61, "3 dage (oplyst 18. sep.)"), (366, "ventetid ikke oplyst")]
)
def test_a_neighbour_s_old_waiting_time_has_its_date_or_is_unknown(world: object, age: int, words: str) -> None:
    clinic = make_clinic(waiting=3, today=TODAY - dt.timedelta(days=age))
    assert wait_words(queries.cards([clinic.pk], today=TODAY)[0], TODAY) == words
