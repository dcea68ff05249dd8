"""The agreement's tariffs as lines of a table people can read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fysfinder.tariffs.queries import TariffRow

SERVICES: dict[str, Promise] = {
    "first": _("Første besøg"),
    "follow_up": _("Behandling"),
    "short": _("Kort behandling"),
    "training": _("Opfølgende træning"),
    "group": _("Holdtræning, pr. person"),
    "no_show": _("Udeblivelse"),
}


@dataclass(frozen=True)
class TariffLine:
    label: Promise
    tariff: TariffRow
    is_old: bool


def tariff_lines(tariffs: Mapping[str, TariffRow], today: dt.date) -> list[TariffLine]:
    """The known services in the order people meet them."""
    return [
        TariffLine(label, tariffs[service], tariffs[service].is_old(today))
        for service, label in SERVICES.items()
        if service in tariffs
    ]
