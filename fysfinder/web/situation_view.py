"""'Din situation' on a page: the questions with their answers, a receipt in words, and links that carry the answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fysfinder.base.http import query_string
from fysfinder.base.jinja import kr, kr_range, language
from fysfinder.clinics.cards import ClinicCard
from fysfinder.clinics.course import MOST_VISITS, ClinicTerms, Plan, Situation, own_prices
from fysfinder.clinics.quotes import Line, Quote, quote
from fysfinder.search import situation as asked
from fysfinder.search.course_prices import Course
from fysfinder.search.situation import NO_ANSWERS, Answers
from fysfinder.web.shown import Answer, Dated

SHOWN_IN_FILTERS = (asked.REFERRAL, asked.DANMARK, asked.FREE, asked.VISITS)


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Panel:
    """The questions of the panel. `visits` is the number in the field."""

    is_answered: bool
    words: str
    referral: tuple[Choice, ...]
    danmark: tuple[Choice, ...]
    insurance: tuple[Choice, ...]
    plan: tuple[Choice, ...]
    is_free: bool
    is_pensioner: bool
    visits: int
    most_visits: int
    home: str


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    label: str
    amount: str  # '' is unknown
    is_subsidy: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Receipt:
    """A quote in words. An empty total is unknown; the reasons say why."""

    words: str
    lines: tuple[ReceiptLine, ...]
    total: str
    per_visit: str
    dated: Dated | None
    is_old: bool
    reasons: tuple[str, ...]
    notes: tuple[str, ...]
    messages: tuple[str, ...]
    sources: tuple[tuple[str, str], ...]  # (title, address)


def carry(answers: Answers, path: str) -> str:
    """The path with the answers, for a link to another page about clinics."""
    joined = query_string(answers.pairs)
    return path + (joined.replace("?", "&", 1) if "?" in path else joined)


def panel(answers: Answers) -> Panel:
    """The questions with the answers given; without any, the same panel on every page of a language."""
    return _panel(answers) if answers.pairs else _unanswered(language())


@cache
def _unanswered(spoken: str) -> Panel:
    return _panel(NO_ANSWERS)


def _panel(answers: Answers) -> Panel:
    def choices(key: str, *options: tuple[str, str]) -> tuple[Choice, ...]:
        return tuple(Choice(value, label, answers.text(key) == value) for value, label in options)

    unsure = ("ved-ikke", _("Ved ikke"))
    return Panel(
        is_answered=bool(answers),
        words=situation_words(answers.situation, answers.plan, is_answered=bool(answers)),
        referral=choices(asked.REFERRAL, ("ja", _("Ja")), ("nej", _("Nej")), unsure),
        danmark=choices(
            asked.DANMARK,
            ("", _("Nej")),
            *((group, _("Ja, gruppe %(group)s") % {"group": group.upper()}) for group in ("1", "2", "5", "s")),
            ("ja", _("Ja, men jeg kender ikke min gruppe")),
        ),
        insurance=choices(
            asked.INSURANCE,
            ("", _("Nej")),
            ("daekker", _("Ja, selskabet har bevilget behandlingen")),
            ("godkender", _("Ja, men selskabet skal godkende først")),
            ("ved-ikke", _("Ved ikke")),
        ),
        plan=choices(
            asked.PLAN, ("", _("Behandling på klinikken")), ("hold", _("Holdtræning")), ("hjemme", _("Hjemme hos mig"))
        ),
        is_free=bool(answers.text(asked.FREE)),
        is_pensioner=bool(answers.text(asked.PENSIONER)),
        visits=answers.plan.visits,
        most_visits=MOST_VISITS,
        home=answers.text(asked.HOME),
    )


def plan_words(plan: Plan) -> str:
    """'1 første besøg + 5 behandlinger', '10 gange på hold'."""
    count = {"n": plan.visits}
    if plan.kind == "group":
        return ngettext("%(n)d gang på hold", "%(n)d gange på hold", plan.visits) % count
    more = ngettext("1 første besøg + %(n)d behandling", "1 første besøg + %(n)d behandlinger", plan.visits) % count
    words = more if plan.visits else _("1 første besøg")
    return _("%(plan)s hjemme") % {"plan": words} if plan.kind == "home" else words


def situation_words(situation: Situation, plan: Plan, *, is_answered: bool = True) -> str:
    """'1 første besøg + 5 behandlinger, med henvisning, medlem af ”danmark”'."""
    if not is_answered:
        return ""
    said = [plan_words(plan)]
    if situation.is_free:
        said.append(_("henvist til vederlagsfri"))
    elif situation.has_referral is not None:
        said.append(_("med henvisning") if situation.has_referral else _("uden henvisning"))
    if situation.danmark:
        said.append(_("medlem af ”danmark”"))
    if situation.region:
        said.append(_("bor i Region Sjælland"))
    return ", ".join(said)


def terms_of(card: ClinicCard) -> ClinicTerms:
    """What of a clinic decides the price."""
    return ClinicTerms(card.agreement, card.vederlagsfri, card.region, own_prices(card.prices))


def quote_for(card: ClinicCard, course: Course) -> Quote:
    return quote(terms_of(card), course.situation, course.plan, course.tariffs, course.day)


def mine_answer(card: ClinicCard, course: Course) -> Answer:
    """The card's second answer: what the first time costs me, and under which condition."""
    found = quote_for(card, course.first_only())
    label, total = _("Din pris, første gang"), amount_words(found)
    if not total:
        return Answer(label, "", _("Ring og spørg") if card.phone else "", is_mine=True)
    whole = amount_words(quote_for(card, course))
    note = _("%(plan)s: %(total)s") % {"plan": plan_words(course.plan), "total": whole or _("ikke oplyst")}
    return Answer(label, total, f"{condition(found)}. {note}", dated_of(found), is_mine=True)


