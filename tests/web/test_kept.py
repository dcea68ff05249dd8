"""What the page store keeps of the real site: which pages, for how long, and which writes drop which."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler

from fysfinder.base.page_store import PageStore
from fysfinder.changes.queries import changes_since
from fysfinder.clinics import actions
from fysfinder.clinics.models import Clinic
from fysfinder.clinics.provenance import Origin
from fysfinder.search import directory as columns
from tests.make import TODAY, make_clinic, make_postcode, make_topic
from tests.web.conftest import ARTICLE, make_article

EDITOR = Origin("redaktionen", "editor", TODAY)
FROST = "/klinik/klinik-frost/"
FIND = "/find/fysioterapeut/aarhus-c/kryoterapi/"
KEPT = ["/", "/en/", FROST, FIND, "/ordbog/", "/ordbog/kryoterapi/", "/find/", "/priser/", "/om/", "/en/privatliv/"]
KEPT += ["/uden-net/", "/worker.js", "/manifest.webmanifest"]
KEPT += ["/sammenlign/?k=klinik-frost&k=klinik-uvis", "/vaerktoejer/", "/vaerktoejer/bmi/", "/saadan-rangerer-vi/"]
KEPT += ["/find/kort/aarhus-c/kryoterapi/?udsnit=56.100-10.100-56.200-10.300"]
NEVER = [
    *("/find/kort/aarhus-c/?udsnit=56.100-10.100-56.200-10.300&danmark=5", "/find/kort/aarhus-c/"),
    *("/soeg/?q=ondt+i+knæet", "/forslag/?q=kn", "/findes-ikke/", "/klinik/klinik-frost/ret/"),
    *(FROST + "?henvisning=ja", FIND + "?danmark=5", FIND + "?naer=56.153,10.203", "/priser/?henvisning=nej"),
    *("/vaerktoejer/bmi/?weight_kg=70&height_cm=175", "/healthz", "/admin/login/"),
]


class Front:
    """The page store before the whole of Django, in this test's transaction."""

    def __init__(self, django: WSGIHandler) -> None:
        self.now = 0.0
        self.store = PageStore(
            django,
            changes=changes_since,
            limit_bytes=10_000_000,
            passing=("/static/", "/admin/", "/healthz"),
            clock=lambda: self.now,
        )

    def get(self, path: str, **more: str) -> tuple[str, dict[str, str], bytes]:
        path, _, query = path.partition("?")
        raw = path.encode().decode("latin-1")
        environ: dict[str, Any] = {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": raw,
            "QUERY_STRING": query,
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "HTTP_HOST": "localhost",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(),
            **more,
        }
        got: list[Any] = []
        body = b"".join(self.store(environ, lambda status, headers, exc=None: got.extend([status, dict(headers)])))
        return got[0], got[1], body

    def is_kept(self, path: str) -> bool:
        before = self.store.counts.hits
        self.get(path)
        return self.store.counts.hits > before


@pytest.fixture
def front(world: object, whole_django: WSGIHandler, monkeypatch: pytest.MonkeyPatch) -> Front:
    monkeypatch.setattr(columns, "CHECK_EVERY_SECONDS", 0)
    return Front(whole_django)


@pytest.mark.parametrize("path", KEPT)
def test_a_public_page_is_made_once(front: Front, path: str):
    status, headers, first = front.get(path)
    assert status == "200 OK" and "Set-Cookie" not in headers
    assert front.is_kept(path)
    assert front.get(path)[2] == first
    assert headers["Cache-Control"].startswith("public, max-age=0")


@pytest.mark.parametrize("path", NEVER)
def test_what_somebody_asked_or_answered_is_made_and_forgotten(front: Front, path: str):
    front.get(path)
    assert not front.is_kept(path)
    assert len(front.store) == 0


def test_the_languages_are_two_pages(front: Front):
    assert b'lang="da"' in front.get("/")[2]
    assert b'lang="en"' in front.get("/en/")[2]
    assert b'lang="da"' in front.get("/", HTTP_ACCEPT_LANGUAGE="en")[2]


