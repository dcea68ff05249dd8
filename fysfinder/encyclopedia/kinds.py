"""The kinds of page the encyclopedia has. A new kind: one entry here, one template, one folder in content/.

Addresses, index, sitemap, feed, structured data, hits of a search and the checks of a file follow from the entry.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Kind:
    kind: str
    folder: str  # under content/
    path: str  # the index; a page's slug follows it
    url_name: str
    index_url_name: str
    template: str
    schema_type: str  # schema.org
    name: Promise  # of the index, in breadcrumbs and lists
    title: Promise  # of the index, in the browser
    summary: Promise  # one sentence under the index's heading
    index_template: str = "web/kind_index.html"
    is_by_date: bool = False  # the index lists the newest first, not A–Å
    is_own_page: bool = True  # False: the text is shown on a page that exists without it
    has_feed: bool = True
    explains_topics: bool = False  # a topic's article is of this kind
    details: tuple[str, ...] = ()  # front matter keys that only this kind has
    expected: tuple[str, ...] = ()  # fields and directives without which the file gets a warning


KINDS = (
    Kind(
        kind="ordbog",
        folder="ordbog",
        path="/ordbog/",
        url_name="article",
        index_url_name="article_index",
        template="web/article.html",
        index_template="web/article_index.html",
        schema_type="MedicalWebPage",
        name=_("Leksikon"),
        title=_("Leksikon: behandlinger og lidelser"),
        summary=_("Behandlinger og lidelser i rolige ord, med kilder og dato."),
        explains_topics=True,
    ),
    Kind(
        kind="exercise",
        folder="styrkeoevelser",
        path="/styrkeoevelser/",
        url_name="exercise",
        index_url_name="exercise_index",
        template="web/exercise.html",
        index_template="web/exercise_index.html",
        schema_type="MedicalWebPage",
        name=_("Øvelser"),
        title=_("Øvelser: sådan gør du, trin for trin"),
        summary=_("Øvelser trin for trin: hvor meget, typiske fejl, og hvornår du skal stoppe."),
        details=("body_parts", "equipment", "level", "figure", "figure_text"),
        expected=("body_parts", "level", "dosage", "steps", "stop"),
    ),
    Kind(
        kind="guide",
        folder="guide",
        path="/guide/",
        url_name="guide",
        index_url_name="guide_index",
        template="web/guide.html",
        schema_type="WebPage",
        name=_("Guider"),
        title=_("Guider: tilskud, henvisning og dit første besøg"),
        summary=_("Det praktiske: tilskud, henvisning, valg af klinik og dit første besøg."),
    ),
    Kind(
        kind="blog",
        folder="blog",
        path="/blog/",
        url_name="blog_post",
        index_url_name="blog",
        template="web/blog_post.html",
        schema_type="Article",
        name=_("Artikler"),
        title=_("Artikler om fysioterapi"),
        summary=_("Korte artikler om fysioterapi, de nyeste først."),
        is_by_date=True,
    ),
    Kind(
        kind="tool_text",
        folder="vaerktoejer",
        path="/vaerktoejer/",
        url_name="tool",
        index_url_name="tool_index",
        template="web/tool.html",
        schema_type="WebPage",
        name=_("Værktøjer"),
        title=_("Værktøjer"),
        summary=_("Tekster til beregnere og spørgeskemaer."),
        is_own_page=False,
        has_feed=False,
    ),
    Kind(
        kind="author",
        folder="forfatter",
        path="/forfatter/",
        url_name="author",
        index_url_name="author_index",
        template="web/author.html",
        schema_type="ProfilePage",
        name=_("Hvem skriver?"),
        title=_("Hvem skriver?"),
        summary=_("Hvem der skriver siderne, og hvordan de arbejder."),
        has_feed=False,
    ),
)
BY_NAME = {entry.kind: entry for entry in KINDS}
PAGE_KINDS = tuple(entry for entry in KINDS if entry.is_own_page)
EXPLAINING = tuple(entry.kind for entry in KINDS if entry.explains_topics)


def get_kind(kind: str) -> Kind:
    """The entry of an article's kind. KeyError for a kind nobody has written."""
    return BY_NAME[kind]


def kind_of_folder(name: str) -> Kind | None:
    return next((entry for entry in KINDS if entry.folder == name.lower()), None)
