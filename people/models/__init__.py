"""Persons, where they serve, what they may do, who learns together, and what they sign in with."""

from people.models.cohorts import Cohort, CohortMembership
from people.models.contacts import Contact
from people.models.devices import DevicePin, EnrolledDevice
from people.models.erasures import Erasure
from people.models.factors import FactorReset
from people.models.imports import ImportRow, PeopleImport
from people.models.persons import Person
from people.models.roles import RoleGrant
from people.models.sessions import SignedInSession
from people.models.slips import SignInSlip
from people.models.units import Agency, Unit, named

__all__ = [
    "Agency",
    "Cohort",
    "CohortMembership",
    "Contact",
    "DevicePin",
    "EnrolledDevice",
    "Erasure",
    "FactorReset",
    "ImportRow",
    "PeopleImport",
    "Person",
    "RoleGrant",
    "SignInSlip",
    "SignedInSession",
    "Unit",
    "named",
]
