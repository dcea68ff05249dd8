"""A clinic in the words of a card: from what clinics.queries and the search know to what the template prints."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from fysfinder.base.jinja import day, km, kr, kr_range, language, url
from fysfinder.clinics.cards import WAIT_TRUSTED_DAYS, ClinicCard, Provenance
from fysfinder.clinics.models.clinic import Precision
from fysfinder.clinics.models.facts import How
from fysfinder.clinics.models.offers import Service
from fysfinder.clinics.opening import COPENHAGEN, hours_on, kind_at
from fysfinder.clinics.opening_words import today_words
from fysfinder.clinics.prices import PriceAnswer
from fysfinder.search.course_prices import Course
from fysfinder.search.filters.topics import verb
from fysfinder.topics import queries as topics
from fysfinder.topics.queries import TopicCard
from fysfinder.web.shown import Answer, Dated
from fysfinder.web.situation_view import mine_answer

OFFERED = ("treatment", "programme")
HOW_WORDS: dict[str, str] = {How.REGISTER: gettext_noop("register,"), How.OWNER: gettext_noop("bekræftet")}
SAID = gettext_noop("oplyst")


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a sentence: plain, 'strong' or 'unknown'."""

    text: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    icon: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class CardView:
    slug: str
    path: str
    rank: int
    name: str
    distance: str  # '1,2 km', 'ca. 1,2 km', '' when nobody said where they are
    address: str
    answers: tuple[Answer, ...]
    lines: tuple[Line, ...]
    phone: str
    phone_words: str
    why: str = ""  # the answer to 'hvorfor nr. 3?'


def card_view(
    card: ClinicCard,
    *,
    rank: int,
    distance_km: float | None,
    now: dt.datetime,
    asked: Sequence[TopicCard] = (),
    course: Course | None = None,
    query: str = "",
    why: str = "",
) -> CardView:
    """The card of one clinic at a moment, for somebody who asked for these topics and perhaps for a course.

    query: what the link to the clinic carries, '?henvisning=ja'.
    """
    return CardView(
        slug=card.slug,
        path=url("clinic", card.slug) + query,
        rank=rank,
        name=card.name,
        distance="" if distance_km is None else distance_words(distance_km, card),
        address=card.address,
        answers=answers(card, now, course),
        lines=(topic_line(card, asked), access_line(card), agreement_line(card)),
        phone=card.phone,
        phone_words=card.phone_shown,
        why=why,
    )


def distance_words(distance_km: float, card: ClinicCard) -> str:
    """'ca. 1,2 km' when the clinic's own point is not known: then it is the way to its street or postcode."""
    return distance_maker()(distance_km, card.precision)


def distance_maker() -> Callable[[float, str], str]:
    """distance_words for a list of clinics: (kilometres, precision) in words of the page's language, asked for once."""
    about, spoken = _("ca. %(distance)s"), language()

    def words(distance_km: float, precision: str) -> str:
        text = km(distance_km, spoken)
        return text if precision == Precision.EXACT else about % {"distance": text}

    return words


def answers(card: ClinicCard, now: dt.datetime, course: Course | None = None) -> tuple[Answer, ...]:
    """Waiting time, price of the first visit (mine, when I said who I am), open today: the same order everywhere."""
    price = mine_answer(card, course) if course else price_answer(card)
    return (wait_answer(card, now.astimezone(COPENHAGEN).date()), price, open_answer(card, now))


def dated(provenance: Provenance | None) -> Dated | None:
    """'bekræftet' when the clinic itself said so, 'register,' for a register, else 'oplyst'."""
    if provenance is None:
        return None
    return Dated(provenance.confirmed_on, _(HOW_WORDS.get(provenance.how, SAID)), provenance.source)


def wait_answer(card: ClinicCard, today: dt.date) -> Answer:
    """A waiting time older than a year is no answer any more: unknown, with the date it was last said."""
    label, wait = _("Ventetid"), card.wait
    if wait is None:
        return Answer(label, "", ask(card))
    if card.current_wait(today) is None:
        return Answer(label, "", dated=Dated(wait.as_of, _("sidst oplyst"), wait.source), fact="waiting")
    known = dated(card.provenance("waiting"))
    is_trusted = card.current_wait(today, within_days=WAIT_TRUSTED_DAYS) is not None
    note = "" if is_trusted else _("kan have ændret sig")
    said = Dated(wait.as_of, known.how if known else _("oplyst"), wait.source)
    return Answer(label, wait.words, note, said, fact="waiting")


def price_answer(card: ClinicCard) -> Answer:
    label, price = _("Pris, første gang"), card.first_price
    if price is None:
        return Answer(label, "", ask(card))
    share = _("%(price)s med henvisning") % {"price": kr(price.share.patient_ore)} if price.share else ""
    if price.low_ore is None or price.high_ore is None:
        # Only the tariff is known, and the tariff carries its own date.
        if price.share is None:
            return Answer(label, "", ask(card))
        said = Dated(price.share.valid_from, _("takst fra"), price.share.source)
        return Answer(label, kr(price.share.patient_ore), _("med henvisning"), said)
    if price.share and price.share.is_old:  # the ring below is of the clinic's own price
        share += ", " + _("takst fra %(date)s") % {"date": day(price.share.valid_from)}
    note = share or (_("fuld takst") if price.is_agreement_tariff else _("uden tilskud"))
    return Answer(label, kr_range(price.low_ore, price.high_ore), note, price_dated(card, price), fact="prices")


