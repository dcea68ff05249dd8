"""No Danish is left on an English page outside what says that it is Danish (lang="da") and names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

import html5lib
import pytest

from tests.e2e.conftest import fetch
from tests.e2e.pages import PAGES, address

# Words no English sentence has. Names are written with a capital, and a Danish word explained stands in brackets.
DANISH = re.compile(
    r"(og|ikke|til|med|er|du|af|et|kan|vi|har|fra|eller|hvis|ved|uden|skal|hvor|din|dit|hvad|jeg|alle|kun|mere|mod|om"
    r"|mellem|klinik|klinikker|ventetid|pris|henvisning|oplyst|behandling|.*[æøå].*)"
)
# An answer may repeat what was asked, so English pages are asked in English.
ASKED = {"search": "/soeg/?q=pain"}
READ = ("alt", "title", "placeholder", "aria-label", "content")


def danish_words(text: str) -> list[str]:
    text = re.sub(r"\([^)]*\)|https?://\S+|[\w.]+\.dk\b|/\S+/", " ", text)
    return [word for word in re.findall(r"\b[a-zæøå]\w*", text) if DANISH.fullmatch(word)]


def english_texts(element: Element, language: str = "en") -> Iterator[str]:
    """Every text of the page that is said to be English, with the attributes people are read."""
    if element.tag in {"script", "style", "template"}:
        return
    language = element.get("lang", language)
    if language == "en":
        yield element.text or ""
        yield from (element.get(name, "") for name in READ)
    for child in element:
        yield from english_texts(child, language)
        yield child.tail or "" if language == "en" else ""


def test_danish_words_are_seen_and_names_are_not_taken_for_words():
    assert danish_words("Opens 8.00 og lukker") == ["og"]
    assert danish_words("Tværgade 3, 8230 Åbyhøj (lægevagten) https://x.dk/kan/ike") == []


@pytest.mark.e2e
@pytest.mark.parametrize("name", PAGES)
def test_an_english_page_has_no_danish_words(site: str, clinics: list[str], name: str):
    _status, text, _headers = fetch(site + address(clinics, ASKED.get(name, PAGES[name]), "en"))
    page = html5lib.parse(text, namespaceHTMLElements=False)
    if page.find(".//*[@lang='da']//h1") is not None:  # a Danish article: the title names it as it is
        for element in page.findall(".//title") + page.findall(".//meta[@property='og:title']"):
            element.set("lang", "da")
    assert [(found, words) for found in english_texts(page) if (words := danish_words(found))] == []


@pytest.mark.e2e
@pytest.mark.parametrize("name", [name for name in PAGES if name not in {"missing", "feedback"}])
def test_the_language_switch_keeps_the_page_and_its_question(site: str, clinics: list[str], name: str):
    danish, english = address(clinics, PAGES[name]), address(clinics, PAGES[name], "en")
    for path, other in ((danish, english), (english, danish)):
        page = html5lib.parse(fetch(site + path)[1], namespaceHTMLElements=False)
        links = {link.get("hreflang"): link.get("href") for link in page.iter("a") if link.get("hreflang")}
        assert {key: sorted(re.split("[?&]", href or "")) for key, href in links.items()} == {
            "en" if other == english else "da": sorted(re.split("[?&]", other))
        }
        heads = {link.get("hreflang"): link.get("href") or "" for link in page.iter("link") if link.get("hreflang")}
        assert set(heads) == {"da", "en", "x-default"} and heads["da"] == heads["x-default"]
        assert heads["en"].startswith(f"{site}/en/") and "/en/" not in heads["da"]
