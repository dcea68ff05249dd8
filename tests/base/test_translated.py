"""Templates in two languages: what they say in constant words is translated when they are compiled, and no later."""

from __future__ import annotations

from typing import Any

import pytest
from django.template import engines
from django.utils import translation


def printed(source: str, spoken: str, **values: Any) -> str:
    with translation.override(spoken):
        return engines["jinja2"].from_string(source).render(values)


@pytest.mark.parametrize(
    ("source", "danish", "english"),
    [
        ("{{ _('Søg') }}", "Søg", "Search"),
        ("{% trans %}Søg{% endtrans %}", "Søg", "Search"),
        ("<p title=\"{{ _('Søg') }}\">", '<p title="Søg">', '<p title="Search">'),
        ("{{ language() }}{{ 'x' if language() == 'en' }}", "da", "enx"),
        ("{{ url('find_index') }}", "/find/", "/en/find/"),
        ("{% macro m(word) %}{{ word }}!{% endmacro %}{{ m(_('Søg')) }}", "Søg!", "Search!"),
    ],
)
def test_constant_words_are_in_the_language_of_the_page(source: str, danish: str, english: str):
    assert [printed(source, spoken) for spoken in ("da", "en", "da")] == [danish, english, danish]


def test_values_in_a_sentence_are_escaped_and_its_own_markup_is_not():
    source = "{% trans name=name %}<b>{{ name }}</b> 100 %{% endtrans %} {{ _('Hvorfor nr. %(rank)s?', rank=name) }}"
    assert printed(source, "da", name="<i>") == "<b>&lt;i&gt;</b> 100 % Hvorfor nr. &lt;i&gt;?"


def test_what_depends_on_a_number_is_asked_for_when_it_is_known():
    source = "{% trans n=n %}Vis {{ n }} mere{% pluralize %}Vis {{ n }} flere{% endtrans %}"
    assert [printed(source, "da", n=n) for n in (1, 2)] == ["Vis 1 mere", "Vis 2 flere"]


def test_constant_words_cost_nothing_when_the_page_is_made(monkeypatch: pytest.MonkeyPatch):
    template = engines["jinja2"].from_string("{{ _('Søg') }} {% trans %}Luk{% endtrans %}")
    monkeypatch.setattr(translation, "gettext", lambda text: pytest.fail(text))
    assert template.render({}) == "Søg Luk"
