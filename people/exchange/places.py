"""The places of bringing in and taking out among those of the office."""

from django.utils.translation import gettext_lazy as _

from core.templatetags.core import OFFICE

OFFICE += [
    (_("Bring in"), _("People, units and groups from a spreadsheet"), "exchange:imports", ("people.import",)),
    (_("Take out"), _("Tables for work elsewhere"), "exchange:exports", ("people.export",)),
]
