"""The one settings file. Every variable comes from the environment; .env.example lists each with its default."""

from __future__ import annotations

import os
import sys
from base64 import b64encode
from hashlib import sha256
from ipaddress import ip_network
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from fysfinder.config.databases import database

BASE_DIR = Path(__file__).resolve().parent.parent.parent


def load_env_file(path: Path) -> None:
    """KEY=value lines of .env; what the environment already says wins."""
    if path.exists():
        for line in path.read_text(encoding="utf-8").splitlines():
            key, is_pair, value = line.partition("=")
            if is_pair and not line.lstrip().startswith("#"):
                os.environ.setdefault(key.strip(), value.strip().strip("\"'"))


def env(name: str, default: str = "") -> str:
    """The variable's text; the default when it is missing or empty, so that a line of .env may stay blank."""
    return os.environ.get(name) or default


def env_bool(name: str, default: bool) -> bool:
    """True for 1/true/yes/on, False for 0/false/no/off; anything else stops the start."""
    text = env(name, str(default)).strip().lower()
    if text in {"1", "true", "yes", "on"}:
        return True
    if text in {"0", "false", "no", "off", ""}:
        return False
    raise ValueError(f"{name} must be true or false, not {text!r}")


def env_list(name: str, default: str = "") -> list[str]:
    """Comma-separated values without blanks."""
    return [part.strip() for part in env(name, default).split(",") if part.strip()]


load_env_file(BASE_DIR / ".env")
DEBUG = env_bool("DEBUG", False)
LAPTOP_KEY = "only-for-a-laptop-" + "x" * 40
SECRET_KEY = env("SECRET_KEY", LAPTOP_KEY)
ALLOWED_HOSTS = env_list("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]")
CSRF_TRUSTED_ORIGINS = env_list("CSRF_TRUSTED_ORIGINS")
SITE_URL = env("SITE_URL", env("LISTEN_URL", "http://127.0.0.1:8000")).rstrip("/")
SITE_NAME = env("SITE_NAME", "FysFinder")
# E-handelsloven § 7: the operator's name, address, CVR number and e-mail stand on the site.
OPERATOR_NAME = env("OPERATOR_NAME")
OPERATOR_ADDRESS = env("OPERATOR_ADDRESS")
OPERATOR_CVR = env("OPERATOR_CVR")
OPERATOR_EMAIL = env("OPERATOR_EMAIL")
FETCH_FROM_PRIVATE = env_bool("FETCH_FROM_PRIVATE", False)
IS_DEMO = env_bool("IS_DEMO", True)
DEMO_COUNT = int(env("DEMO_COUNT", "3000"))

# The site can be installed; without a connection a browser shows a page of its own and the last clinics it has seen.
OFFLINE_PAGES = env_bool("OFFLINE_PAGES", True)

# Raster tiles {z}/{x}/{y} of the operator's choice behind the live map; empty: our own coast, and nobody else is asked.
MAP_TILES_URL = env("MAP_TILES_URL")
MAP_TILES_ATTRIBUTION = env("MAP_TILES_ATTRIBUTION")
if MAP_TILES_URL and not (MAP_TILES_URL.startswith(("https://", "/")) and MAP_TILES_ATTRIBUTION):
    raise ValueError("MAP_TILES_URL must begin with https:// or /, and MAP_TILES_ATTRIBUTION must say whose map it is")
MAP_TILES_HOST = urlsplit(MAP_TILES_URL).netloc

# Megabytes of ready pages a worker may hold (base/page_store.py); 0 keeps none.
PAGE_STORE_MB = int(env("PAGE_STORE_MB", "64"))
# Who may read /metrics; empty: nobody.
METRICS_TOKEN = env("METRICS_TOKEN")
IS_BEHIND_PROXY = env_bool("BEHIND_PROXY", False)
# Where the proxy says who asks; read only behind one, and of a list only the last, which it added itself.
CLIENT_ADDRESS_HEADER = env("CLIENT_ADDRESS_HEADER", "X-Forwarded-For")

