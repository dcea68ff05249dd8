"""What the map asks for while it moves: the clinics in view under the page's own filters, as JSON."""

from __future__ import annotations

from typing import Any

from django.utils.translation import ngettext

from fysfinder.base.jinja import number, url
from fysfinder.clinics.names import names_of
from fysfinder.search import bits
from fysfinder.search.clinic_search import ClinicSearch
from fysfinder.search.directory import directory
from fysfinder.search.facets import AREA
from fysfinder.search.filters.map_view import MAP_VIEW, Box
from fysfinder.search.map_cells import map_cells
from fysfinder.web.area_map import HEIGHT, WIDTH
from fysfinder.web.coast import View, to_world
from fysfinder.web.find_page import path_of
from fysfinder.web.town_names import town_names

COUNTRY = "danmark"
KEPT_PLACES = {"online"}  # asks for more than where, so a search of the map stays in it


def find_map(search: ClinicSearch, box: Box) -> dict[str, Any]:
    """Total and its words, the search of exactly this view, cells as [lat, lon, count], clinics as [lat, lon, slug,
    name, path], towns as [lat, lon, name]. The page's place and radius do not count here: the view does.
    """
    columns, narrowing = directory(), search.narrowing(directory())
    rows = bits.rows_of(narrowing.without(AREA), columns.size)
    cells = map_cells(columns, rows, box)
    names = names_of([cell.clinic for cell in cells if cell.clinic is not None])
    place = search.place.slug if search.place.slug in KEPT_PLACES else COUNTRY
    words = ngettext("%(n)s klinik i udsnittet", "%(n)s klinikker i udsnittet", len(rows)) % {"n": number(len(rows))}
    return {
        "total": len(rows),
        "text": words,
        "search": path_of(search.in_place(place)),
        "cells": [[round(c.lat, 5), round(c.lon, 5), c.count] for c in cells if c.clinic not in names],
        "clinics": [
            [round(c.lat, 5), round(c.lon, 5), *names[c.clinic], url("clinic", names[c.clinic][0])]
            for c in cells
            if c.clinic is not None and c.clinic in names
        ],
        "towns": [[town.lat, town.lon, town.text] for town in town_names(view_of_box(box))],
    }


def view_of_box(box: Box) -> View:
    """The drawing that shows the box from edge to edge."""
    (left, low), (right, high) = to_world(box.south, box.west), to_world(box.north, box.east)
    return View((left + right) / 2, (low + high) / 2, WIDTH / (right - left), WIDTH, HEIGHT)


def box_of(search: ClinicSearch) -> Box | None:
    """The view the question names."""
    box: Box | None = search.values.get(MAP_VIEW.key)
    return box