def condition(found: Quote) -> str:
    if any(line.rule == "free" for line in found.lines):
        return _("Vederlagsfri") if found.high_ore == 0 else _("Måske vederlagsfri")
    if found.is_subsidised is None:
        return _("Med eller uden tilskud")
    if not found.is_subsidised:
        return _("Uden offentligt tilskud")
    return _("Uden henvisning, forsøg") if found.lines[0].rule == "trial" else _("Med henvisning")


def amount_words(found: Quote) -> str:
    if found.low_ore is None or found.high_ore is None:
        return ""
    return kr_range(found.low_ore, found.high_ore)


def dated_of(found: Quote) -> Dated | None:
    """The oldest date behind the sum: of a tariff, or of the clinic's own prices."""
    tariff = found.oldest_tariff
    if tariff is not None and tariff.on is not None:
        return Dated(tariff.on, _("takst fra"), tariff.source)
    own = [line for line in found.lines if line.rule == "no_subsidy" and line.on]
    oldest = min(own, key=lambda line: line.on or dt.date.max, default=None)
    return Dated(oldest.on, _("oplyst"), oldest.source) if oldest and oldest.on else None


def receipt(found: Quote, situation: Situation, plan: Plan) -> Receipt:
    """The receipt of a quote."""
    tariff, per_visit = found.oldest_tariff, found.per_visit_ore
    settled = plan.settled()[0]
    return Receipt(
        words=situation_words(situation, settled),
        lines=tuple(receipt_line(line) for line in found.lines),
        total=amount_words(found),
        per_visit=_("%(price)s pr. gang i gennemsnit") % {"price": kr_range(*per_visit)}
        if per_visit and found.visits > 1 and found.high_ore
        else "",
        dated=dated_of(found),
        is_old=bool(tariff and tariff.is_old),
        reasons=found.reasons,
        notes=found.notes,
        messages=found.messages,
        sources=sources(found.lines),
    )


def receipt_line(line: Line) -> ReceiptLine:
    label = line.label
    unit_low, unit_high = line.unit_low_ore, line.unit_high_ore
    if line.kind == "fee" and line.count > 1:
        label = _("%(n)d × %(service)s") % {"n": line.count, "service": label[:1].lower() + label[1:]}
        if unit_low is not None and unit_high is not None and unit_high:
            label += _(" à %(price)s") % {"price": kr_range(unit_low, unit_high)}
    if line.low_ore is None or line.high_ore is None:
        return ReceiptLine(label, "")
    if line.kind == "fee":
        return ReceiptLine(label, kr_range(line.low_ore, line.high_ore))
    least, most = sorted((-line.low_ore, -line.high_ore))
    note = "" if line.is_verified else _("ikke bekræftet beløb")
    return ReceiptLine(label, "−" + (kr(most) if least == most else kr_range(least, most)), True, note)


def sources(lines: Sequence[Line]) -> tuple[tuple[str, str], ...]:
    return tuple(dict.fromkeys((line.source, line.source_url) for line in lines if line.source))
