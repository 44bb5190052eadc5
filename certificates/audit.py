"""What certificates tell the audit trail. That one was earned is a fact of its own; here is what people did with it."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from core.audit import Action

ISSUED: Final = Action("certificates.issued", _("What was earned was certified"), shown=True)
CORRECTED: Final = Action("certificates.corrected", _("A certificate was replaced by a corrected one"), shown=True)
ASKED: Final = Action("certificates.asked", _("Somebody asked to change the status of a certificate"), shown=True)
CHANGED: Final = Action("certificates.changed", _("Two people changed the status of a certificate"), shown=True)
REFUSED: Final = Action("certificates.refused", _("Changing the status of a certificate was refused"), shown=True)
PRINTED: Final = Action("certificates.printed", _("Certificates were printed"), shown=True)
SHARED: Final = Action("certificates.shared", _("A certificate was shared by its holder"), shown=True)
RULE_MADE: Final = Action("certificates.rule_made", _("A rule that earns certificates was added"))
RULE_CHANGED: Final = Action("certificates.rule_changed", _("A rule that earns certificates was changed"))
PAPER_PUBLISHED: Final = Action("certificates.paper_published", _("A design of certificates was published"))
KEY_MADE: Final = Action("certificates.key_made", _("A key that signs certificates was made"))
KEYS_RETIRED: Final = Action("certificates.keys_retired", _("Keys that sign certificates were retired"))
KEY_WITHDRAWN: Final = Action("certificates.key_withdrawn", _("A key that signs certificates was withdrawn"))
