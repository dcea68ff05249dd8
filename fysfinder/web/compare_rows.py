"""The rows of a comparison: computed ones first, then every attribute that compares. Pure: cards in, words out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from fysfinder.base.geo import haversine_km
from fysfinder.base.jinja import kr, kr_range, language
from fysfinder.clinics.attributes import ATTRIBUTES, Attribute
from fysfinder.clinics.cards import WAIT_TRUSTED_DAYS, ClinicCard
from fysfinder.clinics.models.clinic import Precision
from fysfinder.clinics.models.offers import Service
from fysfinder.clinics.opening import COPENHAGEN, Day
from fysfinder.clinics.opening_words import WEEKDAYS, minute_words
from fysfinder.clinics.prices import PriceAnswer
from fysfinder.search.course_prices import Course
from fysfinder.topics import queries as topics
from fysfinder.topics.queries import TopicCard
from fysfinder.web.cards import dated, distance_words, open_answer, price_dated, wait_answer
from fysfinder.web.shown import Dated
from fysfinder.web.situation_view import amount_words, condition, dated_of, plan_words, quote_for

EVENING = 17 * 60  # 'åbent efter kl. 17'


@dataclass(frozen=True, slots=True)
class Cell:
    """One clinic's answer; an empty value is unknown."""

    value: str
    note: str = ""
    dated: Dated | None = None
    tag: str = ""
    is_big: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """name is what ?vis= calls it; is_mine: worked out for the visitor, and always shown first."""

    label: str
    cells: tuple[Cell, ...]
    how: str = ""
    name: str = ""
    is_mine: bool = False

    @property
    def is_same(self) -> bool:
        """All the same in words. All unknown is the same too: nobody has an edge."""
        return len({(cell.value, cell.note) for cell in self.cells}) == 1


@dataclass(frozen=True, slots=True)
class Wish:
    """What the visitor came with: a course to price, a topic, and where they are."""

    course: Course | None = None
    topic: TopicCard | None = None
    point: tuple[float, float] | None = None


def rows(cards: Sequence[ClinicCard], now: dt.datetime, wish: Wish = Wish()) -> list[Row]:  # frozen
    """Every row, in the order of the page."""
    named = {
        "ventetid": wait_row(cards, now),
        "pris-foerste": price_row(_("Pris, første gang"), [card.first_price for card in cards], cards),
        "pris-naeste": price_row(_("Pris, næste gange"), [card.follow_up_price for card in cards], cards),
        "din-del": share_row(cards),
        "aabent-i-dag": today_row(cards, now),
        "aften": evening_row(cards),
        "weekend": weekend_row(cards),
        "emner": topics_row(cards),
    }
    computed = [replace(row, name=name) for name, row in named.items()]
    attributes = [attribute_row(attribute, cards) for attribute in ATTRIBUTES if attribute.compares]
    return [*wished_rows(cards, wish), *computed, *attributes]


def wished_rows(cards: Sequence[ClinicCard], wish: Wish) -> list[Row]:
    """My course, the way there, and the treatment I came for: where the visitor has said so."""
    found = [course_row(cards, wish.course)] if wish.course else []
    if wish.point:
        found.append(distance_row(cards, wish.point))
    if wish.topic:
        found.append(topic_row(cards, wish.topic))
    return found


def course_row(cards: Sequence[ClinicCard], course: Course) -> Row:
    quotes = [quote_for(card, course) for card in cards]
    cells = [Cell(amount_words(each), condition(each), dated_of(each), is_big=True) for each in quotes]
    cells = [cell if cell.value else Cell("", "") for cell in cells]
    exact = [each.low_ore if each.low_ore == each.high_ore else None for each in quotes]
    plan = plan_words(course.plan.settled()[0])
    return Row(_("Dit forløb, i alt"), tagged(cells, exact, _("lavest")), plan, "forloeb", is_mine=True)


def distance_row(cards: Sequence[ClinicCard], point: tuple[float, float]) -> Row:
    metres = [round(haversine_km(*point, card.lat, card.lon) * 1000) for card in cards]
    cells = [Cell(distance_words(each / 1000, card), is_big=True) for each, card in zip(metres, cards, strict=True)]
    is_exact = all(card.precision == Precision.EXACT for card in cards)  # else nobody knows who is nearest
    return Row(
        _("Afstand"), tagged(cells, metres, _("nærmest")) if is_exact else tuple(cells), _("i luftlinje"), "afstand"
    )


def topic_row(cards: Sequence[ClinicCard], topic: TopicCard) -> Row:
    """Whether each names the topic or something under it, and what it takes on top of the visit for it."""
    family = {topic.id, *(below.id for below in topics.counted_as(topic.slug))}
    cells = []
    for card in cards:
        extras = [row for row in card.prices if row.service == Service.EXTRA and row.topic_id in family]
        low, high = min((r.low_ore for r in extras), default=0), max((r.high_ore for r in extras), default=0)
        note = _("%(price)s oveni besøget") % {"price": kr_range(low, high)} if extras else ""
        offers = bool(family & card.topic_ids) or bool(extras)
        said = dated(card.provenance("topics")) if offers else None
        cells.append(Cell(_("Tilbyder det") if offers else "", note, said))
    return Row(topics.name(topic, language()), tuple(cells), name="emne")


def tagged(cells: Sequence[Cell], measures: Sequence[int | None], word: str) -> tuple[Cell, ...]:
    """The word goes to the lowest measure, shared when equal; to nobody when all are equal or fewer than two known."""
    known = [measure for measure in measures if measure is not None]
    if len(known) < 2 or min(known) == max(known):
        return tuple(cells)
    return tuple(
        replace(cell, tag=word) if measure == min(known) else cell
        for cell, measure in zip(cells, measures, strict=True)
    )


