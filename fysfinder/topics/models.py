"""WHAT FOR: topics, their names and everyday words, and the graph between them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    TREATMENT = "treatment", _("behandling")
    CONDITION = "condition", _("lidelse")
    BODY_PART = "body_part", _("kropsdel")
    PATIENT_GROUP = "patient_group", _("patientgruppe")
    PROGRAMME = "programme", _("forløb")


class Topic(models.Model):
    slug = models.SlugField(max_length=80, unique=True)
    kind = models.CharField(max_length=16, choices=Kind)
    name_da = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)
    summary_da = models.CharField(max_length=300, blank=True)
    summary_en = models.CharField(max_length=300, blank=True)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name, verbose_name_plural = _("emne"), _("emner")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name_da


class Synonym(models.Model):
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="synonyms")
    text = models.CharField(max_length=80)
    language = models.CharField(max_length=2)
    is_everyday = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.text


class Relation(models.TextChoices):
    TREATS = "treats", _("behandler")
    LOCATED_IN = "located_in", _("sidder i")
    FOR_GROUP = "for_group", _("er for")


class TopicLink(models.Model):
    from_topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="links_from")
    to_topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="links_to")
    relation = models.CharField(max_length=12, choices=Relation)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["from_topic", "to_topic", "relation"], name="topic_link_once")]
