"""The kinds of page the encyclopedia has. A new kind: one entry here, one template, one folder in content/."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    kind: str
    folder: str  # under content/
    url_name: str
    index_url_name: str
    path: str  # how links in the text begin
    template: str
    schema_type: str  # schema.org


KINDS = (
    Kind(
        kind="ordbog",
        folder="ordbog",
        url_name="article",
        index_url_name="article_index",
        path="/ordbog/",
        template="web/article.html",
        schema_type="MedicalWebPage",
    ),
)


def get_kind(kind: str) -> Kind | None:
    return next((entry for entry in KINDS if entry.kind == kind), None)
