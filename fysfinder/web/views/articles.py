"""The encyclopedia: the A–Å index and the article."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from fysfinder.base.jinja import language
from fysfinder.base.text import slugify
from fysfinder.encyclopedia import queries
from fysfinder.encyclopedia.jsonld import jsonld
from fysfinder.search.situation import Answers
from fysfinder.topics.queries import name, resolve
from fysfinder.web.article_clinics import clinics_for
from fysfinder.web.head import Crumb, absolute, make_head
from fysfinder.web.more_topics import topics_without_article
from fysfinder.web.nearest import clinics_with, nearest_pages
from fysfinder.web.views.errors import error_page, gone

KIND = "ordbog"


def article_index(request: HttpRequest) -> HttpResponse:
    title = _("Leksikon")
    head = make_head(
        request,
        title=_("Leksikon: behandlinger og lidelser"),
        description=_("Alle artikler om behandlinger og lidelser fra A til Å, med kilder og dato."),
        crumbs=(Crumb(_("Forside"), reverse("home")), Crumb(title)),
        nav="articles",
    )
    return render(
        request, "web/article_index.html", {"head": head, "letters": queries.index(), "more": topics_without_article()}
    )


def article(request: HttpRequest, slug: str) -> HttpResponse:
    page = queries.get_article(KIND, slugify(slug, max_length=100))
    if page is None:
        return _not_here(request, slug)
    if page.slug != slug:
        return redirect("article", page.slug, permanent=True)
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


def _not_here(request: HttpRequest, slug: str) -> HttpResponse:
    """Another word for a topic leads to its article, a topic without one to its clinics; a removed one answers 410."""
    removed = queries.removed_article(KIND, slugify(slug, max_length=100))
    topic = resolve(slug.replace("-", " ")) or resolve(slug)
    about = queries.article_for_topic(topic.slug) if topic else None
    if about and not removed:
        return redirect("article", about.slug)  # for now: the word may get an article of its own
    links = nearest_pages(request.path)
    links = [clinics_with(topic), *(link for link in links if "/find/" not in link.path)] if topic else links
    if removed:
        text = _("»%(title)s« står ikke længere i leksikonet.") % {"title": removed.title}
        return gone(request, _("Artiklen er taget ned"), text, links)
    if topic:
        text = _("Vi har ikke skrevet om det endnu, men du kan finde klinikker.")
        return error_page(request, 404, name(topic, language()), text, links)
    return error_page(request, 404, _("Artiklen findes ikke"), _("Måske er ordet stavet anderledes."), links)
