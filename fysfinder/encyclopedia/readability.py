"""LIX: how heavy a Danish text is to read. Björnsson's measure: words a sentence plus the share of long words."""

from __future__ import annotations

import re

from fysfinder.encyclopedia.draft import ArticleDraft
from fysfinder.encyclopedia.markdown import plain_text
from fysfinder.encyclopedia.models import Article

LONG_WORD = 7  # letters or more
HEAVY_FROM = 45
# (from, what it is called), as read in Dansk Sproghistorie (https://www.dansksproghistorie.dk/144).
BANDS = ((0, "meget let"), (25, "let"), (35, "middel"), (45, "svær"), (55, "meget svær"))
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*|\d+(?:[.,]\d+)*")
# A sentence ends at . ! ? : or a line's end, but not after a single letter or in a common abbreviation.
_ABBREVIATION = re.compile(
    r"\b(?:f\.eks|fx|bl\.a|ca|dvs|evt|inkl|kl|mm|m\.m|m\.fl|nr|osv|pct|pga|samt|stk|vha|kr)\.", re.I
)
_END = re.compile(r"[.!?:]+(?=\s|$)|\n+")


def lix(text: str) -> int | None:
    """LIX as a whole number; None for a text without words. A reference like [1] is no word."""
    text = _ABBREVIATION.sub(lambda match: match.group().replace(".", ""), re.sub(r"\s*\[\d{1,3}\]", "", text))
    words = _WORD.findall(text)
    sentences = sum(1 for part in _END.split(text) if _WORD.search(part))
    if not words or not sentences:
        return None
    long_words = sum(1 for word in words if sum(map(str.isalpha, word)) >= LONG_WORD)
    return round(len(words) / sentences + 100 * long_words / len(words))


def band(value: int) -> str:
    return [words for start, words in BANDS if value >= start][-1]


def article_lix(article: Article | ArticleDraft) -> int | None:
    """LIX of all that a reader reads of an article: headings, key points and questions too, the sources not."""
    parts = [plain_text(article.lead_html), *(answer for _question, answer in article.key_points)]
    parts += [f"{part['title']}\n{part['text']}" for part in article.sections]
    return lix("\n".join([*parts, *(f"{item['q']}\n{item['a']}" for item in article.faq)]))
