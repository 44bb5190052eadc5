"""Authored files, and an officer who reads English."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from courses.models import Enrolment
from tests.courses.authoring import Folder
from tests.factories import EnrolmentFactory


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


@pytest.fixture
def enrolment(db: Any) -> Enrolment:
    """A place in C1 of an officer of immigration."""
    return EnrolmentFactory()


@pytest.fixture
def officer(client: Client, enrolment: Enrolment) -> Client:
    client.force_login(enrolment.person)
    client.cookies["lang"] = "en"
    return client
