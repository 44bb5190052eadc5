"""Persons, where they serve, what they may do, and who learns together."""

from people.models.cohorts import Cohort, CohortMembership
from people.models.contacts import Contact
from people.models.erasures import Erasure
from people.models.persons import Person
from people.models.roles import RoleGrant
from people.models.units import Agency, Unit, named

__all__ = ["Agency", "Cohort", "CohortMembership", "Contact", "Erasure", "Person", "RoleGrant", "Unit", "named"]
