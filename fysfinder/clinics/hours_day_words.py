"""The days in what people write: 'man-ons og fre', 'øvrige hverdage', in Danish, English and OSM's letters."""

from __future__ import annotations

import re
from collections.abc import Callable

HOLIDAY = 7  # stands beside the weekdays 0–6
OTHER_WEEKDAYS, OTHER_DAYS = 8, 9  # 'øvrige hverdage': those of which nothing has been said
_ENGLISH = (
    r"mon(?:days?)?", r"tue(?:s|sdays?)?", r"wed(?:s|nesdays?)?", r"thu(?:r|rs|rsdays?)?", r"fri(?:days?)?",
    r"sat(?:urdays?)?", r"sun(?:days?)?",
)  # fmt: skip
_DANISH = (
    r"ma(?:n|ndag(?:e|en)?)?", r"ti(?:r|rs|rsdag(?:e|en)?)?", r"on(?:s|sdag(?:e|en)?)?", r"to(?:r|rs|rsdag(?:e|en)?)?",
    r"fr(?:e|edag(?:e|en)?)?", r"l(?:ø|oe)(?:r|rdag(?:e|en)?)?", r"s(?:ø|oe)(?:n|ndag(?:e|en)?)?",
)  # fmt: skip
_SHORT = ("mo", "tu", "we", "th", "", "sa", "su")  # as in OpenStreetMap; 'fr' is Danish too
_WEEKDAYS = (0, 1, 2, 3, 4)
_GROUPS: tuple[tuple[str, tuple[int, ...]], ...] = (
    (r"(?:de )?(?:øvrige|resterende|andre) hverdage|other weekdays", (OTHER_WEEKDAYS,)),
    (r"(?:de )?(?:øvrige|resterende|andre) (?:uge)?dage|other days", (OTHER_DAYS,)),
    (r"(?:alle |på )?hverdage?|weekdays?", _WEEKDAYS),
    (r"(?:alle )?weekend(?:er|en|s)?", (5, 6)),
    (
        r"alle (?:ugens )?(?:7 |syv )?dage|hver dag|daglige?t?|hele ugen|daily|every ?day|7 dage om ugen",
        (0, 1, 2, 3, 4, 5, 6),
    ),
    (r"(?:alle |på )?helligdage?|(?:public |bank )?holidays", (HOLIDAY,)),
)
_RULES: tuple[tuple[re.Pattern[str], tuple[int, ...]], ...] = (
    *((re.compile(pattern, re.IGNORECASE), days) for pattern, days in _GROUPS),
    *((re.compile(pattern, re.IGNORECASE), (day,)) for day, pattern in enumerate(_ENGLISH)),
    *((re.compile(pattern, re.IGNORECASE), (day,)) for day, pattern in enumerate(_DANISH)),
    *((re.compile(pattern, re.IGNORECASE), (day,)) for day, pattern in enumerate(_SHORT) if pattern),
)
_ANY_ENGLISH = "|".join((*_ENGLISH, *filter(None, _SHORT)))
_ANY_DAY = "|".join(pattern for pattern, _ in _GROUPS) + "|" + "|".join((*_ENGLISH, *_DANISH, *filter(None, _SHORT)))
# 'to' is the English range word between English days, else it is Thursday; between two figures it is neither.
_RANGE_WORDS = r"-|til og med|t\.?o\.?m\.?|til|through|thru|until"
_LINK = rf"(?:\s*(?:{_RANGE_WORDS}|,|/|&|\+|\bog\b|\band\b|\bsamt\b)\s*|\s+to\s+(?=(?:{_ANY_ENGLISH})\b))"
_EXCEPT_WORD = r"(?:undtagen|undt\.?|bortset fra|except(?: for)?|pånær)"
_ONE = rf"(?<!\w)(?!(?<=[\dm.] )to \d)(?:(?:hver|om|i|every)\s+)?(?:{_ANY_DAY})(?!\w)\.?"
_SET = rf"{_ONE}(?:{_LINK}{_ONE})*"
DAY_SET = re.compile(rf"{_SET}(?:\s*\(?,?\s*{_EXCEPT_WORD}\s+{_SET}\)?)?", re.IGNORECASE)
_ELEMENT = re.compile(rf"(?<!\w)(?:(?:hver|om|i|every)\s+)?({_ANY_DAY})(?!\w)\.?", re.IGNORECASE)
_RANGE_WORD = re.compile(rf"\s*(?:{_RANGE_WORDS})\s*", re.IGNORECASE)
_ENGLISH_TO = re.compile(rf"\s+to\s+(?=(?:{_ANY_ENGLISH})\b)", re.IGNORECASE)

