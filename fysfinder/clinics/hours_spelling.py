"""One way of writing: markup, wide figures, dashes, tabs and German words of a text with hours, before it is read."""

from __future__ import annotations

import html
import re

_DASHES = re.compile("[\u2010-\u2015\u2212\u00ad\uff5e\u301c\u2192]|(?<=[0-9])\\s*~\\s*(?=[0-9])")
_WIDE = {0xFF01 + number: 0x21 + number for number in range(0x5E)} | {0x3000: " "}
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_SMALL = re.compile(r"(?<=\d)(?:\s?<sup>\s*(\d\d)\s*</sup>|([⁰¹²³⁴⁵⁶⁷⁸⁹]{2}))", re.IGNORECASE)
_MARKUP: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"</t[dh]\s*>", re.IGNORECASE), "\t"),
    (re.compile(r"</?(?:p|div|li|ul|ol|dl|d[td]|tr|table|tbody|h[1-6]|br)\b[^<>]*>", re.IGNORECASE), "\n"),
    (re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE), " "),
)
_TIME = r"(\d{1,2}(?:[.:]\d{2})?)"
_WORDS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(rf"(?:^|(?<=\t)) *{_TIME} *\t *{_TIME} *(?=\t|$)", re.MULTILINE), r"\1-\2"),  # two columns
    (re.compile(r"(?<=\d)\s*\n\s*-\s*(?=\d)|(?<=\d)\s*-\s*\n\s*(?=\d)"), "-"),  # a range over two lines
    (re.compile(r"(?<=\d) ?½"), ":30"),
    (re.compile(r"\b(\d{1,2})h(\d{2})\b", re.IGNORECASE), r"\1:\2"),
    (re.compile(r"\b(\d{1,2})(?: ?h)? ?- ?(\d{1,2}) ?h\b", re.IGNORECASE), r"\1-\2"),
    (re.compile(r"(?<=\d) ?uhr\b", re.IGNORECASE), ""),
    (re.compile(r"(?<=\d)\s+bis\s+(?=\d)", re.IGNORECASE), " - "),
    *(
        (re.compile(rf"\b{german}\b", re.IGNORECASE), danish)
        for german, danish in (
            ("montag", "mandag"), ("dienstag", "tirsdag"), ("mittwoch", "onsdag"), ("donnerstag", "torsdag"),
            ("freitag", "fredag"), ("samstag|sonnabend", "lørdag"), ("sonntag", "søndag"),
            ("geschlossen", "lukket"), ("nach vereinbarung", "efter aftale"), (r"(?<=[a-z]) bis(?= [a-z])", " til"),
        )
    ),
)  # fmt: skip


def respelled(raw: str) -> str:
    """The text without markup, one kind of dash and of figures; lines and what it says stay.

    '<td>08:00</td><td>16:00</td>' → '08:00-16:00', '8³⁰–16⁰⁰' → '8:30-16:00', '8 bis 16 Uhr' → '8 - 16'.
    """
    text = _SMALL.sub(lambda match: ":" + (match[1] or match[2].translate(_RAISED)), raw)
    if "<" in text:
        for pattern, plain in _MARKUP:
            text = pattern.sub(plain, text)
    text = _DASHES.sub("-", html.unescape(text).translate(_WIDE))
    for pattern, plain in _WORDS:
        text = pattern.sub(plain, text)
    return text
