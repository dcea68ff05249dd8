"""The WSGI entry point granian serves: ready pages first, Django behind them."""

import os
import threading

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fysfinder.config.settings")
django_application = get_wsgi_application()

from django.conf import settings  # noqa: E402  # Django is set up first

from fysfinder.base.admission import Admission  # noqa: E402
from fysfinder.base.kept_page import repack  # noqa: E402
from fysfinder.base.page_store import PageStore  # noqa: E402
from fysfinder.config.following import followed_changes  # noqa: E402
from fysfinder.config.warm import warm  # noqa: E402

PASSING = (settings.STATIC_URL, "/admin/", "/healthz", "/readyz", "/metrics")

application = PageStore(
    Admission(django_application, always=tuple(path for path in PASSING if path != "/admin/")),
    changes=followed_changes,
    limit_bytes=settings.PAGE_STORE_MB * 1_000_000,
    session_cookie=settings.SESSION_COOKIE_NAME,
    passing=PASSING,
    trusts_proxy=settings.IS_BEHIND_PROXY,
)
warm(application)
threading.Thread(target=repack, name="repack", daemon=True).start()
