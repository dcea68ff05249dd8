"""Before the staff pages: the networks that may see them, the second step of the login, and the audit log after."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from fysfinder.accounts.audit import record_entry
from fysfinder.accounts.limits import client_address
from fysfinder.accounts.second_step import is_asked_for

PREFIX = "/admin/"
OPEN = ("/admin/login/", "/admin/logout/", "/admin/totrin/", "/admin/jsi18n/")  # before the second step
VERBS = {1: "add", 2: "change", 3: "delete"}


class StaffGate:
    """404 outside ADMIN_NETWORKS, to the second step before anything else, and every write into the audit log.

    The write and its row are one transaction: what could not be written down has not been done.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.startswith(PREFIX):
            return self.get_response(request)
        if not is_allowed(request):
            request.path_info = request.path = "/findes-ikke/"  # answered by the site's own 404, as any other address
            return self.get_response(request)
        if lacks_second_step(request) and not request.path_info.startswith(OPEN):
            return redirect(f"{reverse('second_step')}?next={request.path_info}")
        if request.method != "POST":
            return self.get_response(request)
        with transaction.atomic():
            before, who = timezone.now(), request.user.get_username()  # before it logs itself in or out
            response = self.get_response(request)
            if response.status_code < 400:
                for verb, what, fields in done(request, before):
                    if name := who or request.user.get_username():
                        record_entry(who=name, verb=verb, what=what, fields=fields)
        return response


def is_allowed(request: HttpRequest) -> bool:
    networks = settings.ADMIN_NETWORKS
    address = client_address(request)
    return not networks or (address is not None and any(address in network for network in networks))


def lacks_second_step(request: HttpRequest) -> bool:
    is_known = request.user.is_authenticated
    return is_asked_for() and is_known and request.user.otp_device is None  # type: ignore[union-attr]


def done(request: HttpRequest, since: object) -> Iterator[tuple[str, str, list[str]]]:
    """(verb, object, fields) of a POST: as the admin logged it, else the action's name or the page's."""
    if not request.user.is_authenticated:
        if request.path_info == "/admin/logout/":
            yield "log out", "", []
        return
    logged = LogEntry.objects.filter(user=request.user, action_time__gte=since).select_related("content_type")
    for entry in logged:
        what = f"{entry.content_type} {entry.object_id}"
        yield VERBS[entry.action_flag], what, _fields(entry.change_message)
    if not logged:
        name = request.resolver_match.url_name if request.resolver_match else ""
        yield request.POST.get("action") or name or "post", request.path_info, sorted(_given(request))


def _given(request: HttpRequest) -> set[str]:
    return {name for name in request.POST if not name.startswith(("csrf", "_", "next", "password", "kode", "action"))}


def _fields(message: str) -> list[str]:
    """Names from the admin's own message: [{"changed": {"fields": ["Telefon"]}}, …]."""
    try:
        parts = json.loads(message or "[]")
    except ValueError:
        return []
    changes = [change for part in parts if isinstance(part, dict) for change in part.values()]
    return [str(field) for change in changes for field in change.get("fields", [])]
