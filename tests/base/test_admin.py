from __future__ import annotations

import pytest
from django.contrib import admin
from django.test import RequestFactory

from fysfinder.accounts.models import User
from fysfinder.base.admin import ReadOnly
from fysfinder.encyclopedia.models import Article
from fysfinder.imports.models import ImportRun, MatchQuestion, SourceRow
from fysfinder.places.models import Alias, City, Municipality, Postcode, Region
from fysfinder.tariffs.models import Tariff
from fysfinder.topics.models import Topic

FROM_FILES = [Alias, City, Municipality, Postcode, Region, Tariff, Topic, Article, ImportRun, MatchQuestion, SourceRow]


@pytest.mark.parametrize("model", FROM_FILES)
def test_what_comes_from_files_is_only_looked_at_in_the_staff_site(model: type) -> None:
    request = RequestFactory().get("/admin/")
    request.user = User(is_staff=True, is_superuser=True, is_active=True)
    page = admin.site.get_model_admin(model)
    assert isinstance(page, ReadOnly) and page.has_view_permission(request)
    assert not page.has_add_permission(request)
    assert not page.has_change_permission(request)
    assert not page.has_delete_permission(request)
