"""Publishing: the files of content/ become rows, all of them or none."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from urllib.parse import unquote

from django.db import transaction

from fysfinder.base.text import slugify
from fysfinder.encyclopedia.draft import ArticleDraft, Problem
from fysfinder.encyclopedia.files import read
from fysfinder.encyclopedia.kinds import KINDS, Kind
from fysfinder.encyclopedia.models import Article, RemovedArticle
from fysfinder.topics.models import Topic

_SUFFIXES = {".md", ".markdown"}
# What only publishing needs; every other field of a draft is a field of the row.
_NOT_A_FIELD = {"topic", "topic_line", "related_line", "is_draft", "faq_title", "links"}
_FIELDS = tuple(entry.name for entry in fields(ArticleDraft) if entry.name not in _NOT_A_FIELD)


@dataclass
class Report:
    """What a load did, or with errors: would not do."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    removed: int = 0
    kept: list[str] = field(default_factory=list)  # published articles that no file of the directory is about
    drafts: int = 0  # files with status draft: not published
    problems: list[Problem] = field(default_factory=list)

    @property
    def errors(self) -> list[Problem]:
        return [problem for problem in self.problems if problem.is_error]

    @property
    def warnings(self) -> list[Problem]:
        return [problem for problem in self.problems if not problem.is_error]


def load_content(*, directory: Path, check: bool = False, remove: bool = False) -> Report:
    """Publish what the directory holds. With any error, or with check, nothing is written.

    Published articles without a file stay, and are told; with remove they go, and their address answers 410.
    """
    report = Report()
    drafts = [draft for draft in _read_all(directory, report) if not _is_left_out(draft, report)]
    topics = _topic_ids()
    existing = {(article.kind, article.slug): article for article in Article.objects.all()}
    _check(drafts, topics, report, set() if remove else set(existing))
    report.problems.sort()
    if report.errors:
        return report
    with transaction.atomic():
        left = _publish_all(drafts, topics, report, existing)
        if remove:
            _remove(left, report)
        else:
            report.kept = sorted(article.file for article in left)
        if check:
            transaction.set_rollback(True)
    return report


@transaction.atomic
def publish_article(*, draft: ArticleDraft) -> Article:
    """The one row of this draft, written only when something differs."""
    existing = Article.objects.filter(kind=draft.kind, slug=draft.slug).first()
    return _publish(draft, existing, _topic_ids())[0]


def _publish_all(
    drafts: list[ArticleDraft], topics: dict[str, int], report: Report, existing: dict[tuple[str, str], Article]
) -> list[Article]:
    """Write the drafts; the published articles that none of them is."""
    existing = dict(existing)
    for draft in drafts:
        before = existing.pop((draft.kind, draft.slug), None)
        is_written = _publish(draft, before, topics)[1]
        report.created += before is None
        report.updated += before is not None and is_written
        report.unchanged += not is_written
        if before is None:
            RemovedArticle.objects.filter(kind=draft.kind, slug=draft.slug).delete()
    return list(existing.values())


def _remove(articles: list[Article], report: Report) -> None:
    report.removed = len(articles)
    for article in articles:
        row = {"title": article.title, "topic_id": article.topic_id}
        RemovedArticle.objects.update_or_create(kind=article.kind, slug=article.slug, defaults=row)
    if articles:
        Article.objects.filter(pk__in=[article.pk for article in articles]).delete()


def _publish(draft: ArticleDraft, existing: Article | None, topics: dict[str, int]) -> tuple[Article, bool]:
    """The row, and whether it had to be written."""
    values = asdict(draft)
    text = json.dumps({name: values[name] for name in _FIELDS}, sort_keys=True, default=str)
    text_hash = hashlib.sha256(text.encode()).hexdigest()
    topic_id = topics.get(draft.topic or draft.slug) or topics.get(slugify(draft.title))
    if existing and existing.text_hash == text_hash and existing.topic_id == topic_id:
        return existing, False
    article = existing or Article()
    for name in _FIELDS:
        value = values[name]
        setattr(article, name, list(value) if isinstance(value, tuple) else value)
    article.text_hash = text_hash
    article.topic_id = topic_id
    article.save()
    return article, True


