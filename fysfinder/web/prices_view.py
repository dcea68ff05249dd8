"""A clinic's prices as lines of a receipt."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from fysfinder.base.jinja import day, kr, kr_range, language
from fysfinder.clinics.cards import ClinicCard, ClinicPage
from fysfinder.clinics.prices import PriceAnswer, PriceRow
from fysfinder.topics import queries as topics
from fysfinder.web.cards import dated
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


def prices_view(page: ClinicPage) -> PricesView:
    rows = [line for price in page.price_list if (line := price_line(price))]
    rows += [extra_line(extra) for extra in page.extras]
    return PricesView(lead(page.card), tuple(rows), oldest(page.card), notes(page))


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
    return PriceLine(price.label, kr_range(price.low_ore, price.high_ore), minutes, words, since)


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
