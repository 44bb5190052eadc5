"""What was decided about translations, what went live of them, and files that came back."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.fields import CleanCharField, CleanTextField
from core.models import PublicId, TimeStamped


class TranslationReview(models.Model):
    """One decision on a translation, about exactly the text whose fingerprint it names. A fact: never changed."""

    class Step(models.TextChoices):
        TRANSLATOR = "translator", _("Translator")
        SUBJECT = "subject", _("Subject")
        LEGAL = "legal", _("Legal")

    class Verdict(models.TextChoices):
        APPROVED = "approved", _("Approved")
        RETURNED = "returned", _("Returned")

    translation_key = models.UUIDField(db_index=True)
    locale = models.ForeignKey("wagtailcore.Locale", models.PROTECT, related_name="+")
    step = models.CharField(_("step"), max_length=10, choices=Step)
    verdict = models.CharField(_("verdict"), max_length=8, choices=Verdict)
    texts_sha256 = models.CharField(max_length=64)
    note = CleanTextField(_("note"), blank=True)
    reviewed_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField()

    class Meta:
        verbose_name, verbose_name_plural = _("translation review"), _("translation reviews")
        constraints = [
            models.CheckConstraint(
                condition=Q(verdict="approved") | ~Q(note=""),
                name="translation_returned_with_a_note",
                violation_error_message=_("Say what has to be changed."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.translation_key} {self.step} {self.verdict}"


class TranslationPublication(models.Model):
    """What went live of a translation, sentence by sentence, and whether it had passed every review. A fact: never changed."""

    translation_key = models.UUIDField(db_index=True)
    locale = models.ForeignKey("wagtailcore.Locale", models.PROTECT, related_name="+")
    source_sha256 = models.CharField(max_length=64, help_text="of the source text it translates")
    texts = models.JSONField(help_text="list of [path, source, target]")
    texts_sha256 = models.CharField(max_length=64)
    is_reviewed = models.BooleanField(_("reviewed"))
    published_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField()

    class Meta:
        verbose_name, verbose_name_plural = _("translation publication"), _("translation publications")

    def __str__(self) -> str:
        return f"{self.translation_key} {self.published_at:%Y-%m-%d}"


class TranslationImport(PublicId, TimeStamped):
    """A file of translations that came back: its lines, kept until somebody looked at what they would do and said yes."""

    locale = models.ForeignKey("wagtailcore.Locale", models.PROTECT, related_name="+")
    name = CleanCharField(_("file name"), max_length=200)
    lines = models.JSONField(help_text="list of [key, source, target, line number, whether it is unsure]")
    made_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    applied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("file of translations"), _("files of translations")

    def __str__(self) -> str:
        return self.name
