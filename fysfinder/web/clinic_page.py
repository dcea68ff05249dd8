"""All a clinic's page prints: what is known, what is not, and where each fact comes from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from fysfinder.base.jinja import day, language, url
from fysfinder.clinics.attributes import GROUPS, Attribute, fact_label, in_group
from fysfinder.clinics.cards import WAIT_TRUSTED_DAYS, ClinicCard, ClinicPage, TeamRow
from fysfinder.clinics.opening import COPENHAGEN
from fysfinder.encyclopedia.queries import articles_for_topics
from fysfinder.places.queries import gazetteer
from fysfinder.search.results import Pairs
from fysfinder.search.similar import similar
from fysfinder.search.situation import NO_ANSWERS, Answers
from fysfinder.topics import queries as topics
from fysfinder.web.cards import answers, dated, distance_words
from fysfinder.web.fact_sources import opened, opened_answers
from fysfinder.web.hours_view import HoursView, hours_view
from fysfinder.web.nearest import Link
from fysfinder.web.prices_view import PricesView, prices_view
from fysfinder.web.shown import Answer, Dated
from fysfinder.web.situation_view import Receipt, carry, quote_for, receipt

SIMILAR = 5


@dataclass(frozen=True, slots=True)
class FactView:
    name: str
    label: str
    value: str
    is_known: bool
    dated: Dated | None
    href: str = ""
    is_external: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    name: str
    title: str
    facts: tuple[FactView, ...]


@dataclass(frozen=True, slots=True)
class OtherClinic:
    slug: str
    path: str
    name: str
    words: str  # '1,2 km · 3 dage · 8000 Aarhus C'


@dataclass(frozen=True, slots=True)
class Others:
    title: str
    clinics: tuple[OtherClinic, ...]
    path: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class ClinicView:
    slug: str
    name: str
    address: str
    closed: str
    phone: str
    phone_words: str
    website: str
    booking_url: str
    ask: str
    report_path: str
    answers: tuple[Answer, ...]
    topics: tuple[Link, ...]
    topics_dated: Dated | None
    prices: PricesView
    course: Receipt | None
    course_path: str
    carried: Pairs
    hours: HoursView
    sections: tuple[Section, ...]
    team: tuple[TeamRow, ...]
    about: str
    others: tuple[Others, ...]
    place: Link


def clinic_view(page: ClinicPage, *, now: dt.datetime, asked: Answers = NO_ANSWERS) -> ClinicView:
    """The page of one clinic at a moment, for somebody who may have answered who they are and what they plan.

    A clinic that has closed shows only that and who is near.
    """
    card, today = page.card, now.astimezone(COPENHAGEN).date()
    course, hours = asked.course(today), hours_view(card, now)
    return ClinicView(
        slug=card.slug,
        name=card.name,
        address=card.address,
        closed=_("Klinikken er lukket for altid. Herunder står klinikker i nærheden.")
        if card.status == "closed"
        else "",
        phone=card.phone,
        phone_words=card.phone_shown,
        website=card.website,
        booking_url=card.booking_url,
        ask=f"tel:{card.phone}" if card.phone else f"mailto:{card.email}" if card.email else "",
        report_path=url("clinic_report", card.slug),
        answers=opened_answers(answers(card, now, course), page, today),
        topics=topic_links(card),
        topics_dated=opened(dated(card.provenance("topics")), "topics", page, today),
        prices=prices_view(page, today),
        course=receipt(quote_for(card, course), course.situation, course.plan) if course else None,
        course_path=carry(asked, url("prices")) + "#din-pris",
        carried=asked.pairs,
        hours=replace(hours, dated=opened(hours.dated, "hours", page, today)),
        sections=tuple(
            section for group in GROUPS if (section := section_of(page, group.name, str(group.question), today))
        ),
        team=page.team,
        about=card.about,
        others=others(page, today, asked),
        place=place_link(card),
    )


def section_of(page: ClinicPage, group: str, title: str, today: dt.date) -> Section:
    return Section(group, title, tuple(fact_view(page, attribute, today) for attribute in in_group(group)))


def fact_view(page: ClinicPage, attribute: Attribute, today: dt.date) -> FactView:
    card = page.card
    is_known = card.is_known(attribute.name)
    text = str(card.value(attribute.name) or "")
    href = {"phone": f"tel:{text}", "email": f"mailto:{text}", "url": text}.get(attribute.kind, "") if is_known else ""
    value = text.removeprefix("https://").removeprefix("http://").rstrip("/") if attribute.kind == "url" else ""
    return FactView(
        name=attribute.name,
        label=fact_label(attribute.name),
        value=value or card.words(attribute.name),
        is_known=is_known,
        dated=opened(dated(card.provenance(attribute.name)), attribute.name, page, today) if is_known else None,
        href=href,
        is_external=attribute.kind == "url",
    )


def topic_links(card: ClinicCard) -> tuple[Link, ...]:
    """Each topic leads to its article, or to the clinics with it near here when nobody has written one."""
    offered = [topic for topic in topics.taxonomy().topics.values() if topic.id in card.topic_ids]
    articles = articles_for_topics(card.topic_ids)
    place = gazetteer().get_place(card.postcode)
    where = place.slug if place else "danmark"
    return tuple(
        Link(
            topics.name(topic, language()),
            url("article", articles[topic.id][1]) if topic.id in articles else url("find_topic", where, topic.slug),
        )
        for topic in offered
    )


def place_link(card: ClinicCard) -> Link:
    place = gazetteer().get_place(card.postcode)
    return Link(place.name, url("find", place.slug)) if place else Link(card.city, url("find_index"))


def others(page: ClinicPage, today: dt.date, asked: Answers) -> tuple[Others, ...]:
    """The company's other clinics, and those near that share most topics."""
    place = place_link(page.card)
    found = []
    if page.branches:
        same = tuple(
            OtherClinic(slug, carry(asked, url("clinic", slug)), name, where) for slug, name, where in page.branches
        )
        found.append(Others(_("Samme virksomhed"), same))
    near = similar(page.card, today=today, limit=SIMILAR)
    if near:
        label = _("Alle klinikker i nærheden af %(place)s") % {"place": place.label}
        found.append(
            Others(
                _("Lignende klinikker i nærheden"), other_clinics(near, today, asked), carry(asked, place.path), label
            )
        )
    return tuple(found)


def wait_words(card: ClinicCard, today: dt.date) -> str:
    """'3 dage', with its date when search no longer trusts it, unknown after a year."""
    wait = card.current_wait(today)
    if wait is None:
        return _("ventetid ikke oplyst")
    is_trusted = card.current_wait(today, within_days=WAIT_TRUSTED_DAYS) is not None
    return wait.words if is_trusted else f"{wait.words} ({_('oplyst')} {day(wait.as_of)})"


def other_clinics(
    found: Sequence[tuple[ClinicCard, float]], today: dt.date, asked: Answers = NO_ANSWERS
) -> tuple[OtherClinic, ...]:
    return tuple(
        OtherClinic(
            card.slug,
            carry(asked, url("clinic", card.slug)),
            card.name,
            " · ".join([distance_words(distance, card), card.postcode_and_city, wait_words(card, today)]),
        )
        for card, distance in found
    )
