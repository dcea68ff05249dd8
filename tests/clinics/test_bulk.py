"""Many at once come to the same rows as one at a time: values, provenance, ledger, history and old addresses."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fysfinder.changes.models import Change
from fysfinder.clinics import actions
from fysfinder.clinics.actions import Origin
from fysfinder.clinics.bulk import add_clinics, draft_clinic
from fysfinder.clinics.bulk_changes import Edit, change_clinics
from fysfinder.clinics.models import Clinic, ClinicSlug, Fact, OpeningHours, PastFact, Price
from fysfinder.clinics.opening import CLOSED, UNKNOWN, open_day
from fysfinder.clinics.prices import PriceRow
from tests.make import TODAY, make_postcode

pytestmark = pytest.mark.django_db
SIZE = 3
_CLOCK = {"updated_at", "created_at", "history_date", "replaced_at"}
_KEYS = {"id", "history_id"}

origins = st.builds(
    Origin,
    st.sampled_from(["Liste", "Klinikken"]),
    st.sampled_from(["owner", "editor", "register", "import"]),
    st.sampled_from([TODAY, TODAY - dt.timedelta(days=30), TODAY - dt.timedelta(days=900)]),
)
names = st.sampled_from(["Bakken Fysioterapi", "Dalen Fysioterapi", "Bakken  Fysioterapi", "Åen", ""])
fields = st.fixed_dictionaries(
    {},
    optional={
        "phone": st.sampled_from(["86 00 00 14", "86 00 00 15", "", "12"]),
        "street": st.sampled_from(["Ahornvej 1", "Birkevej 2", ""]),
        "postcode": st.sampled_from(["8000", "8200", "9999"]),
        "lat": st.just(56.2),
        "lon": st.just(10.1),
        "therapist_count": st.sampled_from([0, 4, None]),
        "step_free": st.sampled_from([True, False, None]),
        "cvr": st.sampled_from(["", "13585628"]),
        "languages": st.sampled_from([None, ["en"], []]),
    },
)
rows = st.builds(PriceRow, st.sampled_from(["first", "wrong"]), st.just(40000), st.sampled_from([40000, 50000]))
prices = st.none() | st.lists(rows, max_size=2)
hours = st.sampled_from(
    [
        None,
        (),
        (open_day((480, 960)), *[CLOSED] * 6),
        (*[open_day((480, 720), (780, 960))] * 5, UNKNOWN, UNKNOWN),
        (*[open_day((480, 960))] * 7, CLOSED, open_day((540, 720))),
    ]
)
said = st.tuples(origins, st.none() | names, fields, prices, hours)


def one_at_a_time(edits: Sequence[Edit]) -> list[int]:
    refused = []
    for edit in edits:
        clinic, origin = Clinic.objects.get(pk=edit.clinic_id), edit.origin
        try:
            with transaction.atomic():
                if edit.name is not None:
                    actions.rename(clinic=clinic, name=edit.name, origin=origin)
                if edit.changes:
                    actions.update_clinic(clinic=clinic, changes=edit.changes, origin=origin)
                if edit.prices is not None:
                    actions.replace_prices(clinic=clinic, prices=edit.prices, origin=origin)
                if edit.hours is not None:
                    actions.replace_hours(clinic=clinic, hours=edit.hours, origin=origin)
        except ValidationError:
            refused.append(edit.clinic_id)
    return refused


def all_rows() -> dict[str, list[Any]]:
    """Every row of every table an edit can touch, without keys and clock times."""
    tables: list[Any] = [Clinic, ClinicSlug, Fact, PastFact, Price, OpeningHours, Clinic.history.model]
    return {model.__name__: _rows(model) for model in tables}


def _rows(model: type[Model]) -> list[Any]:
    names = [field.attname for field in model._meta.concrete_fields if field.attname not in _CLOCK | _KEYS]
    is_clinic = model.__name__ in {"Clinic", "HistoricalClinic"}
    manager: Any = model._default_manager
    return sorted(manager.values_list(*names, *(["id"] if is_clinic else [])), key=repr)


def taken_back(work: Callable[[], Any]) -> tuple[Any, dict[str, list[Any]], set[str]]:
    with transaction.atomic():
        Change.objects.all().delete()
        outcome = work()
        tags = {tag for text in Change.objects.values_list("tags", flat=True) for tag in text.split()}
        found = outcome, all_rows(), tags
        transaction.set_rollback(True)
    return found


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(said, min_size=SIZE, max_size=SIZE), st.lists(said, min_size=SIZE, max_size=SIZE))
def test_edits_in_a_batch_come_to_the_rows_of_single_actions(first: list[Any], second: list[Any]) -> None:
    with transaction.atomic():
        make_postcode("8000"), make_postcode("8200", "Aarhus N", 56.19, 10.18)
        start = Origin("Start", "import", TODAY - dt.timedelta(days=60))
        clinics = [
            actions.add_clinic(fields={"name": f"Klinik {number}", "postcode": "8000"}, origin=start)
            for number in range(SIZE)
        ]
        one_at_a_time([Edit(clinic.pk, *words) for clinic, words in zip(clinics, first, strict=True)])
        edits = [Edit(clinic.pk, *words) for clinic, words in zip(clinics, second, strict=True)]
        single, bulk = (
            taken_back(lambda: one_at_a_time(edits)),
            taken_back(lambda: list(change_clinics(edits=edits).refused)),
        )
        assert bulk[0] == single[0]
        assert bulk[1] == single[1]
        assert bulk[2] >= single[2] and bool(bulk[2]) == bool(single[2])
        transaction.set_rollback(True)


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(said, min_size=SIZE, max_size=SIZE))
def test_clinics_added_in_a_batch_are_those_added_one_at_a_time(new: list[Any]) -> None:
    with transaction.atomic():
        make_postcode("8000"), make_postcode("8200", "Aarhus N", 56.19, 10.18)
        wanted = []
        for origin, name, values, price_list, week in new:
            words = {"postcode": "8000", **values, "name": name or "Åen"}
            wanted.append({"fields": words, "origin": origin, "prices": price_list or (), "hours": week or ()})

        def single() -> list[str]:
            return [_slug(lambda said=said: actions.add_clinic(**said)) for said in wanted]

        def bulk() -> list[str]:
            drafts = [_slug(lambda said=said: draft_clinic(**said)) for said in wanted]
            made = iter(add_clinics(drafts=[draft for draft in drafts if draft != "refused"]))
            return ["refused" if draft == "refused" else next(made).slug for draft in drafts]

        one, many = taken_back(single), taken_back(bulk)
        assert many[0] == one[0]
        assert _nameless(many[1]) == _nameless(one[1])
        transaction.set_rollback(True)


def _slug(make: Callable[[], Any]) -> Any:
    try:
        with transaction.atomic():
            made = make()
    except ValidationError:
        return "refused"
    return made.slug if isinstance(made, Clinic) else made


def _nameless(found: dict[str, list[Any]]) -> dict[str, list[Any]]:
    """Clinics by their order: their keys differ between two databases' worth of adding."""
    numbers = {row[-1]: number for number, row in enumerate(sorted(found["Clinic"], key=lambda row: row[-1]))}
    return {
        table: sorted(([numbers.get(v, v) if type(v) is int else v for v in row] for row in rows), key=repr)
        for table, rows in found.items()
    }


def test_a_usual_week_in_a_batch_leaves_what_is_said_of_holidays() -> None:
    make_postcode("8000")
    origin = Origin("Liste", "import", TODAY)
    nine, seven = (*[open_day((480, 960))] * 7, CLOSED, open_day((540, 720))), (open_day((600, 720)),) * 7
    clinic = actions.add_clinic(fields={"name": "Åen", "postcode": "8000"}, origin=origin, hours=nine)
    assert change_clinics(edits=[Edit(clinic.pk, origin, hours=seven)]).refused == {}
    rows = OpeningHours.objects.filter(clinic=clinic).order_by("weekday").values_list("weekday", "opens")
    assert list(rows) == [*((day, 600) for day in range(7)), (7, None), (8, 540)]
