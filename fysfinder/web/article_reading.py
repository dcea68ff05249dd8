"""How an article is read: with links and explained words, its review status, feedback and sharing."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from fysfinder.base.jinja import language, url
from fysfinder.encyclopedia.kinds import get_kind
from fysfinder.encyclopedia.linking import linked
from fysfinder.encyclopedia.links import Target
from fysfinder.encyclopedia.models import Article
from fysfinder.encyclopedia.review import article_status
from fysfinder.web.head import absolute


def path_of(target: Target) -> str:
    """Where a target stands, in the page's language: an article, a topic's clinics, or a word of the glossary."""
    if target.sort == "article":
        return url(get_kind(target.kind).url_name, target.slug)
    if target.sort == "topic":
        return url("find_topic", "danmark", target.slug)
    return f"{url('scan_report')}#{target.slug}"


def read_article(request: HttpRequest, article: Article) -> tuple[Article, dict[str, Any]]:
    """The article with its links (not to be saved), and what the parts around its text need."""
    page = linked(article, path_of, language())
    return page.article, {
        "terms": page.terms,
        "status": article_status(article, timezone.localdate()),
        "feedback_path": url("feedback", article.kind, article.slug),
        "share": share(article.title, request.path),
    }


def share(title: str, path: str) -> dict[str, Any]:
    """The address to pass on, and the same as a letter for a browser without script."""
    address = absolute(path)
    return {
        "address": address,
        "mail": f"mailto:?subject={quote(title)}&body={quote(_('Læs om det her:') + ' ' + address)}",
    }