def _topic_ids() -> dict[str, int]:
    """Topic ids by slug, and by the slug of the Danish name."""
    rows = list(Topic.objects.values_list("pk", "slug", "name_da"))
    return {slugify(name): pk for pk, _, name in rows} | {slug: pk for pk, slug, _ in rows}


def _read_all(directory: Path, report: Report) -> list[ArticleDraft]:
    """Every file of a tree with a folder per kind, or of a plain folder (then all are of the first kind)."""
    if not directory.is_dir():
        report.problems.append(Problem(str(directory), 1, "is not a directory", is_error=True))
        return []
    trees = [(kind, directory / kind.folder) for kind in KINDS if (directory / kind.folder).is_dir()]
    drafts: list[ArticleDraft] = []
    for kind, folder in trees or [(KINDS[0], directory)]:
        files = _files(folder)
        if not files:
            report.problems.append(Problem(folder.name, 1, "holds no .md file", is_error=True))
        for path in files:
            draft, problems = read(path, kind=kind, name=path.relative_to(directory).as_posix())
            report.problems += problems
            drafts += [draft] if draft else []
    return drafts


def _files(folder: Path) -> list[Path]:
    return sorted(
        path
        for path in folder.rglob("*")
        if path.suffix.lower() in _SUFFIXES
        and not path.name.startswith((".", "_"))
        and path.stem.lower() != "readme"
        and path.is_file()
    )


def _is_left_out(draft: ArticleDraft, report: Report) -> bool:
    report.drafts += draft.is_draft
    return draft.is_draft


def _check(drafts: list[ArticleDraft], topics: dict[str, int], report: Report, published: set[tuple[str, str]]) -> None:
    """What only shows when all files are seen together: two of one address, dead links, unknown topics."""
    known: dict[tuple[str, str], ArticleDraft] = {}
    for draft in drafts:
        twin = known.setdefault((draft.kind, draft.slug), draft)
        if twin is not draft:
            message = f"has the same address {draft.slug!r} as {twin.file}"
            report.problems.append(Problem(draft.file, 1, message, is_error=True))
    for draft in drafts:
        if draft.topic and draft.topic not in topics:
            report.problems.append(Problem(draft.file, draft.topic_line, f"no topic is called {draft.topic!r}"))
        for slug in draft.related:
            if (draft.kind, slug) not in {*known, *published}:
                message = f"related: there is no article {slug!r}"
                report.problems.append(Problem(draft.file, draft.related_line, message))
        report.problems += _dead_links(draft, known, published)


def _dead_links(
    draft: ArticleDraft, known: dict[tuple[str, str], ArticleDraft], published: set[tuple[str, str]]
) -> list[Problem]:
    found: list[Problem] = []
    for link in draft.links:
        path, _, fragment = unquote(link.href).partition("#")
        kind = next((kind for kind in KINDS if path.startswith((kind.path, f"/en{kind.path}"))), None)
        if kind is None and path:
            continue
        target = known.get((kind.kind, _slug_in(path, kind))) if kind else draft
        if kind and _slug_in(path, kind) and target is None:
            if (kind.kind, _slug_in(path, kind)) in published:
                continue
            found.append(Problem(draft.file, link.line, f"dead link: {link.href[:100]}", is_error=True))
        elif target and fragment and fragment not in _ids(target):
            found.append(Problem(draft.file, link.line, f"the page has no such place: {link.href[:100]}"))
    return found


def _slug_in(path: str, kind: Kind) -> str:
    return path.partition(kind.path)[2].partition("?")[0].strip("/")


def _ids(draft: ArticleDraft) -> set[str]:
    sources = {f"kilde-{number}" for number in range(1, len(draft.sources) + 1)}
    return sources | {section["id"] for section in draft.sections} | {item["id"] for item in draft.faq}
