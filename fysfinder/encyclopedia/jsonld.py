"""An article for machines (schema.org): nothing here that the page does not show."""

from __future__ import annotations

import re
from typing import Any

from django.conf import settings

from fysfinder.base.text import fold
from fysfinder.encyclopedia.kinds import get_kind
from fysfinder.encyclopedia.models import Article
from fysfinder.encyclopedia.review import Status

_CONTEXT = "https://schema.org"
_ABOUT = {"treatment": "MedicalTherapy", "condition": "MedicalCondition"}
_PLAN = {"gentagelser": "repetitions", "gange-om-ugen": "activityFrequency", "varighed": "activityDuration",
         "hvile": "restPeriods"}  # fmt: skip
_REFERENCE = re.compile(r"\s*\[\d{1,3}\]")


def jsonld(article: Article, url: str, review: Status) -> list[dict[str, Any]]:
    """The page, and its questions if it has any. url is the page's own, absolute; the way to it is the head's."""
    questions = [item for item in article.faq if item["a"]]
    blocks = [_page(article, url, review), *([_faq(questions, url)] if questions else [])]
    return [*blocks, _how_to(article, url)] if article.details.get("steps") else blocks


def _page(article: Article, url: str, review: Status) -> dict[str, Any]:
    kind = get_kind(article.kind)
    page: dict[str, Any] = {
        "@context": _CONTEXT,
        "@type": kind.schema_type,
        "url": url,
        "name": article.title,
        "inLanguage": "da",
    }
    optional = {
        "description": article.description,
        "datePublished": article.published_on and article.published_on.isoformat(),
        "dateModified": article.updated_on and article.updated_on.isoformat(),
        "author": _author(article.author),
        "about": _about(article),
        "citation": [_citation(source) for source in article.sources],
    }
    if review.is_reviewed and review.on:  # only while it covers the text as it stands
        job = {"jobTitle": review.profession} if review.profession else {}
        optional["lastReviewed"] = review.on.isoformat()
        optional["reviewedBy"] = {"@type": "Person", "name": review.name, **job}
    return page | {name: value for name, value in optional.items() if value}


def _author(name: str) -> dict[str, str]:
    """A name we know to be the editors' is an organisation; of another we do not say what it is beyond its name."""
    if not name:
        return {}
    is_ours = name in {"Redaktionen", settings.SITE_NAME}
    return {"@type": "Organization" if is_ours else "Person", "name": name}


def _about(article: Article) -> dict[str, str]:
    if article.topic is None or article.topic.kind not in _ABOUT:
        return {}
    return {"@type": _ABOUT[article.topic.kind], "name": article.topic.name_da}


def _citation(source: dict[str, Any]) -> dict[str, Any]:
    citation: dict[str, Any] = {"@type": "CreativeWork", "name": source["title"]}
    if source.get("publisher"):
        citation["publisher"] = {"@type": "Organization", "name": source["publisher"]}
    return citation | ({"url": source["url"]} if source.get("url") else {})


def _faq(questions: list[dict[str, str]], url: str) -> dict[str, Any]:
    return {
        "@context": _CONTEXT,
        "@type": "FAQPage",
        "url": url,
        "mainEntity": [
            {
                "@type": "Question",
                "name": item["q"],
                "acceptedAnswer": {"@type": "Answer", "text": _REFERENCE.sub("", item["a"])},
            }
            for item in questions
        ],
    }


def _how_to(article: Article, url: str) -> dict[str, Any]:
    """The numbered steps; an exercise is an ExercisePlan too, with its dosage as written."""
    how_to: dict[str, Any] = {
        "@context": _CONTEXT,
        "@type": "HowTo",
        "name": article.title,
        "url": url,
        "inLanguage": "da",
        "step": [
            {"@type": "HowToStep", "position": position, "text": _REFERENCE.sub("", text)}
            for position, text in enumerate(article.details["steps"], start=1)
        ],
    }
    if article.details.get("equipment"):
        how_to["tool"] = [{"@type": "HowToTool", "name": name} for name in article.details["equipment"]]
    plan = {
        _PLAN[key]: value
        for name, value in article.details.get("dosage", ())
        if (key := fold(name).replace(" ", "-")) in _PLAN
    }
    if plan:
        how_to["about"] = {"@type": "ExercisePlan", "name": article.title, **plan}
    return how_to
