"""What a visitor writes, and the topic it means."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fysfinder.topics import queries
from fysfinder.topics.models import Kind
from fysfinder.topics.taxonomy import Taxonomy

pytestmark = pytest.mark.usefixtures("held")

EVERYDAY = [
    ("hold i ryggen", "laendesmerter"),
    ("Hold i ryggen!", "laendesmerter"),
    ("hekseskud", "laendesmerter"),
    ("museskade", "musearm"),
    ("is-behandling", "kryoterapi"),
    ("isbehandling", "kryoterapi"),
    ("is behandling", "kryoterapi"),
    ("KRYOTERAPI", "kryoterapi"),
    ("ondt i knæet", "knaesmerter"),
    ("ondt i knaeet", "knaesmerter"),
    ("ondt i knæ", "knaesmerter"),
    ("smerter i knæet", "knaesmerter"),
    ("knæ smerter", "knaesmerter"),
    ("ondt i ryg", "rygsmerter"),
    ("ont i ryggen", "rygsmerter"),
    ("øm i ryggen", "rygsmerter"),
    ("ondt i ryggen", "rygsmerter"),
    ("ondt i nakken", "nakkesmerter"),
    ("nakkehold", "nakkesmerter"),
    ("Runner's knee", "loeberknae"),
    ("runners knee", "loeberknae"),
    ("løberknæ", "loeberknae"),
    ("loeberknae", "loeberknae"),
    ("løberknæet", "loeberknae"),
    ("frozen shoulder", "frossen-skulder"),
    ("hælspore", "haelspore"),
    ("hælsporen", "haelspore"),
    ("plantar fasciitis", "haelspore"),
    ("ischias", "iskias"),
    ("skred i ryggen", None),
    ("whiplash", "piskesmaeld"),
    ("øresten", "bppv"),
    ("BPPV", "bppv"),
    ("GLA:D", "gla-d"),
    ("glad træning", "gla-d"),
    ("gratis fysioterapi", "vederlagsfri-fysioterapi"),
    ("shockwave", "trykboelgebehandling"),
    ("trykbølger", "trykboelgebehandling"),
    ("kan ikke holde på vandet", "urininkontinens"),
    ("tisser når jeg hopper", "urininkontinens"),
    ("tandpres", "kaebesmerter"),
    ("vrikket om på foden", "forstuvet-ankel"),
    ("tennis albue", "tennisalbue"),
    ("korsbåndet", "korsbaandsskade"),
    ("meniskskader", "meniskskade"),
    ("mit barn", "boern"),
    ("gravid", "gravide"),
    ("nakken", "nakke"),
    ("skuldrene", "skulder"),
    ("fysioterapeut der kommer hjem", "hjemmebehandling"),
    ("hippotherapy", "ridefysioterapi"),
    ("low back pain", "laendesmerter"),
    ("my back hurts", "rygsmerter"),
    ("", None),
    ("   ", None),
    ("140", None),
    ("læge", None),
    ("Ribe", None),
    ("uden henvisning", None),
]


@pytest.mark.parametrize(("text", "slug"), EVERYDAY)
def test_a_whole_text_resolves_to_its_topic(text: str, slug: str | None):
    topic = queries.resolve(text)
    assert (topic.slug if topic else None) == slug


def test_every_name_synonym_and_slug_resolves_to_its_own_topic(held: Taxonomy):
    for card in held.topics.values():
        for text in (card.slug, card.name, card.name_en):
            assert queries.resolve(text) == card
    for text, slug in held.lexicon.keys.items():
        assert queries.resolve(text) == held.topics[slug]


FOUND = [
    ("jeg har ondt i lænden og iskias i Aarhus", ["laendesmerter", "iskias"]),
    ("shockwave hælspore odense", ["trykboelgebehandling", "haelspore"]),
    ("kryoterapi aarhus", ["kryoterapi"]),
    ("akupunktur er ikke dyrt", ["akupunktur"]),
    ("behandling af knæet på Amager", ["knae"]),
    ("ondt i knæet når jeg løber", ["loeberknae"]),
    ("anbefalet af læge i Ribe", []),
    ("stop med at ryge", []),
    ("hvad skulle jeg gøre i solen", []),
    ("fysioterapi i Kolt og Tårs", []),
    ("massages for sore knees", ["massage", "knaesmerter"]),
    ("flere kræfter efter sygdom", []),
    ("fysioterapeut 2100 under 140 kr", []),
    ("cheap physiotherapist for knee pain in Aarhus", ["knaesmerter"]),
]


@pytest.mark.parametrize(("text", "slugs"), FOUND)
def test_topics_are_found_inside_a_text(text: str, slugs: list[str]):
    assert [topic.slug for _start, _end, topic in queries.find_in_text(text)] == slugs


def test_a_find_says_where_in_the_text_it_stands():
    text = "Har du HOLD I RYGGEN?"
    [(start, end, topic)] = queries.find_in_text(text)
    assert (text[start:end], topic.slug) == ("HOLD I RYGGEN", "laendesmerter")


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=300))
def test_no_text_makes_the_reading_fail(text: str):
    queries.resolve(text)
    queries.nearest_slugs(text)
    queries.suggest(text)
    place = 0
    for start, end, _topic in queries.find_in_text(text):
        assert place <= start < end <= len(text)
        place = end


WORDS = st.sampled_from(
    [
        *("ondt", "i", "knæet", "ryggen", "og", "hold", "is", "behandling", "-", ",", "GLA:D", "\ud800", "\x00"),
        *("jeg", "løber", "smerter", "en", "et", "er", "s"),
    ]
)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(WORDS, max_size=40))
def test_no_mixture_of_known_words_makes_the_reading_fail(words: list[str]):
    text = " ".join(words)
    queries.resolve(text)
    ends = [end for _start, end, _topic in queries.find_in_text(text)]
    assert ends == sorted(ends)


def test_a_very_long_text_is_read_only_to_its_limit():
    assert queries.find_in_text("x " * 50_000 + "kryoterapi") == []
    assert queries.nearest_slugs("kryoterpai" * 2_000) == []


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("kryoterpai", "kryoterapi"),
        ("loberkne", "loeberknae"),
        ("tenisalbue", "tennisalbue"),
        ("akupuntur", "akupunktur"),
        ("frosen skuldr", "frossen-skulder"),
    ],
)
def test_a_misspelling_has_its_topic_nearest(text: str, slug: str):
    assert queries.nearest_slugs(text)[0] == slug


def test_nothing_is_near_to_nonsense():
    assert queries.nearest_slugs("xqzw") == []
    assert queries.nearest_slugs("") == []


@pytest.mark.parametrize(
    ("prefix", "slug", "matched"),
    [
        ("kry", "kryoterapi", "Kryoterapi"),
        ("knæ", "knae", "Knæ"),
        ("hold i r", "laendesmerter", "hold i ryggen"),
        ("muses", "musearm", "museskade"),
        ("tenisalbue", "tennisalbue", "Tennisalbue"),
        ("shock", "trykboelgebehandling", "shockwave"),
    ],
)
def test_typing_suggests_the_topic_and_the_words_it_met(prefix: str, slug: str, matched: str):
    first = queries.suggest(prefix)[0]
    assert (first.topic.slug, first.matched) == (slug, matched)


def test_suggestions_are_limited_and_name_each_topic_once():
    found = queries.suggest("s", limit=5)
    assert len(found) == 5
    assert len({each.topic.slug for each in found}) == 5


def test_an_english_page_is_suggested_english_words_first():
    assert queries.suggest("kne", language="en")[0].matched == "Knee"


def test_descendants_are_everything_below_and_not_the_topic_itself():
    slugs = [topic.slug for topic in queries.descendants("rygsmerter")]
    assert {"laendesmerter", "iskias", "diskusprolaps"} <= set(slugs)
    assert "rygsmerter" not in slugs
    assert queries.descendants("findes-ikke") == ()


def test_a_clinic_that_treats_what_sits_in_a_body_part_counts_for_the_part():
    counted = {topic.slug for topic in queries.counted_as("knae")}
    assert counted >= {"knaesmerter", "meniskskade", "slidgigt-i-knaeet"}
    assert queries.counted_as("rygsmerter") == queries.descendants("rygsmerter")


def test_treatments_and_conditions_are_two_sides_of_one_graph(held: Taxonomy):
    for condition in queries.topics_of_kind(Kind.CONDITION):
        for treatment in queries.treatments_for(condition.slug):
            assert treatment.kind in (Kind.TREATMENT, Kind.PROGRAMME)
            assert condition in queries.conditions_for(treatment.slug)


def test_a_group_of_treatments_answers_for_those_below_it():
    assert "langvarige-smerter" in [topic.slug for topic in queries.conditions_for("elektroterapi")]


def test_a_body_part_knows_its_conditions_and_their_treatments():
    assert "meniskskade" in [topic.slug for topic in queries.conditions_for("knae")]
    assert "meniskskade" in [topic.slug for topic in queries.conditions_for("ben")]
    assert "gla-d" in [topic.slug for topic in queries.treatments_for("knae")]
    assert [topic.slug for topic in queries.body_parts_of("meniskskade")] == ["knae"]


def test_a_patient_group_knows_what_is_for_it():
    assert "gravidhold" in [topic.slug for topic in queries.treatments_for("gravide")]
    assert "gravide" in [topic.slug for topic in queries.groups_for("gravidhold")]


def test_a_treatment_has_no_treatments_and_an_unknown_topic_has_nothing():
    assert queries.treatments_for("kryoterapi") == ()
    for read in (queries.treatments_for, queries.conditions_for, queries.related, queries.groups_for):
        assert read("findes-ikke") == ()


def test_related_topics_are_near_of_the_same_kind_and_limited():
    slugs = [topic.slug for topic in queries.related("kryoterapi", limit=3)]
    assert "termoterapi" in slugs
    assert "kryoterapi" not in slugs
    assert len(slugs) == 3
    assert {topic.kind for topic in queries.related("tennisalbue")} == {Kind.CONDITION}


@pytest.mark.parametrize(
    ("slug", "danish", "english"),
    [
        ("kryoterapi", "kryoterapi", "cryotherapy"),
        ("tens", "TENS", "TENS"),
        ("gla-d", "GLA:D (knæ og hofte)", "GLA:D (knee and hip)"),
        ("parkinson", "Parkinsons sygdom", "Parkinson's disease"),
        ("kol", "KOL", "COPD"),
    ],
)
def test_a_name_inside_a_sentence_is_small_unless_it_is_a_name_or_letters(slug: str, danish: str, english: str):
    topic = queries.get_topic(slug)
    assert topic is not None
    assert queries.name_in_sentence(topic) == danish
    assert queries.name_in_sentence(topic, "en") == english


def test_english_pages_show_english_names_and_summaries():
    topic = queries.get_topic("kryoterapi")
    assert topic is not None
    assert queries.name(topic) == "Kryoterapi"
    assert queries.name(topic, "en") == "Cryotherapy"
    assert queries.summary(topic, "en") == topic.summary_en
