"""Signing by a secret link: an outside reviewer needs no account. Writes; each function is one transaction."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from fysfinder.base.cpr import has_cpr, refuse_cpr
from fysfinder.base.text import one_line
from fysfinder.changes.actions import record_change
from fysfinder.encyclopedia.actions import ARTICLES
from fysfinder.encyclopedia.models import Article, Review
from fysfinder.encyclopedia.review import HOLDS, hash_of, read_authorisation_id, text_of
from fysfinder.encyclopedia.shelf import forget_shelf

LASTS = dt.timedelta(days=30)
MOST_ATTEMPTS = 10
_TOKEN_BYTES = 32


def invite_reviewer(*, article: Article, name: str, days: int = LASTS.days) -> tuple[Review, str]:
    """The invitation and its token: the token is told once and never kept."""
    name = one_line(name, max_length=120)
    if not name or not 1 <= days <= 365:
        raise ValidationError(_("En invitation skal have et navn og gælde mellem 1 og 365 dage."))
    refuse_cpr(name)
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    now = timezone.now()
    invitation = Review.objects.create(
        kind=article.kind,
        slug=article.slug,
        name=name,
        token_hash=_hash(token),
        invited_at=now,
        expires_at=now + dt.timedelta(days=days),
    )
    return invitation, token


def open_invitation(token: str) -> tuple[Review, Article] | None:
    """The unused, unexpired invitation of a token and its article as it stands now."""
    invitation = _open().filter(token_hash=_hash(token)).first()
    article = invitation and Article.objects.filter(kind=invitation.kind, slug=invitation.slug).first()
    return (invitation, article) if invitation and article else None


@transaction.atomic
def sign_review(*, token: str, text_hash: str, profession: str, authorisation_id: str, has_agreed: bool) -> Review:
    """Use the link: the review of exactly the text that was shown. ValidationError names the field that is wrong.

    Raises Review.DoesNotExist when the link is used, expired or withdrawn.
    """
    invitation = _open().select_for_update().get(token_hash=_hash(token))
    article = Article.objects.get(kind=invitation.kind, slug=invitation.slug)
    profession = one_line(profession, max_length=120)
    known_id = read_authorisation_id(authorisation_id[:40])
    errors = {}
    if text_hash != hash_of(article):
        errors["text"] = _("Teksten er ændret, siden du åbnede siden. Læs den igen nedenfor, og skriv så under.")
    if len(profession) < 3:
        errors["profession"] = _("Skriv din titel, fx fysioterapeut.")
    elif has_cpr(profession):
        errors["profession"] = _("Det ligner et CPR-nummer. Slet det, før du sender. Vi må ikke modtage det.")
    if not known_id:
        errors["authorisation_id"] = _("Et autorisations-id er fem tegn: tal, konsonanter eller Y.")
    if not has_agreed:
        errors["agreed"] = _("Sæt kryds, hvis du har læst hele teksten.")
    if errors:
        raise ValidationError(errors)
    now = timezone.now()
    invitation.profession, invitation.authorisation_id = profession, known_id
    invitation.signed_at, invitation.text_hash, invitation.text = now, text_hash, text_of(article)
    invitation.next_review_on = timezone.localdate(now) + HOLDS
    invitation.save()
    record_change(tags=[ARTICLES])
    forget_shelf()
    return invitation


def count_attempt(*, token: str) -> None:
    """A form that could not be read. After ten the link is dead and staff must send a new one."""
    with transaction.atomic():
        invitation = _open().select_for_update().filter(token_hash=_hash(token)).first()
        if invitation:
            invitation.attempts += 1
            invitation.save(update_fields=["attempts"])


@transaction.atomic
def withdraw_review(*, review: Review) -> None:
    """Kill a link that is not used, or take back a signature. Neither comes back."""
    Review.objects.filter(pk=review.pk, withdrawn_at__isnull=True).update(withdrawn_at=timezone.now())
    record_change(tags=[ARTICLES])
    forget_shelf()


def _open() -> QuerySet[Review]:
    live = {"signed_at__isnull": True, "withdrawn_at__isnull": True, "attempts__lt": MOST_ATTEMPTS}
    return Review.objects.filter(expires_at__gt=timezone.now(), **live)


def _hash(token: str) -> str:
    return hashlib.sha256(token[:200].encode("utf-8", "replace")).hexdigest()
