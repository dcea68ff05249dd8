"""The review clock: who has read which text, until when it holds, and what is due. Pure rules and reads; actions write.

A review comes from the file (reviewer, reviewed) or from a signature given by a secret link. A signature is bound to
the text it was given for: when a word of it changes, the page is not reviewed any more.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from django.utils import timezone

from fysfinder.encyclopedia.markdown import plain_text
from fysfinder.encyclopedia.models import Article, Review
from fysfinder.encyclopedia.shelf import shelf

HOLDS = dt.timedelta(days=730)  # a review without a date of its own for the next one
# What a reviewer reads and answers for. Links and "Se også" are added when a page is shown and are not of the text.
SIGNED = ("title", "description", "summary_en", "lead_html", "key_points", "sections", "faq", "sources", "details")
# Five digits, consonants or Y, in any order (stps.dk, Autorisations-id).
_AUTHORISATION_ID = re.compile(r"[0-9B-DF-HJ-NP-TV-Z]{5}")

State = Literal["none", "reviewed", "overdue", "changed"]


@dataclass(frozen=True, slots=True)
class Status:
    """How an article stands on a day. With 'changed', name and on are those of the review that fell."""

    state: State
    name: str = ""
    profession: str = ""
    on: dt.date | None = None
    next_on: dt.date | None = None
    is_overdue: bool = False

    @property
    def is_reviewed(self) -> bool:
        """Does a review cover the text as it stands? Then it may be told to machines too."""
        return self.state in {"reviewed", "overdue"}


def hash_of(article: Article) -> str:
    """The fingerprint of all that a reviewer reads."""
    text = json.dumps([getattr(article, name) for name in SIGNED], sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def text_of(article: Article) -> str:
    """All that a reviewer reads, as plain text: kept with the signature."""
    parts = [article.title, article.description, article.summary_en, plain_text(article.lead_html)]
    parts += [f"{question}: {answer}" for question, answer in article.key_points]
    parts += [f"{part['title']}\n{part['text']}" for part in article.sections]
    parts += [f"{item['q']}\n{item['a']}" for item in article.faq]
    sources = (", ".join(filter(None, [row["title"], row["publisher"], row["url"]])) for row in article.sources)
    parts += [f"[{number}] {source}" for number, source in enumerate(sources, start=1)]
    return "\n\n".join(part for part in parts if part)


def read_authorisation_id(text: str) -> str:
    """The id in capitals without spaces; '' when it is none."""
    squeezed = re.sub(r"[\s-]", "", text).upper()
    return squeezed if _AUTHORISATION_ID.fullmatch(squeezed) else ""


def status_of(article: Article, signatures: Iterable[Review], today: dt.date) -> Status:
    """How the article stands; signatures are those given for it and not withdrawn."""
    dated = ((one.signed_at, one) for one in signatures if one.signed_at)
    given = sorted(dated, key=lambda pair: pair[0], reverse=True)
    fingerprint = hash_of(article) if given else ""
    for signed_at, one in given:
        if one.text_hash == fingerprint:
            next_on = article.next_review_on or one.next_review_on
            return _reviewed(one.name, one.profession, timezone.localdate(signed_at), next_on, today)
    if article.reviewer and article.reviewed_on:
        return _reviewed(article.reviewer, "", article.reviewed_on, article.next_review_on, today)
    is_late = bool(article.next_review_on and article.next_review_on < today)
    for signed_at, one in given:
        on = timezone.localdate(signed_at)
        return Status("changed", one.name, one.profession, on, article.next_review_on, is_late)
    return Status("none", next_on=article.next_review_on, is_overdue=is_late)


def _reviewed(name: str, profession: str, on: dt.date, next_on: dt.date | None, today: dt.date) -> Status:
    due = next_on if next_on and next_on > on else on + HOLDS
    is_late = due < today
    return Status("overdue" if is_late else "reviewed", name, profession, on, due, is_late)


def article_status(article: Article, today: dt.date) -> Status:
    """The status of one article."""
    return status_of(article, shelf().signatures.get((article.kind, article.slug), ()), today)


def statuses(today: dt.date) -> list[tuple[Article, Status]]:
    """Every article and how it stands, what is due first. One query."""
    rows = [(article, article_status(article, today)) for article in Article.objects.select_related("topic")]
    return sorted(rows, key=lambda row: row[1].next_on or dt.date.min if row[1].is_reviewed else dt.date.min)


def overdue(today: dt.date) -> frozenset[tuple[str, str]]:
    """(kind, slug) of the articles whose next review has passed: search puts them behind others. One query."""
    return frozenset((article.kind, article.slug) for article, status in statuses(today) if status.is_overdue)
