"""The second step of a staff login: a code from an authenticator app (TOTP, RFC 6238), or one of ten recovery codes.

django-otp keeps the key, counts wrong codes and lets no code be used twice. Recovery codes are kept as keyed hashes.
"""

from __future__ import annotations

import secrets
from base64 import b32encode

import segno
from django.conf import settings
from django.db import transaction
from django.utils.crypto import salted_hmac
from django_otp import match_token
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from fysfinder.accounts.audit import record_entry
from fysfinder.accounts.models import User

RECOVERY_CODES = 10
_CODE_BYTES = 8  # 64 random bits, 13 characters


def pending_app(*, user: User) -> TOTPDevice | None:
    """The app being connected; None when one already is."""
    if TOTPDevice.objects.devices_for_user(user, confirmed=True).exists():
        return None
    return TOTPDevice.objects.get_or_create(user=user, confirmed=False, defaults={"name": "app"})[0]


def app_key(device: TOTPDevice) -> str:
    """What a person types into the app when the picture cannot be read."""
    return b32encode(device.bin_key).decode()


def app_picture(device: TOTPDevice) -> str:
    """The QR code as a data: address for an <img>."""
    return str(segno.make(device.config_url, error="m").svg_data_uri(scale=5))


@transaction.atomic
def connect_app(*, user: User, device: TOTPDevice, code: str) -> list[str]:
    """Recovery codes, told once, when the code is the app's; [] when it is not."""
    if not device.verify_token(_plain(code)):
        return []
    device.confirmed = True
    device.save(update_fields=["confirmed"])
    StaticDevice.objects.filter(user=user).delete()
    spare = StaticDevice.objects.create(user=user, name="recovery")
    codes = [b32encode(secrets.token_bytes(_CODE_BYTES)).decode().rstrip("=").lower() for _ in range(RECOVERY_CODES)]
    for each in codes:
        spare.token_set.create(token=_hash(each))
    record_entry(who=user.get_username(), verb="second step connected")
    return codes


def check_code(*, user: User, code: str) -> TOTPDevice | StaticDevice | None:
    """The device a code belongs to. A recovery code is used up by it; wrong codes make the next try wait longer."""
    text = _plain(code)
    return match_token(user, text if text.isdigit() and len(text) == 6 else _hash(text))


@transaction.atomic
def forget_second_step(*, user: User, by: str) -> None:
    """For a lost telephone: the next login connects an app anew."""
    TOTPDevice.objects.filter(user=user).delete()
    StaticDevice.objects.filter(user=user).delete()
    record_entry(who=by, verb="second step reset", what=f"user {user.get_username()}")


def is_asked_for() -> bool:
    return bool(settings.STAFF_SECOND_STEP)


def _plain(code: str) -> str:
    return "".join(code.split()).lower()[:40]


def _hash(code: str) -> str:
    return salted_hmac("recovery code", code, algorithm="sha256").hexdigest()[:16]
