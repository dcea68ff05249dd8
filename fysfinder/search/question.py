"""What a sentence in the search box asks for: topics, a place, wishes about the clinic, and the words that are left.

By rules, no guessing, and every part says which words it was read from. Order of reading: likely slips of the fingers
are put right; phrases of the taxonomy and of wishes are found, the longer winning where they share words; then a place
in what is left (the longest name, the last one in the sentence). A word that is both topic and place, like 'hals'
(neck, and a town), is a place only when another topic is named and no other place is: 'kryoterapi i hals'.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from django.utils.translation import gettext as _

from fysfinder.base.jinja import language
from fysfinder.base.text import one_line
from fysfinder.places.gazetteer import Place, Resolution
from fysfinder.places.queries import gazetteer
from fysfinder.search.ages import age_group
from fysfinder.search.articles import article_index
from fysfinder.search.elsewhere import is_elsewhere
from fysfinder.search.everyday import EVERYDAY_WORDS, TRADE_NAMES, TRADE_WORDS
from fysfinder.search.filters import FILTER_BY_KEY
from fysfinder.search.language import STOP_WORDS
from fysfinder.search.results import Pairs
from fysfinder.search.sentence import BEFORE_PLACES, Sentence, read_sentence
from fysfinder.search.sorting import SORT_BY_VALUE
from fysfinder.search.subjects import Subject, complained_of, described, subjects_of
from fysfinder.search.wishes import AROUND, NEAR_ME, SORT, Wish, find_wishes
from fysfinder.topics.models import Kind
from fysfinder.topics.queries import TopicCard, name
from fysfinder.topics.words import split_words

MAX_CHARS, MAX_WORDS = 300, 40
LONGEST_NAME = 4  # words: 'nykøbing f 4800 guldborgsund' is as long as it gets
SHORTEST_NAME = 2
RADIUS, FREE_OF_CHARGE = "radius", "vederlagsfri"
WHOLE_COUNTRY = "danmark"
_INSURER_OF_THAT_NAME = ("sygesikring", "sygeforsikring")  # 'tilskud fra sygeforsikringen danmark'
# Words that carry no wish of their own here; what is left is looked for in names of clinics and articles.
_EMPTY = BEFORE_PLACES | EVERYDAY_WORDS | TRADE_WORDS
_NOT = frozenset(("uden", "ikke", "ingen", "without", "not", "no"))
# Ordinary words beside the trade that ask for it, where others say what kind is wanted: 'kvindelig fysioterapeut'.
_ASKING = frozenset(
    ("soege", "soeger", "lede", "leder", "oenske", "oensker", "vaelge", "book", "bruger", "brug", "kontakt", "tid")
)


@dataclass(frozen=True, slots=True)
class Understood:
    """One thing the text asks for, and the words that say so: text[start:end]."""

    kind: Literal["place", "topic", "filter", "sort", "near"]
    key: str  # of the filter, or the kind
    value: str  # in the URL: a slug, 'ja', '500'
    label: str  # in words for the chip
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Question:
    """A sentence, understood. With a name that several places carry, place is None and place_choices says which."""

    text: str  # as written, one line
    place: Place | None
    place_choices: tuple[Place, ...]
    topics: tuple[TopicCard, ...]  # a problem first, then treatments, then body parts and groups of people
    rest: str  # the words that are neither, as written
    about: str = ""  # the words without place and wishes; '' when nothing else is said
    pairs: Pairs = ()  # filters and order as the find page's query
    is_near_me: bool = False
    understood: tuple[Understood, ...] = ()  # in the order of the text
    corrections: tuple[tuple[str, str], ...] = ()  # (as written, as read)
    elsewhere: tuple[str, ...] = ()  # words for somebody who is not here, as read: 'tandlæge'

    def without(self, part: Understood) -> str:
        """The text without the words of one part: what removing its chip asks."""
        return " ".join((self.text[: part.start] + " " + self.text[part.end :]).split())


def understand(text: str) -> Question:
    """The question in a visitor's text, of which the first 40 words are read. Never raises."""
    text = one_line(text, max_length=MAX_CHARS)
    words = split_words(text)
    text_read = text[: words[MAX_WORDS].start].rstrip() if len(words) > MAX_WORDS else text
    sentence = read_sentence(text_read, article_index().vocabulary.words)
    wishes = [wish for wish in find_wishes(sentence.read_words) if _can_be_met(wish)]
    topics, wishes = _without_shared(subjects_of(sentence), wishes)
    topics, denied = _without_denied(sentence, topics)
    taken = {at for first, end, _card in topics for at in range(first, end)}
    if aged := age_group(sentence.read_words):
        taken |= {*range(aged[0], aged[1])}
    taken |= {at for wish in wishes for at in range(wish.start, wish.end)}
    run, resolution = _place_in(sentence, [at for at in range(len(sentence.words)) if at not in taken])
    if not run and len({card.slug for _first, _end, card in topics}) > 1:
        first, end, _card = topics[-1]
        run, resolution = _place_in(sentence, list(range(first, end)))
        topics = topics[:-1] if run else topics
    is_about_a_problem = any(card.kind == Kind.CONDITION for _first, _end, card in topics)
    for wish in wishes:
        if _is_refused(sentence, wish, taken):
            denied |= {*range(wish.start - 1, wish.end)}
    wishes = [wish for wish in wishes if wish.start not in denied and _counts(wish, run, is_about_a_problem)]
    is_open = bool(resolution.place and resolution.place.slug == WHOLE_COUNTRY and not topics and not wishes)
    left = _left_over(sentence, (taken | set(run)) - denied, denied, bool(topics), is_open)
    meant = [at for at in left if at not in denied]
    if card := described(sentence, meant, topics):
        topics = [*topics, (meant[0], meant[-1] + 1, card)]
        left = [at for at in left if at in denied]
    else:
        topics = complained_of(sentence, left, topics)
    return _question(sentence, topics, wishes, run, resolution, left)