_INSTEAD_WORD = r"(?:(?:men )?dog )"
_HOURS = r"(?:(?:kun )?(?:(?:fra|til|from|until) )?(?:kl\.? ?)?\d|(?:lukket|closed)\b)"
_TWELVE = r"([1-9]|1[01])(?:[:.](\d\d))?"


def _afternoon(match: re.Match[str]) -> str:
    """'Monday to Friday 9 to 5': in English the evening end, when the day would else end before it began."""
    days, opens, minutes, closes, past = match.groups()
    end = f"{int(closes) + 12}:{past or '00'}" if int(opens) > int(closes) else f"{closes}:{past or '00'}"
    return f"{days}{opens}:{minutes or '00'} - {end}"


# Other ways to write days: 'M-F', 'Søn- og helligdage', 'Alle hverdage undtagen torsdag', '8-16 (mandag-fredag)'.
WRITTEN: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    (
        re.compile(
            rf"(\b(?:{'|'.join((*_ENGLISH, 'weekdays'))}):?,? (?:from )?){_TWELVE} ?(?:-|to) ?{_TWELVE}"
            r"(?![\d:.]*\d| ?[ap]\.?m)",
            re.IGNORECASE,
        ),
        _afternoon,
    ),
    (re.compile(r"\bM ?- ?F\b(?=:? *\d)"), "Mon-Fri"),
    (
        re.compile(r"\b(man|tirs?|ons|tors?|fre|lør|søn)-(?=(?:, ?\w+-)*,? ?(?:og|&|/) ?\w+dage?\b)", re.IGNORECASE),
        r"\1",
    ),
    (re.compile(r"\b(man|tirs?|ons|tors?|fre|lør|søn)-(?=, ?\w+-,? ?(?:og|&|/) )", re.IGNORECASE), r"\1"),
    (
        re.compile(r"\b(closed|open) on (?=public|bank|holidays|week|mon|tue|wed|thu|fri|sat|sun)", re.IGNORECASE),
        r"\1 ",
    ),
    (re.compile(r"^([\d.: -]+) ?\(([^()\d]+)\)$"), r"\2 \1"),
    # 'onsdag dog til 18', '(ons. 8-18)' behind the hours of more days: instead of these
    (
        re.compile(rf"\({_INSTEAD_WORD}?({_SET}):? ?{_INSTEAD_WORD}?(?={_HOURS})([^()]*)\)", re.IGNORECASE),
        r", dog \1 \2",
    ),
    (re.compile(rf"({_SET}) {_INSTEAD_WORD}(?={_HOURS})", re.IGNORECASE), r"dog \1 "),
    # 'Mandag: 8-16 - Tirsdag: 9-17'
    (re.compile(rf"(?<=\d|t|l|e) -+ (?=(?:{_ANY_DAY}):)", re.IGNORECASE), "; "),
    (re.compile(r"\b(?:ellers|otherwise) (?=(?:lukket|closed)\b)", re.IGNORECASE), "øvrige dage "),
)
AS_USUAL_WORDS = re.compile(
    r"(?:[;,.]\s*|\b(?:og|samt|and|også)\s+|^)(?:vi har |der er |klinikken har |klinikken er )?(?:også )?"
    r"(?:åbent?|open)(?: også| also)? (?:på |on )?(?:alle )?(?:helligdage|public holidays)"
    r"(?: som (?:normalt|sædvanligt?))?(?=\s*(?:[.;,]|$))",
    re.IGNORECASE,
)


def days_of(text: str) -> tuple[int, ...]:
    """'man-ons og fre' → 0, 1, 2, 4; 'hverdage undtagen fre' → 0–3. Of 'weekend-man' or 'man-ons-fre' nothing."""
    parts = re.split(rf"\s*\(?,?\s*{_EXCEPT_WORD}\s+", text, flags=re.IGNORECASE)
    if len(parts) == 2:
        without = days_of(parts[1])
        return tuple(day for day in days_of(parts[0]) if day not in without) if without else ()
    text = _ENGLISH_TO.sub(" - ", text)
    days: list[int] = []
    previous: tuple[int, ...] = ()
    position, is_in_range = 0, False
    for match in _ELEMENT.finditer(text):
        these = next(found for pattern, found in _RULES if pattern.fullmatch(match[1]))
        if previous and _RANGE_WORD.fullmatch(text[position : match.start()]):
            if is_in_range or len(previous) != 1 or len(these) != 1 or HOLIDAY in (*previous, *these):
                return ()
            day = previous[0]
            while day != these[0]:
                day = (day + 1) % 7
                days.append(day)
            is_in_range = True
        else:
            days += these
            is_in_range = False
        previous, position = these, match.end()
    return tuple(dict.fromkeys(days))
