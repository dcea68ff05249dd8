"""A clinic's prices as lines of a receipt."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from fysfinder.base.jinja import day, kr, kr_range, language
from fysfinder.clinics.cards import ClinicCard, ClinicPage
from fysfinder.clinics.models.offers import Service
from fysfinder.clinics.prices import PriceAnswer, PriceRow, per_half_hour_ore
from fysfinder.search.course_prices import yardstick
from fysfinder.search.directory import directory
from fysfinder.topics import queries as topics
from fysfinder.web.cards import dated
from fysfinder.web.fact_sources import opened
from fysfinder.web.shown import Dated


@dataclass(frozen=True, slots=True)
class PriceLine:
    label: str
    amount: str
    minutes: str = ""
    share: str = ""  # the patient's own part
    note: str = ""


@dataclass(frozen=True, slots=True)
class PricesView:
    lead: str
    rows: tuple[PriceLine, ...]
    dated: Dated | None
    notes: tuple[str, ...]


def prices_view(page: ClinicPage, today: dt.date) -> PricesView:
    rows = [line for price in page.price_list if (line := price_line(price))]
    rows += [extra_line(extra) for extra in page.extras]
    said = opened(oldest(page.card), "prices", page, today)
    return PricesView(lead(page.card), tuple(rows), said, (*notes(page), *filter(None, [yardstick_note(page.card)])))


def lead(card: ClinicCard) -> str:
    if card.agreement is None:
        return _("Uden tilskud. Om klinikken har ydernummer, er ikke oplyst.")
    return _("Det fulde beløb, og din del med henvisning.") if card.agreement else _("Uden tilskud.")


def price_line(price: PriceAnswer) -> PriceLine | None:
    """The clinic's own price, and the patient's share with a referral where a tariff says it."""
    minutes = _("%(n)d min.") % {"n": price.minutes} if price.minutes else ""
    share, since = price.share, ""
    if share:  # tariffs of different services may be of different age, so each line says its own
        since = _("takst fra %(date)s") % {"date": day(share.valid_from)}
    if price.low_ore is None or price.high_ore is None:
        return PriceLine(price.label, kr(share.patient_ore), minutes, _("med henvisning"), since) if share else None
    words = _("%(price)s med henvisning") % {"price": kr(share.patient_ore)} if share else ""
    amount = kr_range(price.low_ore, price.high_ore)
    return PriceLine(price.label, amount, f"{minutes}{half_hour(price)}", words, since)


def half_hour(price: PriceAnswer) -> str:
    """' · 300 kr. pr. 30 min.' for a private price of another length: what makes two clinics comparable."""
    low, high = (per_half_hour_ore(ore or 0, price.minutes) for ore in (price.low_ore, price.high_ore))
    if low is None or high is None or price.minutes == 30 or price.is_agreement_tariff:
        return ""
    return _(" · %(price)s pr. 30 min.") % {"price": kr_range(low, high)}


def yardstick_note(card: ClinicCard) -> str:
    """What others in the municipality take for a first visit without subsidy, and how many are behind the figure."""
    figures = yardstick(directory(), Service.FIRST, municipality=card.municipality)
    place = _("i kommunen")
    if figures is None:
        figures, place = yardstick(directory(), Service.FIRST), _("i hele landet")
    if figures is None:
        return ""
    return _("Første besøg uden tilskud koster %(place)s oftest %(span)s (median %(median)s hos %(n)d klinikker).") % {
        "median": kr(figures.median_ore),
        "place": place,
        "span": kr_range(figures.low_ore, figures.high_ore),
        "n": figures.clinics,
    }


def extra_line(extra: PriceRow) -> PriceLine:
    """What a treatment costs on top of the visit: never part of the agreement."""
    topic = topics.taxonomy().by_id.get(extra.topic_id or 0)
    name = topics.name(topic, language()) if topic else extra.label
    minutes = _("%(n)d min.") % {"n": extra.minutes} if extra.minutes else ""
    return PriceLine(name, kr_range(extra.low_ore, extra.high_ore), minutes, note=_("oveni besøget, uden tilskud"))


def oldest(card: ClinicCard) -> Dated | None:
    """The oldest price speaks for the list."""
    dates = [row.confirmed_on for row in card.prices if row.confirmed_on]
    said = dated(card.provenance("prices"))
    if said is None or not dates:
        return said
    return Dated(min(dates), said.how, said.source)


def notes(page: ClinicPage) -> tuple[str, ...]:
    """A warning when a tariff behind a share is old."""
    if any(price.share and price.share.is_old for price in page.price_list):
        return (_("Taksten er over et år gammel. Regn med, at prisen kan være lidt højere. Spørg klinikken."),)
    return ()
