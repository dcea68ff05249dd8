"""A Markdown file to an ArticleDraft, with file and line for everything that cannot be read as it stands."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from fysfinder.base.text import clean, one_line, slugify
from fysfinder.encyclopedia import values as head_of
from fysfinder.encyclopedia.details import details_of
from fysfinder.encyclopedia.draft import ArticleDraft, Problem, Problems
from fysfinder.encyclopedia.front_matter import FrontMatter, split
from fysfinder.encyclopedia.kinds import KINDS, Kind
from fysfinder.encyclopedia.markdown import Page, plain_text
from fysfinder.encyclopedia.sections import Body, read_body

_MAX_BYTES = 1_000_000  # about 160,000 words, two seconds to read: no page is that
_LARGE_BYTES = 300_000  # about 50,000 words: nobody reads that as one page
_DESCRIPTION_LENGTH = 155


def read(path: Path, *, kind: Kind = KINDS[0], name: str = "") -> tuple[ArticleDraft | None, list[Problem]]:
    """The draft, or None when the file has errors; name is how the file is called in messages."""
    problems = Problems(name or path.name)
    try:
        data = path.read_bytes()
    except OSError as error:
        problems.error(1, f"cannot be read: {error.strerror or error}")
        return None, problems.found
    if len(data) > _MAX_BYTES:
        problems.error(1, f"is larger than {_MAX_BYTES:,} bytes and is not read: {len(data):,}")
        return None, problems.found
    if len(data) > _LARGE_BYTES:
        problems.warn(1, f"is very large for one page: {len(data):,} bytes")
    return read_text(_decoded(data, problems), path.stem, kind=kind, problems=problems, folder=path.parent)


def _decoded(data: bytes, problems: Problems) -> str:
    """UTF-8 with or without a mark, UTF-16 with one, or else what Danish Windows and web pages used before."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        problems.warn(1, "is not UTF-8 text: it is read as UTF-16")
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        problems.warn(line, "is not UTF-8 text: it is read as Windows-1252")
        return data.decode("cp1252", "replace")


def read_text(
    text: str,
    stem: str,
    *,
    kind: Kind = KINDS[0],
    problems: Problems | None = None,
    folder: Path | None = None,
) -> tuple[ArticleDraft | None, list[Problem]]:
    """The same for a text in memory."""
    problems = problems or Problems(f"{stem}.md")
    text = _plain_lines(text, problems)
    head, body_text = split(text, problems)
    sources = head_of.sources_of(head, problems)
    page = Page(problems, source_count=len(sources), folder=folder)
    written_title = head_of.text_of(head, "title", problems)
    body = read_body(body_text, head.body_line, written_title, page)
    title = written_title or _title(body, head_of.text_of(head, "meta_title", problems), stem, problems)
    slug = slugify(head_of.text_of(head, "slug", problems) or stem, max_length=100) or slugify(title)
    if slug != stem and not head.values.get("slug"):
        problems.warn(1, f"the file name is not an address: it is published as {slug!r}")
    if not slug:
        problems.error(1, "neither file name nor title holds a letter or digit to make an address of")
    if not (body.lead_html or body.sections or body.faq or body.key_points):
        problems.warn(head.body_line, "the article has no text")
    draft = _draft(head, body, page, kind, slug, title, sources)
    found = sorted(set(problems.found))
    return (None if problems.has_errors else draft), found


def _plain_lines(text: str, problems: Problems) -> str:
    """Lines that end with a line feed, without invisible characters."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    if "\r" in text:
        problems.warn(1, "its lines end with CR: they are read as lines")
    cleaned, lines = clean(lines), unicodedata.normalize("NFC", lines)
    if cleaned != lines:
        pairs = zip(lines.split("\n"), cleaned.split("\n"), strict=False)
        at = next((number for number, (before, after) in enumerate(pairs, 1) if before != after), 1)
        problems.warn(at, "invisible characters are taken out")
    return cleaned


def _draft(
    head: FrontMatter,
    body: Body,
    page: Page,
    kind: Kind,
    slug: str,
    title: str,
    sources: tuple[dict[str, object], ...],
) -> ArticleDraft:
    problems = page.problems
    return ArticleDraft(
        kind=kind.kind,
        slug=slug,
        file=problems.file,
        title=title,
        meta_title=head_of.text_of(head, "meta_title", problems),
        description=head_of.text_of(head, "description", problems) or describe(body.lead_html),
        summary_en=head_of.text_of(head, "summary_en", problems),
        author=head_of.text_of(head, "author", problems),
        reviewer=head_of.text_of(head, "reviewer", problems),
        reviewed_on=head_of.date_of(head, "reviewed_on", problems),
        next_review_on=head_of.date_of(head, "next_review_on", problems),
        published_on=head_of.date_of(head, "published_on", problems),
        updated_on=head_of.date_of(head, "updated_on", problems),
        topic=slugify(head_of.text_of(head, "topic", problems)),
        topic_line=head.line("topic"),
        about=_about(head, page),
        is_draft=head_of.is_draft(head, problems),
        synonyms=head_of.list_of(head, "synonyms", problems),
        related=head_of.slugs_of(head, "related", problems),
        related_line=head.line("related"),
        sources=sources,
        lead_html=body.lead_html,
        key_points=tuple(body.key_points),
        sections=tuple(body.sections),
        faq=tuple(body.faq),
        details=details_of(kind, head, body, page),
        words=body.words(),
        links=tuple(page.links),
    )


def _about(head: FrontMatter, page: Page) -> tuple[tuple[str, int], ...]:
    """Topics beside the main one: those the head lists and those the text names."""
    keys = ("topics", "body_parts")
    listed = [(slug, head.line(key)) for key in keys for slug in head_of.slugs_of(head, key, page.problems)]
    return tuple(dict([*page.topics, *listed]).items())


def _title(body: Body, meta_title: str, stem: str, problems: Problems) -> str:
    """The first heading, else the beginning of the title for search engines, else the file name as words."""
    short = re.split(r"\s[–—|-]\s|:\s|\?\s", meta_title)[0]
    name = one_line(stem.replace("-", " ").replace("_", " "), max_length=200).capitalize()
    where = "the first heading" if body.first_heading else "metaTitle" if short else "the file name"
    problems.warn(1, f"has no title: {where} is used")
    return (body.first_heading or short or name)[:200]


def describe(lead_html: str) -> str:
    """The lead's beginning, cut at a word, for search results and shared links."""
    text = " ".join(plain_text(lead_html).split())
    if len(text) <= _DESCRIPTION_LENGTH:
        return text
    return text[:_DESCRIPTION_LENGTH].rsplit(" ", 1)[0].rstrip(" ,.;:–-") + "…"
