"""Who pays a part, under which condition, and who says so: the rules of subsidy as data, each with dates and a source.

`is_verified` means that an authority said it on a page we have seen. An amount that only somebody repeats, or that is
years old, is used with its date and marked. An operator corrects a rule here and in data/SOURCES.md.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

SEEN = dt.date(2026, 11, 22)
TRIAL_REGION = "1085"  # Region Sjælland; from 1 January 2027 a part of Region Østdanmark
UNKNOWN_GROUP = "ja"  # a member of "danmark" who does not know the group
DANMARK_GROUPS = ("1", "2", "5", "s", UNKNOWN_GROUP)


@dataclass(frozen=True, slots=True)
class Amount:
    """What is paid of one visit: at most `most_ore`, and at most `percent` of what the patient pays."""

    most_ore: int
    percent: int = 100

    def of(self, fee_ore: int) -> int:
        """The subsidy to a fee, in whole øre, never more than the fee."""
        return min(self.most_ore, fee_ore * self.percent // 100)


@dataclass(frozen=True, slots=True)
class SubsidyRule:
    """One rule: its words, when it holds, who says so. Amounts by tariff service where the rule has fixed ones."""

    key: str
    label: _StrOrPromise
    explanation: _StrOrPromise
    source: str
    source_url: str
    valid_from: dt.date
    valid_to: dt.date | None = None
    is_verified: bool = True
    seen_on: dt.date = SEEN
    said_on: dt.date | None = None  # the newest date a source gives for the amounts
    amounts: Mapping[str, Amount] = field(default_factory=dict)

    def holds_on(self, day: dt.date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


REFERRAL = SubsidyRule(
    key="referral",
    label=_("Offentligt tilskud med henvisning"),
    explanation=_("Har klinikken ydernummer, og har du en henvisning fra lægen, betaler du kun din del af taksten."),
    source="Region Midtjylland: Fysioterapeuter",
    source_url="https://www.sundhed.rm.dk/behandlingssteder/speciallager-og-andre-behandlere/fysioterapeuter/",
    valid_from=dt.date(2018, 10, 1),  # the oldest table we have seen
)
NO_SUBSIDY = SubsidyRule(
    key="no_subsidy",
    label=_("Intet offentligt tilskud"),
    explanation=_("Uden henvisning, eller uden ydernummer hos klinikken, betaler du klinikkens egen pris."),
    source=REFERRAL.source,
    source_url=REFERRAL.source_url,
    valid_from=REFERRAL.valid_from,
)
TRIAL = SubsidyRule(
    key="trial",
    label=_("Forsøg i Region Sjælland: tilskud uden henvisning"),
    explanation=_(
        "Bor du i Region Sjælland, og har klinikken ydernummer i regionen, får du tilskuddet uden henvisning. "
        "Det gælder ikke vederlagsfri fysioterapi og behandling i hjemmet."
    ),
    source="sundhed.dk, Region Sjælland: Fysioterapi uden henvisning",
    source_url="https://www.sundhed.dk/sundhedsfaglig/information-til-praksis/sjaelland/almen-praksis/regionalt/indsatsomraader/fysioterapi-uden-henvisning/",
    valid_from=dt.date(2025, 3, 31),
    valid_to=dt.date(2027, 3, 30),  # announced as a trial of two years; SOURCES.md says by whom
)
FREE = SubsidyRule(
    key="free",
    label=_("Vederlagsfri fysioterapi"),
    explanation=_(
        "Du betaler ikke, når lægen har henvist dig til vederlagsfri fysioterapi, og klinikken tilbyder det. "
        "Tillæg for behandlinger uden for aftalen betaler du selv."
    ),
    source="Sundhedsstyrelsen: Vejledning om adgang til vederlagsfri fysioterapi",
    source_url="https://www.sst.dk/da/Udgivelser/2021/Vejledning-om-adgang-til-vederlagsfri-fysioterapi",
    valid_from=dt.date(2018, 10, 1),
)
# The amounts of group S in 2019; two clinics give the same for members in 2018 and 2024 without naming a group.
DANMARK = SubsidyRule(
    key="danmark",
    label=_("Sygeforsikringen ”danmark”"),
    explanation=_(
        "Tilskud pr. behandling, også uden henvisning, når de samme faglige krav er opfyldt. Beløbene er fra 2019 "
        "og 2024 og er ikke bekræftet for din gruppe. Spørg ”danmark”."
    ),
    source="sygeforsikring.dk: Fysioterapi (2019); kbhmobilfys.dk: priser (2024)",
    source_url="http://www.sygeforsikring.dk/GruppeS/tilskud/fysioterapi",
    valid_from=dt.date(2018, 10, 1),
    is_verified=False,
    said_on=dt.date(2024, 1, 1),
    amounts={
        "first": Amount(13300),
        "follow_up": Amount(8800),
        "short": Amount(5900),
        "training": Amount(3000, percent=50),
        "group": Amount(5900, percent=50),
        "distance": Amount(1000),
    },
)
# The most that "danmark" pays for group training within twelve months, in øre (from January 2021).
GROUP_CEILING_ORE: Mapping[str, int] = {"1": 90000, "2": 120000, "5": 60000, "s": 60000}
GROUP_CEILING_FROM = dt.date(2021, 1, 1)
HEALTH_SUPPLEMENT = SubsidyRule(
    key="health_supplement",
    label=_("Helbredstillæg"),
    explanation=_(
        "Er du folkepensionist med lav indtægt og lille formue, kan kommunen betale op til 85 procent af din del, "
        "efter din personlige tillægsprocent. Vi regner det ikke med."
    ),
    source="star.dk: Helbredstillæg",
    source_url="https://star.dk/da/ydelser/pension-og-efterloen/folkepension-tidlig-pension-foertidspension-og-seniorpension/tillaeg-til-pension/helbredstillaeg",
    valid_from=dt.date(2018, 10, 1),
)
INSURANCE = SubsidyRule(
    key="insurance",
    label=_("Sundhedsforsikring"),
    explanation=_("Hvad forsikringen betaler, står i bevillingsbrevet fra dit selskab. Spørg, før du starter."),
    source="Danske Fysioterapeuter: FAQ om sundhedsforsikringer",
    source_url="https://www.fysio.dk/radgivning-regler/selvstandig-virksomhed/faq-om-sundhedsforsikringer",
    valid_from=dt.date(2018, 10, 1),
)
GROUP_2 = SubsidyRule(
    key="group_2",
    label=_("Sygesikringsgruppe 2"),
    explanation=_(
        "I gruppe 2 bestemmer fysioterapeuten selv prisen. Tilskuddet er det samme som i gruppe 1, du betaler "
        "forskellen. Vores beregning gælder gruppe 1, som næsten alle er i."
    ),
    source="Københavns Kommune: Sygesikringsgruppe",
    source_url="https://www.kk.dk/indhold/generel-information-sygesikringsgruppe",
    valid_from=dt.date(2018, 10, 1),
)

RULES: tuple[SubsidyRule, ...] = (*(REFERRAL, NO_SUBSIDY, TRIAL, FREE, DANMARK, HEALTH_SUPPLEMENT, INSURANCE, GROUP_2),)
RULE_BY_KEY = {rule.key: rule for rule in RULES}


def danmark_amount(group: str | None, service: str, day: dt.date) -> Amount | None:
    """What "danmark" pays a visit; None for who is no member, or before the first amount we have seen."""
    return DANMARK.amounts.get(service) if group and DANMARK.holds_on(day) else None


def group_ceilings(group: str | None, day: dt.date) -> tuple[int, int] | None:
    """(lowest, highest) ceiling for group training in twelve months; they differ when the group is unknown."""
    if not group or day < GROUP_CEILING_FROM:
        return None
    known = GROUP_CEILING_ORE.get(group)
    return (known, known) if known is not None else (min(GROUP_CEILING_ORE.values()), max(GROUP_CEILING_ORE.values()))
