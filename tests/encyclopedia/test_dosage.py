"""The words of dosage boxes on English pages."""

from __future__ import annotations

import pytest
from django.utils import translation

from fysfinder.encyclopedia.dosage import in_words


@pytest.mark.parametrize(
    ("danish", "english"),
    [
        ("Sæt", "Sets"),
        ("Gange om ugen", "Times a week"),
        ("2–4 sekunder i toppen", "2–4 seconds at the top"),
        ("8–10 på hvert ben", "8–10 on each leg"),
        ("10, senere 12–15", "10, later 12–15"),
    ],
)
def test_known_words_are_said_in_the_language_of_the_page(danish: str, english: str) -> None:
    with translation.override("en"):
        assert in_words([danish]) == [english]
    with translation.override("da"):
        assert in_words([danish]) == [danish]


def test_one_unknown_word_leaves_the_whole_box_danish() -> None:
    with translation.override("en"):
        assert in_words(["Sæt", "3 efter fornøden hvile"]) is None
