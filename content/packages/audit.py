"""What is told to the audit trail of packages."""

from django.utils.translation import gettext_lazy as _

from core.audit import Action

PACKAGE_STORED = Action("package_stored", _("Version of a package stored"))
PACKAGE_APPROVED = Action("package_approved", _("Version of a package approved"))
PACKAGE_WITHDRAWN = Action("package_withdrawn", _("Version of a package taken down"))
PACKAGE_RESTORED = Action("package_restored", _("Version of a package put up again"))
LIBRARY_APPROVED = Action("library_approved", _("H5P library approved"))
LIBRARY_BLOCKED = Action("library_blocked", _("H5P library blocked"))
