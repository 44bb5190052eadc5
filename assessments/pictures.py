"""Pictures as answers: taken in, kept, given out. What is kept was made anew by `assessments.remaking`."""

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile

from assessments import bank
from assessments.errors import NoPicturesHere, NotAPicture, TooManyPictures, TooManyUploads, UploadTooBig
from assessments.models import AnswerPicture, Attempt, AttemptStep
from assessments.recording import Sent, record_steps
from assessments.sheets import sheet_of
from core import ratelimit
from core.db import write_transaction

LIMIT = 15 * 2**20  # bytes of a file as sent
UPLOADS = 40  # for one attempt in ten minutes
SECONDS = 40  # until a file that does not come to an end is given up


def add_pictures(
    attempt: Attempt, place: int, upload: UploadedFile[Any] | None, *, at: datetime
) -> list[AnswerPicture]:
    """Keep what was sent for a question and make it part of the answer.

    Raises NoPicturesHere, UploadTooBig, NotAPicture, TooManyPictures or TooManyUploads; nothing is kept then.
    """
    most = _room(attempt, place)
    if upload is None:
        raise NotAPicture
    if not ratelimit.allow("pictures", str(attempt.pk), limit=UPLOADS, seconds=600):
        raise TooManyUploads
    if (upload.size or 0) > LIMIT:
        raise UploadTooBig(megabytes=LIMIT // 2**20)
    made = list(_made_anew(upload.read(), most=most))
    with write_transaction():
        # Drawing takes a while: only now is it known what was sent, taken away or handed in meanwhile.
        attempt = Attempt.objects.select_for_update().get(pk=attempt.pk)
        sheet = sheet_of(attempt)
        given = sheet.answers.get(place, [])
        if len(given) + len(made) > _room(attempt, place):
            raise TooManyPictures(most=most)
        kept = [
            AnswerPicture(attempt=attempt, place=place, width=one["width"], height=one["height"]) for one, _data in made
        ]
        answer = [*given, *(str(picture.public_id) for picture in kept)]
        step = Sent(uuid4(), AttemptStep.Kind.ANSWER, place, answer, "pictures", sheet.head + 1, sheet.head)
        (outcome,) = record_steps(attempt, [step], at=at)
        if outcome.verdict != AttemptStep.Verdict.ACCEPTED:
            raise NoPicturesHere
        for picture, (_shape, data) in zip(kept, made, strict=True):
            picture.file.save(f"{picture.public_id}.webp", ContentFile(data))
    return kept


def _room(attempt: Attempt, place: int) -> int:
    """How many pictures a question takes."""
    items = attempt.paper["items"]
    if not attempt.is_open or not 0 <= place < len(items):
        raise NoPicturesHere
    version = bank.versions([items[place]["version"]])[items[place]["version"]]
    if version.kind != "pictures":
        raise NoPicturesHere
    most: int = version.key["most"]
    return most


def _made_anew(data: bytes, *, most: int) -> Iterator[tuple[dict[str, int], bytes]]:
    """Shape and bytes of each picture. Raises NotAPicture or TooManyPictures."""
    command = [sys.executable, "-m", "assessments.remaking", str(most)]
    try:
        run = subprocess.run(
            command, input=data, capture_output=True, timeout=SECONDS, cwd=settings.BASE_DIR, check=False
        )
    except subprocess.TimeoutExpired:
        raise NotAPicture from None
    if run.returncode == 3:
        raise TooManyPictures(most=most)
    if run.returncode:
        raise NotAPicture
    rest = run.stdout
    while rest:
        line, _newline, rest = rest.partition(b"\n")
        shape = json.loads(line)
        yield shape, rest[: shape["size"]]
        rest = rest[shape["size"] :]


def forget_unused(attempt: Attempt) -> None:
    """Delete the pictures that were taken away again before handing in."""
    used = {one for value in sheet_of(attempt).answers.values() for one in value}
    for picture in AnswerPicture.objects.filter(attempt=attempt):
        if str(picture.public_id) not in used:
            picture.delete()
            picture.file.delete(save=False)
