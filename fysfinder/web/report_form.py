"""'Noget forkert?': reading the form, telling strangers, handing the text to clinics.actions."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from fysfinder.base.text import clean
from fysfinder.clinics.attributes import ATTRIBUTES, ROW_FACTS
from fysfinder.clinics.models import Clinic
from fysfinder.clinics.reports import CLOSED_FOR_GOOD, report_problem

TRAP = "hjemmeside"  # a field people do not see; only simple robots fill it in
MOST_READ = 10_000  # characters of a hostile message that are looked at


@dataclass(frozen=True, slots=True)
class ReportForm:
    fact: str = ""
    message: str = ""
    is_trapped: bool = False
    error: str = ""

    @classmethod
    def from_data(cls, data: QueryDict) -> ReportForm:
        fact, message = data.get("fakta", ""), clean(data.get("besked", "")[:MOST_READ])
        return cls(fact if fact in dict(fact_choices()) else "", message, bool(data.get(TRAP)))


def fact_choices() -> list[tuple[str, str]]:
    """What a visitor may say is wrong: that the clinic has closed, and every public fact."""
    public = [(attribute.name, str(attribute.label)) for attribute in ATTRIBUTES if attribute.is_public]
    closed = (CLOSED_FOR_GOOD, _("Klinikken er lukket for altid"))
    return [closed, *((name, str(label)) for name, label in ROW_FACTS.items()), *public]


def send_report(clinic: Clinic, form: ReportForm) -> ReportForm:
    """Stores the report; the form back, with the error if there is one. A trapped robot is thanked and forgotten."""
    if form.is_trapped:
        return form
    try:
        report_problem(clinic=clinic, fact=form.fact, message=form.message)
    except ValidationError as problem:
        return replace(form, error=" ".join(problem.messages))
    return form


def is_foreign(request: HttpRequest) -> bool:
    """Whether another site sent the form. Browsers say where it comes from; what says nothing carries no visitor."""
    said = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get("Origin")
    if said not in (None, "same-origin", "none"):
        return True
    return origin is not None and urlsplit(origin).netloc != request.get_host()
