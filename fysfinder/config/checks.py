"""What must hold before others may reach the site. `make run` refuses to serve https while one of these fails."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.conf import settings
from django.core.checks import Error, Tags, register
from stdnum.dk import cvr
from stdnum.exceptions import ValidationError

from fysfinder.base.admission import AT_ONCE

FEWEST_KEY_CHARS = 50
# Of a worker's threads only so many ask the database at once: those that make a page, one that follows what changes,
# and /readyz.
FEWEST_CONNECTIONS = AT_ONCE + 2
_LOOPBACK = {"127.0.0.1", "localhost", "[::1]"}
_OPERATOR = ("OPERATOR_NAME", "OPERATOR_ADDRESS", "OPERATOR_CVR", "OPERATOR_EMAIL")


@register(Tags.security, deploy=True)
def unsafe_settings(app_configs: Sequence[Any] | None, **_kw: Any) -> list[Error]:
    """Errors fysfinder.E001 … in words an operator can act on."""
    return [Error(text, id=f"fysfinder.{number}") for number, text in _faults()]


def _faults() -> Iterable[tuple[str, str]]:
    if not settings.IS_HTTPS:
        yield "E001", "SITE_URL must be the public https address."
    if settings.DEBUG:
        yield "E002", "DEBUG must be false: tracebacks show secrets."
    if settings.SECRET_KEY == settings.LAPTOP_KEY or len(settings.SECRET_KEY) < FEWEST_KEY_CHARS:
        yield "E003", f"SECRET_KEY must be your own random text of at least {FEWEST_KEY_CHARS} characters."
    if "*" in settings.ALLOWED_HOSTS or not set(settings.ALLOWED_HOSTS) - _LOOPBACK:
        yield "E004", "ALLOWED_HOSTS must name the site's own host names, and no '*'."
    if missing := [name for name in _OPERATOR if not getattr(settings, name)]:
        yield "E005", f"{', '.join(missing)} must be set: the law asks for them (e-handelsloven § 7)."
    if settings.OPERATOR_CVR:
        try:
            cvr.validate(settings.OPERATOR_CVR)
        except ValidationError:
            yield "E006", f"OPERATOR_CVR {settings.OPERATOR_CVR!r} is not a CVR number: its check digit does not fit."
    if 0 < settings.DB_POOL_SIZE < FEWEST_CONNECTIONS:
        yield "E008", f"DB_POOL_SIZE must be 0 or at least {FEWEST_CONNECTIONS}: fewer make pages wait for each other."
    if settings.IS_DEMO:
        yield "E007", "IS_DEMO must be false: fictional clinics do not belong on a public site."
