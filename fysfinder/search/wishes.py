"""Wishes in words: 'med ydernummer', 'åben nu', 'under 500 kr' as the filters and orders of the clinic search.

One table. '#' stands for a number. The longest phrase at a place wins.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import product

from django.utils.translation import override

from fysfinder.base.text import fold
from fysfinder.clinics.attributes import INSURERS, LANGUAGES
from fysfinder.topics.words import Word

SORT, NEAR_ME, AROUND = "sorter", "naer-mig", "omkring"
NUMBER = "#"
_LOWEST_PRICE_KR = 100  # 'under 18' is an age

# One wish a line: filter (or one of the three above) = value: phrases parted by comma. '/' parts words that may stand
# in the same place, '-' among them for none; '?' after the value marks a weak wish (see Wish.is_weak). No filter:
# these words wish nothing.
_TABLE = """
ydernummer=ja: -/med/har ydernummer/ydernr/ydernumre/overenskomst, yder nummer, med sygesikring, sygesikringen
ydernummer=ja: -/med offentligt/public tilskud/subsidy, med tilskud, tilskud fra sygesikringen, with a referral
ydernummer=ja: med/har/with -/en/a -/min henvisning/lægehenvisning/referral, henvisning fra læge/lægen, lægehenvisning
vederlagsfri=ja: vederlagsfri/vederlagsfrit/gratis fysioterapi/fysioterapeut/fys/behandling/træning
vederlagsfri=ja: vederlagsfri, vederlagsfrit, free physiotherapy/physio
aabent=nu: -/har/som/der -/er/har åben/åbent/åbne -/lige nu, open -/right now
aabent=aften: aftenåben, aftenåbent, aftentid, aftentider, -/har åben/åbent -/om aften/aftenen, tid/tider om aftenen
aabent=aften: efter arbejde/arbejdstid/fyraften/skole, efter kl/klokken # -/00
aabent=aften: after work, open -/in -/the evening/evenings
aabent=aften?: -/om/sen aften/aftenen, evening, evenings
aabent=weekend: weekend, weekendåben, weekendåbent, lørdagsåben, lørdagsåbent, søndagsåben, søndagsåbent
aabent=weekend: -/har åben/åbent -/i/om/på weekenden/weekend/lørdag/lørdagen/lørdage/søndag/søndagen/søndage
aabent=weekend: open -/on -/the weekend/weekends/saturday/saturdays/sunday/sundays
aabent=weekend?: -/i/om/på weekenden/weekend/lørdag/lørdagen/lørdage/søndag/søndagen/søndage, -/on saturday/sunday
maks-pris=#: -/for/til/og under/højst/max/maks/maksimalt # -/kr/kroner/dkk, -/for/til # kr/kroner/dkk
maks-pris=#: op til # kr/kroner, mindre/billigere/cheaper/less end/than # -/kr/kroner/dkk, below # -/kr/kroner/dkk
maks-ventetid=#: -/ventetid inden/indenfor/højst/max/maks/under/within -/for # dage/dag/days/dages -/ventetid, om # dage
maks-ventetid=7: inden/indenfor/højst/under -/for én/en/1 uge/uges -/ventetid, -/i denne uge, this week, within a week
maks-ventetid=14: inden/indenfor/højst/under/within -/for 2/to/two uger/ugers/weeks -/ventetid
radius=#: -/inden/indenfor/højst/max/maks/within/radius/under -/for/på # km/kilometer -/væk/herfra, op til # km
adgang=trinfri: -/med trinfri/niveaufri/handicapvenlig/kørestolsvenlig -/adgang/indgang, uden trin/trapper/trappe
adgang=trinfri: -/i/med/for/til kørestol/kørestolsbruger/kørestolsbrugere/rollator/wheelchair -/adgang/access/accessible
adgang=trinfri: handicapadgang, kørestolsadgang, kørestolsegnet, step free -/access, no/without steps/stairs
adgang=trinfri: ingen/undgår/undgå trin/trapper/trappe, kommer/komme ind med rollator/kørestol
adgang=trinfri: -/i/på stueetagen/stueplan/gadeplan
adgang=elevator: -/med elevator, with/has -/a/an lift/elevator
adgang=handicaptoilet: -/med/har handicaptoilet, handicap/accessible/disabled toilet
adgang=parkering: -/med/har/gratis/god/gode/with/free parkering/parkeringsplads/parkeringspladser/parking
adgang=parkering: p plads/pladser
adgang=handicapparkering: -/med/har handicapparkering/invalideparkering, handicap/disabled parkering/parking
hjemmebesoeg=ja: -/på/til/kommer -/på hjemmebesøg, hjemme hos mig/os, hjem til mig/os, home visit/visits, i eget hjem
hjemmebesoeg=ja: -/som/der kommer/komme hjem -/til -/mig/os/en/dig/min/patienten, hjemmebehandling
hjemmebesoeg=ja: hjem/hjemme til/hos min/mine/vores/ham/hende/hos, at/to my/his/her home
hjemmebesoeg=ja: kørende/udkørende/mobil fysioterapeut/fys/fysioterapi/behandler, fysioterapi -/i hjemme/hjemmet
hold=ja: -/træne/træning/træner på hold, hold for/til, group class/classes
=: sygesikring/sygesikringen/sygeforsikring/sygeforsikringen danmark/danmarks
online=ja: online/digital/virtuel fysioterapi/fysioterapeut/fys/konsultation/behandling/træning/physiotherapy
online=ja: online, onlinekonsultation, videokonsultation, video konsultation/consultation, via/over/på video/nettet
online=ja: fysioterapi/fysioterapeut/physiotherapy online
sorter=pris: -/den/de billig/billige/billigt/billigst/billigste/billigere/prisvenlig/cheap/cheapest/cheaper/affordable
sorter=pris: lav/lave/laveste/god/gode/low/lowest pris/priser/price/prices, ikke for/så dyr/dyrt/dyre
sorter=ventetid: akut, akutte, akuttid, akuttider, akut/hurtig/ledig tid/hjælp/behandling -/i -/dag/morgen, urgent, asap
sorter=ventetid: hurtigst/snarest muligt, snarest, komme til hurtigt, as soon as possible, ledige tider -/i -/dag/morgen
sorter=ventetid: uden/ingen/kort/korteste/kortest/lav/short/no ventetid/waiting -/time, første ledige tid
sorter=ventetid: tid i dag/morgen
sorter=ventetid?: hurtigt, hurtig, hurtigst, hurtigste, snart, soon, quickly
sorter=afstand: -/den/de nærmeste/nærmest, tættest -/på, nearest, closest
naer-mig: -/lige nær/nærmest/tæt/tættest -/på mig, -/her i -/mit/vores nærheden/nabolaget/området/område/nabolag
naer-mig: -/i nærheden af mig/her/os, nærheden, hvor jeg bor, tæt på hvor jeg bor, nær min/vores adresse
naer-mig: near/around/by me, close to me, nearby, in my area
omkring=20: i nærheden/omegnen af, -/og omegn, omkring, rundt om, tæt på, nær, near, close to, around
"""
# Wishes about the clinic that in a sentence about pain are more likely about the pain: 'ondt i knæet om aftenen'.
_WEAK = "?"
_LANGUAGES = (
    "-/som/der taler/snakker {0}, {0} talende/sproget/sprogede, {0}talende, {0}sproget, {0}sprogede, -/på/med {0}"
)
_IN_ITSELF = {"de": "deutsch/deutschsprachig/deutschsprachiger/deutschsprachige", "es": "español", "fr": "français"}
_IN_ENGLISH = {"en": "english", "de": "german", "ar": "arabic", "pl": "polish", "uk": "ukrainian", "tr": "turkish"}
_IN_ENGLISH |= {"sv": "swedish", "no": "norwegian", "fr": "french", "es": "spanish", "fa": "farsi", "ru": "russian"}
_ENGLISH = "{0} speaking, speaks/speak/speaking {0}, -/in/with {0}"
_INSURERS = "-/med/forsikret -/gennem/via/hos {0} -/forsikring/sundhedsforsikring, forsikring/sundhedsforsikring {0}"
# Names of insurers that are words of their own are only read beside the word insurance.
_ORDINARY_WORDS = frozenset({"if", "tryg"})
_BESIDE = "-/via {0} forsikring/sundhedsforsikring, forsikring/sundhedsforsikring/forsikret -/hos/i/via {0}"


@dataclass(frozen=True, slots=True)
class Wish:
    """A wish and the words that say it: words[start:end]. A weak one is none in a sentence about a problem."""

    key: str
    value: str
    start: int
    end: int
    is_weak: bool = False


@dataclass(slots=True)
class _Node:
    wish: tuple[str, str] | None = None
    children: dict[str, _Node] = field(default_factory=dict)


def find_wishes(words: Sequence[Word]) -> Iterator[Wish]:
    """The wishes in a text's words, the longest at each place, never overlapping."""
    at = 0
    while at < len(words):
        found = _longest_at(words, at)
        if found and found.key:
            yield found
        at = found.end if found else at + 1


