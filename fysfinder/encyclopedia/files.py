"""A Markdown file to an ArticleDraft, with file and line for everything that cannot be read as it stands."""

from __future__ import annotations

from pathlib import Path

from fysfinder.base.text import clean, one_line, slugify
from fysfinder.encyclopedia import front_matter as head_of
from fysfinder.encyclopedia.details import details_of
from fysfinder.encyclopedia.draft import ArticleDraft, Problem, Problems
from fysfinder.encyclopedia.front_matter import FrontMatter
from fysfinder.encyclopedia.kinds import KINDS, Kind
from fysfinder.encyclopedia.markdown import Page, plain_text
from fysfinder.encyclopedia.sections import Body, read_body

_MAX_BYTES = 1_000_000
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
        problems.error(1, f"is larger than {_MAX_BYTES} bytes")
        return None, problems.found
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        problems.error(data.count(b"\n", 0, error.start) + 1, "is not UTF-8 text")
        return None, problems.found
    return read_text(text, path.stem, kind=kind, problems=problems, folder=path.parent)


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
    text = clean(text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n"))
    head, body_text = head_of.split(text, problems)
    sources = head_of.sources_of(head, problems)
    page = Page(problems, source_count=len(sources), folder=folder)
    written_title = head_of.text_of(head, "title", problems)
    body = read_body(body_text, head.body_line, written_title, page)
    title = written_title or _title(body, stem, problems)
    slug = slugify(head_of.text_of(head, "slug", problems) or stem, max_length=100)
    if not slug:
        problems.error(1, "the file name holds no letter or digit to make an address of")
    if not (body.lead_html or body.sections or body.faq or body.key_points):
        problems.warn(head.body_line, "the article has no text")
    draft = _draft(head, body, page, kind, slug, title, sources)
    found = sorted(set(problems.found))
    return (None if problems.has_errors else draft), found


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


def _title(body: Body, stem: str, problems: Problems) -> str:
    title = body.first_heading or one_line(stem.replace("-", " ").replace("_", " "), max_length=200).capitalize()
    where = "the first heading" if body.first_heading else "the file name"
    problems.warn(1, f"has no title: {where} is used")
    if len(title) > 200:
        problems.error(1, "title is longer than 200 characters")
    return title


def describe(lead_html: str) -> str:
    """The lead's beginning, cut at a word, for search results and shared links."""
    text = " ".join(plain_text(lead_html).split())
    if len(text) <= _DESCRIPTION_LENGTH:
        return text
    return text[:_DESCRIPTION_LENGTH].rsplit(" ", 1)[0].rstrip(" ,.;:–-") + "…"
