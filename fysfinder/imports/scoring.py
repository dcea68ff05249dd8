"""Whether two records are one clinic: same, different, or a question for a person, with the reasons in words.

A machine may only say 'same' when nothing hard speaks against it and two kinds of evidence speak for it: an
identifier, a contact, the place, the name. What a chain shares (its website, its name) never joins two addresses, and
what a house shares (its address) never joins two names.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext as _

from fysfinder.imports.identity import Identity
from fysfinder.imports.likeness import NameLikeness, Place, distance_km, name_likeness, place_likeness

Decision = Literal["same", "ask", "different"]
EQUAL = 0.9  # the same name but for a slip of the pen
CLOSE = 0.7
HALF = 0.5
_BANDS: dict[Decision, tuple[float, float]] = {"different": (0.0, 0.49), "ask": (0.5, 0.84), "same": (0.85, 1.0)}
_PLACES: dict[Place, float] = {"same": 0.3, "near": 0.2, "house": 0.1, "road": 0.1, "unknown": 0.0, "apart": -0.3}


@dataclass(frozen=True, slots=True)
class Verdict:
    decision: Decision
    score: float
    reasons: tuple[str, ...]
    is_apart: bool = False  # at two addresses


@dataclass(frozen=True, slots=True)
class _Evidence:
    name: NameLikeness
    place: Place
    agreeing: frozenset[str]  # identifiers both have and share
    conflicting: frozenset[str]
    contacts: frozenset[str]  # 'phone', 'host', 'email' that are the same
    is_other_phone: bool
    is_other_host: bool
    is_same_postcode: bool


def compare(a: Identity, b: Identity, *, chain_hosts: Collection[str] = ()) -> Verdict:
    """chain_hosts: websites that several clinics have; they do not tell which."""
    evidence = _evidence(a, b, chain_hosts)
    decision = _decide(evidence)
    return Verdict(
        decision, _score(evidence, decision), tuple(_reasons(evidence, distance_km(a, b))), evidence.place == "apart"
    )


def _evidence(a: Identity, b: Identity, chain_hosts: Collection[str]) -> _Evidence:
    both = a.ids.keys() & b.ids.keys()
    hosts = [{host for host in (side.host, side.mail_host) if host and host not in chain_hosts} for side in (a, b)]
    contacts = {
        "phone": bool(a.phones & b.phones),
        "host": bool(hosts[0] & hosts[1]),
        "email": bool(a.email) and a.email == b.email and a.mail_host not in chain_hosts,
    }
    return _Evidence(
        name=name_likeness(a.name, b.name, frozenset((*a.city.split(), *b.city.split()))),
        place=place_likeness(a, b),
        agreeing=frozenset(key for key in both if a.ids[key] == b.ids[key]),
        conflicting=frozenset(key for key in both if a.ids[key] != b.ids[key]),
        contacts=frozenset(name for name, is_same in contacts.items() if is_same),
        is_other_phone=bool(a.phones and b.phones and not a.phones & b.phones),
        is_other_host=bool(a.host and b.host and a.host != b.host),
        is_same_postcode=bool(a.postcode) and a.postcode == b.postcode,
    )


def _decide(found: _Evidence) -> Decision:
    if found.conflicting:
        return _conflict(found)
    if found.agreeing & {"sor_id", "p_number"}:
        return _identified(found)
    if found.name.is_other_trade or (found.name.is_unsaid_trade and found.name.value < EQUAL):
        return "ask" if found.contacts and found.place != "apart" else "different"
    if found.agreeing & {"cvr", "ydernummer"} and found.place in {"same", "near"} and not found.name.is_other_person:
        enough = HALF if found.place == "same" else CLOSE
        return "same" if found.name.value >= enough or "phone" in found.contacts else "ask"
    if found.name.is_other_person and found.name.value < EQUAL:
        return "ask" if "phone" in found.contacts and found.place != "apart" else "different"
    rule = {"same": _same_door, "house": _same_house, "near": _near, "apart": _apart}.get(found.place, _somewhere)
    return rule(found)


def _conflict(found: _Evidence) -> Decision:
    """Two numbers of one kind: two units, or a new owner of the old one. Only a person can tell."""
    is_here = found.place in {"same", "near", "unknown", "road"}
    if found.agreeing & {"sor_id", "p_number"}:
        return "ask"
    if "p_number" in found.conflicting and found.place in {"apart", "house"}:
        return "different"
    is_alike = found.name.value >= EQUAL or (found.name.value >= CLOSE and "phone" in found.contacts)
    return "ask" if is_here and is_alike and (found.place == "same" or found.contacts) else "different"


def _identified(found: _Evidence) -> Decision:
    speaks_for = found.name.value >= CLOSE or found.contacts or found.place in {"same", "near"}
    return "same" if speaks_for and (found.place != "apart" or found.name.value >= CLOSE) else "ask"


def _same_door(found: _Evidence) -> Decision:
    name = found.name
    if name.value >= EQUAL and not name.is_weak:
        return "ask" if found.is_other_phone and found.is_other_host else "same"
    if "phone" in found.contacts and (name.value >= HALF or name.is_bare):
        return "same"
    if name.is_part and not found.is_other_phone and not found.is_other_host:
        return "same"
    if found.contacts >= {"host", "email"} and name.is_bare and not found.is_other_phone:
        return "same"
    if found.contacts:
        return "same" if name.value >= CLOSE and not found.is_other_phone else "ask"
    if found.is_other_phone:
        return "ask" if name.value >= (CLOSE + EQUAL) / 2 and not found.is_other_host else "different"
    return "ask" if name.value >= HALF or name.is_bare else "different"


def _same_house(found: _Evidence) -> Decision:
    is_phone = "phone" in found.contacts
    if found.name.value >= EQUAL and not found.name.is_weak:
        return "same" if is_phone else "ask" if not found.is_other_phone else "different"
    return "ask" if is_phone and found.name.value >= CLOSE else "different"


def _near(found: _Evidence) -> Decision:
    name = found.name
    if name.value >= EQUAL and not name.is_weak:
        return "same" if found.contacts or not found.is_other_phone else "ask"
    if found.contacts:
        return "same" if name.value >= CLOSE and "phone" in found.contacts else "ask"
    return "ask" if name.value >= CLOSE and not found.is_other_phone else "different"


def _somewhere(found: _Evidence) -> Decision:
    """The place is not known well: a contact must speak for it; a name alone is at most a question."""
    name, contacts = found.name, found.contacts
    if "phone" in contacts or len(contacts) >= 2:
        if name.value >= EQUAL or (name.value >= CLOSE and (found.is_same_postcode or len(contacts) >= 2)):
            return "ask" if name.is_weak and len(contacts) < 2 and not found.is_same_postcode else "same"
        return "ask"
    if contacts:
        if name.value >= EQUAL and not name.is_weak and not found.is_other_phone:
            return "same" if found.is_same_postcode or found.place == "road" else "ask"
        return "ask" if name.value >= CLOSE else "different"
    if name.value >= EQUAL and not name.is_weak and not found.is_other_phone:
        return "ask"
    return "ask" if name.value >= EQUAL and found.place == "road" and not name.is_weak else "different"


def _apart(found: _Evidence) -> Decision:
    """Two addresses are two clinics, unless one has moved with its name and its telephone: a person is asked.

    No number says it alone: one firm, and one practice of the public health service, may have two houses.
    """
    name = found.name
    if "phone" not in found.contacts or name.is_other_branch:
        return "different"
    is_firm = bool(found.agreeing & {"cvr", "ydernummer"}) and len(found.contacts) > 1 and found.is_same_postcode
    is_told = found.is_same_postcode or not name.is_weak
    return "ask" if (name.value >= EQUAL and is_told) or (name.value >= HALF and is_firm) else "different"


def _score(found: _Evidence, decision: Decision) -> float:
    raw = 0.5 * found.name.value + _PLACES[found.place] + 0.2 * ("phone" in found.contacts)
    raw += 0.1 * len(found.contacts - {"phone"}) + 0.4 * bool(found.agreeing & {"sor_id", "p_number"})
    raw += 0.2 * ("cvr" in found.agreeing) - 0.3 * bool(found.conflicting) - 0.1 * found.is_other_phone
    low, high = _BANDS[decision]
    return round(min(max(raw, low), high), 2)


_LABELS = {"sor_id": "SOR-kode", "p_number": "P-nummer", "cvr": "CVR-nummer", "ydernummer": "ydernummer"}


def _reasons(found: _Evidence, km: float | None) -> list[str]:
    reasons = [_("samme %(what)s") % {"what": _LABELS[key]} for key in sorted(found.agreeing)]
    reasons += [_("forskelligt %(what)s") % {"what": _LABELS[key]} for key in sorted(found.conflicting)]
    if "phone" in found.contacts:
        reasons.append(_("samme telefon"))
    elif found.is_other_phone:
        reasons.append(_("forskellig telefon"))
    if "host" in found.contacts:
        reasons.append(_("samme hjemmeside"))
    if "email" in found.contacts:
        reasons.append(_("samme e-mail"))
    reasons.append(_("navn %(value)s") % {"value": f"{found.name.value:.2f}".replace(".", ",")})
    if found.name.is_weak and found.name.value >= CLOSE:
        reasons.append(_("navnet er for almindeligt til at afgøre det"))
    if found.name.is_other_person:
        reasons.append(_("forskellige indehavere"))
    if found.name.is_other_trade:
        reasons.append(_("forskellige fag"))
    reasons.append(_place_words(found.place))
    if km is not None:
        reasons.append(f"{round(km * 1000)} m" if km < 1 else f"{km:.1f} km".replace(".", ","))
    return [reason for reason in reasons if reason]


def _place_words(place: Place) -> str:
    return {
        "same": _("samme adresse"),
        "house": _("samme hus, anden dør"),
        "near": _("få skridt fra hinanden"),
        "road": _("samme vej"),
        "apart": _("forskellig adresse"),
        "unknown": "",
    }[place]
