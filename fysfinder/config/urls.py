"""The root map: Danish pages without a prefix, the same pages in English under /en/."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from fysfinder.accounts.views import second_step
from fysfinder.config import health

urlpatterns = [
    path("admin/totrin/", second_step, name="second_step"),
    path("admin/", admin.site.urls),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", health.metrics, name="metrics"),
    path("", include("fysfinder.web.urls_root")),
    *i18n_patterns(path("", include("fysfinder.web.urls")), prefix_default_language=False),
]

handler400 = "fysfinder.web.views.errors.bad_request"
handler403 = "fysfinder.web.views.errors.forbidden"
handler404 = "fysfinder.web.views.errors.not_found"
handler500 = "fysfinder.web.views.errors.server_error"
