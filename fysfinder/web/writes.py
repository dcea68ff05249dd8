"""What may be written to: the only addresses that take a POST, and how often. Everything else is for reading.

A new form is one line in WRITES. Nobody posts here from another site, and nothing but GET, HEAD and POST is answered.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed

from fysfinder.accounts.limits import Limit, client_network, take
from fysfinder.web.report_form import is_foreign
from fysfinder.web.views.errors import not_allowed, too_many

HOUR = 3600.0
WRITES: dict[str, Limit] = {
    "clinic_report": Limit("report", 10, HOUR),
    "feedback": Limit("feedback", 60, HOUR),
    "sign_review": Limit("review", 20, HOUR),
    "scan_report": Limit("scan", 30, 600.0),
}
STAFF_LOGIN = Limit("staff login", 10, 300.0)
STAFF_NAME = Limit("staff name", 30, HOUR)  # one user name, from wherever it is tried
STAFF_WRITES = Limit("staff", 120, 60.0)


class RefuseWrites:
    """405 to every method an address does not take, 403 to forms of other sites, 429 with Retry-After to too many."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: object, kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        match = request.resolver_match
        is_staff = request.path_info.startswith("/admin/")
        name = (match.url_name if match else None) or ""
        if request.method in {"GET", "HEAD"}:
            return None
        if request.method != "POST":  # nobody sees that page: it need not be a page
            return HttpResponseNotAllowed(["GET", "HEAD", "POST"] if is_staff or name in WRITES else ["GET", "HEAD"])
        if not (is_staff or name in WRITES):
            return not_allowed(request)
        if not is_staff and is_foreign(request):
            raise PermissionDenied("the form was sent from another site")
        waits = max(take(limit, caller) for limit, caller in _limits(request, name, is_staff))
        return too_many(request, waits) if waits else None


def _limits(request: HttpRequest, name: str, is_staff: bool) -> list[tuple[Limit, str]]:
    network = client_network(request)
    if not is_staff:
        return [(WRITES[name], network)]
    if name == "login":
        return [(STAFF_LOGIN, network), (STAFF_NAME, request.POST.get("username", "")[:150].casefold())]
    return [(STAFF_WRITES, network)]
