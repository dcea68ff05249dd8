"""html-validate and the Nu checker read every kind of page, in both languages, and find no error.

html-validate keeps its recommended rules but for three: several fields of one name are how HTML sends a list (k=…&k=…),
the suggestions are a listbox (no element of HTML is one), and the stylesheet keeps telephone numbers on one line.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from fysfinder.base.assets import maintenance_page
from scripts import validators
from tests.e2e.conftest import fetch
from tests.e2e.pages import PAGES, address

NEEDED = pytest.mark.skipif(
    not validators.is_ready() and os.environ.get("CI", "").lower() != "true", reason="make test fetches the validators"
)
WRONG = (
    '<!DOCTYPE html><html lang="da"><head><title>x</title></head><body><p><div></div></p><img src="x"></body></html>'
)


@pytest.fixture(scope="module")
def pages(site: str, clinics: list[str], tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("pages")
    for language in ("da", "en"):
        for name, path in PAGES.items():
            text = fetch(site + address(clinics, path, language))[1]
            (folder / f"{name}-{language}.html").write_text(text)
    (folder / "maintenance.html").write_text(maintenance_page())
    return sorted(folder.iterdir())


@NEEDED
def test_a_wrong_page_is_seen_by_both(tmp_path: Path):
    page = tmp_path / "wrong.html"
    page.write_text(WRONG)
    assert any("alt" in line for line in validators.nu_says([page]))
    assert any("wcag/h37" in line for line in validators.html_validate_says([page]))


@NEEDED
@pytest.mark.e2e
def test_no_page_has_an_error(pages: list[Path]):
    assert validators.html_validate_says(pages) == []
    assert validators.nu_says(pages) == []
