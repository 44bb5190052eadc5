"""What an editor is told about a SCORM package that was let in: no refusal, but worth knowing before it is used."""

from dataclasses import dataclass, field
from typing import Any, Final, Self

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# code -> what was found and what follows from it. %(where)s: the file or item; %(count)s: how many there are in all.
SENTENCES: Final[dict[str, str | Promise]] = {
    "wrapped": _('The package lies in a folder "%(where)s" of the archive; that folder was taken as its root.'),
    "default_missing": _("The default organisation of the manifest does not exist; its first one is used."),
    "no_organisation": _(
        "The manifest gives no order of lessons; the entry pages that it lists are used in their order there."
    ),
    "other_organisations": _("The manifest has %(count)s organisations; only the default one is used."),
    "inner_manifest": _("The manifest holds another one inside it, which is not read."),
    "resource_missing": _('Part "%(where)s" names no content that exists; it is shown as a heading.'),
    "launch_missing": _('The page "%(where)s" of a part is not in the package; that part cannot be opened.'),
    "launch_remote": _('Part "%(where)s" lies on another server; it cannot be opened here.'),
    "launch_unplayable": _('The page "%(where)s" of a part is of a kind that no browser plays; it cannot be opened.'),
    "case": _('The manifest writes "%(where)s" with other capital letters than the archive; the archive is followed.'),
    "file_missing": _('The manifest lists %(count)s files that are not in the package, the first is "%(where)s".'),
    "file_remote": _('The manifest lists %(count)s files on other servers, the first is "%(where)s"; they are not used.'),
    "flash": _('%(count)s files need Flash, which no browser plays; they are left out. The first is "%(where)s".'),
    "unknown_kind": _('%(count)s files of unknown kinds are left out. The first is "%(where)s".'),
    "sequencing": _("The package has rules for the order of its parts; they are not followed, every part can be opened."),
    "prerequisites": _("The package says which parts come before others; every part can be opened all the same."),
    "remote_hosts": _("Pages of the package ask other servers, which is blocked: %(where)s."),
    "uses_eval": _('Scripts of the package make code from text, the first is "%(where)s". It plays only where that is allowed.'),
    "metadata_unread": _('The description "%(where)s" of the package cannot be read; its language and rights are not known.'),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Remark:
    """One finding. code: a key of SENTENCES; where: the file, part or hosts it is about, "" for none."""

    code: str
    where: str = ""
    count: int = 1

    def __str__(self) -> str:
        return str(SENTENCES[self.code]) % {"where": self.where, "count": self.count}

    def as_json(self) -> dict[str, Any]:
        """The finding as it is stored; `Remark(**stored)` gives it back."""
        return {"code": self.code, "where": self.where, "count": self.count}


@dataclass(slots=True)
class Remarks:
    """Findings as they are made, one of a code: a repeated one is counted, its first place kept."""

    found: dict[str, Remark] = field(default_factory=dict)

    def add(self, code: str, where: str = "") -> Self:
        """Write one down."""
        first = self.found.get(code)
        self.found[code] = Remark(code, first.where, first.count + 1) if first else Remark(code, where[:300])
        return self

    def all(self) -> tuple[Remark, ...]:
        """All of them, in the order in which each was first made."""
        return tuple(self.found.values())
