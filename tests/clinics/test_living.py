"""The nightly checks: each rule with the value that trips it, and links asked of a server of our own."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.core.management import call_command

from fysfinder.base.fetch import Fetcher
from fysfinder.clinics.living import check_links, check_values
from fysfinder.clinics.models import Clinic, Fact, Finding, OpeningHours, Price, WaitingTime
from fysfinder.clinics.queries import directory_version
from tests.make import TODAY, make_clinic, make_municipality, make_postcode

pytestmark = pytest.mark.django_db


def findings() -> list[tuple[str, str]]:
    return sorted(Finding.objects.values_list("kind", "fact"))


@pytest.mark.parametrize(
    ("values", "fact"),
    [
        ({"phone": "+4512345678"}, "phone"),
        ({"phone": "+4577777777"}, "phone"),
        ({"cvr": "12345678"}, "cvr"),
        ({"step_free": True, "step_height_cm": 18}, "step_height_cm"),
        ({"door_width_cm": 8}, "door_width_cm"),
        ({"agreement": False, "ydernummer": "012345"}, "agreement"),
    ],
)
def test_impossible_columns_are_found(values: dict[str, Any], fact: str) -> None:
    make_clinic(**values)
    check_values(today=TODAY)
    assert findings() == [("impossible", fact)]


def test_impossible_rows_are_found() -> None:
    clinic = make_clinic(prices={"first": 4000, "group": 500000})
    OpeningHours.objects.create(clinic=clinic, weekday=0, opens=480, closes=960)
    OpeningHours.objects.create(clinic=clinic, weekday=0, opens=900, closes=1000)
    OpeningHours.objects.create(clinic=clinic, weekday=1, opens=960, closes=480)
    WaitingTime.objects.create(clinic=clinic, waiting_days=900, as_of=TODAY, source="x")
    Fact.objects.create(clinic=clinic, name="lift", source="x", how="import", confirmed_on=TODAY + dt.timedelta(days=1))
    check_values(today=TODAY)
    assert findings() == [("impossible", name) for name in ("hours", "hours", "lift", "prices", "prices", "waiting")]


def test_ordinary_clinics_are_left_in_peace_and_a_check_changes_no_fact() -> None:
    make_clinic(
        phone="+4586000014", cvr="13585628", step_free=True, door_width_cm=90, waiting=3, precision="exact",
        prices={"first": (55000, 65000)}, hours={day: [(480, 720), (780, 1080)] for day in range(5)}, facts=["phone"],
    )  # fmt: skip
    before = directory_version(), list(Clinic.objects.values())
    assert check_values(today=TODAY).found == 0
    assert (directory_version(), list(Clinic.objects.values())) == before


def test_a_point_in_another_municipality_is_found_and_one_by_the_border_is_not() -> None:
    skagen = make_postcode("9990", "Skagen", 57.72, 10.58, make_municipality("0813", "Frederikshavn"))
    make_clinic("Forkert", precision="exact", lat=skagen.lat, lon=skagen.lon, street="Åvej 1")
    make_clinic("Rigtig", precision="exact", lat=56.16, lon=10.21)
    make_clinic("Kun postnummer", precision="postcode", lat=skagen.lat, lon=skagen.lon)
    check_values(today=TODAY)
    finding = Finding.objects.get()
    assert (finding.clinic.name, finding.kind) == ("Forkert", "far_away")
    assert "9990 Skagen i Frederikshavn" in finding.reason


def test_what_is_seen_again_counts_its_days_and_what_is_mended_goes() -> None:
    clinic = make_clinic(cvr="12345678")
    for day in (0, 0, 1, 3):
        result = check_values(today=TODAY + dt.timedelta(days=day))
    finding = Finding.objects.get()
    assert (finding.times, finding.first_seen, result.new) == (3, TODAY, 0)
    Finding.objects.update(is_dismissed=True)
    check_values(today=TODAY + dt.timedelta(days=4))
    assert Finding.objects.get().is_dismissed
    Price.objects.create(clinic=clinic, service="first", low_ore=1, high_ore=1, source="x", confirmed_on=TODAY)
    Clinic.objects.update(cvr="")
    check_values(today=TODAY + dt.timedelta(days=5))
    assert findings() == [("impossible", "prices")]


class Stub(BaseHTTPRequestHandler):
    asked: list[str] = []

    def do_GET(self) -> None:  # the name http.server asks for
        Stub.asked.append(f"{self.command} {self.path}")
        status = {"/robots.txt": 200, "/borte": 404, "/nede": 503, "/sky": 403}.get(self.path, 200)
        if self.path == "/kun-get" and self.command == "HEAD":
            status = 405
        body = b"User-agent: *\nDisallow: /privat" if self.path == "/robots.txt" else b"hej"
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)

    do_HEAD = do_GET  # noqa: N815

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def site() -> Iterator[str]:
    Stub.asked.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Stub)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def test_dead_links_are_listed_and_shy_ones_are_not(site: str) -> None:
    for name in ("her", "borte", "nede", "sky", "kun-get", "privat"):
        make_clinic(f"Klinik {name}", website=f"{site}/{name}")
    make_clinic("Klinik Indenfor", website="http://10.0.0.1/", booking_url=f"{site}/borte")
    fetcher = Fetcher("x", pause_s=0, is_loopback_allowed=True)
    result = check_links(today=TODAY, fetcher=fetcher)
    dead = sorted(Finding.objects.values_list("clinic__name", "fact", "reason"))
    assert dead == [
        ("Klinik Indenfor", "booking_url", "Svarer 404"),
        ("Klinik borte", "website", "Svarer 404"),
        ("Klinik nede", "website", "Svarer 503"),
    ]
    assert (result.links, result.not_asked) == (7, 2)
    assert "GET /privat" not in Stub.asked and Stub.asked.count("HEAD /borte") == 1
    assert Clinic.objects.get(name="Klinik borte").website


def test_the_command_reports_and_needs_no_network_without_links(site: str, capsys: Any) -> None:
    make_clinic(website=f"{site}/borte", cvr="12345678")
    call_command("check_clinics", no_links=True)
    assert Stub.asked == []
    call_command("check_clinics", pause=0, allow_loopback=True)
    assert "1 links (0 not asked); 1 to look at, 1 new" in capsys.readouterr().out
