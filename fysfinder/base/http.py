"""Requests and responses: refusing broken ones, language by path, canonical query strings."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from urllib.parse import parse_qsl, quote, urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.templatetags.static import static
from django.utils import translation
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

MAX_QUERY_CHARS = 4096
MOST_DIGITS = 12  # of a body's length
MAX_VALUE_CHARS, MOST_PAIRS = 200, 20  # of a question too long for the door
SEARCH_PATHS = ("/soeg/", "/en/soeg/")
REFUSAL = """<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">
<title>{message}</title>{style}</head><body><main class="main"><div class="page stack">
<h1>{message}</h1>
<form class="stack" action="{root}soeg/" role="search"><p><label for="q">{label}</label></p>
<p><input type="text" class="input" id="q" name="q" maxlength="200">
<button type="submit" class="button">{search}</button></p></form>
<p><a href="{root}">{home}</a></p></div></main></body></html>"""
Respond = Callable[[HttpRequest], HttpResponseBase]


class RefuseBrokenRequests:
    """Answers 400/413/414 at the door to NULs, broken UTF-8, large bodies and long URLs: no view meets them."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path_info in SEARCH_PATHS and len(request.META.get("QUERY_STRING", "")) > MAX_QUERY_CHARS:
            request.META["QUERY_STRING"] = cut(request.META["QUERY_STRING"])
        query = request.META.get("QUERY_STRING", "")
        if len(query) > MAX_QUERY_CHARS or len(request.path_info) > MAX_QUERY_CHARS:
            return plain_refusal(request, 414)
        length = str(request.META.get("CONTENT_LENGTH") or "0")
        is_length = length.isascii() and length.isdecimal()
        if "\x00" in request.path_info or "\ufffd" in request.path_info or not is_length:
            return plain_refusal(request, 400)
        if len(length) > MOST_DIGITS or int(length) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            return plain_refusal(request, 413)
        return self.get_response(request)


class IsolateOrigin:
    """Nobody else's page may embed what we send, and ours embed only what allows it."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        response.headers["Cross-Origin-Embedder-Policy"] = "require-corp"
        return response


def cut(query: str) -> str:
    """A question pasted in whole: its first values, each as long as the search field takes."""
    pairs = parse_qsl("&".join(query.split("&")[:MOST_PAIRS]))
    return urlencode([(key[:MAX_VALUE_CHARS], value[:MAX_VALUE_CHARS]) for key, value in pairs])[:MAX_QUERY_CHARS]


def plain_refusal(request: HttpRequest, status: int) -> HttpResponse:
    """A refusal that needs neither database nor templates, with the search box as the way on."""
    language = path_language(request.path_info)
    with translation.override(language):
        message = {
            400: _("Adressen indeholder tegn, vi ikke kan læse."),
            413: _("Det er for meget på én gang. Send en kortere tekst."),
            414: _("Adressen er for lang. Prøv med en kortere søgning."),
        }[status]
        root = "/en/" if language == "en" else "/"
        body = format_html(
            REFUSAL,
            language=language,
            message=message,
            style=stylesheet(),
            root=root,
            label=_("Hvad har du brug for hjælp til, og hvor?"),
            search=_("Søg"),
            home=_("Gå til forsiden"),
        )
    return HttpResponse(body, status=status)


def stylesheet() -> SafeString:
    """The link to the site's stylesheet; nothing when the files have not been collected."""
    try:
        return format_html('<link rel="stylesheet" href="{}">', static("site.css"))
    except ValueError:
        return SafeString("")


def path_language(path: str) -> str:
    return "en" if path == "/en" or path.startswith("/en/") else "da"


def in_language(path: str, language: str) -> str:
    """The same page's path in 'da' or 'en'; a page has the same words in its address in both."""
    bare = path.removeprefix("/en") if path_language(path.partition("?")[0]) == "en" else path
    return f"/en{bare}" if language == "en" else bare or "/"


class LanguageFromPath:
    """English under /en/, Danish everywhere else; cookies and browser wishes change nothing a cache could mix up."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        language = path_language(request.path_info)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


CDN_SECONDS, CDN_STALE_SECONDS = 60, 300  # a CDN that purges by Cache-Tag may be given more


def keep(response: HttpResponse, *, tags: Iterable[str], seconds: int) -> HttpResponse:
    """Let the page store keep this page for so many seconds, until something with one of the tags changes.

    Browsers ask again every time (304 when nothing changed); a CDN may hold it for a minute and show it once more
    while it asks, or for five minutes while we cannot answer.
    """
    response.headers["Cache-Tag"] = ", ".join(sorted(tags))
    response.headers["Surrogate-Control"] = f"max-age={seconds}"
    shared, stale = min(seconds, CDN_SECONDS), min(seconds, CDN_STALE_SECONDS)
    response.headers["Cache-Control"] = (
        f"public, max-age=0, s-maxage={shared}, stale-while-revalidate={stale}, stale-if-error={CDN_STALE_SECONDS}"
    )
    return response


def query_string(pairs: Iterable[tuple[str, str]]) -> str:
    """'?a=1&b=x,y' with commas and colons left readable; '' when there are no pairs."""
    joined = "&".join(f"{quote(key, safe='')}={quote(value, safe=',:')}" for key, value in pairs)
    return f"?{joined}" if joined else ""
