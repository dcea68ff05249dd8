"""The head of a clinic's page: title, description, and the clinic in schema.org words that the page shows."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from fysfinder.clinics.cards import ClinicCard, ClinicPage
from fysfinder.clinics.opening_words import schema_hours
from fysfinder.web.clinic_page import ClinicView
from fysfinder.web.head import Crumb, Head, absolute, make_head
from fysfinder.web.place_links import find_crumb


def clinic_head(request: HttpRequest, found: ClinicPage, page: ClinicView, now: dt.datetime) -> Head:
    card = found.card
    names = ", ".join(link.label for link in page.topics[:3])
    description = _("%(name)s, %(address)s: ventetid, priser, åbningstider og adgang.") % {
        "name": card.name,
        "address": card.address,
    }
    return make_head(
        request,
        title=f"{card.name}, {card.city}",
        description=f"{description} {names}".strip(),
        is_indexed=not page.closed,
        is_error=bool(page.closed),
        crumbs=[find_crumb(), Crumb(page.place.label, page.place.path), Crumb(card.name)],
        json_ld=[] if page.closed else [physiotherapy(card, request.path, now.date())],
        nav="find",
    )


def report_head(request: HttpRequest, name: str, path: str) -> Head:
    """A form for people, not for search engines."""
    title = _("Ret en oplysning om %(name)s") % {"name": name}
    crumbs = [find_crumb(), Crumb(name, path), Crumb(_("Ret en oplysning"))]
    words = _("Er noget forkert på siden om %(name)s? Skriv, hvad der er det rigtige.") % {"name": name}
    return make_head(request, title=title, description=words, is_indexed=False, crumbs=crumbs, nav="find")


def physiotherapy(card: ClinicCard, path: str, today: dt.date) -> dict[str, Any]:
    """schema.org Physiotherapy with what is known; an approximate position is not given as coordinates."""
    address = {
        "@type": "PostalAddress",
        "postalCode": card.postcode,
        "addressLocality": card.city,
        "addressCountry": "DK",
    }
    if card.street:
        address["streetAddress"] = card.street
    block: dict[str, Any] = {
        "@type": "Physiotherapy",
        "@id": absolute(path),
        "name": card.name,
        "url": absolute(path),
        "address": address,
    }
    if card.precision == "exact":
        block["geo"] = {"@type": "GeoCoordinates", "latitude": card.lat, "longitude": card.lon}
    if card.phone:
        block["telephone"] = card.phone
    if card.email:
        block["email"] = card.email
    if card.website:
        block["sameAs"] = card.website
    if hours := schema_hours(card.week, today):
        block["openingHoursSpecification"] = hours
    return block
