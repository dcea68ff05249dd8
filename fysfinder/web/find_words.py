"""The sentences of the find page, in right Danish: what was found, where, in which order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from fysfinder.base.jinja import language, number
from fysfinder.places.queries import Place
from fysfinder.search.results import SortChoice
from fysfinder.topics.queries import TopicCard, name_in_sentence

OFFERINGS = {
    "treatment": gettext_noop(" med %(topic)s"),
    "programme": gettext_noop(" med %(topic)s"),
    "patient_group": gettext_noop(" for %(topic)s"),
    "body_part": gettext_noop(" med hjælp til problemer i %(topic)s"),
}
OTHER_OFFERING = gettext_noop(" med hjælp til %(topic)s")
NAMED = {"navn": gettext_noop("Sorteret efter navn fra A til Å.")}
ORDERS_FROM_A_PLACE = NAMED | {
    "": gettext_noop("Sorteret efter afstand og ventetid lagt sammen."),
    "afstand": gettext_noop("Sorteret efter afstand i luftlinje."),
    "ventetid": gettext_noop("Sorteret efter ventetid, så afstand."),
    "pris": gettext_noop("Sorteret efter pris for første besøg uden tilskud, så afstand."),
    "mine": gettext_noop("Sorteret efter prisen for dit forløb, så afstand."),
}
ORDERS = NAMED | {
    "": gettext_noop("Sorteret efter ventetid, så navn."),
    "ventetid": gettext_noop("Sorteret efter ventetid, så navn."),
    "pris": gettext_noop("Sorteret efter pris for første besøg uden tilskud, så navn."),
    "mine": gettext_noop("Sorteret efter prisen for dit forløb, så navn."),
}


def heading(
    total: int,
    place: Place,
    topics: Sequence[TopicCard],
    *,
    is_near_me: bool,
    is_narrowed: bool,
    is_on_map: bool = False,
) -> str:
    """'23 klinikker med hjælp til løberknæ nær Aarhus C'."""
    if not total:
        return _("Ingen klinik passer på det hele") if is_narrowed else _("Ingen klinikker fundet") + where(place)
    count = ngettext("%(n)s klinik", "%(n)s klinikker", total) % {"n": number(total)}
    return count + offering(topics) + (" " + _("i udsnittet") if is_on_map else where(place, is_near_me=is_near_me))


def subject(place: Place, topics: Sequence[TopicCard]) -> str:
    """The page's title without a count: 'Fysioterapeut i Aarhus C', 'Kryoterapi nær Aarhus C'."""
    if not topics:
        return _("Fysioterapeut") + where(place)
    names = _(" og ").join(name_in_sentence(topic, language()) for topic in topics)
    return names[:1].upper() + names[1:] + where(place)


def offering(topics: Iterable[TopicCard]) -> str:
    """' med kryoterapi', ' med hjælp til løberknæ', ' for gravide'; '' without topics."""
    said = [
        _(OFFERINGS.get(topic.kind, OTHER_OFFERING)) % {"topic": name_in_sentence(topic, language())}
        for topic in topics
    ]
    return _(" og").join(said)


def where(place: Place, *, is_near_me: bool = False) -> str:
    """' nær Aarhus C' when the search reaches around the place, ' på Fyn' when it keeps to it."""
    if is_near_me:
        return " " + _("nær dig")
    if place.kind == "online":
        return " " + _("online")
    if place.radius_km is not None:
        return " " + _("nær %(place)s") % {"place": place.name}
    return " " + place.phrase


def order(sort: SortChoice, *, has_origin: bool, is_mine: bool = False) -> str:
    """'Sorteret efter ventetid, så afstand.' An order nobody worded here says its own explanation.

    In the whole country, a region and online there is no place to measure from: the name settles ties there.
    """
    words = ORDERS_FROM_A_PLACE if has_origin else ORDERS
    key = "mine" if sort.value == "pris" and is_mine else sort.value
    return _(words[key]) if key in words else str(sort.explanation)


def status(total: int) -> str:
    """What a screen reader hears after each change."""
    return ngettext("%(n)s klinik fundet", "%(n)s klinikker fundet", total) % {"n": number(total)}


def left_out(count: int) -> str:
    """Unknown is never filtered in silence."""
    if not count:
        return ""
    words = ngettext(
        "%(n)s klinik mere passer måske, men har ikke oplyst det, du filtrerer på.",
        "%(n)s klinikker mere passer måske, men har ikke oplyst det, du filtrerer på.",
        count,
    )
    return words % {"n": number(count)}


def asked(place: Place, topics: Sequence[TopicCard], sentence: str, *, is_near_me: bool) -> str:
    """'Vi søgte efter en klinik med kuldekammer nær Rømø: Åbent i weekenden.'"""
    words = _("Vi søgte efter en klinik") + offering(topics) + where(place, is_near_me=is_near_me)
    return f"{words}: {sentence.removesuffix('.')}." if sentence else f"{words}."


def question(place: Place, topics: Sequence[TopicCard]) -> str:
    """What stands in the search field: 'løberknæ Aarhus C'."""
    names = " ".join(name_in_sentence(topic, language()) for topic in topics)
    return f"{names} {place.name}".strip()
