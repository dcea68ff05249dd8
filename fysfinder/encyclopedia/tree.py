"""A directory of files as drafts: each file for itself, then what only shows when all are seen together."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import unquote

from fysfinder.encyclopedia.cycles import rings
from fysfinder.encyclopedia.draft import ArticleDraft, Link, Problem
from fysfinder.encyclopedia.kinds import KINDS, Kind, kind_of_folder

_SUFFIXES = {".md", ".markdown"}
Address = tuple[str, str]  # kind and slug
Read = Callable[[Path, Kind, str], tuple[ArticleDraft | None, list[Problem]]]  # of a file and its name in messages


@dataclass
class Tree:
    drafts: list[ArticleDraft] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)  # files with an error: what is published of them stays
    problems: list[Problem] = field(default_factory=list)


def article_files(directory: Path) -> list[Path]:
    """Every Markdown file below the directory, but notes (README, names that begin with . or _)."""
    return sorted(
        path
        for path in directory.rglob("*")
        if path.suffix.lower() in _SUFFIXES
        and not path.name.startswith((".", "_"))
        and path.stem.lower() != "readme"
        and path.is_file()
    )


def content_files(directory: Path) -> list[Path]:
    """Every file a load may read: the articles and the drawings beside them."""
    drawings = [path for path in directory.rglob("*.svg") if path.is_file()]
    return sorted([*article_files(directory), *drawings])


def kind_of(path: Path, directory: Path) -> Kind:
    """By the first folder with a kind's name on the way to the file; without one it is of the first kind."""
    inside = path.relative_to(directory) if path.is_relative_to(directory) else path
    folders = (*inside.parts[:-1], directory.name)
    return next((kind for name in folders if (kind := kind_of_folder(name))), KINDS[0])


def read_tree(directory: Path, published: Mapping[Address, str], read: Read) -> Tree:
    """Every file that can be read, at an address of its own. published: which file stands at an address today."""
    tree = Tree()
    files = article_files(directory) if directory.is_dir() else []
    if not files:
        said = "holds no .md file" if directory.is_dir() else "is not a directory"
        tree.problems.append(Problem(str(directory), 1, said, is_error=True))
    for path in files:
        name = path.relative_to(directory).as_posix()
        draft, problems = read(path, kind_of(path, directory), name)
        tree.problems += problems
        if draft:
            tree.drafts.append(draft)
        else:
            tree.unread.add(name)
    tree.drafts = list(_at_own_addresses(tree, published))
    return tree


def _at_own_addresses(tree: Tree, published: Mapping[Address, str]) -> Iterator[ArticleDraft]:
    """Two files of one address: who has it keeps it, then the shorter name; the other gets a number."""
    taken: dict[Address, str] = {}
    by_right = sorted(
        tree.drafts,
        key=lambda draft: (published.get((draft.kind, draft.slug)) != draft.file, len(draft.file), draft.file),
    )
    for draft in by_right:
        slug, number = draft.slug, 1
        while (draft.kind, slug) in taken:
            number += 1
            slug = f"{draft.slug[:95]}-{number}"
        if number > 1:
            first = taken[draft.kind, draft.slug]
            message = f"has the same address {draft.slug!r} as {first}: it is published as {slug!r}"
            tree.problems.append(Problem(draft.file, 1, message, fails_check=True))
        taken[draft.kind, slug] = draft.file
        yield replace(draft, slug=slug) if number > 1 else draft


def check_together(
    drafts: Collection[ArticleDraft], topics: Collection[str], published: Collection[Address]
) -> list[Problem]:
    """Dead links, pages and topics that do not exist. published: addresses that stay without a file."""
    known = {(draft.kind, draft.slug): draft for draft in drafts}
    found: list[Problem] = []
    for draft in drafts:
        if draft.topic and draft.topic not in topics:
            found.append(Problem(draft.file, draft.topic_line, f"no topic is called {draft.topic!r}"))
        for slug, line in draft.about:
            if slug not in topics:
                found.append(Problem(draft.file, line, f"no topic is called {slug!r}"))
        for slug in draft.related:
            if slug == draft.slug:
                found.append(Problem(draft.file, draft.related_line, "related: the page names itself"))
            elif not any((kind.kind, slug) in known or (kind.kind, slug) in published for kind in KINDS):
                found.append(Problem(draft.file, draft.related_line, f"related: there is no article {slug!r}"))
        found += (problem for link in draft.links if (problem := _dead(link, draft, known, published)))
    return found + list(rings(drafts))


def _dead(
    link: Link, draft: ArticleDraft, known: Mapping[Address, ArticleDraft], published: Collection[Address]
) -> Problem | None:
    path, _, fragment = unquote(link.href).partition("#")
    kind = next((kind for kind in KINDS if path.startswith((kind.path, f"/en{kind.path}"))), None)
    if (kind is None and path) or (kind and not kind.is_own_page):
        return None
    slug = path.partition(kind.path)[2].partition("?")[0].strip("/") if kind else ""
    target = known.get((kind.kind, slug)) if kind else draft
    if kind and slug and "/" not in slug and target is None and (kind.kind, slug) not in published:
        return Problem(draft.file, link.line, f"dead link: {link.href[:100]}", fails_check=True)
    if target and fragment and fragment not in _ids(target):
        return Problem(draft.file, link.line, f"the page has no such place: {link.href[:100]}", fails_check=True)
    return None


def _ids(draft: ArticleDraft) -> set[str]:
    sources = {f"kilde-{number}" for number in range(1, len(draft.sources) + 1)}
    return sources | {section["id"] for section in draft.sections} | {item["id"] for item in draft.faq}