def wait_row(cards: Sequence[ClinicCard], now: dt.datetime) -> Row:
    today = now.astimezone(COPENHAGEN).date()
    answers = [wait_answer(card, today) for card in cards]
    cells = [Cell(answer.value, "", answer.dated, is_big=True) for answer in answers]
    trusted = [card.current_wait(today, within_days=WAIT_TRUSTED_DAYS) for card in cards]
    days = [wait.days if wait else None for wait in trusted]
    return Row(_("Ventetid"), tagged(cells, days, _("hurtigst")))


def price_row(label: str, prices: Sequence[PriceAnswer | None], cards: Sequence[ClinicCard]) -> Row:
    cells = []
    for price, card in zip(prices, cards, strict=True):
        if price is None or price.low_ore is None or price.high_ore is None:
            cells.append(Cell(""))
        else:
            cells.append(Cell(kr_range(price.low_ore, price.high_ore), "", price_dated(card, price), is_big=True))
    return Row(
        label, tagged(cells, [price.low_ore if price else None for price in prices], _("lavest")), _("uden tilskud")
    )


def share_row(cards: Sequence[ClinicCard]) -> Row:
    """The tariff's share; a clinic known to be outside the agreement gives none, and that is no gap in what we know."""
    cells = []
    for card in cards:
        share = card.first_price.share if card.first_price else None
        if share:
            cells.append(
                Cell(kr(share.patient_ore), "", Dated(share.valid_from, _("takst fra"), share.source), is_big=True)
            )
        else:
            cells.append(Cell(_("Intet tilskud") if card.agreement is False else ""))
    return Row(_("Din del, første gang"), tuple(cells), _("med henvisning"))


def today_row(cards: Sequence[ClinicCard], now: dt.datetime) -> Row:
    answers = [open_answer(card, now) for card in cards]
    return Row(
        _("Åbent i dag"), tuple(Cell(each.value, each.note if each.value else "", each.dated) for each in answers)
    )


def evening_row(cards: Sequence[ClinicCard]) -> Row:
    """'Torsdag til 20', 'Alle hverdage til 19', 'Nej'."""
    return hours_row(_("Åbent efter kl. 17"), cards, range(5), _("Alle hverdage til %(time)s"), EVENING)


def weekend_row(cards: Sequence[ClinicCard]) -> Row:
    return hours_row(_("Åbent i weekenden"), cards, range(5, 7), _("Lørdag og søndag til %(time)s"), 0)


def hours_row(label: str, cards: Sequence[ClinicCard], weekdays: range, all_words: str, after: int) -> Row:
    cells = []
    for card in cards:
        days = [card.week.days[weekday] for weekday in weekdays]
        late = {weekday: closing for weekday in weekdays if (closing := closes(card.week.days[weekday])) > after}
        said = dated(card.provenance("hours"))
        if late and len(late) == len(days) and len(set(late.values())) == 1:
            cells.append(Cell(all_words % {"time": minute_words(max(late.values()))}, "", said))
        elif late:
            cells.append(Cell(late_words(late), "", said))
        else:
            is_unknown = any(day.state in ("unknown", "by_appointment") for day in days)  # nobody said how late
            cells.append(Cell("") if is_unknown else Cell(_("Nej"), "", said))
    return Row(label, tuple(cells))


def closes(day: Day) -> int:
    """When a day's last interval ends, in minutes; 0 when it is not open."""
    return max((interval.closes for interval in day.intervals), default=0) if day.state == "open" else 0


def late_words(late: Mapping[int, int]) -> str:
    """'Mandag–onsdag til 18.00, torsdag til 20.00' from weekday → closing minute."""
    runs: list[tuple[int, int, int]] = []  # first weekday, last weekday, closing
    for weekday, closing in late.items():
        if runs and runs[-1][1:] == (weekday - 1, closing):
            runs[-1] = (runs[-1][0], weekday, closing)
        else:
            runs.append((weekday, weekday, closing))
    said = []
    for first, last, closing in runs:
        names = str(WEEKDAYS[first]) if first == last else f"{WEEKDAYS[first]}–{in_sentence(str(WEEKDAYS[last]))}"
        said.append(_("%(days)s til %(time)s") % {"days": names, "time": minute_words(closing)})
    return ", ".join([said[0], *(in_sentence(words) for words in said[1:])])


def in_sentence(weekday: str) -> str:
    """Danish writes weekdays small inside a sentence."""
    return weekday[:1].lower() + weekday[1:] if language() == "da" else weekday


def topics_row(cards: Sequence[ClinicCard]) -> Row:
    """What each helps with beyond what all do; the count tells how much there is."""
    every = topics.taxonomy().topics.values()
    cells = []
    for card in cards:
        names = [topics.name(topic, language()) for topic in every if topic.id in card.topic_ids]
        shown = ", ".join(names[:6]) + (_(" og %(n)d flere") % {"n": len(names) - 6} if len(names) > 6 else "")
        cells.append(Cell(shown, "", dated(card.provenance("topics")) if names else None))
    return Row(_("Det hjælper de med"), tuple(cells))


def attribute_row(attribute: Attribute, cards: Sequence[ClinicCard]) -> Row:
    def cell(card: ClinicCard) -> Cell:
        if not card.is_known(attribute.name):
            return Cell("")
        return Cell(card.words(attribute.name), "", dated(card.provenance(attribute.name)))

    return Row(str(attribute.label), tuple(cell(card) for card in cards), name=attribute.name.replace("_", "-"))
