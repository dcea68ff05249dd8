"""A run taken back whole: exactly, and without what somebody has said since."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from fysfinder.clinics.actions import update_clinic
from fysfinder.clinics.models import Clinic, Fact
from fysfinder.clinics.models.facts import How
from fysfinder.clinics.provenance import Origin
from fysfinder.imports.actions import undo_run
from fysfinder.imports.models import ImportRun, SourceRow
from fysfinder.imports.states import state_of
from tests.imports.test_pipeline import TODAY, edited, places, run  # noqa: F401

pytestmark = pytest.mark.django_db
LATER = TODAY + dt.timedelta(days=3)
CHANGES = (
    ("Lukket,Lukket,7,Ja", "Lukket,10-14,8,-"),
    ("86 00 00 14", "86 00 00 19"),
    ('"484,31"', "500"),
)


def directory() -> dict[str, object]:
    rows = SourceRow.objects.order_by("source_id").values("source_id", "raw", "problems", "clinic_id", "last_run_id")
    return {"rows": list(rows)} | {clinic.slug: state_of(clinic) for clinic in Clinic.objects.all()}


def last_run() -> ImportRun:
    return ImportRun.objects.latest("pk")


def test_a_first_run_undone_leaves_nothing() -> None:
    run()
    result = undo_run(run=last_run())
    assert (result.deleted, result.closed, result.kept) == (3, [], [])
    assert not Clinic.objects.exists() and not Fact.objects.exists() and not SourceRow.objects.exists()
    assert run().created == 3


@pytest.mark.parametrize("changes", [CHANGES, (("Ahornvej 1", "Birkevej 2"),), (("Havnens Bevægelse,-", "Havn,-"),)])
def test_a_second_run_undone_restores_every_value_and_its_provenance(
    tmp_path: Path, changes: tuple[tuple[str, str], ...]
) -> None:
    run()
    before = directory()
    run(edited(tmp_path, *changes), confirmed_on=LATER)
    assert directory() != before
    result = undo_run(run=last_run())
    assert directory() == before
    assert (result.closed, result.kept) == ([], [])


def test_a_name_undone_takes_its_address_back_and_the_other_goes_on_answering(tmp_path: Path) -> None:
    run()
    before = directory()
    run(edited(tmp_path, ("Bakkens Fysioterapi", "Bakkernes Fysioterapi")))
    undo_run(run=last_run())
    assert directory() == before
    clinic = Clinic.objects.get(slug="bakkens-fysioterapi")
    assert list(clinic.old_slugs.values_list("slug", flat=True)) == ["bakkernes-fysioterapi"]


def test_what_somebody_has_said_since_stays(tmp_path: Path) -> None:
    run()
    run(edited(tmp_path, *CHANGES), confirmed_on=LATER)
    clinic = Clinic.objects.get(name="Bakkens Fysioterapi")
    mine = {"therapist_count": 9, "parking": True}
    update_clinic(clinic=clinic, changes=mine, origin=Origin("klinikken", How.OWNER, LATER))
    result = undo_run(run=last_run())
    clinic.refresh_from_db()
    assert (clinic.therapist_count, clinic.parking) == (9, True)
    assert (clinic.phone, clinic.street) == ("+4586000014", "Ahornvej 1")
    assert clinic.facts.get(name="therapist_count").how == "owner"
    assert clinic.facts.get(name="phone").confirmed_on == TODAY
    assert result.kept == ["Bakkens Fysioterapi: therapist_count"]


def test_a_clinic_the_run_made_and_somebody_edited_is_closed_not_lost() -> None:
    run()
    clinic = Clinic.objects.get(slug="bakkens-fysioterapi")
    update_clinic(clinic=clinic, changes={"parking": True}, origin=Origin("klinikken", How.OWNER, LATER))
    result = undo_run(run=last_run())
    clinic.refresh_from_db()
    assert (clinic.status, clinic.parking, result.closed) == ("closed", True, ["Bakkens Fysioterapi"])


def test_a_run_is_undone_once_and_from_the_shell(capsys: pytest.CaptureFixture[str]) -> None:
    run()
    call_command("undo_import", str(last_run().pk))
    assert "0 clinics restored, 3 deleted" in capsys.readouterr().out
    for number in (last_run().pk, 999):
        with pytest.raises(CommandError):
            call_command("undo_import", str(number))
