"""The Jinja2 environment of all public pages: strict, autoescaped, translated, with the few filters pages need."""

from __future__ import annotations

import datetime as dt
import functools
import secrets
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.template import engines
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone, translation
from jinja2 import StrictUndefined
from markupsafe import Markup

from fysfinder.base import dates, money
from fysfinder.base.http import in_language
from fysfinder.base.translated import TranslatedEnvironment
from fysfinder.base.translated import language as language


def url(name: str, *args: Any, **kwargs: Any) -> str:
    """A path by its name in the page's language."""
    return reverse(name, args=args, kwargs=kwargs) if kwargs else _url(name, args, language())


@functools.cache
def static_url(name: str) -> str:
    """The address of a file of ours with its fingerprint, worked out once."""
    return static(name)


@functools.lru_cache(maxsize=10_000)
def _url(name: str, args: tuple[Any, ...], language: str) -> str:
    """Django works an address out anew each time, and a page has dozens: the same ones, mostly."""
    return reverse(name, args=args or None)


def kr(ore: int) -> Markup:
    """Øre as kroner that never break over two lines."""
    return Markup("{}").format(money.format_ore(ore, language()).replace(" ", "\u00a0"))


def kr_range(low_ore: int, high_ore: int) -> Markup:
    return Markup("{}").format(money.format_ore_range(low_ore, high_ore, language()).replace(" ", "\u00a0"))


def day(value: dt.date) -> str:
    """A short date relative to today ('18. nov.', 'juni 2025')."""
    return dates.format_day(value, timezone.localdate(), language())


def age(value: dt.date) -> str:
    """'new', 'recent' or 'old': how full a fact's freshness ring is."""
    return dates.age(value, timezone.localdate())


def long_day(value: dt.date) -> str:
    return dates.format_long_day(value, language())


def written_day(text: str) -> str:
    """A date written in a file ('2026-11-22', '22/11/2026') as a long date; other text as it stands."""
    try:
        return long_day(dates.parse_date(text))
    except ValueError:
        return text


def km(distance_km: float, spoken: str = "") -> str:
    """'0,6 km', '12 km' (English with a point); `spoken` saves asking for the language of the page."""
    text = f"{distance_km:.1f}" if distance_km < 10 else f"{distance_km:.0f}"
    return (text.replace(".", ",") if (spoken or language()) == "da" else text) + "\u00a0km"


def number(value: int, spoken: str = "") -> str:
    """3000 → '3.000' (English '3,000')."""
    text = f"{value:,}"
    return text.replace(",", ".") if (spoken or language()) == "da" else text


def icons_used(page: str, extra: Iterable[str] = ()) -> tuple[str, ...]:
    """The icons a printed page refers to, and those it may need later."""
    found = {part[: part.find('"')] for part in str(page).split('"#i-')[1:]}  # str: pieces of Markup are Markup
    return tuple(sorted(found.union(extra)))


def lang_of(address: str) -> Markup:
    """The lang attribute of a source's title by its country's domain; '' when it is the page's own or unknown."""
    country = (urlsplit(address).hostname or "").rpartition(".")[2]
    spoken = {"dk": "da", "no": "no"}.get(country, "")
    return Markup(' lang="{}"').format(spoken) if spoken and spoken != language() else Markup("")


def other_language_path(request: HttpRequest) -> str:
    """The same page in the other language."""
    return in_language(request.get_full_path(), "da" if language() == "en" else "en")


@dataclass(frozen=True, slots=True, eq=False)
class Same:
    """A thing by its identity: as a key it costs nothing to hash, however much it holds."""

    thing: object

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and self.thing is other.thing

    def __hash__(self) -> int:
        return id(self.thing)


GAP = Markup(f"<!--{secrets.token_hex(12)}-->")  # nobody can write it into a name


def cut(template: str, macro: str, *arguments: object) -> tuple[str, ...]:
    """What a macro prints in the page's language, as the text around the GAPs among its arguments."""
    return tuple(printed(template, macro, *arguments).split(GAP))


def printed(template: str, macro: str, *arguments: object) -> str:
    """What a macro prints, from Python."""
    return str(_macro(template, macro, language())(*arguments))


@functools.cache
def _macro(template: str, macro: str, language: str) -> Callable[..., Markup]:
    module = engines["jinja2"].env.get_template(template).module  # type: ignore[attr-defined]  # our environment
    found: Callable[..., Markup] = getattr(module, macro)
    return found


def once(macro: Callable[..., Markup], *things: Hashable) -> Markup:
    """What the macro prints of these values, printed once in each language. Few values, and nothing that has a date."""
    return _once(macro, things, language())


@functools.lru_cache(maxsize=200)
def _once(macro: Callable[..., Markup], things: tuple[Any, ...], language: str) -> Markup:
    return macro(*things)


def today(macro: Callable[..., Markup], *things: Hashable) -> Markup:
    """As once, for what is worded from today: printed again after midnight."""
    return _today(macro, things, language(), timezone.localdate())


@functools.lru_cache(maxsize=4_000)
def _today(macro: Callable[..., Markup], things: tuple[Any, ...], language: str, day: dt.date) -> Markup:
    return macro(*things)


def ready(macro: Callable[[Any], Markup], thing: object) -> Markup:
    """What the macro prints of a thing that many pages show and that never changes: once a day and language."""
    return _ready(macro, Same(thing), language(), timezone.localdate())


@functools.lru_cache(maxsize=4_000)
def _ready(macro: Callable[[Any], Markup], same: Same, language: str, today: dt.date) -> Markup:
    return macro(same.thing)


def environment(**options: Any) -> TranslatedEnvironment:
    """What the template engine calls once."""
    options.update(undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    env = TranslatedEnvironment(**options, extensions=["jinja2.ext.i18n", "jinja2.ext.do", "jinja2.ext.loopcontrols"])
    env.install_gettext_callables(  # type: ignore[attr-defined]  # added by the i18n extension
        translation.gettext, translation.ngettext, newstyle=True, pgettext=translation.pgettext
    )
    env.globals.update(url=url, static=static_url, language=language, other_language_path=other_language_path)
    env.globals.update(ready=ready, once=once, today=today, GAP=GAP)
    own = (kr, day, long_day, age, written_day, km, number, lang_of, icons_used)
    env.filters.update({each.__name__: each for each in own})
    env.globals.update(kr_range=kr_range)
    return env


class Operator(NamedTuple):
    """Who answers for the site by law."""

    name: str
    address: str
    cvr: str
    email: str


def site_context(request: HttpRequest) -> dict[str, Any]:
    """What every page may use without asking."""
    return {
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "operator": Operator(
            settings.OPERATOR_NAME, settings.OPERATOR_ADDRESS, settings.OPERATOR_CVR, settings.OPERATOR_EMAIL
        ),
        "map_tiles": {
            "url": settings.MAP_TILES_URL,
            "host": settings.MAP_TILES_HOST,
            "attribution": settings.MAP_TILES_ATTRIBUTION,
        },
        "is_demo": settings.IS_DEMO,
        "has_offline": settings.OFFLINE_PAGES,
    }
