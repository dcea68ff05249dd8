"""The page of the second step: connect an app, or say its code."""

from __future__ import annotations

from typing import cast

from django.contrib import admin
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django_otp import login

from fysfinder.accounts.models import User
from fysfinder.accounts.second_step import app_key, app_picture, check_code, connect_app, pending_app


@sensitive_post_parameters("kode")
@never_cache
@login_required(login_url="admin:login")
def second_step(request: HttpRequest) -> HttpResponse:
    target, user = _target(request), cast(User, request.user)
    codes: list[str] = []
    device, error = pending_app(user=user), ""
    if request.method == "POST":
        code = request.POST.get("kode", "")
        codes = connect_app(user=user, device=device, code=code) if device else []
        known = device if codes else (None if device else check_code(user=user, code=code))
        if known:
            login(request, known)
            if not codes:
                return redirect(target)
        error = "" if known else _("Koden passer ikke. Vent på den næste, og prøv igen.")
    context = {**admin.site.each_context(request), "title": _("Andet trin"), "codes": codes, "error": error}
    context |= {"target": target, "is_new": device is not None}
    if device and not codes:
        context |= {"key": app_key(device), "picture": app_picture(device)}
    return TemplateResponse(request, "admin/second_step.html", context)


def _target(request: HttpRequest) -> str:
    """Where to go on to: a page of our own, or the staff's first page."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    is_own = asked.startswith("/admin/") and url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
    return asked if is_own else "/admin/"
