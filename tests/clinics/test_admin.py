from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from fysfinder.accounts.models import User
from fysfinder.clinics import actions
from fysfinder.clinics.actions import Origin
from fysfinder.clinics.models import Clinic, Fact
from fysfinder.clinics.queries import directory_version
from tests.make import TODAY, make_clinic, make_postcode

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("ida", password="x"))
    return client


def form_of(clinic: Clinic | None = None, **changes: str) -> dict[str, str]:
    """What a browser would send back from the clinic's form."""
    rows = (
        "prices",
        "opening_hours",
        "opening_exceptions",
        "waiting_times",
        "clinic_topics",
        "team",
        "facts",
        "past_facts",
    )
    data = {f"{name}-{key}": "0" for name in (*rows, "old_slugs") for key in ("TOTAL_FORMS", "INITIAL_FORMS")}
    data |= {"name": "Ny klinik", "postcode": "8000", "languages": "null", "insurers": "null"}
    if clinic is not None:
        data |= {"name": clinic.name, "lat": str(clinic.lat), "lon": str(clinic.lon), "precision": clinic.precision}
    return data | changes


def test_staff_add_a_clinic_by_the_actions(staff: Client) -> None:
    make_postcode()
    answer = staff.post(reverse("admin:clinics_clinic_add"), form_of(lift="true"))
    assert answer.status_code == 302, answer.context["errors"]
    clinic = Clinic.objects.get()
    assert (clinic.slug, clinic.lift, clinic.precision) == ("ny-klinik", True, "postcode")
    assert Fact.objects.get(clinic=clinic, name="lift").how == "editor"
    assert directory_version() > 0


def test_staff_change_what_they_changed_and_nothing_else(staff: Client) -> None:
    clinic = make_clinic("Klinik A")
    url = reverse("admin:clinics_clinic_change", args=[clinic.pk])
    assert staff.get(url).status_code == 200
    answer = staff.post(url, form_of(clinic, name="Klinik B", parking="false"))
    assert answer.status_code == 302, answer.context["errors"]
    clinic.refresh_from_db()
    assert (clinic.name, clinic.slug, clinic.parking) == ("Klinik B", "klinik-b", False)
    assert set(Fact.objects.filter(clinic=clinic).values_list("name", flat=True)) == {"name", "parking"}


def test_staff_cannot_overrule_the_clinic_itself_and_are_told(staff: Client) -> None:
    clinic = make_clinic("Klinik A")
    actions.update_clinic(clinic=clinic, changes={"lift": True}, origin=Origin("klinikken", "owner", TODAY))
    url = reverse("admin:clinics_clinic_change", args=[clinic.pk])
    answer = staff.post(url, form_of(clinic, lift="false"), follow=True)
    clinic.refresh_from_db()
    assert clinic.lift is True
    assert "Klinikken har selv oplyst" in answer.content.decode()


def test_wrong_fields_are_shown_at_the_field(staff: Client) -> None:
    clinic = make_clinic("Klinik A")
    url = reverse("admin:clinics_clinic_change", args=[clinic.pk])
    answer = staff.post(url, form_of(clinic, phone="12"))
    assert answer.status_code == 200
    assert "phone" in answer.context["adminform"].form.errors


def test_lists_and_history_open_and_clinics_close_and_reopen(staff: Client) -> None:
    clinic = make_clinic("Klinik A")
    url = reverse("admin:clinics_clinic_changelist")
    for action, status in (("close_clinics", "closed"), ("reopen_clinics", "active")):
        staff.post(url, {"action": action, "_selected_action": [clinic.pk]})
        clinic.refresh_from_db()
        assert clinic.status == status
    assert "Klinik A" in staff.get(url, {"q": "klinik"}).content.decode()
    assert staff.get(reverse("admin:clinics_clinic_history", args=[clinic.pk])).status_code == 200
    assert staff.get(reverse("admin:tariffs_tariff_changelist")).status_code == 200