def price_dated(card: ClinicCard, price: PriceAnswer) -> Dated | None:
    if price.confirmed_on is None:
        return None
    known = dated(card.provenance("prices"))
    return Dated(price.confirmed_on, known.how if known else _("oplyst"), price.source)


def open_answer(card: ClinicCard, now: dt.datetime) -> Answer:
    """'Til 18.00', 'Åbner 13.00', 'Lukket i dag'; the reason for a day off stands below it."""
    label, day = _("Åbent i dag"), hours_on(card.week, now.astimezone(COPENHAGEN).date())
    said, words = dated(card.provenance("hours")), today_words(card.week, now)
    if day.is_holiday:
        return Answer(label, "", words, said, fact="hours")
    if kind_at(card.week, now) == "unknown":
        return Answer(label, "", ask(card))
    value, _bracket, reason = words.partition(" (")
    return Answer(label, value, reason.rstrip(")"), said, fact="hours")


def ask(card: ClinicCard) -> str:
    return _("Ring og spørg") if card.phone else ""


def topic_line(card: ClinicCard, asked: Sequence[TopicCard]) -> Line:
    """Why the clinic is here: the topics asked for in bold, what it does not say of them, how many more it names."""
    if not card.topic_ids and not asked:
        return Line("check", (Part(_("Behandlinger") + " "), Part(_("ikke oplyst"), "unknown")))
    held = topics.taxonomy().by_id
    offered = sorted((held[pk] for pk in card.topic_ids if pk in held), key=lambda topic: topic.position)
    matched, missing = split_asked(asked, offered)
    shown = matched or [topic for topic in offered if topic.kind in OFFERED][:2] or offered[:2]
    parts: list[Part] = []
    if shown:
        said = ""
        for topic in shown:
            words = verb(topic.kind)
            parts.append(Part(", " if words == said else f". {words} " if said else f"{words} "))
            parts.append(Part(topics.name_in_sentence(topic, language()), "strong" if matched else ""))
            if matched and (extra := extra_words(card, topic)):
                parts.append(Part(f" ({extra})"))
            said = words
        rest = len(offered) - len(shown)
        if rest:
            parts.append(Part(more_topics(rest, language())))
    for topic in missing:
        parts.append(Part((". " if parts else "") + topics.name(topic, language()) + " "))
        parts.append(Part(_("ikke oplyst"), "unknown"))
    return Line("check", tuple(parts))


@cache
def more_topics(count: int, spoken: str) -> str:
    """' og 3 andre emner', worded once: every card says it."""
    return ngettext(" og %(n)d andet emne", " og %(n)d andre emner", count) % {"n": count}


def extra_words(card: ClinicCard, topic: TopicCard) -> str:
    """'170 kr. oveni besøget': what the treatment takes on top of the visit, where the clinic has said so."""
    rows = [row for row in card.prices if row.service == Service.EXTRA and row.topic_id == topic.id]
    if not rows:
        return ""
    span = kr_range(min(row.low_ore for row in rows), max(row.high_ore for row in rows))
    return _("%(price)s oveni besøget") % {"price": span}


def split_asked(asked: Iterable[TopicCard], offered: Sequence[TopicCard]) -> tuple[list[TopicCard], list[TopicCard]]:
    """(what the clinic offers of the asked topics, narrower ones standing in for them; what it does not say)."""
    by_slug = {topic.slug: topic for topic in offered}
    matched: list[TopicCard] = []
    missing: list[TopicCard] = []
    for topic in asked:
        family = [topic.slug, *(below.slug for below in topics.counted_as(topic.slug))]
        found = next((by_slug[slug] for slug in family if slug in by_slug), None)
        if found is None:
            missing.append(topic)
        elif found not in matched:
            matched.append(found)
    return matched, missing


def access_line(card: ClinicCard) -> Line:
    """'Trinfri, dør 90 cm. Toilet ikke oplyst'."""
    known: list[str] = []
    if card.step_free is not None:
        steps = _("trin på %(cm)d cm") % {"cm": card.step_height_cm} if card.step_height_cm else _("ikke trinfri")
        known.append(_("trinfri") if card.step_free else steps)
    if card.door_width_cm is not None:
        known.append(_("dør %(cm)d cm") % {"cm": card.door_width_cm})
    if card.accessible_toilet is not None:
        known.append(_("handicaptoilet") if card.accessible_toilet else _("ikke handicaptoilet"))
    if not known:
        return Line("accessibility", (Part(_("Adgangsforhold") + " "), Part(_("ikke oplyst"), "unknown")))
    facts = ((card.step_free, _("trin")), (card.door_width_cm, _("dørbredde")), (card.accessible_toilet, _("toilet")))
    unknown = [words for value, words in facts if value is None]
    parts = [Part(sentence_case(", ".join(known)))]
    if unknown:
        parts += [Part(". " + sentence_case(_(" og ").join(unknown)) + " "), Part(_("ikke oplyst"), "unknown")]
    return Line("accessibility", tuple(parts))


def agreement_line(card: ClinicCard) -> Line:
    if card.agreement is None:
        return Line("file-text", (Part(_("Ydernummer") + " "), Part(_("ikke oplyst"), "unknown")))
    words = (
        _("Har ydernummer: tilskud med henvisning.")
        if card.agreement
        else _("Har ikke ydernummer. Du skal ikke have henvisning.")
    )
    return Line("file-text", (Part(words),))


def sentence_case(text: str) -> str:
    return text[:1].upper() + text[1:]