def _is_refused(sentence: Sentence, wish: Wish, taken: set[int]) -> bool:
    """'uden parkering', 'ikke akut': no filter keeps those out, so nothing is filtered and the words are left."""
    return wish.start - 1 not in taken and _word(sentence, wish.start - 1) in _NOT


def _without_denied(sentence: Sentence, topics: list[Subject]) -> tuple[list[Subject], set[int]]:
    """'behandling uden nåle', 'foden, men ikke hælen': what is said not to be meant, and where those words stand."""
    kept, denied = [], set[int]()
    for first, end, card in topics:
        before = _word(sentence, first - 1)
        if before in _NOT and (card.kind != Kind.CONDITION or len(topics) > 1):
            denied |= {*range(first - 1, end)}
        else:
            kept.append((first, end, card))
    return kept, denied


def _left_over(sentence: Sentence, used: set[int], refused: set[int], has_topic: bool, is_open: bool) -> list[int]:
    """The words that say something we have not used.

    is_open: only the whole country is named, so that ordinary words say what is asked: 'tilskud fra danmark'.
    """
    return [
        at
        for at, word in enumerate(sentence.read_words)
        if at not in used
        and (at in refused or word.folded not in _EMPTY or (not has_topic and _qualifies(sentence, at, is_open)))
    ]


def _qualifies(sentence: Sentence, at: int, is_open: bool) -> bool:
    """Says what kind of clinic, beside the trade: 'kvindelig fysioterapeut', 'hvad koster en fysioterapeut'."""
    if _word(sentence, at) in STOP_WORDS | TRADE_WORDS | BEFORE_PLACES | _ASKING:
        return False
    if is_open:
        return True
    for step in (-1, 1):
        beside = at + step
        while _word(sentence, beside) in STOP_WORDS - BEFORE_PLACES:
            beside += step
        if _word(sentence, beside) in TRADE_WORDS:
            return True
    return False


def _word(sentence: Sentence, at: int) -> str:
    return sentence.read_words[at].folded if 0 <= at < len(sentence.read_words) else ""


def _without_shared(subjects: list[Subject], wishes: list[Wish]) -> tuple[list[Subject], list[Wish]]:
    """Where two share words the one with more words stays; of equals the wish."""
    for first, end, _card in tuple(subjects):
        for wish in tuple(wishes):
            if wish.start < end and first < wish.end:
                if end - first > wish.end - wish.start:
                    wishes.remove(wish)
                else:
                    subjects = [each for each in subjects if each[0] != first]
    return subjects, wishes


def _can_be_met(wish: Wish) -> bool:
    """A number outside what its filter knows is no wish: 'inden for 300 km'. Its words stay words."""
    if wish.key in (NEAR_ME, SORT):
        return True
    return FILTER_BY_KEY[RADIUS if wish.key == AROUND else wish.key].parse([wish.value]) is not None


def _counts(wish: Wish, place: list[int], is_about_a_problem: bool) -> bool:
    """'om aftenen' is about the pain in a sentence about pain; 'omkring' needs a place."""
    if wish.key == AROUND:
        return bool(place)
    return not (wish.is_weak and is_about_a_problem)


