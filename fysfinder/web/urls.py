"""Every public page. Danish paths, English names."""

from __future__ import annotations

from django.urls import URLPattern, path
from django.views.generic import RedirectView

from fysfinder.web.views import articles, clinics, compare, find, pages, questions, tools

urlpatterns: list[URLPattern] = [
    path("", pages.home, name="home"),
    path("soeg/", questions.search, name="search"),
    path("forslag/", questions.suggest, name="suggest"),
    path("ordbog/", articles.article_index, name="article_index"),
    path("ordbog/<str:slug>/", articles.article, name="article"),
    path("priser/", pages.prices, name="prices"),
    path("saadan-rangerer-vi/", pages.ranking, name="ranking"),
    path("vaerktoejer/", tools.tool_index, name="tool_index"),
    path("vaerktoejer/<slug:slug>/", tools.tool, name="tool"),
    path("om/", pages.about, name="about"),
    path("kilder/", pages.sources, name="sources"),
    path("tilgaengelighed/", pages.accessibility, name="accessibility"),
    path("privatliv/", pages.privacy, name="privacy"),
    path("find/", find.find_index, name="find_index"),
    path("find/fysioterapeut/", RedirectView.as_view(pattern_name="find_index", permanent=True)),
    path("find/fysioterapeut/<str:place>/", find.find, name="find"),
    path("find/fysioterapeut/<str:place>/<str:topic>/", find.find, name="find_topic"),
    path("klinik/<slug:slug>/", clinics.clinic, name="clinic"),
    path("klinik/<slug:slug>/ret/", clinics.report, name="clinic_report"),
    path("sammenlign/", compare.compare, name="compare"),
]
