"""Compare: two to four clinics in one table, by their slugs in the address."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fysfinder.clinics.opening import next_change
from fysfinder.clinics.queries import compare as compared
from fysfinder.clinics.tags import DIRECTORY, clinic_tag
from fysfinder.tariffs.actions import TARIFFS
from fysfinder.web.compare_page import Compared, compare_page
from fysfinder.web.head import Crumb, make_head
from fysfinder.web.kept import keep_page
from fysfinder.web.place_links import find_crumb


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    now, asked = timezone.localtime(), Compared.read(request.GET)
    cards = compared(asked.slugs, today=now.date())
    page = compare_page(cards, asked, now=now)
    head = make_head(
        request,
        title=page.heading,
        description=_(
            "To til fire klinikker ved siden af hinanden: ventetid, pris, åbningstider og adgang, med datoer."
        ),
        query=[("k", card.slug) for card in cards],
        is_indexed=not asked.slugs,
        crumbs=[find_crumb(), Crumb(_("Sammenlign"))],
        nav="find",
    )
    response = render(request, "web/compare.html", {"head": head, "page": page})
    changes = [moment for card in cards if (moment := next_change(card.week, now))]
    tags = {TARIFFS, *(clinic_tag(card.slug) for card in cards)}
    tags |= {DIRECTORY} if page.suggestions or not cards else set()
    return keep_page(response, request, tags=tags, until=min(changes, default=None))
