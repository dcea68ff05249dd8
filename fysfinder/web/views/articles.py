"""The encyclopedia: the A–Å index and the article."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from fysfinder.base.jinja import language
from fysfinder.encyclopedia import queries
from fysfinder.encyclopedia.jsonld import jsonld
from fysfinder.search.situation import Answers
from fysfinder.web.article_clinics import clinics_for
from fysfinder.web.head import Crumb, absolute, make_head


def article_index(request: HttpRequest) -> HttpResponse:
    title = _("Leksikon")
    head = make_head(
        request,
        title=_("Leksikon: behandlinger og lidelser"),
        description=_("Alle artikler om behandlinger og lidelser fra A til Å, med kilder og dato."),
        crumbs=(Crumb(_("Forside"), reverse("home")), Crumb(title)),
        nav="articles",
    )
    return render(request, "web/article_index.html", {"head": head, "letters": queries.index()})


def article(request: HttpRequest, slug: str) -> HttpResponse:
    page = queries.get_article("ordbog", slug)
    if page is None:
        raise Http404
    blocks = [block for block in jsonld(page, absolute(request.path)) if block["@type"] != "BreadcrumbList"]
    head = make_head(
        request,
        title=page.meta_title or page.title,
        description=(page.summary_en if language() == "en" else "") or page.description,
        is_indexed=language() == "da" or bool(page.summary_en),
        crumbs=(Crumb(_("Leksikon"), reverse("article_index")), Crumb(page.title)),
        json_ld=blocks,
        nav="articles",
        og_type="article",
    )
    place, answers = request.GET.get("sted", ""), Answers.read(request.GET)
    clinics = clinics_for(page.topic.slug, place, answers) if page.topic else None
    context = {"head": head, "article": page, "related": queries.related_articles(page), "clinics": clinics}
    return render(request, "web/article.html", context)
