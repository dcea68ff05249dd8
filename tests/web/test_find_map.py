"""The data of the live map: the page's own filters, the view instead of the place, every clinic counted once."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys

import numpy as np
import pytest
from django.test import Client

from fysfinder.search import bits
from fysfinder.search.filters.map_view import MAP_VIEW, Box
from fysfinder.search.map_cells import map_cells
from scripts.site import ROOT
from tests.make import make_clinic, make_postcode
from tests.search.world import Known, columns_of

AARHUS = "/find/kort/aarhus-c/"
VIEW = "udsnit=56.100-10.100-56.200-10.300"


def test_a_view_holds_the_clinics_of_the_page_and_of_its_neighbours(client: Client, world: object):
    skanderborg = make_postcode("8660", "Skanderborg", lat=56.04, lon=9.93)
    far = make_clinic("Klinik Langt", postcode=skanderborg, lat=56.04, lon=9.93)
    near = json.loads(client.get(f"{AARHUS}?{VIEW}").content)
    assert near["total"] == len(near["clinics"]) + sum(count for *_, count in near["cells"])
    assert far.slug not in {slug for _lat, _lon, slug, *_ in near["clinics"]}
    wide = json.loads(client.get(f"{AARHUS}?udsnit=55.900-9.800-56.300-10.400").content)
    assert wide["total"] == near["total"] + 1
    assert f"{wide['total']} klinikker i udsnittet" == wide["text"]


def test_searching_the_view_finds_what_the_map_counted(client: Client, world: object):
    asked = json.loads(client.get(f"/find/kort/aarhus-c/kryoterapi/?{VIEW}").content)
    assert asked["search"] == f"/find/fysioterapeut/danmark/kryoterapi/?{VIEW}"
    page = client.get(asked["search"])
    assert page.status_code == 200
    assert f"{asked['total']} klinik med kryoterapi i udsnittet" in page.content.decode()


@pytest.mark.parametrize("text", ["", "udsnit=", "udsnit=1", "udsnit=56.200-10.100-56.100-10.300", "udsnit=x-y-z-w"])
def test_a_view_nobody_can_read_is_refused_in_words(client: Client, world: object, text: str):
    answer = client.get(f"{AARHUS}?{text}")
    assert answer.status_code == 400
    assert "syd-vest-nord-øst" in json.loads(answer.content)["error"]


@pytest.mark.django_db
def test_the_cells_count_everybody_once_and_stay_few():
    rng = np.random.default_rng(1)
    points = zip(rng.uniform(54.6, 57.7, 3000).tolist(), rng.uniform(8.1, 12.6, 3000).tolist(), strict=True)
    columns = columns_of([Known(id=at, lat=lat, lon=lon) for at, (lat, lon) in enumerate(points, start=1)])
    for box in (Box(54.5, 8, 57.8, 13), Box(56.0, 9.9, 56.3, 10.3)):
        inside = bits.rows_of(MAP_VIEW.mask(columns, box, None).yes, columns.size)  # type: ignore[arg-type]
        cells = map_cells(columns, inside, box)
        assert sum(cell.count for cell in cells) == len(inside)
        assert len(cells) <= 400
        assert all(box.south <= cell.lat <= box.north and box.west <= cell.lon <= box.east for cell in cells)
        assert all((cell.clinic is None) == (cell.count > 1) for cell in cells)


def test_tiles_of_an_operator_are_named_where_it_counts(client: Client, world: object, settings):
    assert "kortbilleder" not in client.get("/privatliv/").content.decode()
    assert "data-tiles" not in client.get("/find/fysioterapeut/aarhus-c/").content.decode()
    settings.MAP_TILES_URL, settings.MAP_TILES_HOST = "https://tiles.example.dk/{z}/{x}/{y}.png", "tiles.example.dk"
    settings.MAP_TILES_ATTRIBUTION = "Kort: Example"
    assert "kortbilleder fra tiles.example.dk" in client.get("/privatliv/").content.decode()
    page = client.get("/find/fysioterapeut/aarhus-c/").content.decode()
    assert 'data-tiles="https://tiles.example.dk/' in page and "Kort: Example" in page


def test_the_policy_lets_pictures_come_from_the_operators_host_and_nothing_else_change():
    program = "from fysfinder.config.settings import CONTENT_SECURITY_POLICY as policy; print(policy['DIRECTIVES'])"

    def policy(**tiles: str) -> dict[str, list[str]]:
        run = subprocess.run(
            [sys.executable, "-c", program], env={**os.environ, **tiles}, cwd=ROOT, capture_output=True, text=True
        )
        found: dict[str, list[str]] = ast.literal_eval(run.stdout)
        return found

    ours = policy(MAP_TILES_URL="", MAP_TILES_ATTRIBUTION="")
    theirs = policy(MAP_TILES_URL="https://tiles.example.dk/{z}/{x}/{y}.png", MAP_TILES_ATTRIBUTION="Kort: Example")
    assert ours["img-src"] == ["'self'", "data:"]
    assert theirs == ours | {"img-src": ["'self'", "data:", "https://tiles.example.dk"]}
