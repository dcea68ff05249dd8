"""Staff: what is published and how it reads, what is due for review, who has signed, and what visitors say."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fysfinder.base.admin import ReadOnly
from fysfinder.encyclopedia.invitations import invite_reviewer, withdraw_review
from fysfinder.encyclopedia.models import Article, PageMessage, PageVotes, Review
from fysfinder.encyclopedia.readability import article_lix, band
from fysfinder.encyclopedia.review import Status, article_status, hash_of, statuses

if TYPE_CHECKING:
    ArticleModelAdmin = admin.ModelAdmin[Article]
    MessageModelAdmin = admin.ModelAdmin[PageMessage]
    ReviewModelAdmin = admin.ModelAdmin[Review]
    VotesModelAdmin = admin.ModelAdmin[PageVotes]
else:
    ArticleModelAdmin = MessageModelAdmin = ReviewModelAdmin = VotesModelAdmin = admin.ModelAdmin


def status_words(status: Status) -> str:
    """The state of a review in a few words of staff's own."""
    words = {
        "none": _("ikke gennemgået"),
        "reviewed": _("gennemgået af %(name)s"),
        "overdue": _("forfalden, sidst %(name)s"),
        "changed": _("teksten er ændret siden %(name)s skrev under"),
    }
    return words[status.state] % {"name": status.name}


@admin.register(Article)
class ArticleAdmin(ReadOnly, ArticleModelAdmin):
    list_display = ["title", "kind", "slug", "updated_on", "review", "lix", "words"]
    list_filter = ["kind"]
    search_fields = ["title", "slug"]
    actions = ["invite"]
    change_list_template = "admin/encyclopedia/article/change_list.html"

    def get_urls(self) -> list[URLPattern]:
        due = path("gennemgang/", self.admin_site.admin_view(self.due_view), name="encyclopedia_due")
        return [due, *super().get_urls()]

    @admin.display(description=gettext_lazy("gennemgang"))
    def review(self, article: Article) -> str:
        return status_words(article_status(article, timezone.localdate()))

    @admin.display(description="LIX")
    def lix(self, article: Article) -> str:
        value = article_lix(article)
        return "–" if value is None else f"{value} ({band(value)})"

    def due_view(self, request: HttpRequest) -> HttpResponse:
        """Every article by when it is due: never reviewed first, then by date."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        today = timezone.localdate()
        rows = [(article, status, status_words(status)) for article, status in statuses(today)]
        context = {**self.admin_site.each_context(request), "rows": rows, "title": _("Til gennemgang"), "today": today}
        return TemplateResponse(request, "admin/encyclopedia/due.html", context)

    @admin.action(description=gettext_lazy("Invitér en fagperson til at gennemgå"), permissions=["invite"])
    def invite(self, request: HttpRequest, queryset: QuerySet[Article]) -> HttpResponse:
        """Ask for the name, then show each secret link, once: a link is in no message, cookie or log."""
        context = {**self.admin_site.each_context(request), "articles": queryset, "title": _("Invitér en fagperson")}
        if "name" in request.POST:
            try:
                tokens = [(each, invite_reviewer(article=each, name=request.POST["name"])[1]) for each in queryset]
            except ValidationError as error:
                context["error"] = " ".join(error.messages)
            else:
                links = [(each, f"{settings.SITE_URL}{reverse('sign_review', args=[token])}") for each, token in tokens]
                context["links"] = links
        return TemplateResponse(request, "admin/encyclopedia/invite.html", context)

    def has_invite_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("encyclopedia.add_review")


@admin.register(Review)
class ReviewAdmin(ReadOnly, ReviewModelAdmin):
    list_display = ["slug", "kind", "name", "profession", "authorisation_id", "state", "invited_at", "expires_at"]
    list_filter = ["signed_at", "withdrawn_at"]
    search_fields = ["slug", "name", "authorisation_id"]
    exclude = ["token_hash"]
    actions = ["withdraw"]

    @admin.display(description=gettext_lazy("tilstand"))
    def state(self, review: Review) -> str:
        if review.withdrawn_at:
            return _("trukket tilbage")
        if review.signed_at is None:
            return _("afventer") if review.expires_at > timezone.now() else _("udløbet")
        article = Article.objects.filter(kind=review.kind, slug=review.slug).first()
        day = date_format(_day(review.signed_at), "DATE_FORMAT")
        if article and hash_of(article) == review.text_hash:
            return _("gælder, skrevet under %(day)s") % {"day": day}
        return _("falder bort: teksten er ændret siden %(day)s") % {"day": day}

    @admin.action(description=gettext_lazy("Træk de valgte links og underskrifter tilbage"), permissions=["withdraw"])
    def withdraw(self, request: HttpRequest, queryset: QuerySet[Review]) -> None:
        for review in queryset:
            withdraw_review(review=review)

    def has_withdraw_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("encyclopedia.change_review")


def _day(moment: dt.datetime) -> dt.date:
    return timezone.localdate(moment)


@admin.register(PageMessage)
class PageMessageAdmin(MessageModelAdmin):
    list_display = ["message", "about", "kind", "slug", "created_at", "is_closed"]
    list_filter = ["is_closed", "about", "kind"]
    readonly_fields = ["kind", "slug", "about", "message", "created_at"]
    actions = ["close"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    @admin.action(description=gettext_lazy("Luk de valgte henvendelser"))
    def close(self, request: HttpRequest, queryset: QuerySet[PageMessage]) -> None:
        queryset.update(is_closed=True)


@admin.register(PageVotes)
class PageVotesAdmin(ReadOnly, VotesModelAdmin):
    list_display = ["day", "kind", "slug", "yes", "no"]
    list_filter = ["kind", "day"]
    search_fields = ["slug"]
