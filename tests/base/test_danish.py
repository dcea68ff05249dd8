"""Danish endings by rule: every form of a word one stem, and words that only look related kept apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fysfinder.base.danish import stem
from fysfinder.base.text import fold

FORMS = """
knæ knæet knæets knæene knæenes knæer
tå tåen tæer tæerne
fod foden fødder fødderne føddernes
hånd hånden hænder hændernes
muskel musklen musklerne muskler
skulder skulderen skuldre skuldrene skulderens
finger fingeren fingre fingrene
ryg ryggen rygge ryggens
led leddet leddene leddets
øje øjet
øjne øjnene
hofte hoften hofterne hofters
akillessene akillessenen akillessenerne
lidelse lidelsen lidelser lidelserne
skade skaden skader skadernes
behandling behandlingen behandlingernes
sygdom sygdommen sygdomme
astma astmaen
terapi terapien terapiens terapis
barn barnet børn børnene
virus virussen
ankel anklen ankler
billig billigt billige billigste billigst
hjerne hjernen hjernerne
gigt gigten
massør massøren massører
"""
APART = ["læge læg", "ryge ryg", "kræft kraft", "hælsene hæl", "gigt gift", "hofte hoved", "knæ knogle"]


@pytest.mark.parametrize("forms", FORMS.strip().splitlines())
def test_all_forms_of_a_word_share_one_stem(forms: str):
    assert len({stem(fold(form)) for form in forms.split()}) == 1


@pytest.mark.parametrize("pair", APART)
def test_words_of_their_own_keep_their_own_stem(pair: str):
    one, other = pair.split()
    assert stem(fold(one)) != stem(fold(other))


@given(st.text(alphabet="abcdefghijklmnoprstuvy", max_size=25))
def test_a_stem_is_never_longer_than_two_letters_more_and_is_its_own_stem(word: str):
    root = stem(word)
    assert len(root) <= len(word) + 2
    assert root or not word
