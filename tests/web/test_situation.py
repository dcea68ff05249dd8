"""'Din situation' on the pages: asked in plain words, carried in the address, said on card, clinic and comparison."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.test import Client

from fysfinder.clinics.models import Price
from tests.make import TODAY, make_clinic, make_topic

FIND = "/find/fysioterapeut/danmark/"


@pytest.fixture(autouse=True)
def tariffs(db: None) -> None:
    call_command("load_tariffs", verbosity=0)


def text_of(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, response.headers.get("Location", "")
    return response.content.decode().replace("\u00a0", " ")


@pytest.fixture
def pair() -> tuple[str, str]:
    agreed = make_clinic("Aftale", agreement=True, prices={"first": 70000, "follow_up": 45000}, facts=["prices"])
    private = make_clinic("Privat", agreement=False, prices={"first": 30000, "follow_up": 35000}, facts=["prices"])
    return agreed.slug, private.slug


def test_a_card_shows_my_price_and_its_links_carry_my_answers(client: Client, pair: tuple[str, str]) -> None:
    page = text_of(client, f"{FIND}?henvisning=ja")
    assert "Din pris, første gang" in page and "299,29 kr." in page and "1.250,79 kr." in page
    assert f'href="/klinik/{pair[0]}/?henvisning=ja"' in page
    assert '<input type="hidden" name="henvisning" value="ja">' in page  # to the comparison, without script
    assert "Din pris" not in text_of(client, FIND)


def test_sort_and_filter_follow_my_own_total(client: Client, pair: tuple[str, str]) -> None:
    def order(path: str) -> list[int]:
        page = text_of(client, path)
        return [page.find(f'id="k-{slug}"') for slug in pair]

    agreed, private = order(f"{FIND}?sorter=pris")
    assert private < agreed  # 300 against 700 kr. without subsidy
    agreed, private = order(f"{FIND}?henvisning=ja&sorter=pris")
    assert agreed < private  # 1.250,79 against 2.050 kr. for my course
    agreed, private = order(f"{FIND}?maks-forloeb=1500&henvisning=ja")
    assert agreed > 0 and private == -1


@pytest.mark.parametrize(
    "query",
    ["gange=5", "henvisning=måske", "gange=9&henvisning=ja", "danmark=5&henvisning=ja", "postnr=8000"],
)
def test_another_spelling_of_my_answers_leads_to_the_one_address(client: Client, query: str) -> None:
    response = client.get(f"{FIND}?{query}")
    assert response.status_code == 301
    assert client.get(response["Location"]).status_code == 200


def test_the_clinic_s_page_gives_a_receipt(client: Client, pair: tuple[str, str]) -> None:
    page = text_of(client, f"/klinik/{pair[0]}/?henvisning=ja&danmark=5&gange=2")
    # 299,29 + 2 × 190,30 − 133 − 2 × 88
    for words in ("Dit forløb", "380,60 kr.", "−309 kr.", "370,89 kr.", "ikke bekræftet beløb", "kbhmobilfys.dk"):
        assert words in page, words
    assert "Dit forløb" not in text_of(client, f"/klinik/{pair[0]}/")
    assert "Klinikkens egen pris er ikke oplyst" in text_of(
        client, f"/klinik/{make_clinic('Tavs', agreement=False).slug}/?henvisning=nej"
    )


def test_the_comparison_begins_with_my_course_and_keeps_only_the_rows_i_chose(
    client: Client, pair: tuple[str, str]
) -> None:
    path = f"/sammenlign/?k={pair[0]}&k={pair[1]}&henvisning=ja"
    page = text_of(client, path)
    assert "Dit forløb, i alt" in page and "1.250,79 kr." in page and "2.050 kr." in page
    assert "mailto:?subject=" in page and "Ydernummer" in page
    few = text_of(client, f"{path}&vis=ventetid,pris-foerste")
    assert 'scope="row">Ventetid' in few and 'scope="row">Ydernummer' not in few
    assert text_of(client, f"{path}&vis=findes-ikke").count('scope="row"') == page.count('scope="row"')


def test_the_comparison_says_how_each_does_the_treatment_i_came_for(client: Client) -> None:
    topic = make_topic("kryoterapi")
    one, two = make_clinic("En", topics=[topic]), make_clinic("To")
    page = text_of(client, f"/sammenlign/?k={one.slug}&k={two.slug}&emne=kryoterapi")
    assert "Tilbyder det" in page and 'scope="row">Kryoterapi' in page


def test_the_calculator_answers_without_a_clinic_and_says_what_is_wrong(client: Client) -> None:
    page = text_of(client, "/priser/?henvisning=ja&postnr=&danmark=&gange=5")
    assert "1.250,79 kr." in page and "takst fra" in page and "noindex" in page
    wrong = client.get("/priser/?henvisning=ja&postnr=800&gange=mange")
    words = wrong.content.decode()
    assert wrong.status_code == 422 and "Postnummeret skal have 4 cifre. Du skrev 3." in words and "med tal" in words
    assert "Vi regner højst 50 gange." in text_of(client, "/priser/?henvisning=ja&gange=500")
    assert "kræver en henvisning" in text_of(client, "/priser/?henvisning=nej&vederlagsfri-ret=ja")
    assert not wrong.cookies and not client.get("/priser/?henvisning=ja").cookies


def test_no_answer_is_kept(client: Client, pair: tuple[str, str]) -> None:
    client.get(f"{FIND}?henvisning=ja")
    assert "Din pris" not in text_of(client, FIND)


def test_a_private_price_is_also_said_for_thirty_minutes(client: Client) -> None:
    clinic = make_clinic("Tid", agreement=False)
    Price.objects.create(
        clinic=clinic, service="first", low_ore=60000, high_ore=60000, minutes=60, source="x", confirmed_on=TODAY
    )
    assert "300 kr. pr. 30 min." in text_of(client, f"/klinik/{clinic.slug}/")


def test_a_yardstick_needs_five_clinics_and_names_how_many(client: Client) -> None:
    clinics = [make_clinic(f"K{number}", prices={"first": 40000 + 10000 * number}) for number in range(5)]
    page = text_of(client, f"/klinik/{clinics[0].slug}/")
    assert "median 600 kr. hos 5 klinikker" in page
