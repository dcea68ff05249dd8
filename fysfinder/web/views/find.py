"""Find: clinics for a place and maybe a topic, and the index of places."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers
from django_htmx.middleware import HtmxDetails

from fysfinder.clinics.tags import DIRECTORY, area_tags, topic_tag
from fysfinder.encyclopedia.actions import ARTICLES
from fysfinder.places.queries import Place, gazetteer
from fysfinder.search.area import ONLINE, find_place
from fysfinder.search.clinic_search import ClinicSearch
from fysfinder.search.filters.radius import STEPS_KM
from fysfinder.search.results import Target
from fysfinder.tariffs.actions import TARIFFS
from fysfinder.topics import queries as topics
from fysfinder.topics.queries import TopicCard
from fysfinder.web.find_head import find_head
from fysfinder.web.find_map import box_of, find_map
from fysfinder.web.find_page import find_page, path_of
from fysfinder.web.head import Crumb, make_head
from fysfinder.web.kept import keep_page
from fysfinder.web.place_links import place_links
from fysfinder.web.shown_cards import next_change

# Swapped-in results may need symbols that the first page did not show.
ICONS = (
    *("accessibility", "arrow-left", "arrow-right", "check", "chevron-right", "file-text", "map", "phone", "plus"),
    *("sliders-horizontal", "x"),
)


@require_safe
def find_index(request: HttpRequest) -> HttpResponse:
    head = make_head(
        request,
        title=_("Find fysioterapeut"),
        description=_(
            "Find fysioterapeut efter region og by, med ventetid, pris og åbningstider, så vidt de er oplyst."
        ),
        crumbs=[Crumb(_("Find klinik"))],
        nav="find",
    )
    response = render(request, "web/find_index.html", {"head": head, **place_links()})
    return keep_page(response, request, tags=[DIRECTORY])


@require_safe
@vary_on_headers("HX-Request", "HX-Request-Type")
def find(request: HttpRequest, place: str, topic: str = "") -> HttpResponse:
    """Any other spelling of the same question answers 301 to its one address; htmx gets that address in a header."""
    where, what = read_place(place), read_topic(topic)
    slug = what.slug if what else None
    search = ClinicSearch.from_query(place=where, topic_slug=slug, params=request.GET, now=timezone.localtime())
    page, is_part = find_page(search), is_swap(request)
    target = search.with_page(page.pages.number)  # a page beyond the last is the last
    path = path_of(target)
    if not is_part and not is_canonical(request, target):
        return redirect(path, permanent=True)
    context = {"page": page, "head": find_head(request, search, page), "extra_icons": ICONS, "is_part": is_part}
    response = render(request, "web/_results.html" if is_part else "web/find.html", context)
    if is_part:
        response["HX-Push-Url"] = path
    until = next_change(search.now)
    return keep_page(response, request, tags=tags_of(search, page.total), until=until)


@require_safe
def find_map_data(request: HttpRequest, place: str, topic: str = "") -> HttpResponse:
    """The clinics in the view of a map (?udsnit=…), as JSON; 400 in words without a view."""
    where, what = read_place(place), read_topic(topic)
    slug = what.slug if what else None
    search = ClinicSearch.from_query(place=where, topic_slug=slug, params=request.GET, now=timezone.localtime())
    box = box_of(search)
    if box is None:
        words = _("Skriv udsnittet som syd-vest-nord-øst i grader, fx %(example)s.")
        return JsonResponse({"error": words % {"example": "udsnit=56.100-10.100-56.200-10.300"}}, status=400)
    response = JsonResponse(find_map(search, box))
    until = next_change(search.now)
    return keep_page(response, request, tags={DIRECTORY, *map(topic_tag, search.topic_slugs)}, until=until)


def tags_of(search: ClinicSearch, total: int) -> set[str]:
    """What the answer and its counts rest on: clinics as far out as the widest choice, and all with the topics."""
    tags = {TARIFFS, ARTICLES, *map(topic_tag, search.topic_slugs)}
    if search.origin is None or not total or search.place is ONLINE:
        return tags | {DIRECTORY}
    return tags | area_tags(*search.origin, max(STEPS_KM[-1], search.radius_km or 0))


def is_swap(request: HttpRequest) -> bool:
    """htmx asks for the results alone. Going back asks for the page as it was, and must not push an address again."""
    details: HtmxDetails = request.htmx  # type: ignore[attr-defined]  # set by django_htmx's middleware
    return details.request_type == "partial" and not details.history_restore_request


def is_canonical(request: HttpRequest, target: Target) -> bool:
    """Compared as decoded pairs, so that another escaping of a comma does not redirect for ever."""
    asked = [(key, value) for key, values in request.GET.lists() for value in values]
    return request.path == path_of(target).partition("?")[0] and asked == list(target.pairs)


def read_place(text: str) -> Place:
    found = find_place(text) or gazetteer().resolve(text).place
    if found is None:
        raise Http404(text[:80])
    return found


def read_topic(text: str) -> TopicCard | None:
    found = topics.get_topic(text) or topics.resolve(text)
    if text and found is None:
        raise Http404(text[:80])
    return found
