"""What people may do beyond learning."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.fields import CleanCharField
from core.models import PublicId, TimeStamped
from people import rules
from people.models.persons import Person
from people.models.units import Unit


class RoleGrantQuerySet(models.QuerySet["RoleGrant"]):
    """Grants of roles."""

    def current(self, *, on: date | None = None) -> Self:
        """Those in force on a day, today by default."""
        on = on or timezone.localdate()
        return self.open().filter(Q(ends_on=None) | Q(ends_on__gte=on), starts_on__lte=on, is_confirmed=True)

    def open(self) -> Self:
        """Those that nobody ended before their time."""
        return self.filter(ended_at=None)

    def waiting(self) -> Self:
        """Those that take a second person, who has not decided."""
        return self.open().filter(is_confirmed=False)


class RoleGrant(PublicId, TimeStamped):
    """A role given to a person, for a time, by somebody, with a reason; optionally only within one unit or cohort.

    A role that takes two people is in force once the second has confirmed it. A refused or ended one stays, with the reason.
    """

    class Role(models.TextChoices):
        TRAINER = "trainer", _("Trainer")
        MASTER = "master", _("Master trainer")
        SUPERVISOR = "supervisor", _("Supervisor")
        EDITOR = "editor", _("Curriculum editor")
        ASSESSOR = "assessor", _("Assessment editor")
        TRANSLATOR = "translator", _("Translator")
        SUBJECT = "subject", _("Subject reviewer")
        LEGAL = "legal", _("Legal reviewer")
        LANGUAGE = "language", _("Language reviewer")
        REGISTRAR = "registrar", _("Registrar")
        LEAD = "lead", _("Programme lead")
        AUDITOR = "auditor", _("Auditor")

    person = models.ForeignKey(Person, models.PROTECT, related_name="grants", verbose_name=_("person"))
    role = models.CharField(_("role"), max_length=12, choices=Role)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("within"))
    cohort = models.ForeignKey(
        "Cohort", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("for the group")
    )
    with_names = models.BooleanField(_("sees names"), default=False)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)
    granted_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("given by")
    )
    reason = CleanCharField(_("reason"), max_length=200)
    is_confirmed = models.BooleanField(_("in force"), default=True)
    confirmed_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("confirmed by")
    )
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    ended_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("ended by")
    )
    end_reason = CleanCharField(_("why it ended"), max_length=200, blank=True)

    objects = RoleGrantQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("role"), _("roles")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="grant_ends_after_start",
                violation_error_message=_("The last day lies before the first. Change one of them."),
            ),
            models.CheckConstraint(
                condition=Q(unit=None) | Q(cohort=None),
                name="grant_within_one_scope",
                violation_error_message=_(
                    "A role is given within a unit or for a group, not for both. Leave one empty."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(role="supervisor") | Q(unit__isnull=False),
                name="grant_supervisor_of_a_unit",
                violation_error_message=_("A supervisor answers for a unit. Choose the unit."),
            ),
            models.CheckConstraint(
                condition=Q(with_names=False) | Q(role="supervisor"),
                name="grant_names_supervisor",
                violation_error_message=_(
                    "Only a supervisor is given names. Other roles see those for whom they work."
                ),
            ),
            # What the product itself gave (at set-up, granted_by empty) asks no second person.
            models.CheckConstraint(
                condition=~Q(role__in=sorted(rules.BY_TWO), is_confirmed=True)
                | Q(granted_by=None)
                | Q(confirmed_by__isnull=False),
                name="grant_of_power_by_two",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None)
                | (Q(is_confirmed=True) & ~Q(confirmed_by=F("granted_by")) & ~Q(confirmed_by=F("person"))),
                name="grant_second_person_is_another",
            ),
            models.CheckConstraint(
                condition=~Q(granted_by=F("person")),
                name="grant_not_to_oneself",
                violation_error_message=_("Nobody gives a role to themselves. Ask another registrar."),
            ),
            models.CheckConstraint(condition=Q(ended_at=None) ^ ~Q(end_reason=""), name="grant_end_has_a_reason"),
            *(
                models.UniqueConstraint(
                    fields=["person", "role", *scope],
                    condition=Q(
                        ended_at=None,
                        ends_on=None,
                        **{f"{one}__isnull": one not in scope for one in ("unit", "cohort")},
                    ),
                    name=f"grant_once_{name}",
                    violation_error_message=_("This person holds this role already."),
                )
                for name, scope in (("everywhere", []), ("per_unit", ["unit"]), ("per_cohort", ["cohort"]))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_role_display()}"

    def reach(self, verb: str) -> str:
        """How far this grant reaches for a verb, as in the table of people/rules.py; "" for not at all."""
        cell = rules.RULES[verb].get(self.role, "")
        return "" if cell == "named" and not self.with_names else cell.replace("named", "all")
