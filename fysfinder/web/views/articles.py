"""The encyclopedia: every kind of page has an index and its pages (encyclopedia/kinds.py)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from fysfinder.base.jinja import language
from fysfinder.base.text import slugify
from fysfinder.clinics.tags import DIRECTORY, topic_tag
from fysfinder.encyclopedia import queries
from fysfinder.encyclopedia.actions import ARTICLES
from fysfinder.encyclopedia.jsonld import jsonld
from fysfinder.encyclopedia.kinds import Kind, get_kind
from fysfinder.tariffs.actions import TARIFFS
from fysfinder.topics.models import Kind as TopicKind
from fysfinder.topics.queries import get_topic, name, resolve
from fysfinder.web.article_index import index_context
from fysfinder.web.article_page import EXERCISE, article_context, body_part_context
from fysfinder.web.article_reading import read_article
from fysfinder.web.clinic_list import CLINIC_LIST
from fysfinder.web.head import Crumb, absolute, make_head
from fysfinder.web.kept import keep_page
from fysfinder.web.nearest import clinics_with, nearest_pages
from fysfinder.web.views.errors import error_page, gone


def index(request: HttpRequest, kind: Kind) -> HttpResponse:
    context = index_context(request, kind)
    head = make_head(
        request,
        title=str(kind.title),
        description=str(kind.summary),
        is_indexed=bool(context["titles"]) and not context["asked"],
        crumbs=(Crumb(_("Forside"), reverse("home")), Crumb(str(kind.name))),
        nav="articles",
        feeds=[(str(kind.name), reverse(f"{kind.index_url_name}_feed"))] if kind.has_feed else (),
    )
    response = render(request, kind.index_template, {"head": head, "kind": kind, **context})
    return response if context["asked"] else keep_page(response, request, tags=[ARTICLES])


def page(request: HttpRequest, kind: Kind, slug: str) -> HttpResponse:
    article = queries.get_article(kind.kind, slugify(slug, max_length=100))
    if article is None:
        return _not_here(request, kind, slug)
    if article.slug != slug:
        return redirect(kind.url_name, article.slug, permanent=True)
    article, reading = read_article(request, article)
    head = make_head(
        request,
        title=(queries.english_title(article) if language() == "en" else "") or article.meta_title or article.title,
        description=(article.summary_en if language() == "en" else "") or article.description,
        is_indexed=language() == "da" or bool(article.summary_en),
        crumbs=(Crumb(str(kind.name), reverse(kind.index_url_name)), Crumb(article.title)),
        json_ld=jsonld(article, absolute(request.path), reading["status"]),
        nav="articles",
        og_type="article",
    )
    context = {"head": head, "kind": kind, **reading, **article_context(request, article)}
    response = render(request, kind.template, context)
    return keep_page(response, request, tags=tags_of(context))


def tags_of(context: Mapping[str, Any]) -> set[str]:
    """What a page of the encyclopedia shows besides its text: other articles, prices, clinics with its topic."""
    clinics, lists = context["clinics"], any(CLINIC_LIST in part["html"] for part in context.get("sections", ()))
    shown = topic_tag(clinics.topic_slug) if clinics and not clinics.place_text and not lists else DIRECTORY
    counted = {topic_tag(card.slug) for card in context.get("counted", ())}
    return {ARTICLES, TARIFFS, shown, *counted} if clinics or lists else {ARTICLES}


def body_part(request: HttpRequest, slug: str) -> HttpResponse:
    """Exercises for a part of the body, what can be wrong there, and who helps."""
    kind = get_kind(EXERCISE)
    card = get_topic(slugify(slug))
    if card is None or card.kind != TopicKind.BODY_PART:
        return error_page(request, 404, _("Siden findes ikke"), "", nearest_pages(request.path))
    if card.slug != slug:
        return redirect("body_part", card.slug, permanent=True)
    context = body_part_context(request, card)
    title = _("Øvelser for %(part)s") % {"part": name(card, language()).lower()}
    head = make_head(
        request,
        title=title,
        description=_("Øvelser, lidelser og klinikker for %(part)s.") % {"part": name(card, language()).lower()},
        is_indexed=bool(context["exercises"]),
        crumbs=(Crumb(str(kind.name), reverse(kind.index_url_name)), Crumb(name(card, language()))),
        nav="articles",
    )
    response = render(request, "web/body_part.html", {"head": head, "title": title, "card": card, **context})
    return keep_page(response, request, tags=tags_of(context))


def _not_here(request: HttpRequest, kind: Kind, slug: str) -> HttpResponse:
    """A former name leads to the page, another word for a topic to its article; a removed page answers 410."""
    slug = slugify(slug, max_length=100)
    if moved := queries.renamed(kind.kind, slug):
        return redirect(moved.url_name, moved.slug, permanent=True)
    removed = queries.removed_article(kind.kind, slug)
    topic = (resolve(slug.replace("-", " ")) or get_topic(slug)) if kind.explains_topics else None
    about = queries.article_for_topic(topic.slug) if topic else None
    if about and not removed:
        return redirect("article", about.slug)  # for now: the word may get an article of its own
    links = nearest_pages(request.path)
    links = [clinics_with(topic), *(link for link in links if "/find/" not in link.path)] if topic else links
    if removed:
        text = _("»%(title)s« står her ikke længere.") % {"title": removed.title}
        return gone(request, _("Siden er taget ned"), text, links)
    if topic:
        text = _("Vi har ikke skrevet om det endnu, men du kan finde klinikker.")
        return error_page(request, 404, name(topic, language()), text, links)
    return error_page(request, 404, _("Siden findes ikke"), _("Måske er ordet stavet anderledes."), links)
