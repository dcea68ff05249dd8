"""The head of a find page: title, description, robots, structured data."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from fysfinder.base.jinja import url
from fysfinder.places.queries import gazetteer
from fysfinder.search.clinic_search import ClinicSearch
from fysfinder.web.find_page import FindPage
from fysfinder.web.head import Crumb, Head, absolute, make_head
from fysfinder.web.place_links import find_crumb

PAGE_KEY = "side"


def find_head(request: HttpRequest, search: ClinicSearch, page: FindPage) -> Head:
    """Filtered and sorted pages are not indexed and name the unfiltered one; later pages name themselves."""
    pairs = search.canonical_pairs()
    is_filtered = any(key != PAGE_KEY for key, _value in pairs)
    title = page.subject
    if page.pages.number > 1:
        title = _("%(subject)s, side %(page)d") % {"subject": title, "page": page.pages.number}
    return make_head(
        request,
        title=title,
        description=_("%(heading)s: ventetid, pris, åbningstider og adgang, med dato for hver oplysning.")
        % {"heading": page.heading},
        path=_path(search),
        query=() if is_filtered else pairs,
        is_indexed=not is_filtered and page.total > 0,
        crumbs=crumbs(search, page),
        json_ld=[item_list(page)] if page.cards else [],
        nav="find",
    )


def _path(search: ClinicSearch) -> str:
    return (
        url("find_topic", search.place.slug, search.topic_slug) if search.topic_slug else url("find", search.place.slug)
    )


def crumbs(search: ClinicSearch, page: FindPage) -> list[Crumb]:
    """Find klinik / Region Midtjylland / Aarhus C / Løberknæ nær Aarhus C."""
    trail = [find_crumb()]
    region = gazetteer().get_place(search.place.region) if search.place.region else None
    if region is not None and region.slug != search.place.slug:
        trail.append(Crumb(region.name, url("find", region.slug)))
    if search.topic_slug:
        trail.append(Crumb(search.place.name, url("find", search.place.slug)))
    return [*trail, Crumb(page.subject)]


def item_list(page: FindPage) -> dict[str, Any]:
    """The clinics in the order shown."""
    return {
        "@type": "ItemList",
        "name": page.heading,
        "numberOfItems": page.total,
        "itemListElement": [
            {"@type": "ListItem", "position": card.rank, "name": card.name, "url": absolute(card.path)}
            for card in page.cards
        ],
    }
