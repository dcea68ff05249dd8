"""Translations with Babel alone: extract Danish strings, update, check and compile the English catalogue."""

from __future__ import annotations

from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings

SOURCE = settings.BASE_DIR / "fysfinder"
PO_FILE = SOURCE / "locale" / "en" / "LC_MESSAGES" / "django.po"
METHODS = [("**/migrations/**", "ignore"), ("**.py", "python"), ("templates/**.html", "jinja2"), ("**.txt", "jinja2")]
OPTIONS = {
    "templates/**.html": {
        "extensions": "jinja2.ext.i18n,jinja2.ext.do,jinja2.ext.loopcontrols",
        "trim_blocks": "true",
        "lstrip_blocks": "true",
        "silent": "false",
    }
}
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
}


def extract() -> Catalog:
    """Every translatable string of the project with the files it stands in."""
    catalog = Catalog(locale="en", project="FysFinder", charset="utf-8")
    found = extract_from_dir(SOURCE, method_map=METHODS, options_map=OPTIONS, keywords=KEYWORDS)
    for filename, _line, message, _comments, context in found:
        catalog.add(message, None, [(filename, 0)], context=context)
    return catalog


def read_catalogue() -> Catalog:
    """The committed English catalogue; an empty one when there is none yet."""
    if not PO_FILE.exists():
        return Catalog(locale="en", charset="utf-8")
    with PO_FILE.open("rb") as file:
        return read_po(file, locale="en")


def update() -> Catalog:
    """Add new strings, drop unused ones, keep translations. Never guesses (no fuzzy matching)."""
    catalog, template = read_catalogue(), extract()
    catalog.update(template, no_fuzzy_matching=True)
    catalog.obsolete.clear()
    PO_FILE.parent.mkdir(parents=True, exist_ok=True)
    with PO_FILE.open("wb") as file:
        write_po(file, catalog, width=120, sort_output=True, omit_header=False, include_lineno=False)
    return catalog


def is_complete(message: Message) -> bool:
    strings = message.string if isinstance(message.string, (list, tuple)) else [message.string]
    return bool(strings) and all(strings) and not message.fuzzy


def problems() -> list[str]:
    """Strings without an English translation, fuzzy ones, wrong placeholders, and ones nothing uses."""
    catalog, template = read_catalogue(), extract()
    found = []
    for message in template:
        if not message.id:
            continue
        have = catalog.get(message.id if isinstance(message.id, str) else message.id[0], message.context)
        if have is None or not is_complete(have):
            found.append(f"not translated: {message.id!r}")
        else:
            found += [f"{error}: {message.id!r}" for error in have.check(catalog)]
    used = {(m.id if isinstance(m.id, str) else m.id[0], m.context) for m in template if m.id}
    unused = [m for m in catalog if m.id and (m.id if isinstance(m.id, str) else m.id[0], m.context) not in used]
    return found + [f"unused: {message.id!r}" for message in unused]


def compile_catalogue() -> Path:
    """Write the .mo Django reads, beside the .po. A newer one stays: the folder may be read-only."""
    target = PO_FILE.with_suffix(".mo")
    if target.exists() and target.stat().st_mtime >= PO_FILE.stat().st_mtime:
        return target
    with target.open("wb") as file:
        write_mo(file, read_catalogue())
    return target
