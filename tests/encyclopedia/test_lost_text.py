"""A file that was cut short while it was written."""

from __future__ import annotations

from pathlib import Path

import pytest

from fysfinder.encyclopedia.actions import load_content
from fysfinder.encyclopedia.models import Article


@pytest.mark.django_db
@pytest.mark.parametrize("remove", [True, False])
def test_a_file_that_lost_its_text_leaves_what_is_published(tmp_path: Path, remove: bool) -> None:
    source = tmp_path / "ordbog" / "knae.md"
    source.parent.mkdir()
    source.write_text("---\ntitle: Knæ\n---\nKnæet er kroppens største led.\n")
    assert load_content(directory=tmp_path, remove=remove).created == 1
    source.write_text("---\ntitle: Kn")
    report = load_content(directory=tmp_path, remove=remove)
    assert [(problem.file, problem.is_error) for problem in report.errors] == [("ordbog/knae.md", True)]
    assert "største led" in Article.objects.get(slug="knae").lead_html