VAR_DIR = Path(env("VAR_DIR", str(BASE_DIR / "var")))
# Every worker writes its counters here, so that one of them can answer for all (prometheus_client).
os.environ.setdefault("PROMETHEUS_MULTIPROC_DIR", str(VAR_DIR / "metrics"))
DATA_DIR = BASE_DIR / "data"
CONTENT_DIR = Path(env("CONTENT_DIR", str(BASE_DIR / "content")))
# Only the process that answers visitors keeps a pool and cuts statements short: an import may take its time.
IS_WEB = "fysfinder.config.wsgi" in sys.modules
DB_POOL_SIZE = int(env("DB_POOL_SIZE", "0"))
FOR_VISITORS: dict[str, Any] = {
    "pool_size": DB_POOL_SIZE if IS_WEB else 0,
    "statement_timeout_ms": int(env("DB_STATEMENT_TIMEOUT_MS", "10000")) if IS_WEB else 0,
}
DATABASES = {"default": database(env("DATABASE_URL", f"sqlite:///{VAR_DIR / 'db.sqlite3'}"), **FOR_VISITORS)}
# A copy that follows the database: public pages are read from it while it is not behind (config/replica.py).
if REPLICA_URL := env("DATABASE_REPLICA_URL"):
    DATABASES["replica"] = database(REPLICA_URL, takes_writes=False, **FOR_VISITORS) | {"TEST": {"MIRROR": "default"}}
    DATABASE_ROUTERS = ["fysfinder.config.replica.ReplicaRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.User"

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "simple_history",
    "csp",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "fysfinder.base",
    "fysfinder.changes",
    "fysfinder.places",
    "fysfinder.topics",
    "fysfinder.tariffs",
    "fysfinder.accounts",
    "fysfinder.clinics",
    "fysfinder.encyclopedia",
    "fysfinder.search",
    "fysfinder.imports",
    "fysfinder.web",
    "fysfinder.api",
    "fysfinder.config",
]

MIDDLEWARE = [
    "fysfinder.config.observe.Observe",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "fysfinder.base.http.IsolateOrigin",
    "fysfinder.base.http.RefuseBrokenRequests",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "fysfinder.base.http.LanguageFromPath",
    "django.middleware.common.CommonMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "fysfinder.web.writes.RefuseWrites",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "fysfinder.accounts.staff_gate.StaffGate",
    "django.contrib.messages.middleware.MessageMiddleware",
    "fysfinder.config.replica.ReadReplica",
]

ROOT_URLCONF = "fysfinder.config.urls"
WSGI_APPLICATION = "fysfinder.config.wsgi.application"
APPEND_SLASH = True

TEMPLATES = [
    {
        "BACKEND": "fysfinder.base.translated.LanguageTemplates",
        "NAME": "jinja2",
        "DIRS": [BASE_DIR / "fysfinder" / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "fysfinder.base.jinja.environment",
            "context_processors": ["fysfinder.base.jinja.site_context"],
        },
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    },
]

LANGUAGE_CODE = "da"
LANGUAGES = [("da", _("Dansk")), ("en", _("Engelsk"))]
LOCALE_PATHS = [BASE_DIR / "fysfinder" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Copenhagen"

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "fysfinder" / "static", VAR_DIR / "assets"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": env("STATIC_STORAGE", "whitenoise.storage.CompressedManifestStaticFilesStorage")},
}
WHITENOISE_MAX_AGE = 3600

# The one script that stands in the page itself (templates/theme.js); Jinja drops its last line break.
_THEME_SCRIPT = (BASE_DIR / "fysfinder" / "templates" / "theme.js").read_bytes().removesuffix(b"\n")
_THEME_HASH = b64encode(sha256(_THEME_SCRIPT).digest()).decode()
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, f"'sha256-{_THEME_HASH}'"],
        "style-src": [SELF],
        "img-src": [SELF, "data:", *([f"https://{MAP_TILES_HOST}"] if MAP_TILES_HOST else [])],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    "geolocation": ["self"],
    "camera": [],
    "microphone": [],
    "payment": [],
    "usb": [],
    "browsing-topics": [],
}
IS_HTTPS = SITE_URL.startswith("https://")
if IS_HTTPS and SECRET_KEY == LAPTOP_KEY:
    raise ValueError("SECRET_KEY must be your own long random text when SITE_URL is https (see .env.example)")
# Staff say a code from an app after the password; who may see the staff pages at all (CIDR networks; empty: everybody).
STAFF_SECOND_STEP = env_bool("STAFF_SECOND_STEP", IS_HTTPS)
OTP_TOTP_ISSUER = SITE_NAME
ADMIN_NETWORKS = [ip_network(text) for text in env_list("ADMIN_NETWORKS")]
SECURE_SSL_REDIRECT = False  # the proxy in front does it: see docs/operate.md
SECURE_HSTS_SECONDS = 31536000 if IS_HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if IS_BEHIND_PROXY else None
# Only staff ever get a cookie. __Host-: sent over https, to this host, and no other host can have set it.
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = ("__Host-session", "__Host-csrf") if IS_HTTPS else ("sessionid", "csrftoken")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# Nothing we take is larger than a pasted scan report; no form takes a file, so no file handler is there to take one.
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000  # the staff pages' lists of a hundred rows
DATA_UPLOAD_MAX_NUMBER_FILES = 0
FILE_UPLOAD_HANDLERS: list[str] = []

SILENCED_SYSTEM_CHECKS = ["security.W008"]  # SECURE_SSL_REDIRECT: see above

LOG_IS_JSON = env_bool("LOG_JSON", IS_HTTPS)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {"()": "fysfinder.config.observe.JsonLines"},
        "plain": {"format": "{message}", "style": "{"},
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json" if LOG_IS_JSON else "plain"}},
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL", "INFO")},
    "loggers": {"fysfinder.requests": {"level": "INFO" if LOG_IS_JSON else "WARNING"}},
}
