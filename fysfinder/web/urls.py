"""Every public page. Danish paths, English names."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import URLPattern, path
from django.views.generic import RedirectView

from fysfinder.encyclopedia.kinds import PAGE_KINDS, Kind
from fysfinder.web.views import articles, clinics, compare, feeds, find, offline, pages, questions, tools
from fysfinder.web.views.feedback import feedback
from fysfinder.web.views.reviews import sign_review
from fysfinder.web.views.scan_report import scan_report


def kind_urls(kind: Kind) -> Iterator[URLPattern]:
    """The index, the feed and the pages of a kind of the encyclopedia."""
    folder = kind.path.lstrip("/")
    yield path(folder, articles.index, {"kind": kind}, name=kind.index_url_name)
    if kind.has_feed:
        yield path(f"{folder}feed.xml", feeds.feed, {"kind": kind}, name=f"{kind.index_url_name}_feed")
    yield path(f"{folder}<str:slug>/", articles.page, {"kind": kind}, name=kind.url_name)


# Django tries them one by one, so what is asked for most stands first.
urlpatterns: list[URLPattern] = [
    path("find/", find.find_index, name="find_index"),
    path("find/fysioterapeut/", RedirectView.as_view(pattern_name="find_index", permanent=True)),
    path("find/fysioterapeut/<str:place>/", find.find, name="find"),
    path("find/fysioterapeut/<str:place>/<str:topic>/", find.find, name="find_topic"),
    path("find/kort/<str:place>/", find.find_map_data, name="find_map"),
    path("find/kort/<str:place>/<str:topic>/", find.find_map_data, name="find_map_topic"),
    path("klinik/<slug:slug>/", clinics.clinic, name="clinic"),
    path("klinik/<slug:slug>/ret/", clinics.report, name="clinic_report"),
    path("", pages.home, name="home"),
    path("soeg/", questions.search, name="search"),
    path("forslag/", questions.suggest, name="suggest"),
    *(pattern for kind in PAGE_KINDS for pattern in kind_urls(kind)),
    path("styrkeoevelser/kropsdel/<str:slug>/", articles.body_part, name="body_part"),
    path("priser/", pages.prices, name="prices"),
    path("saadan-rangerer-vi/", pages.ranking, name="ranking"),
    path("vaerktoejer/", tools.tool_index, name="tool_index"),
    path("vaerktoejer/<slug:slug>/", tools.tool, name="tool"),
    path("forstaa-din-scanning/", scan_report, name="scan_report"),
    path("gennemgang/<str:token>/", sign_review, name="sign_review"),
    path("sig-til/<slug:kind>/<slug:slug>/", feedback, name="feedback"),
    path("om/", pages.about, name="about"),
    path("kilder/", pages.sources, name="sources"),
    path("tilgaengelighed/", pages.accessibility, name="accessibility"),
    path("privatliv/", pages.privacy, name="privacy"),
    path("uden-net/", offline.offline, name="offline"),
    path("stil/", pages.style_catalogue, name="style_catalogue"),
    path("sammenlign/", compare.compare, name="compare"),
]
