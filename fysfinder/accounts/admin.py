"""Staff pages about staff: superusers alone make users, and everybody who may can read the audit log."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.http import HttpRequest
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from fysfinder.accounts.models import AuditEntry, User
from fysfinder.base.admin import ReadOnly

# The library's own pages would show each other's keys and connect apps by hand; `reset_second_step` is the way.
admin.site.unregister([TOTPDevice, StaticDevice])


@admin.register(User)
class StaffAdmin(UserAdmin):
    """Whoever may change users may make themselves superuser: so only superusers may."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_active and request.user.is_superuser)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_module_permission(request)

    has_add_permission = has_change_permission = has_delete_permission = has_view_permission


@admin.register(AuditEntry)
class AuditEntryAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["number", "at", "who", "verb", "what", "fields"]
    list_filter = ["verb"]
    search_fields = ["who", "what"]
