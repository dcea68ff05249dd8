"""Every public page. Danish paths, English names."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