def wish_words() -> frozenset[str]:
    """Every word of the phrases: they are right as they stand."""
    return frozenset(_tree()[1])


def _longest_at(words: Sequence[Word], start: int) -> Wish | None:
    node, number, best = _tree()[0], "", None
    for at in range(start, len(words)):
        folded = words[at].folded
        child = node.children.get(folded)
        if child is None and folded.isdigit() and len(folded) <= 5 and NUMBER in node.children:
            child, number = node.children[NUMBER], folded
        if child is None:
            break
        node = child
        if node.wish and (found := _wish(*node.wish, number, start, at + 1)):
            best = found
    return best


def _wish(key: str, value: str, number: str, start: int, end: int) -> Wish | None:
    if key == "maks-pris" and int(number or 0) < _LOWEST_PRICE_KR:
        return None
    is_weak = value.endswith(_WEAK)
    return Wish(key, value.removesuffix(_WEAK).replace(NUMBER, number), start, end, is_weak)


@cache
def _tree() -> tuple[_Node, set[str]]:
    root, known = _Node(), set[str]()
    for key, value, phrase in _phrases():
        node = root
        for word in phrase:
            known.add(word)
            node = node.children.setdefault(word, _Node())
        node.wish = node.wish or (key, value)
    return root, known


def _phrases() -> Iterator[tuple[str, str, tuple[str, ...]]]:
    with override("da"):  # the words of the table are Danish, whoever asks first
        languages = [(choice.slug, fold(str(choice.label))) for choice in LANGUAGES if choice.slug != "da"]
    lines = _TABLE.strip().splitlines()
    lines += [f"sprog={slug}: " + _LANGUAGES.format(name) for slug, name in languages]
    lines += [f"sprog={slug}: -/auf/en {words}" for slug, words in _IN_ITSELF.items()]
    lines += [f"sprog={slug}: " + _ENGLISH.format(name) for slug, name in _IN_ENGLISH.items()]
    for choice in INSURERS:
        name = fold(str(choice.label))
        if not choice.is_demo:
            lines.append(
                f"forsikring={choice.slug}: " + (_BESIDE if name in _ORDINARY_WORDS else _INSURERS).format(name)
            )
    for line in lines:
        wish, _colon, patterns = line.partition(": ")
        key, _equals, value = wish.partition("=")
        for pattern in patterns.split(", "):
            for words in product(*(part.split("/") for part in pattern.split())):
                yield key, value, tuple(word if word == NUMBER else fold(word) for word in words if word != "-")
