"""All the compare page prints: two to four clinics side by side, or how to get there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fysfinder.base.http import query_string
from fysfinder.base.jinja import url
from fysfinder.clinics.cards import ClinicCard
from fysfinder.clinics.queries import MOST_COMPARED
from fysfinder.places.queries import Place, gazetteer
from fysfinder.search.area import origin
from fysfinder.search.results import Pairs
from fysfinder.search.similar import similar
from fysfinder.search.situation import NO_ANSWERS, Answers
from fysfinder.topics import queries as topics
from fysfinder.topics.queries import TopicCard
from fysfinder.web.clinic_page import OtherClinic, other_clinics
from fysfinder.web.compare_rows import Row, Wish, rows
from fysfinder.web.head import absolute
from fysfinder.web.situation_view import carry, situation_words

LETTERS = "ABCD"
SUGGESTED = 4
MOST_READ = 50  # of a hostile address


@dataclass(frozen=True, slots=True)
class Column:
    letter: str
    slug: str
    path: str
    name: str
    address: str
    phone: str
    phone_words: str
    remove: str


@dataclass(frozen=True, slots=True)
class RowChoice:
    name: str
    label: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Compared:
    """What the address asks for: the clinics, my answers, the treatment I came for, from where, and which rows."""

    slugs: tuple[str, ...]
    answers: Answers = NO_ANSWERS
    topic: TopicCard | None = None
    place: Place | None = None
    shown: tuple[str, ...] = ()

    @classmethod
    def read(cls, params: QueryDict) -> Compared:
        """Never raises: what is not known is left out."""
        place = gazetteer().get_place(params.get("fra", "")[:80])
        wanted = [
            name.strip()[:40] for text in params.getlist("vis")[:MOST_READ] for name in text.split(",")[:MOST_READ]
        ]
        return cls(
            slugs=tuple(wanted_slugs(params.getlist("k"))),
            answers=Answers.read(params),
            topic=topics.get_topic(params.get("emne", "")[:80]),
            place=place if place and origin(place, None) else None,
            shown=tuple(dict.fromkeys(name for name in wanted if name)),
        )

    @property
    def extra(self) -> Pairs:
        """The parameters besides the clinics, in their one order."""
        pairs = [*self.answers.pairs]
        pairs += [("emne", self.topic.slug)] if self.topic else []
        pairs += [("fra", self.place.slug)] if self.place else []
        pairs += [("vis", ",".join(self.shown))] if self.shown else []
        return tuple(pairs)

    def wish(self, day: dt.date) -> Wish:
        return Wish(self.answers.course(day), self.topic, origin(self.place, None) if self.place else None)


@dataclass(frozen=True, slots=True)
class ComparePage:
    heading: str
    lead: str
    caption: str
    notes: tuple[str, ...]
    columns: tuple[Column, ...]
    different: tuple[Row, ...]
    different_title: str
    same: tuple[Row, ...]
    same_title: str
    mine: tuple[Row, ...]
    choices: tuple[RowChoice, ...]
    carried: Pairs
    situation_path: str
    mail: str
    suggestions: tuple[OtherClinic, ...]
    today: dt.date


def wanted_slugs(values: Sequence[str]) -> list[str]:
    """The slugs asked for, each once."""
    return list(dict.fromkeys(value.strip()[:100] for value in values[:MOST_READ] if value.strip()))


def compare_path(slugs: Sequence[str], extra: Pairs = ()) -> str:
    return url("compare") + query_string([*(("k", slug) for slug in slugs), *extra])


def compare_page(cards: Sequence[ClinicCard], asked: Compared, *, now: dt.datetime) -> ComparePage:
    """cards are those found for the first slugs asked for, in their order."""
    every = rows(cards, now, asked.wish(now.date())) if len(cards) > 1 else []
    known = {row.name for row in every}
    chosen = {name for name in asked.shown if name in known} or known
    found = [row for row in every if row.name in chosen and not row.is_mine]
    different, same = [row for row in found if not row.is_same], [row for row in found if row.is_same]
    heading = ngettext("Sammenlign %(n)d klinik", "Sammenlign %(n)d klinikker", len(cards)) % {"n": len(cards)}
    near = similar(cards[0], today=now.date(), limit=SUGGESTED) if len(cards) == 1 else []
    return ComparePage(
        heading=heading if len(cards) > 1 else _("Sammenlign klinikker"),
        lead=lead(len(cards), asked),
        caption=heading,
        notes=notes(len(cards), asked.slugs),
        columns=tuple(column(card, place, cards, asked) for place, card in enumerate(cards)),
        different=tuple(different),
        different_title=_("Her er de forskellige (%(n)d)") % {"n": len(different)},
        same=tuple(same),
        same_title=_("Her er de ens (%(n)d)") % {"n": len(same)},
        mine=tuple(row for row in every if row.is_mine),
        choices=tuple(RowChoice(row.name, row.label, row.name in chosen) for row in every if not row.is_mine),
        carried=tuple(pair for pair in asked.extra if pair[0] != "vis"),
        situation_path=carry(asked.answers, url("prices")) + "#din-pris",
        mail=mail_to(cards, asked) if len(cards) > 1 else "",
        suggestions=other_clinics(near, now.date(), asked.answers),
        today=now.date(),
    )


def mail_to(cards: Sequence[ClinicCard], asked: Compared) -> str:
    """A mailto address with the comparison's link, for the visitor's own mail program."""
    names = ", ".join(card.name for card in cards)
    link = absolute(compare_path([card.slug for card in cards], asked.extra))
    subject = _("Sammenligning: %(names)s") % {"names": names}
    return f"mailto:?subject={quote(subject)}&body={quote(link)}"


def lead(count: int, asked: Compared) -> str:
    if count == 0:
        return _(
            "Vælg to til fire klinikker, så stiller vi deres ventetid, pris, adgang og resten op ved siden af hinanden."
        )
    if count == 1:
        return _("Du har valgt én klinik. Vælg en til, så kan du sammenligne.")
    if asked.answers:
        words = situation_words(asked.answers.situation, asked.answers.plan.settled()[0])
        return _("Prisen gælder %(situation)s. Det, vi ikke ved, står som ikke oplyst.") % {"situation": words}
    return _("Alt, klinikkerne har oplyst, med dato. Det, vi ikke ved, står som ikke oplyst.")


def notes(found: int, asked: Sequence[str]) -> tuple[str, ...]:
    """What could not be shown as asked for, and why."""
    said = []
    if len(asked) > MOST_COMPARED:
        said.append(_("Du kan sammenligne fire ad gangen. Her er de fire første."))
    missing = min(len(asked), MOST_COMPARED) - found
    if missing > 0:
        words = ngettext(
            "%(n)d klinik fra adressen findes ikke længere.",
            "%(n)d klinikker fra adressen findes ikke længere.",
            missing,
        )
        said.append(words % {"n": missing})
    return tuple(said)


def column(card: ClinicCard, place: int, cards: Sequence[ClinicCard], asked: Compared) -> Column:
    rest = [other.slug for other in cards if other.slug != card.slug]
    path = carry(asked.answers, url("clinic", card.slug))
    remove = compare_path(rest, asked.extra)
    return Column(LETTERS[place], card.slug, path, card.name, card.address, card.phone, card.phone_shown, remove)
