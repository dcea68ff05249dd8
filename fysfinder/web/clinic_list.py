"""':::klinikker' in an article: how many clinics have the topic, and the way to them. Filled when the page is shown."""

from __future__ import annotations

import re

from django.template.loader import render_to_string

from fysfinder.web.article_clinics import clinics_for

CLINIC_LIST = 'class="clinic-list"'  # stands in a text that has a list, filled or not
_MARK = re.compile(r'<div class="clinic-list" data-topic="([a-z0-9-]*)"></div>')


def fill_clinic_lists(fragment: str, own_topic: str, place: str) -> str:
    """The text with its clinic lists in place of their marks; a topic nobody knows leaves nothing."""

    def filled(match: re.Match[str]) -> str:
        clinics = clinics_for(match[1] or own_topic, place)
        return render_to_string("components/clinic_list.html", {"clinics": clinics}) if clinics else ""

    return _MARK.sub(filled, fragment) if CLINIC_LIST in fragment else fragment
