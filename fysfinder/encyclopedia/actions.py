"""Publishing: the files of content/ become rows. A file that cannot be read leaves what is published of it as it is."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import astuple, dataclass, field, fields
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from fysfinder.base.text import slugify
from fysfinder.changes.actions import record_change
from fysfinder.encyclopedia.draft import ArticleDraft, Problem
from fysfinder.encyclopedia.models import Article, LoadedDirectory, RemovedArticle
from fysfinder.encyclopedia.readings import Readings
from fysfinder.encyclopedia.see_also import update_see_also
from fysfinder.encyclopedia.shelf import forget_shelf
from fysfinder.encyclopedia.tree import check_together, content_files, read_tree
from fysfinder.topics.models import Topic

ARTICLES = "articles"  # the tag of every page that shows or links to articles: they see also one another
FEWEST_GONE = 10  # fewer may go at once, however few there are
# What only publishing needs; every other field of a draft is a field of the row.
_NOT_A_FIELD = {"topic", "topic_line", "about", "related_line", "is_draft", "links"}
_FIELDS = tuple(entry.name for entry in fields(ArticleDraft) if entry.name not in _NOT_A_FIELD)


@dataclass
class Report:
    """What a load did, or with check: would do."""

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
    """Publish what the directory holds; with check nothing is written. A file with an error changes nothing.

    Published articles without a file stay, and are told; with remove they go, and their address answers 410.
    """
    if not check and (said := _said_before(directory, remove)):
        return said
    existing = {(article.kind, article.slug): article for article in Article.objects.all()}
    readings = Readings(directory)
    tree = read_tree(directory, {address: article.file for address, article in existing.items()}, readings.read)
    whole = [draft for draft in tree.drafts if not _has_lost_its_text(draft, existing)]
    cut = {draft.file for draft in tree.drafts} - {draft.file for draft in whole}
    drafts = [draft for draft in whole if not draft.is_draft]
    topics, unread_files = _topic_ids(), {*tree.unread, *cut}
    unread = {address for address, article in existing.items() if article.file in unread_files}
    report = Report(drafts=len(whole) - len(drafts))
    lost = [Problem(file, 1, "has lost its text; what is published of it stays", is_error=True) for file in cut]
    report.problems = tree.problems + lost + check_together(drafts, topics, unread if remove else existing.keys())
    report.problems.sort()
    gone = existing.keys() - unread - {(draft.kind, draft.slug) for draft in drafts}
    if remove and (problem := _half_copied(len(gone), len(existing))):
        report.problems.insert(0, problem)
        return report
    if not drafts and report.errors:
        return report
    with transaction.atomic():
        left = _publish_all(drafts, topics, report, existing)
        if remove:
            _remove([article for article in left if (article.kind, article.slug) not in unread], report)
        else:
            report.kept = sorted(article.file for article in left if article.file not in unread_files)
        if report.created or report.updated or report.removed:
            update_see_also()
            record_change(tags=[ARTICLES])
            forget_shelf()
        if check:
            transaction.set_rollback(True)
        else:
            readings.keep()
            _remember(directory, remove, report)
    return report


def _half_copied(gone: int, published: int) -> Problem | None:
    """A folder that is being copied, or that is another one, takes nothing away."""
    if gone < FEWEST_GONE or gone * 2 <= published:
        return None
    said = f"{gone} of {published} published articles have no file here: nothing is changed. Load without --remove"
    return Problem(".", 1, said, is_error=True)


def _has_lost_its_text(draft: ArticleDraft, existing: Mapping[tuple[str, str], Article]) -> bool:
    """A file cut short while it was written: an article without text where one with text is published."""
    published = existing.get((draft.kind, draft.slug))
    return published is not None and not _has_text(draft) and _has_text(published)


def _has_text(page: ArticleDraft | Article) -> bool:
    return bool(page.lead_html or page.sections or page.faq or page.key_points)


def _said_before(directory: Path, remove: bool) -> Report | None:
    """The last report, when nothing it rests on has changed since."""
    last = LoadedDirectory.objects.filter(directory=str(directory.resolve())).first()
    if last is None or last.fingerprint != _fingerprint(directory, remove):
        return None
    report = Report(**last.report)
    report.problems = [Problem(*row) for row in last.report["problems"]]
    report.unchanged += report.created + report.updated
    report.created = report.updated = report.removed = 0
    return report


def _remember(directory: Path, remove: bool, report: Report) -> None:
    said = {**vars(report), "problems": [astuple(problem) for problem in report.problems]}
    LoadedDirectory.objects.update_or_create(
        directory=str(directory.resolve()),
        defaults={"fingerprint": _fingerprint(directory, remove), "report": said},
    )


def _fingerprint(directory: Path, remove: bool) -> str:
    """Of all a load rests on: the files, this code, the topics, the rows, and the day (a date may be to come)."""
    digest = hashlib.sha256(f"{remove} {timezone.localdate()}".encode())
    for path in (*sorted(Path(__file__).parent.glob("*.py")), *content_files(directory)):
        digest.update(f"{path}\n".encode() + path.read_bytes())
    for rows in (
        Topic.objects.order_by("pk").values_list("pk", "slug", "name_da"),
        Article.objects.order_by("pk").values_list("pk", "kind", "slug", "text_hash", "topic_id"),
        RemovedArticle.objects.order_by("pk").values_list("pk", "kind", "slug"),
    ):
        digest.update(repr(list(rows)).encode())
    return digest.hexdigest()


@transaction.atomic
def publish_article(*, draft: ArticleDraft) -> Article:
    """The one row of this draft, written only when something differs."""
    existing = Article.objects.filter(kind=draft.kind, slug=draft.slug).first()
    article, is_written = _publish(draft, existing, _topic_ids(), _about_ids())
    if is_written:
        record_change(tags=[ARTICLES])
        forget_shelf()
    return article


def _publish_all(
    drafts: list[ArticleDraft], topics: Mapping[str, int], report: Report, existing: dict[tuple[str, str], Article]
) -> list[Article]:
    """Write the drafts; the published articles that none of them is."""
    existing = dict(existing)
    about = _about_ids()
    for draft in drafts:
        before = existing.pop((draft.kind, draft.slug), None)
        is_written = _publish(draft, before, topics, about)[1]
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


def _publish(
    draft: ArticleDraft, existing: Article | None, topics: Mapping[str, int], about: Mapping[int, set[int]]
) -> tuple[Article, bool]:
    """The row, and whether it had to be written."""
    values = {name: getattr(draft, name) for name in _FIELDS}
    text_hash = hashlib.sha256(json.dumps(values, sort_keys=True, default=str).encode()).hexdigest()
    topic_id = topics.get(draft.topic or draft.slug) or topics.get(slugify(draft.title))
    about_ids = {topics[slug] for slug, _line in draft.about if slug in topics} | ({topic_id} if topic_id else set())
    is_same_text = existing is not None and existing.text_hash == text_hash and existing.topic_id == topic_id
    if existing and is_same_text and about.get(existing.pk, set()) == about_ids:
        return existing, False
    article = existing or Article()
    for name, value in values.items():
        setattr(article, name, list(value) if isinstance(value, tuple) else value)
    article.text_hash = text_hash
    article.topic_id = topic_id
    article.save()
    if about.get(article.pk, set()) != about_ids:
        article.about.set(about_ids)
    return article, True


def _topic_ids() -> dict[str, int]:
    """Topic ids by slug, and by the slug of the Danish name."""
    rows = list(Topic.objects.values_list("pk", "slug", "name_da"))
    return {slugify(name): pk for pk, _, name in rows} | {slug: pk for pk, slug, _ in rows}


def _about_ids() -> dict[int, set[int]]:
    """The topics each article is about today, by its id."""
    found: dict[int, set[int]] = {}
    for article_id, topic_id in Article.about.through.objects.values_list("article_id", "topic_id"):
        found.setdefault(article_id, set()).add(topic_id)
    return found
