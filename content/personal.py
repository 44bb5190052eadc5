"""Personal data of those who write, translate and review: who did it. Readers leave nothing here."""

from datetime import datetime, timedelta
from typing import Any, Final

from wagtail.admin.models import EditingSession, FormState
from wagtail.models import PageSubscription
from wagtail.users.models import UserProfile

from content.models import PackageImport, TranslationImport
from core.personal import ACCOUNT, Kind, register
from people.models import Person

IMPORT_DAYS: Final = 30
EDITING_DAYS: Final = 7


def _delete(model: Any) -> Any:
    def erase(person: Person, at: datetime) -> None:
        model.objects.filter(user=person).delete()

    return erase


_WORK = "who wrote, changed, held, reviewed or published what"

register(
    Kind(model="content.HomePage", actors=("locked_by", "owner"), purpose=_WORK),
    Kind(model="content.SitePage", actors=("locked_by", "owner"), purpose=_WORK),
    Kind(model="content.TranslationReview", actors=("reviewed_by",), personal=("note",), purpose=_WORK),
    Kind(model="content.TranslationPublication", actors=("published_by",), purpose=_WORK),
    Kind(
        model="content.TranslationImport",
        actors=("made_by",),
        personal=("name",),
        purpose="a file of sentences while it is looked at",
        keep=f"{IMPORT_DAYS} days",
        past=lambda at: TranslationImport.objects.filter(created_at__lt=at - timedelta(days=IMPORT_DAYS)),
    ),
    Kind(model="content.Package", actors=("made_by",), purpose=_WORK),
    Kind(model="content.PackageVersion", actors=("made_by", "approved_by"), personal=("name",), purpose=_WORK),
    Kind(model="content.H5PLibrary", actors=("brought_by", "decided_by"), purpose=_WORK),
    Kind(
        model="content.PackageImport",
        actors=("brought_by",),
        personal=("name",),
        purpose="a package that was sent, and why it was refused",
        keep=f"{IMPORT_DAYS} days",
        past=lambda at: PackageImport.objects.filter(created_at__lt=at - timedelta(days=IMPORT_DAYS)),
    ),
    # Wagtail's and wagtail-localize's own.
    Kind(model="wagtail_localize.StringTranslation", actors=("last_translated_by",), purpose=_WORK),
    Kind(model="wagtail_localize.SegmentOverride", actors=("last_translated_by",), purpose=_WORK),
    Kind(model="wagtaildocs.Document", actors=("uploaded_by_user",), purpose=_WORK),
    Kind(model="wagtailimages.Image", actors=("uploaded_by_user",), purpose=_WORK),
    Kind(model="wagtailcore.Page", actors=("locked_by", "owner"), purpose=_WORK),
    Kind(model="wagtailcore.Revision", actors=("user",), purpose=_WORK),
    Kind(model="wagtailcore.ModelLogEntry", actors=("user",), purpose=_WORK),
    Kind(model="wagtailcore.PageLogEntry", actors=("user",), purpose=_WORK),
    Kind(model="wagtailcore.UploadedFile", actors=("uploaded_by_user",), purpose=_WORK),
    Kind(model="wagtailcore.WorkflowState", actors=("requested_by",), purpose=_WORK),
    Kind(model="wagtailcore.TaskState", actors=("finished_by",), personal=("comment",), purpose=_WORK),
    Kind(model="wagtailcore.Comment", actors=("user", "resolved_by"), purpose=_WORK),
    Kind(model="wagtailcore.CommentReply", actors=("user",), personal=("comment",), purpose=_WORK),
    Kind(
        model="wagtailcore.PageSubscription",
        actors=("user",),
        personal=("comment_notifications",),
        purpose="which pages an editor follows",
        keep=ACCOUNT,
        erase=_delete(PageSubscription),
    ),
    Kind(
        model="wagtailusers.UserProfile",
        actors=("user",),
        personal=("avatar",),
        purpose="how an editor's own admin looks",
        keep=ACCOUNT,
        erase=_delete(UserProfile),
    ),
    Kind(
        model="wagtailadmin.EditingSession",
        actors=("user",),
        purpose="who edits a page just now",
        keep=f"{EDITING_DAYS} days",
        erase=_delete(EditingSession),
        past=lambda at: EditingSession.objects.filter(last_seen_at__lt=at - timedelta(days=EDITING_DAYS)),
    ),
    Kind(model="wagtailadmin.FormState", actors=("user",), purpose=_WORK, keep=ACCOUNT, erase=_delete(FormState)),
)
