"""The price guide with its calculator: the tariffs of today, what clinics charge, the rules, and my own sum."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fysfinder.base.jinja import url
from fysfinder.clinics.course import ClinicTerms, Own, own_prices
from fysfinder.clinics.prices import PriceRow
from fysfinder.clinics.quotes import quote
from fysfinder.search import situation as asked
from fysfinder.search.columns import Columns
from fysfinder.search.course_prices import Yardstick, yardstick
from fysfinder.search.directory import directory
from fysfinder.search.situation import Answers, read_visits, region_of
from fysfinder.tariffs.periods import TariffRow
from fysfinder.tariffs.queries import GENERAL, known_tariffs, tariffs_on
from fysfinder.tariffs.subsidies import RULES, SubsidyRule
from fysfinder.web.situation_view import Panel, Receipt, carry, panel, receipt
from fysfinder.web.tariff_table import TariffLine, tariff_lines

SERVICES = (
    ("first", gettext_lazy("Første konsultation")),
    ("follow_up", gettext_lazy("Opfølgende behandling")),
    ("group", gettext_lazy("Holdtræning, pr. gang")),
    ("home_visit", gettext_lazy("Hjemmebesøg")),
)


@dataclass(frozen=True, slots=True)
class MarketLine:
    label: str
    figures: Yardstick


@dataclass(frozen=True, slots=True)
class PricesPage:
    lines: list[TariffLine]
    market: tuple[MarketLine, ...]
    rules: tuple[SubsidyRule, ...]
    panel: Panel
    postcode: str
    visits: str  # as typed, else what we reckon with
    errors: Mapping[str, str]
    is_sent: bool
    receipt: Receipt | None
    find_path: str


def prices_page(params: QueryDict, today: dt.date) -> PricesPage:
    answers, errors = Answers.read(params), errors_of(params)
    columns, tariffs = directory(), known_tariffs()
    typed = read_visits(params.get(asked.VISITS, "").strip())
    is_sent = bool(params) and any(key in params for key in asked.READ_KEYS)
    return PricesPage(
        lines=tariff_lines(tariffs_on(GENERAL, today), today),
        market=market(columns),
        rules=RULES,
        panel=panel(answers),
        postcode=params.get(asked.POSTCODE, "").strip()[:10],
        visits=params.get(asked.VISITS, "").strip()[:10] or str(answers.plan.visits),
        errors=errors,
        is_sent=is_sent,
        receipt=typical_receipt(answers, typed, columns, tariffs, today)
        if is_sent and not any(errors.values())
        else None,
        find_path=carry(answers, url("find", "danmark")) if answers else url("find_index"),
    )


def errors_of(params: QueryDict) -> dict[str, str]:
    """What cannot be read, by field, in words that say what to do; '' where it can."""
    errors = {asked.POSTCODE: "", asked.VISITS: ""}
    postcode, visits = params.get(asked.POSTCODE, "").strip(), params.get(asked.VISITS, "").strip()
    if postcode and not (len(postcode) == 4 and postcode.isascii() and postcode.isdigit()):
        errors[asked.POSTCODE] = _("Postnummeret skal have 4 cifre. Du skrev %(n)d.") % {"n": len(postcode)}
    elif postcode and region_of(postcode) is None:
        errors[asked.POSTCODE] = _("Vi kender ikke postnummeret %(code)s.") % {"code": postcode}
    if visits and read_visits(visits) is None:
        errors[asked.VISITS] = _("Skriv antallet med tal, fx 5.")
    return errors


def market(columns: Columns) -> tuple[MarketLine, ...]:
    """What clinics say they charge without subsidy, where enough have said it."""
    found = ((label, yardstick(columns, service)) for service, label in SERVICES)
    return tuple(MarketLine(str(label), figures) for label, figures in found if figures)


def typical_receipt(
    answers: Answers, visits: int | None, columns: Columns, tariffs: tuple[TariffRow, ...], today: dt.date
) -> Receipt:
    """A course at a clinic under the agreement; without a referral, at what the middle half of clinics charge.

    visits as typed, so that a number out of bounds is answered in words.
    """
    situation = answers.situation
    plan = answers.plan if visits is None else replace(answers.plan, visits=visits)
    own: dict[str, Own] = {}
    for service, _label in SERVICES:
        figures = yardstick(columns, service)
        if figures:
            source = _("%(n)d klinikker på FysFinder") % {"n": figures.clinics}
            own.update(own_prices([PriceRow(service, figures.low_ore, figures.high_ore, source=source)]))
    terms = ClinicTerms(True, True, situation.region or "", own)
    found = quote(terms, situation, plan, tariffs, today)
    return receipt(found, situation, plan)
