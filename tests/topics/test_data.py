"""The data file itself: whole, unambiguous and cautious."""

from __future__ import annotations

import re
from collections import Counter

from fysfinder.base.danish import stem
from fysfinder.base.text import slugify
from fysfinder.topics.files import LinkRow, TopicRow
from fysfinder.topics.models import Kind, Relation
from fysfinder.topics.taxonomy import Taxonomy
from fysfinder.topics.words import phrase

Files = tuple[list[TopicRow], list[LinkRow]]


def kinds(files: Files) -> dict[str, str]:
    return {row.slug: row.kind for row in files[0]}


def test_there_are_enough_topics_of_every_kind(files: Files):
    counts = Counter(row.kind for row in files[0])
    assert len(files[0]) >= 190
    assert counts[Kind.TREATMENT] >= 60
    assert counts[Kind.CONDITION] >= 80
    assert counts[Kind.BODY_PART] >= 20
    assert counts[Kind.PATIENT_GROUP] >= 10
    assert counts[Kind.PROGRAMME] >= 8


def test_slugs_are_slugs_and_unique(files: Files):
    slugs = [row.slug for row in files[0]]
    assert slugs == [slugify(slug) for slug in slugs]
    assert len(set(slugs)) == len(slugs)


def test_every_topic_has_names_and_one_sentence_in_both_languages(files: Files):
    for row in files[0]:
        assert row.name_da
        assert row.name_en
        for text in (row.summary_da, row.summary_en):
            assert text.endswith("."), row.slug
            assert text[0].isupper() or text[0].isdigit(), row.slug


def test_no_two_topics_have_the_same_name(files: Files):
    for names in ([row.name_da for row in files[0]], [row.name_en for row in files[0]]):
        assert not [name for name, count in Counter(names).items() if count > 1]


def test_parents_exist_are_of_the_same_kind_and_make_no_circle(files: Files):
    parents = {row.slug: row.parent for row in files[0]}
    of_kind = kinds(files)
    for slug, parent in parents.items():
        seen = {slug}
        while parent:
            assert of_kind[parent] == of_kind[slug]
            assert parent not in seen, slug
            seen.add(parent)
            parent = parents[parent]


def test_a_word_leads_to_exactly_one_topic(files: Files):
    owners: dict[str, set[str]] = {}
    for row in files[0]:
        for text in (row.name_da, row.name_en, row.slug, *(synonym.text for synonym in row.synonyms)):
            owners.setdefault("".join(phrase(text)), set()).add(row.slug)
    assert not {text: slugs for text, slugs in owners.items() if len(slugs) > 1}


def test_a_phrase_is_still_one_topics_when_its_endings_are_taken_off(files: Files):
    owners: dict[tuple[str, ...], set[str]] = {}
    for row in files[0]:
        for text in (row.name_da, row.name_en, *(synonym.text for synonym in row.synonyms)):
            words = phrase(text)
            if len(words) > 1:
                owners.setdefault(tuple(stem(word) for word in words), set()).add(row.slug)
    assert not {words: slugs for words, slugs in owners.items() if len(slugs) > 1}


def test_no_synonym_stands_twice_at_its_topic(files: Files):
    for row in files[0]:
        texts = [phrase(synonym.text) for synonym in row.synonyms]
        assert len(set(texts)) == len(texts), row.slug


def test_every_topic_has_other_words_that_lead_to_it(files: Files):
    assert not [row.slug for row in files[0] if len(row.synonyms) < 2]


def test_every_condition_has_a_treatment_and_a_body_part(files: Files):
    conditions = {slug for slug, kind in kinds(files).items() if kind == Kind.CONDITION}
    treated = {link.to_topic for link in files[1] if link.relation == Relation.TREATS}
    placed = {link.from_topic for link in files[1] if link.relation == Relation.LOCATED_IN}
    assert not conditions - treated
    assert not conditions - placed


def test_the_graph_has_at_least_250_pairs_of_condition_and_treatment(files: Files):
    assert len([link for link in files[1] if link.relation == Relation.TREATS]) >= 250


def test_every_patient_group_is_linked(files: Files):
    groups = {slug for slug, kind in kinds(files).items() if kind == Kind.PATIENT_GROUP}
    assert not groups - {link.to_topic for link in files[1]}


def test_vederlagsfri_is_not_linked_to_what_the_guidance_leaves_out(files: Files):
    # Sundhedsstyrelsen's list of the largest groups that are not covered: see data/SOURCES.md.
    left_out = {"slidgigt", "slidgigt-i-knaeet", "slidgigt-i-hoften", "diskusprolaps", "knogleskoerhed", "piskesmaeld"}
    left_out |= {"baekkensmerter", "hypermobilitet", "fibromyalgi", "muskelspaendinger", "scheuermann", "kol"}
    free = {link.to_topic for link in files[1] if link.from_topic.startswith("vederlagsfri")}
    assert free
    assert not free & left_out


def test_summaries_promise_no_effect(files: Files):
    promise = re.compile(
        r"\b(helbreder|kurerer|garanterer|lindrer|fjerner|effektivt?|virker|bedste|heals?|cures?|relieves|effective|best)\b",
        re.IGNORECASE,
    )
    assert not [row.slug for row in files[0] if promise.search(f"{row.summary_da} {row.summary_en}")]


def test_the_treatments_everyone_asks_for_are_there(real_taxonomy: Taxonomy):
    wanted = [
        *("kryoterapi", "termoterapi", "elektroterapi", "akupunktur", "manuel-terapi", "massage", "taping", "tens"),
        *("trykboelgebehandling", "ultralydsbehandling", "laserbehandling", "dry-needling", "vestibulaer-traening"),
        *("holdtraening", "gla-d"),
    ]
    assert not [slug for slug in wanted if slug not in real_taxonomy.topics]
