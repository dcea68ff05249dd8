"""'Var siden nyttig?' and 'Meld en fejl' of an article. Nothing about the visitor is kept."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from fysfinder.base.text import clean
from fysfinder.encyclopedia import queries
from fysfinder.encyclopedia.feedback import MOST_CHARS, count_vote, send_message
from fysfinder.encyclopedia.models import Article, PageMessage
from fysfinder.web.head import make_head
from fysfinder.web.report_form import MOST_READ, TRAP

VOTES = {"ja": PageMessage.About.USEFUL, "nej": PageMessage.About.NOT_USEFUL}


# Exempt from the CSRF cookie for the reasons told at web/views/clinics.report: no cookie, and it acts for nobody.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def feedback(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    article = _article(kind, slug)
    about, error, is_sent, is_voted = request.GET.get("om", "fejl"), "", False, False
    message = clean(request.POST.get("besked", "")[:MOST_READ])
    if request.method == "POST":
        vote = request.POST.get("nyttig", "")
        about = VOTES.get(vote, request.POST.get("om", about))
        is_voted = vote in VOTES and count_vote(kind=kind, slug=slug, is_useful=vote == "ja")
        if vote not in VOTES:
            error = "" if request.POST.get(TRAP) else _send(article, about, message)
            is_sent = not error
    head = make_head(
        request,
        title=_("Din mening om: %(title)s") % {"title": article.title},
        description=_("Skriv til redaktionen om siden: hvad der er forkert, mangler eller hjalp. Uden navn og konto."),
        is_error=True,
    )
    context = {
        "head": head,
        "article": article,
        "path": reverse(article.url_name, args=[article.slug]),
        "about": str(about),
        "error": error,
    } | {"is_sent": is_sent, "is_voted": is_voted, "message": message, "most": MOST_CHARS}
    return render(request, "web/page_feedback.html", context, status=422 if error else 200)


def _article(kind: str, slug: str) -> Article:
    article = queries.get_article(kind, slug)
    if article is None:
        raise Http404(slug)
    return article


def _send(article: Article, about: str, message: str) -> str:
    """The message into the queue; what is wrong with it, '' when nothing is."""
    try:
        send_message(kind=article.kind, slug=article.slug, about=about, message=message)
    except ValidationError as problem:
        return " ".join(problem.messages)
    return ""
