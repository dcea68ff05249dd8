"""What visitors say about a page: a count a day, and messages for the editors. No cookie, no name, no address."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from fysfinder.base.cpr import refuse_cpr
from fysfinder.base.text import clean
from fysfinder.encyclopedia.models import PageMessage, PageVotes

MOST_CHARS = 2_000
MOST_VOTES_A_DAY, MOST_MESSAGES_A_DAY = 1_000, 20  # a page; beyond that it is a robot or a flood
MESSAGES_KEPT = dt.timedelta(days=365)
VOTES_KEPT = dt.timedelta(days=3 * 365)


@transaction.atomic
def count_vote(*, kind: str, slug: str, is_useful: bool) -> bool:
    """Count one answer for today; False when the page has had so many that they say nothing."""
    row, _is_new = PageVotes.objects.select_for_update().get_or_create(kind=kind, slug=slug, day=timezone.localdate())
    if row.yes + row.no >= MOST_VOTES_A_DAY:
        return False
    name = "yes" if is_useful else "no"
    PageVotes.objects.filter(pk=row.pk).update(**{name: F(name) + 1})
    return True


def send_message(*, kind: str, slug: str, about: str, message: str) -> PageMessage:
    """Into the editors' queue. ValidationError says in Danish what cannot be taken."""
    text = clean(message[: MOST_CHARS * 4]).strip()
    if about not in PageMessage.About.values:
        raise ValidationError(_("Vælg blandt svarene på listen."))
    if not text:
        raise ValidationError(_("Skriv, hvad vi skal vide."))
    if len(text) > MOST_CHARS:
        raise ValidationError(_("Skriv højst %(most)d tegn.") % {"most": MOST_CHARS})
    refuse_cpr(text)
    today = PageMessage.objects.filter(kind=kind, slug=slug, created_at__date=timezone.localdate())
    if today.filter(is_closed=False).count() >= MOST_MESSAGES_A_DAY:
        raise ValidationError(_("Vi har fået mange beskeder om siden i dag. Prøv igen i morgen."))
    return PageMessage.objects.create(kind=kind, slug=slug, about=about, message=text)


def delete_old_feedback(*, today: dt.date) -> int:
    """Messages go after a year, answered or not, and counts after three; how many rows went."""
    messages = PageMessage.objects.filter(created_at__date__lte=today - MESSAGES_KEPT).delete()[0]
    return messages + PageVotes.objects.filter(day__lte=today - VOTES_KEPT).delete()[0]
