"""Pages without a language: robots, sitemaps, the icon, health."""

from __future__ import annotations

from django.urls import URLPattern, path

from fysfinder.web.views import feeds, offline, seo

urlpatterns: list[URLPattern] = [
    path(".well-known/security.txt", seo.security_txt, name="security_txt"),
    path("robots.txt", seo.robots, name="robots"),
    path("sitemap.xml", seo.sitemap_index, name="sitemap_index"),
    path("sitemap-<slug:part>.xml", seo.sitemap_part, name="sitemap_part"),
    path("feed.xml", feeds.feed, name="feed"),
    path("manifest.webmanifest", offline.manifest, name="manifest"),
    path("worker.js", offline.worker, name="worker"),
    path("favicon.ico", seo.favicon, name="favicon"),
]
