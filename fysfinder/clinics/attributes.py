"""Every public fact of a clinic, declared once.

The clinic page, compare, the search filters, the API and the owners' form are drawn from ATTRIBUTES. Each name is a
column of Clinic and a field of queries.ClinicCard. None (and an empty text) means unknown and is said so in words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from fysfinder.base.translated import language

Kind = Literal["yes_no", "number", "text", "phone", "email", "url", "choices"]
Words = str | Promise  # a lazy translation counts as text

YES = gettext_lazy("Ja")
NO = gettext_lazy("Nej")


@dataclass(frozen=True, slots=True)
class Group:
    """A section of the clinic page and of compare; `question` is its heading for a patient."""

    name: str
    label: Words
    question: Words


@dataclass(frozen=True, slots=True)
class Choice:
    slug: str
    label: Words
    is_demo: bool = False  # invented for the demo clinics; never offered where nothing carries it


@dataclass(frozen=True, slots=True)
class Attribute:
    """One public fact.

    yes and no are the words for True and False; filter_name is the Danish URL parameter of the filter drawn from it
    ('' when there is none) and filter_label its words; hint helps the one who fills in the form.
    """

    name: str
    label: Words
    group: str
    kind: Kind
    unit: str = ""
    icon: str = ""
    yes: Words = YES
    no: Words = NO
    filter_name: str = ""
    filter_label: Words = ""
    hint: Words = ""
    choices: tuple[Choice, ...] = ()
    compares: bool = True
    is_public: bool = True  # shown on the clinic page; identifiers are for staff and the API
    confirm_days: int = 365  # after so many days without anybody saying it again it ought to be confirmed


GROUPS: tuple[Group, ...] = (
    Group("access", gettext_lazy("Adgang"), gettext_lazy("Kan jeg komme ind?")),
    Group("clinic", gettext_lazy("Om klinikken"), gettext_lazy("Om klinikken")),
    Group("offers", gettext_lazy("Tilbud"), gettext_lazy("Hvad tilbyder de?")),
    Group("contact", gettext_lazy("Kontakt"), gettext_lazy("Kontakt")),
)

# ISO 639-1. The languages a patient may ask for; add a line when a clinic speaks another.
LANGUAGES: tuple[Choice, ...] = (
    Choice("da", gettext_lazy("Dansk")),
    Choice("en", gettext_lazy("Engelsk")),
    Choice("de", gettext_lazy("Tysk")),
    Choice("sv", gettext_lazy("Svensk")),
    Choice("no", gettext_lazy("Norsk")),
    Choice("fr", gettext_lazy("Fransk")),
    Choice("es", gettext_lazy("Spansk")),
    Choice("it", gettext_lazy("Italiensk")),
    Choice("nl", gettext_lazy("Nederlandsk")),
    Choice("pl", gettext_lazy("Polsk")),
    Choice("ro", gettext_lazy("Rumænsk")),
    Choice("uk", gettext_lazy("Ukrainsk")),
    Choice("ru", gettext_lazy("Russisk")),
    Choice("bs", gettext_lazy("Bosnisk")),
    Choice("tr", gettext_lazy("Tyrkisk")),
    Choice("ar", gettext_lazy("Arabisk")),
    Choice("fa", gettext_lazy("Farsi")),
    Choice("so", gettext_lazy("Somali")),
    Choice("ur", gettext_lazy("Urdu")),
    Choice("kl", gettext_lazy("Grønlandsk")),
    Choice("fo", gettext_lazy("Færøsk")),
)

# Names as they stand in Danske Fysioterapeuter's overview of health insurers and its FAQ on them (fysio.dk, undated).
# The list says only which answers a clinic may give; whether one pays is between the patient and the insurer.
INSURERS: tuple[Choice, ...] = (
    Choice("codan", "Codan"),
    Choice("danica", "Danica"),
    Choice("dansk-sundhedssikring", "Dansk Sundhedssikring"),
    Choice("falck-healthcare", "Falck Healthcare"),
    Choice("if", "If"),
    Choice("moelholm", "Mølholm"),
    Choice("nordic-netcare", "Nordic Netcare"),
    Choice("pensiondanmark", "PensionDanmark"),
    Choice("pfa", "PFA"),
    Choice("skandia", "Skandia"),
    Choice("topdanmark", "Topdanmark"),
    Choice("tryg", "Tryg"),
    Choice("demo-fyrtaarn", "Demoforsikring Fyrtårn", is_demo=True),
    Choice("demo-havblik", "Demoforsikring Havblik", is_demo=True),
    Choice("demo-lyng", "Demoforsikring Lyng", is_demo=True),
)

ATTRIBUTES: tuple[Attribute, ...] = (
    # Kan jeg komme ind?
    Attribute(
        "step_free", gettext_lazy("Indgang"), "access", "yes_no", icon="accessibility", confirm_days=1095,
        yes=gettext_lazy("Trinfri fra gaden"), no=gettext_lazy("Ikke trinfri"),
        filter_name="trinfri", filter_label=gettext_lazy("Trinfri adgang"),
        hint=gettext_lazy("Kan en kørestol komme ind uden trin, eventuelt ad en rampe?"),
    ),
    Attribute(
        "step_height_cm", gettext_lazy("Højeste trin"), "access", "number", unit="cm", icon="accessibility",
        confirm_days=1095,
        hint=gettext_lazy("Mål det højeste trin på vejen ind. 0, hvis der ikke er et."),
    ),
    Attribute(
        "door_width_cm", gettext_lazy("Dørbredde"), "access", "number", unit="cm", icon="accessibility",
        confirm_days=1095,
        filter_name="doerbredde", filter_label=gettext_lazy("Dør mindst 80 cm"),
        hint=gettext_lazy("Mål den smalleste dør fra gaden til behandlingsrummet."),
    ),
    Attribute(
        "lift", gettext_lazy("Elevator"), "access", "yes_no", icon="accessibility", confirm_days=1095,
        filter_name="elevator", filter_label=gettext_lazy("Elevator"),
        hint=gettext_lazy("Svar også nej, når klinikken ligger i stuen uden elevator."),
    ),
    Attribute(
        "accessible_toilet", gettext_lazy("Handicaptoilet"), "access", "yes_no", icon="accessibility",
        confirm_days=1095,
        filter_name="handicaptoilet", filter_label=gettext_lazy("Handicaptoilet"),
    ),
    Attribute(
        "parking", gettext_lazy("Parkering"), "access", "yes_no", icon="square-parking",
        filter_name="parkering", filter_label=gettext_lazy("Parkering"),
        hint=gettext_lazy("Kan patienter parkere ved klinikken?"),
    ),
    Attribute("parking_note", gettext_lazy("Om parkering"), "access", "text", icon="square-parking", compares=False),
    Attribute(
        "disabled_parking", gettext_lazy("Handicapparkering"), "access", "yes_no", icon="square-parking",
        filter_name="handicapparkering", filter_label=gettext_lazy("Handicapparkering"),
    ),
    # Om klinikken
    Attribute(
        "agreement", gettext_lazy("Ydernummer"), "clinic", "yes_no", icon="file-text",
        yes=gettext_lazy("Ja, tilskud med henvisning"), no=gettext_lazy("Nej, du betaler hele prisen"),
        filter_name="ydernummer", filter_label=gettext_lazy("Har ydernummer"),
        hint=gettext_lazy("Behandler klinikken efter overenskomsten med regionerne (speciale 51)?"),
    ),
    Attribute(
        "vederlagsfri", gettext_lazy("Vederlagsfri fysioterapi"), "clinic", "yes_no", icon="file-text",
        filter_name="vederlagsfri", filter_label=gettext_lazy("Vederlagsfri fysioterapi"),
        hint=gettext_lazy("Gratis med særlig henvisning (speciale 62). Det er noget andet end ydernummer."),
    ),
    Attribute(
        "therapist_count", gettext_lazy("Fysioterapeuter"), "clinic", "number", icon="users", confirm_days=182
    ),
    Attribute(
        "languages", gettext_lazy("Sprog"), "clinic", "choices", icon="globe", choices=LANGUAGES,
        filter_name="sprog", filter_label=gettext_lazy("Sprog"),
    ),
    Attribute(
        "insurers", gettext_lazy("Samarbejder med forsikring"), "clinic", "choices", icon="shield-check",
        choices=INSURERS, filter_name="forsikring", filter_label=gettext_lazy("Forsikring"), confirm_days=182,
        hint=gettext_lazy("Selskaber, klinikken selv har aftale med."),
    ),
    # Hvad tilbyder de?
    Attribute(
        "home_visits", gettext_lazy("Hjemmebesøg"), "offers", "yes_no", icon="map-pin",
        filter_name="hjemmebesoeg", filter_label=gettext_lazy("Kommer hjem til dig"),
    ),
    Attribute(
        "group_classes", gettext_lazy("Holdtræning"), "offers", "yes_no", icon="users",
        filter_name="hold", filter_label=gettext_lazy("Holdtræning"),
    ),
    Attribute(
        "online", gettext_lazy("Online konsultation"), "offers", "yes_no", icon="globe",
        filter_name="online", filter_label=gettext_lazy("Online konsultation"),
    ),
    Attribute(
        "home_training", gettext_lazy("Træningsprogram til hjemmet"), "offers", "yes_no", icon="file-text",
        filter_name="hjemmetraening", filter_label=gettext_lazy("Træningsprogram til hjemmet"),
    ),
    Attribute(
        "by_appointment", gettext_lazy("Kun efter aftale"), "offers", "yes_no", icon="calendar-check",
        hint=gettext_lazy("Skal man altid bestille tid, før man kommer?"),
    ),
    # Kontakt
    Attribute("street", gettext_lazy("Adresse"), "contact", "text", icon="map-pin", compares=False),
    Attribute("phone", gettext_lazy("Telefon"), "contact", "phone", icon="phone", compares=False),
    Attribute("email", gettext_lazy("E-mail"), "contact", "email", icon="mail", compares=False),
    Attribute("website", gettext_lazy("Hjemmeside"), "contact", "url", icon="globe", compares=False),
    Attribute(
        "booking_url", gettext_lazy("Bestil tid online"), "contact", "url", icon="calendar-check", compares=False,
        hint=gettext_lazy("Adressen på klinikkens egen bookingside."),
    ),
    Attribute("about", gettext_lazy("Med klinikkens egne ord"), "contact", "text", compares=False, is_public=False),
    Attribute("cvr", gettext_lazy("CVR-nummer"), "contact", "text", compares=False, confirm_days=730),
    Attribute(
        "p_number", gettext_lazy("P-nummer"), "contact", "text", compares=False, is_public=False, confirm_days=730
    ),
    Attribute("sor_id", gettext_lazy("SOR-kode"), "contact", "text", compares=False, is_public=False, confirm_days=730),
    Attribute(
        "ydernummer", gettext_lazy("Ydernummeret"), "contact", "text", compares=False, is_public=False, confirm_days=730
    ),
)  # fmt: skip

_BY_NAME: Mapping[str, Attribute] = {attribute.name: attribute for attribute in ATTRIBUTES}

# Facts that are rows of their own tables; their provenance is kept under these names too.
ROW_FACTS: Mapping[str, Words] = {
    "name": gettext_lazy("Navn"),
    "hours": gettext_lazy("Åbningstider"),
    "prices": gettext_lazy("Priser"),
    "topics": gettext_lazy("Det hjælper de med"),
    "waiting": gettext_lazy("Ventetid"),
    "team": gettext_lazy("Behandlere"),
}


# How long each of those is good for without being said again; an Attribute's stands with it.
_ROW_CONFIRM_DAYS: Mapping[str, int] = {
    "name": 730, "hours": 365, "prices": 182, "topics": 365, "waiting": 14, "team": 365
}  # fmt: skip


def confirm_days(fact: str) -> int:
    """After so many days a fact of that name ought to be confirmed. Raises KeyError for a name nobody declared."""
    return _ROW_CONFIRM_DAYS[fact] if fact in _ROW_CONFIRM_DAYS else _BY_NAME[fact].confirm_days


def by_name(name: str) -> Attribute:
    """The attribute of that name. Raises KeyError when there is none."""
    return _BY_NAME[name]


def in_group(group: str) -> tuple[Attribute, ...]:
    """The public attributes of a group, in their order on the page."""
    return tuple(attribute for attribute in ATTRIBUTES if attribute.group == group and attribute.is_public)


def fact_label(name: str) -> str:
    """What a visitor calls the fact of that name ('Handicaptoilet', 'Åbningstider'); '' for a name nobody declared."""
    return _label(name, language())


@cache
def _label(name: str, spoken: str) -> str:
    return str(_BY_NAME[name].label if name in _BY_NAME else ROW_FACTS.get(name, ""))


def is_known(value: object) -> bool:
    """Unknown is None, and for texts also the empty one. False, 0 and an empty list of choices are known."""
    return value is not None and value != ""


def describe(attribute: Attribute, value: object) -> str:
    """The value in words of the active language: 'Trinfri fra gaden', '90 cm', 'Dansk, engelsk', 'Ikke oplyst'."""
    if not is_known(value):
        return _("Ikke oplyst")
    if attribute.kind == "yes_no":
        return str(attribute.yes if value else attribute.no)
    if attribute.kind == "number":
        return f"{value}\u00a0{attribute.unit}" if attribute.unit else str(value)
    if attribute.kind == "choices" and isinstance(value, list | tuple):
        return _choices_in_words(attribute, [str(slug) for slug in value])
    if attribute.kind == "phone":
        return phone_words(str(value))
    return str(value)


def _choices_in_words(attribute: Attribute, slugs: list[str]) -> str:
    if not slugs:
        return _("Ingen")
    labels = {choice.slug: str(choice.label) for choice in attribute.choices}
    words = [labels.get(slug, slug) for slug in slugs]
    if attribute.choices is LANGUAGES and (get_language() or "da").startswith("da"):
        words = [words[0], *(word.lower() for word in words[1:])]  # Danish writes languages small, English does not
    return ", ".join(words)


def phone_words(phone: str) -> str:
    """E.164 as people read it: '+4586000014' → '86 00 00 14'; foreign numbers keep their country code."""
    if phone.startswith("+45") and len(phone) == 11:
        digits = phone[3:]
        return " ".join(digits[start : start + 2] for start in range(0, 8, 2))
    return phone


def waiting_words(days: int | None) -> str:
    """'Samme dag', '3 dage', '2–3 uger'. Weeks from a fortnight on: nobody counts 23 days."""
    if days is None:
        return _("Ikke oplyst")
    if days == 0:
        return _("Samme dag")
    if days < 14:
        return ngettext("%(days)d dag", "%(days)d dage", days) % {"days": days}
    weeks, rest = divmod(days, 7)
    if rest:
        return _("%(low)d–%(high)d uger") % {"low": weeks, "high": weeks + 1}
    return _("%(weeks)d uger") % {"weeks": weeks}
