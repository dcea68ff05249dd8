"""The topics the encyclopedia has no article about yet, each with its clinics: the index hides nothing."""

from __future__ import annotations

from django.utils.translation import gettext as _

from fysfinder.base.jinja import language, url
from fysfinder.base.text import danish_key
from fysfinder.encyclopedia.queries import articles_for_topics
from fysfinder.topics.models import Kind
from fysfinder.topics.queries import name, taxonomy
from fysfinder.web.nearest import Link


def topics_without_article() -> list[tuple[str, list[Link]]]:
    """(heading, topics from A to Å) for every kind of topic. One query."""
    topics = taxonomy().topics.values()
    written = articles_for_topics(topic.id for topic in topics)
    headings = {
        Kind.TREATMENT: _("Behandlinger"),
        Kind.CONDITION: _("Lidelser"),
        Kind.BODY_PART: _("Kropsdele"),
        Kind.PATIENT_GROUP: _("Patientgrupper"),
        Kind.PROGRAMME: _("Forløb"),
    }
    groups = []
    for kind, heading in headings.items():
        cards = [topic for topic in topics if topic.kind == kind and topic.id not in written]
        links = [Link(name(topic, language()), url("find_topic", "danmark", topic.slug)) for topic in cards]
        groups.append((heading, sorted(links, key=lambda link: danish_key(link.label))))
    return [group for group in groups if group[1]]
