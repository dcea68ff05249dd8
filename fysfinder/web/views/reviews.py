"""The page behind a reviewer's secret link: the exact text, and the form that signs it."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from fysfinder.accounts.limits import Limit, client_network, take
from fysfinder.encyclopedia import invitations
from fysfinder.encyclopedia.models import Review
from fysfinder.encyclopedia.review import hash_of
from fysfinder.web.head import make_head
from fysfinder.web.views.errors import error_page, too_many

GUESSES = Limit("review link", 20, 60.0)  # wrong links of one caller


# Exempt from the CSRF cookie on purpose: the address itself is the secret that another site would have to know.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def sign_review(request: HttpRequest, token: str) -> HttpResponse:
    found = invitations.open_invitation(token)
    if found is None:
        if seconds := take(GUESSES, client_network(request)):
            return _closed(too_many(request, seconds))
        text = _("Det er brugt, udløbet eller trukket tilbage. Bed redaktionen om et nyt.")
        return _closed(error_page(request, 404, _("Linket virker ikke længere"), text, []))
    signed, errors = _sign(request, token) if request.method == "POST" else (None, {})
    invitation, article = found
    context = {"invitation": invitation, "article": article, "text_hash": hash_of(article), "errors": errors}
    context |= {"head": _head(request, article.title), "signed": signed, "given": request.POST}
    return _closed(render(request, "web/sign_review.html", context, status=422 if errors else 200))


def _sign(request: HttpRequest, token: str) -> tuple[Review | None, dict[str, list[str]]]:
    """The signature, or what is wrong with the form by field."""
    given = {name: request.POST.get(name, "")[:200] for name in ("text_hash", "profession", "authorisation_id")}
    try:
        return invitations.sign_review(token=token, has_agreed=request.POST.get("agreed") == "ja", **given), {}
    except ValidationError as error:
        invitations.count_attempt(token=token)
        return None, error.message_dict
    except Review.DoesNotExist:  # used by another tab in the meantime
        return None, {"text": [_("Linket er lige blevet brugt. Teksten er ikke skrevet under igen.")]}


def _head(request: HttpRequest, title: str) -> object:
    return make_head(request, title=_("Gennemgang: %(title)s") % {"title": title}, is_error=True)


def _closed(response: HttpResponse) -> HttpResponse:
    """For nobody's store, index or referrer: the address is a secret."""
    add_never_cache_headers(response)
    response["Cache-Control"] = "no-store, private"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow"
    response._has_been_logged = True  # type: ignore[attr-defined]  # Django would write the address into its log
    return response
