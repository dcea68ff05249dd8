"""/stil/ is for developers and staff; the maintenance page stands alone."""

from __future__ import annotations

import re

import pytest

from fysfinder.base.assets import maintenance_page


@pytest.mark.django_db
def test_a_real_site_shows_the_catalogue_to_staff_only(client, admin_client, settings):
    settings.IS_DEMO = settings.DEBUG = False
    assert client.get("/stil/").status_code == 404
    shown = admin_client.get("/stil/")
    assert shown.status_code == 200
    assert 'content="noindex' in shown.content.decode()


@pytest.mark.django_db
def test_the_demo_shows_every_state_to_everybody(client):
    text = client.get("/stil/").content.decode()
    assert "12.303,12" in text and "Klinik for Fysioterapi, Genoptræning og Bevægelse Sønderskov" in text
    assert all(f"freshness--{kind}" in text for kind in ("new", "recent", "old", "unknown"))


def test_the_maintenance_page_asks_for_no_other_file():
    page = maintenance_page()
    assert "Vi er straks tilbage" in page and "--surface" in page
    assert not re.search(r"src=|<link|url\(", page)
