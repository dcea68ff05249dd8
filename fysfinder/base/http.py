"""Requests and responses: refusing broken ones, language by path, canonical query strings."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import translation

MAX_QUERY_CHARS = 4096
Respond = Callable[[HttpRequest], HttpResponseBase]


class RefuseBrokenRequests:
    """Answers 400/414 at the door to NULs, broken UTF-8 and overlong URLs, so that no view meets them."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        query = request.META.get("QUERY_STRING", "")
        if len(query) > MAX_QUERY_CHARS or len(request.path_info) > MAX_QUERY_CHARS:
            return plain_refusal(414, "Adressen er for lang. Prøv med en kortere søgning.")
        if "\x00" in request.path_info or "\ufffd" in request.path_info:
            return plain_refusal(400, "Adressen indeholder tegn, vi ikke kan læse.")
        return self.get_response(request)


def plain_refusal(status: int, message: str) -> HttpResponse:
    """A refusal that needs neither database nor templates."""
    body = (
        f'<!doctype html><html lang="da"><meta charset="utf-8"><title>{message}</title>'
        f'<h1>{message}</h1><p><a href="/">Gå til forsiden</a></p></html>'
    )
    return HttpResponse(body, status=status)


class LanguageFromPath:
    """English under /en/, Danish everywhere else; cookies and browser wishes change nothing a cache could mix up."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        language = "en" if request.path_info == "/en" or request.path_info.startswith("/en/") else "da"
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


def query_string(pairs: Iterable[tuple[str, str]]) -> str:
    """'?a=1&b=x,y' with commas and colons left readable; '' when there are no pairs."""
    joined = "&".join(f"{quote(key, safe='')}={quote(value, safe=',:')}" for key, value in pairs)
    return f"?{joined}" if joined else ""
