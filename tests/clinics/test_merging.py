"""One place listed twice: joined by the winner rule, its old address kept, and taken apart exactly."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.test import Client

from fysfinder.clinics import actions, ledger, merging
from fysfinder.clinics.actions import Origin
from fysfinder.clinics.models import Clinic, ClinicSlug, PastFact, Twins
from fysfinder.clinics.opening import CLOSED, open_day
from fysfinder.clinics.prices import PriceRow
from fysfinder.clinics.queries import compare
from fysfinder.imports.duplicates import find_duplicates
from tests.make import TODAY, make_clinic

pytestmark = pytest.mark.django_db
OLD = Origin("en liste", "import", TODAY - dt.timedelta(days=90))
NEW = Origin("en nyere liste", "import", TODAY)
OWNER = Origin("klinikken", "owner", TODAY - dt.timedelta(days=200))


@pytest.fixture
def pair() -> tuple[Clinic, Clinic]:
    """The clinic that goes and the one that stays."""
    goes, stays = make_clinic("Klinik Åen ApS"), make_clinic("Klinik Åen")
    facts = {"street": "Åvej 1", "phone": "33 23 25 65"}
    actions.update_clinic(clinic=goes, changes={**facts, "lift": True, "online": True}, origin=NEW)
    actions.update_clinic(clinic=stays, changes={**facts, "lift": False, "parking": True}, origin=OLD)
    actions.update_clinic(clinic=stays, changes={"online": False}, origin=OWNER)
    actions.replace_prices(clinic=goes, prices=[PriceRow("first", 60000, 60000)], origin=NEW)
    actions.replace_hours(clinic=goes, hours=(open_day((480, 960)),) * 7, origin=OLD)
    actions.replace_hours(clinic=stays, hours=(CLOSED,) * 7, origin=NEW)
    return goes, stays


def whole(clinic: Clinic) -> dict[str, Any]:
    fresh = Clinic.objects.get(pk=clinic.pk)
    past = sorted(PastFact.objects.filter(clinic=clinic).values_list("name", "source", "replaced_by"))
    return {"facts": ledger.states_of(fresh), "status": fresh.status, "into": fresh.merged_into_id, "past": past}


def test_facts_are_joined_by_the_winner_rule(pair: tuple[Clinic, Clinic]) -> None:
    goes, stays = pair
    merging.merge_clinics(clinic=goes, into=stays)
    assert (stays.lift, stays.parking, stays.online, stays.name) == (True, True, False, "Klinik Åen")
    facts = ledger.states_of(stays)
    assert facts["prices"]["said"] == ["en nyere liste", "import", TODAY.isoformat()]
    assert facts["hours"]["said"][0] == "en nyere liste"
    assert PastFact.objects.get(clinic=stays, name="lift").replaced_by == "Klinik Åen ApS"


def test_a_person_chooses_side_by_side(pair: tuple[Clinic, Clinic]) -> None:
    goes, stays = pair
    merging.merge_clinics(clinic=goes, into=stays, keep={"lift": "left", "online": "right", "name": "right"})
    assert (stays.lift, stays.online, stays.name, stays.slug) == (False, True, "Klinik Åen ApS", "klinik-aaen")


def test_the_old_address_leads_on_everywhere(pair: tuple[Clinic, Clinic], client: Client) -> None:
    goes, stays = pair
    ClinicSlug.objects.create(slug="endnu-aeldre", clinic=goes)
    merging.merge_clinics(clinic=goes, into=stays)
    for slug in ("klinik-aaen-aps", "endnu-aeldre"):
        answer = client.get(f"/klinik/{slug}/")
        assert (answer.status_code, answer.headers["Location"]) == (301, "/klinik/klinik-aaen/")
        assert client.get(f"/klinik/{slug}/ret/").status_code == 301
    assert [card.slug for card in compare([goes.slug, "endnu-aeldre"], today=TODAY)] == ["klinik-aaen"]


def test_a_merge_is_taken_apart_exactly(pair: tuple[Clinic, Clinic]) -> None:
    goes, stays = pair
    before = whole(goes), whole(stays)
    merge = merging.merge_clinics(clinic=goes, into=stays)
    assert (whole(goes), whole(stays)) != before
    assert merging.unmerge(merge=merge) == []
    assert (whole(goes), whole(stays)) == before
    with pytest.raises(ValidationError):
        merging.unmerge(merge=merge)


def test_what_was_edited_since_stays_and_the_rest_goes_back(pair: tuple[Clinic, Clinic]) -> None:
    goes, stays = pair
    before = whole(stays)["facts"]
    merge = merging.merge_clinics(clinic=goes, into=stays)
    later = Origin("redaktionen", "editor", TODAY)
    actions.update_clinic(clinic=stays, changes={"lift": None, "accessible_toilet": True}, origin=later)
    assert merging.unmerge(merge=merge) == ["lift"]
    after = whole(stays)["facts"]
    assert {name for name in ledger.FACTS if after[name] != before[name]} == {"lift", "accessible_toilet"}


def test_a_clinic_is_not_merged_twice_nor_with_itself(pair: tuple[Clinic, Clinic]) -> None:
    goes, stays = pair
    with pytest.raises(ValidationError):
        merging.merge_clinics(clinic=stays, into=stays)
    merging.merge_clinics(clinic=goes, into=stays)
    with pytest.raises(ValidationError):
        merging.merge_clinics(clinic=goes, into=make_clinic())


def test_twins_are_found_and_what_a_person_says_is_remembered(pair: tuple[Clinic, Clinic], capsys: Any) -> None:
    goes, stays = pair
    make_clinic("En helt anden")
    assert find_duplicates() == (1, 1)
    twins = Twins.objects.get()
    assert {twins.first, twins.second} == {goes, stays} and "samme telefon" in twins.reasons
    merging.not_the_same(twins=twins)
    assert find_duplicates() == (0, 0)
    call_command("find_duplicates")
    assert "0 pairs" in capsys.readouterr().out
    assert Twins.objects.get().answer == "different"


def test_a_pair_that_was_merged_and_taken_apart_is_asked_about_again(pair: tuple[Clinic, Clinic]) -> None:
    find_duplicates()
    merge = merging.merge_clinics(clinic=pair[0], into=pair[1])
    assert Twins.objects.get().answer == "same" and find_duplicates() == (0, 0)
    merging.unmerge(merge=merge)
    assert Twins.objects.get().answer == "" and find_duplicates() == (1, 0)


def test_a_pair_that_no_longer_looks_alike_is_dropped(pair: tuple[Clinic, Clinic]) -> None:
    find_duplicates()
    far = {"street": "Et andet sted 99", "phone": "86 00 00 14"}
    actions.update_clinic(clinic=pair[0], changes=far, origin=OWNER)
    actions.rename(clinic=pair[0], name="Fodterapi Nord", origin=OWNER)
    assert find_duplicates() == (0, 0) and not Twins.objects.exists()


def test_an_exact_point_is_not_given_up_for_the_same_address_said_later() -> None:
    stays = make_clinic("Klinik A", precision="exact", lat=56.16, lon=10.21)
    goes = make_clinic("Klinik B")
    Clinic.objects.update(street="Åvej 1")
    for clinic, origin in ((stays, OLD), (goes, NEW)):
        clinic.refresh_from_db()
        actions.update_clinic(clinic=clinic, changes={"street": "Åvej 1"}, origin=origin)
    merging.merge_clinics(clinic=goes, into=stays)
    assert (stays.precision, stays.lat) == ("exact", 56.16)
