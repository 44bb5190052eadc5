"""Text that comes in through Wagtail is cleaned; published content that changed makes what was rendered before out of date."""

from typing import Any

from django.db.models.signals import post_delete, post_save, pre_save
from django.dispatch import receiver
from django.utils import timezone
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import Locale, Page, Site
from wagtail.signals import page_published, page_unpublished, post_page_move, published, unpublished
from wagtail_localize.models import StringTranslation

from content.models import (
    Competency,
    ContentVersion,
    Drawing,
    FacilitatorGuide,
    Fact,
    FactVersion,
    GlossaryTerm,
    PocketCard,
    Rubric,
    SourceText,
    TranslationPublication,
)
from content.translation import work
from core.fields import clean_texts
from core.text import stored


@receiver(pre_save)
def titles_come_in(instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """The texts of Wagtail's own records are clean however they are saved."""
    if isinstance(instance, Page | Image | Document) and not raw:
        clean_texts(instance)


@receiver(pre_save, sender=StringTranslation)
def translation_comes_in(
    instance: StringTranslation, raw: bool = False, update_fields: Any = None, **kwargs: Any
) -> None:
    """Translations are clean, wherever they come from."""
    if not raw and (update_fields is None or "data" in update_fields):
        instance.data = stored(instance.data, "html", burmese=instance.locale.language_code == "my")


@receiver(page_published)
def page_says(instance: Any, is_noted: bool = False, **kwargs: Any) -> None:
    """A page went live: what it says is there to be translated. is_noted: who published it took note already."""
    if not is_noted:
        work.source_published(instance)


def record_says(instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """A record without drafts was saved: what it says is there to be translated."""
    if not raw:
        work.source_published(instance)


for record in (Competency, FacilitatorGuide, Fact, GlossaryTerm, PocketCard, Rubric):
    post_save.connect(record_says, sender=record)


@receiver(pre_save, sender=Fact)
def approval_is_for_a_wording(instance: Fact, raw: bool = False, **kwargs: Any) -> None:
    """An approved fact whose wording is changed waits again, whoever changes it and however; `lost_approval` tells the editor."""
    instance.lost_approval = False
    if raw or instance.status != Fact.Status.APPROVED or not work.is_source(instance):
        return
    before = Fact.objects.filter(pk=instance.pk, status=Fact.Status.APPROVED).first()
    if before is None:
        return
    clean_texts(instance)
    if any(getattr(before, name) != getattr(instance, name) for name in Fact.WORDING):
        instance.status, instance.reviewer, instance.lost_approval = Fact.Status.DRAFT, "", True


@receiver(post_save, sender=Fact)
def fact_stands(instance: Fact, raw: bool = False, **kwargs: Any) -> None:
    """How a fact stands is kept with every change. What translations of it said is kept when they go live."""
    if not raw and work.is_source(instance):
        FactVersion.record(instance, at=timezone.now())


@receiver([page_published, page_unpublished, post_page_move, published, unpublished])
def content_changed(**kwargs: Any) -> None:
    """A page or snippet went live, went away or moved."""
    ContentVersion.advance()


def record_changed(sender: Any, raw: bool = False, **kwargs: Any) -> None:
    """A record that pages show was saved or removed."""
    if not raw:
        ContentVersion.advance()


for model in (
    Competency,
    Drawing,
    FacilitatorGuide,
    Fact,
    GlossaryTerm,
    PocketCard,
    Rubric,
    SourceText,
    TranslationPublication,
    Locale,
    Site,
):
    post_save.connect(record_changed, sender=model)
    post_delete.connect(record_changed, sender=model)