def _question(
    sentence: Sentence,
    topics: Sequence[Subject],
    wishes: Sequence[Wish],
    run: list[int],
    resolution: Resolution,
    left: list[int],
) -> Question:
    understood = [
        Understood("topic", "topic", card.slug, name(card, language()), *sentence.span(first, end))
        for first, end, card in topics
    ]
    understood += [_of_wish(wish, *sentence.span(wish.start, wish.end)) for wish in wishes]
    if resolution.place:
        label = resolution.place.name
        understood.append(
            Understood("place", "place", resolution.place.slug, label, *sentence.span(run[0], run[-1] + 1))
        )
    aside = set(run) if topics or left or wishes else set(range(len(sentence.words)))
    if topics or left:  # else the wishes are what is asked about: 'hvem får vederlagsfri fysioterapi'
        put_aside = [wish for wish in wishes if wish.key != SORT and (topics or wish.key != FREE_OF_CHARGE)]
        aside |= {at for wish in put_aside for at in range(wish.start, wish.end)}
    if topics or left:  # 'hvad koster en fysioterapeut' is about what it costs
        said = {at for first, end, _card in topics for at in range(first, end)}
        aside |= {at for at, word in enumerate(sentence.read_words) if word.folded in TRADE_NAMES and at not in said}
    return Question(
        text=sentence.written,
        place=resolution.place,
        place_choices=resolution.choices,
        topics=tuple(dict.fromkeys(sorted((card for _first, _end, card in topics), key=_importance))),
        rest=sentence.as_written(left),
        about=sentence.as_written([at for at in range(len(sentence.words)) if at not in aside]),
        pairs=_pairs(wishes),
        is_near_me=any(wish.key == NEAR_ME for wish in wishes) and not resolution.place,
        understood=tuple(sorted(understood, key=lambda part: part.start)),
        corrections=sentence.corrections,
        elsewhere=tuple(word.lower() for word in sentence.all_read(is_elsewhere)),
    )


def _importance(topic: TopicCard) -> int:
    """The problem first, then what is wanted for it, then where it sits and whose it is."""
    return {Kind.CONDITION.value: 0, Kind.TREATMENT.value: 1, Kind.PROGRAMME.value: 1}.get(topic.kind, 2)


def _of_wish(wish: Wish, start: int, end: int) -> Understood:
    if wish.key == NEAR_ME:
        return Understood("near", wish.key, "", _("Nær dig"), start, end)
    if wish.key == SORT:
        label = _("Sorteret efter %(order)s") % {"order": str(SORT_BY_VALUE[wish.value].label).lower()}
        return Understood("sort", SORT, wish.value, label, start, end)
    key = RADIUS if wish.key == AROUND else wish.key
    each = FILTER_BY_KEY[key]
    return Understood("filter", key, wish.value, each.describe(each.parse([wish.value])), start, end)


def _pairs(wishes: Sequence[Wish]) -> Pairs:
    """Filters in their own order, several values of one joined; then the order."""
    values: dict[str, list[str]] = {}
    for wish in wishes:
        if wish.key != NEAR_ME:
            values.setdefault(RADIUS if wish.key == AROUND else wish.key, []).append(wish.value)
    pairs = []
    for key, each in FILTER_BY_KEY.items():
        parsed = each.parse(values[key] if each.combines != "one" else values[key][-1:]) if key in values else None
        if parsed is not None:
            pairs.append((key, each.text(parsed)))
    return (*pairs, *((SORT, value) for value in values.get(SORT, ())[:1]))


def _place_in(sentence: Sentence, free: list[int]) -> tuple[list[int], Resolution]:
    """The words of the longest, last place name and what it means; no words when there is none."""
    places = gazetteer()
    words = sentence.read_words
    for run in _runs(sentence, free):
        if len(run) == 1 and not _may_name_a_place(sentence, run[0]):
            continue
        if words[run[0]].folded == WHOLE_COUNTRY and _word(sentence, run[0] - 1).startswith(_INSURER_OF_THAT_NAME):
            continue
        resolution = places.named(sentence.read[words[run[0]].start : words[run[-1]].end])
        if resolution.place or resolution.choices:
            return run, resolution
    return [], Resolution()


def _may_name_a_place(sentence: Sentence, at: int) -> bool:
    """Not 'ringe' in 'hvem skal jeg ringe til', though there is a town of that name: 'i Ringe', 'fys i ringe'."""
    words = sentence.read_words
    word = words[at]
    if word.folded not in _EMPTY:
        return len(word.folded) >= SHORTEST_NAME
    if word.folded in STOP_WORDS or word.folded in TRADE_WORDS or not at or words[at - 1].folded not in BEFORE_PLACES:
        return False
    return at == len(words) - 1 or sentence.read[word.start].isupper()


def _runs(sentence: Sentence, free: list[int]) -> Iterator[list[int]]:
    """Neighbouring words, longest runs first and the last of a length first; none begins with 'i' or 'på'."""
    words = sentence.read_words
    for length in range(min(LONGEST_NAME, len(free)), 0, -1):
        for start in range(len(free) - length, -1, -1):
            run = free[start : start + length]
            gaps = (sentence.read[words[left].end : words[right].start] for left, right in pairwise(run))
            if run[-1] - run[0] != length - 1 or not all(len(gap) <= 2 for gap in gaps):
                continue
            if length == 1 or words[run[0]].folded not in BEFORE_PLACES:
                yield run