def test_the_part_for_htmx_and_the_whole_page_are_two_pages(front: Front):
    whole = front.get(FIND)[2]
    part, again = (
        front.get(FIND, HTTP_HX_REQUEST="true", HTTP_HX_REQUEST_TYPE="partial")[1:],
        front.get(FIND, HTTP_HX_REQUEST="true", HTTP_HX_REQUEST_TYPE="partial")[1:],
    )
    assert b"<html" in whole and b"<html" not in part[1]
    assert part == again and part[0]["HX-Push-Url"] == FIND


def new_phone(slug: str) -> None:
    clinic = Clinic.objects.get(slug=slug)
    actions.update_clinic(clinic=clinic, changes={"phone": "+4586123456"}, origin=EDITOR)


def move_frost_nowhere_near() -> None:
    make_clinic("Klinik Fjern", postcode=make_postcode("3700", "Rønne", 55.1, 14.7))
    new_phone("klinik-fjern")


@pytest.mark.parametrize(
    ("write", "dropped", "still_kept"),
    [
        (lambda: new_phone("klinik-frost"), {FROST, FIND, "/ordbog/kryoterapi/", "/find/"}, {"/", "/priser/"}),
        (lambda: new_phone("klinik-uvis"), {FROST, FIND, "/find/"}, {"/", "/ordbog/kryoterapi/", "/om/"}),
        (move_frost_nowhere_near, {"/find/"}, {FROST, FIND, "/ordbog/kryoterapi/", "/"}),
        (
            lambda: make_article(ARTICLE.replace("Kulde dæmper", "Kulde mindsker")),
            {"/ordbog/kryoterapi/", "/ordbog/", FROST, FIND},
            {"/", "/priser/", "/find/"},
        ),
    ],
)
def test_a_write_drops_the_pages_that_show_it_and_no_others(
    front: Front, write: Callable[[], None], dropped: set[str], still_kept: set[str]
):
    for path in dropped | still_kept:
        front.get(path)
    write()
    front.now += 1
    assert {path for path in still_kept if not front.is_kept(path)} == set()
    assert {path for path in dropped if front.is_kept(path)} == set()


def test_a_changed_fact_is_on_the_page_at_the_next_look(front: Front):
    assert b"+4586123456" not in front.get(FROST)[2]
    new_phone("klinik-frost")
    front.now += 1
    assert b"+4586123456" in front.get(FROST)[2]


def test_a_page_with_opening_hours_expires_when_the_clinic_opens(db: None, front: Front, monkeypatch: Any):
    import datetime as dt

    from django.utils import timezone

    now = dt.datetime(2026, 11, 18, 6, 50, tzinfo=dt.UTC)  # 7.50 in Denmark
    monkeypatch.setattr(timezone, "now", lambda: now)
    make_clinic("Klinik Ur", topics=[make_topic("kryoterapi")], hours={2: [(8 * 60, 16 * 60)]})
    front.get("/klinik/klinik-ur/")
    front.now += 599
    assert front.is_kept("/klinik/klinik-ur/")
    front.now += 2
    assert not front.is_kept("/klinik/klinik-ur/")


def test_whether_a_page_may_be_kept_is_asked_once_for_each_change(front: Front, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(columns, "CHECK_EVERY_SECONDS", 3600)
    asked: list[int] = []
    version = columns.directory_version
    monkeypatch.setattr(columns, "directory_version", lambda: asked.append(1) or version())
    front.get(FIND)
    before = len(asked)
    assert front.is_kept(FIND)
    front.get(FIND + "?sorter=navn")
    assert front.is_kept(FIND + "?sorter=navn") and len(asked) == before
    actions.update_clinic(clinic=Clinic.objects.get(slug="klinik-frost"), changes={"street": "Nyvej 1"}, origin=EDITOR)
    front.now += 1
    front.get(FIND)
    assert not front.is_kept(FIND) and len(asked) > before  # the columns are older than the change
