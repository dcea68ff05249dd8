"""Staff's queues: reports, twins, merges, findings and the stalest, through the pages they are worked at."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from fysfinder.accounts.models import User
from fysfinder.clinics import actions, reports
from fysfinder.clinics.actions import Origin
from fysfinder.clinics.living import check_values
from fysfinder.clinics.models import Clinic, Finding, Merge, Report, Twins
from fysfinder.imports.duplicates import find_duplicates
from tests.make import TODAY, make_clinic

pytestmark = pytest.mark.django_db
LIST = Origin("en liste", "import", TODAY - dt.timedelta(days=500))


@pytest.fixture
def staff(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("ida", password="x"))
    return client


@pytest.fixture
def pair() -> tuple[Clinic, Clinic]:
    clinics = make_clinic("Klinik Åen"), make_clinic("Klinik Åen ApS")
    for clinic, lift in zip(clinics, (True, False), strict=True):
        facts = {"street": "Åvej 1", "phone": "33 23 25 65", "lift": lift}
        actions.update_clinic(clinic=clinic, changes=facts, origin=LIST)
    return clinics


def test_twins_are_compared_side_by_side_merged_and_taken_apart(staff: Client, pair: tuple[Clinic, Clinic]) -> None:
    find_duplicates()
    twins = Twins.objects.get()
    page = f"/admin/clinics/twins/{twins.pk}/change/"
    html = staff.get(page).content.decode()
    assert "samme telefon" in html and 'name="keep-lift"' in html and 'name="keep-phone"' not in html
    assert "Klinik Åen ApS" in staff.get("/admin/clinics/twins/").content.decode()
    staff.post(f"{page}?behold={pair[1].pk}", {"merge": "1", "keep-lift": "right"})
    pair[0].refresh_from_db(), pair[1].refresh_from_db()
    assert (pair[0].merged_into, pair[1].lift) == (pair[1], True)
    assert "lagt sammen" in staff.get(page).content.decode()
    answer = staff.post(
        "/admin/clinics/merge/", {"action": "take_apart", "_selected_action": [Merge.objects.get().pk]}, follow=True
    )
    assert "skilt ad" in answer.content.decode()
    pair[0].refresh_from_db(), pair[1].refresh_from_db()
    assert (pair[0].merged_into, pair[1].lift) == (None, False)


def test_not_the_same_is_remembered(staff: Client, pair: tuple[Clinic, Clinic]) -> None:
    find_duplicates()
    staff.post(f"/admin/clinics/twins/{Twins.objects.get().pk}/change/", {"different": "1"})
    assert Twins.objects.get().answer == "different" and find_duplicates() == (0, 0)


def test_a_report_is_claimed_and_becomes_a_fact(staff: Client, pair: tuple[Clinic, Clinic]) -> None:
    row = reports.report_problem(clinic=pair[0], fact="lift", message="Der er ikke nogen <b>elevator</b>")
    page = f"/admin/clinics/report/{row.pk}/change/"
    html = staff.get(page).content.decode()
    assert "&lt;b&gt;elevator" in html and "Der står nu" in html and ">Ja<" in html
    staff.post(page, {"claim": "1"})
    assert str(Report.objects.get().claimed_by) == "ida"
    assert staff.post(page, {"accept": "1", "value": "nej"}).status_code == 302
    pair[0].refresh_from_db()
    assert pair[0].lift is False and Report.objects.get().outcome == "fact"


@pytest.mark.parametrize(
    ("fact", "posted", "is_closed"),
    [
        ("phone", {"accept": "1", "value": "12"}, False),
        ("therapist_count", {"accept": "1", "value": "mange"}, False),
        ("therapist_count", {"accept": "1", "value": "4"}, True),
        ("hours", {"accept": "1", "value": "Man-fre 8-16"}, True),
        ("hours", {"accept": "1", "value": "altid på tirsdage"}, False),
        ("topics", {"accept": "1"}, True),
        ("closed", {"accept": "1"}, True),
        ("", {"reject": "1", "reason": ""}, False),
        ("", {"reject": "1", "reason": "Reklame"}, True),
    ],
)
def test_a_report_ends_only_with_what_can_be(staff: Client, fact: str, posted: dict[str, str], is_closed: bool) -> None:
    row = reports.report_problem(clinic=make_clinic(), fact=fact, message="Forkert")
    page = f"/admin/clinics/report/{row.pk}/change/"
    assert staff.get(page).status_code == 200
    assert staff.post(page, posted).status_code == (302 if is_closed else 200)
    assert Report.objects.get().is_closed is is_closed
    assert staff.get(page).status_code == 200


def test_findings_are_listed_with_their_reason_and_dismissed(staff: Client) -> None:
    make_clinic("Klinik Forkert", cvr="12345678")
    check_values(today=TODAY)
    assert "Kontrolcifferet" in staff.get("/admin/clinics/finding/").content.decode()
    staff.post("/admin/clinics/finding/", {"action": "dismiss", "_selected_action": [Finding.objects.get().pk]})
    assert Finding.objects.get().is_dismissed


def test_the_stalest_are_listed_with_what_to_ask(staff: Client, pair: tuple[Clinic, Clinic]) -> None:
    html = staff.get("/admin/clinics/clinic/friskhed/").content.decode()
    assert "Klinik Åen" in html and "Telefon" in html
    assert "friskhed" in staff.get("/admin/clinics/clinic/").content.decode()


@pytest.mark.parametrize("path", ["twins/1/change/", "report/1/change/", "clinic/friskhed/"])
def test_strangers_are_sent_to_the_door(client: Client, path: str) -> None:
    assert client.get(f"/admin/clinics/{path}").status_code == 302


def test_staff_without_permission_may_not_decide(client: Client, pair: tuple[Clinic, Clinic]) -> None:
    find_duplicates()
    client.force_login(User.objects.create_user("ole", password="x", is_staff=True))
    assert client.post(f"/admin/clinics/twins/{Twins.objects.get().pk}/change/", {"different": "1"}).status_code == 403
    row = reports.report_problem(clinic=pair[0], fact="", message="x")
    assert client.get(f"/admin/clinics/report/{row.pk}/change/").status_code == 403
