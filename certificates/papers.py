"""Designs of certificates: drafted, looked at, checked, published."""

from __future__ import annotations

import hashlib
import io
from datetime import date, datetime
from typing import Final

from django.conf import settings
from django.db import transaction
from PIL import Image, UnidentifiedImageError

from certificates.audit import PAPER_PUBLISHED
from certificates.claim import CertificateClaim
from certificates.errors import PaperFaulty, PictureUnreadable
from certificates.models import Paper, PaperPicture, PaperVersion
from certificates.paper import render_certificate
from certificates.paper.checking import check_design, drawable
from certificates.paper.design import PaperDesign
from core import audit
from people.models import Person

MOST_BYTES: Final = 3 * 2**20
MOST_PIXELS: Final = 12_000_000
_LARGEST: Final = 1600  # pixels: 300 to the inch over 13 cm


def keep_picture(data: bytes, *, by: Person, at: datetime) -> str:
    """Store a picture as a clean PNG, without what a camera or a program wrote into it. Returns its SHA-256.

    Raises PictureUnreadable.
    """
    try:
        with Image.open(io.BytesIO(data), formats=["PNG", "JPEG", "WEBP"]) as opened:
            if len(data) > MOST_BYTES or opened.width * opened.height > MOST_PIXELS:
                raise PictureUnreadable
            picture = opened.convert("RGBA")
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
        raise PictureUnreadable from None
    picture.thumbnail((_LARGEST, _LARGEST))
    out = io.BytesIO()
    clean = Image.new("RGBA", picture.size)
    clean.paste(picture)
    clean.save(out, "PNG", optimize=True)
    digest = hashlib.sha256(out.getvalue()).hexdigest()
    PaperPicture.objects.get_or_create(sha256=digest, defaults={"png": out.getvalue(), "added_at": at, "added_by": by})
    return digest


def sample(*, today: date) -> CertificateClaim:
    """A certificate of nobody, to look at."""
    return CertificateClaim(
        serial="THD-0000-000000",
        code="0000000000000000",
        name_my="ဒေါ်ခင်သန္တာထွန်း",
        name_latin="Daw Khin Thandar Tun",
        unit="မြဝတီ နယ်စပ်ဂိတ်",
        course_code="C4",
        course_title_my="ခရီးသွားစာရွက်စာတမ်း စစ်ဆေးခြင်း",
        course_title_en="Travel-document examination",
        course_version="1.0",
        minutes=390,
        score_percent=87,
        issued_on=today,
        valid_until=today.replace(year=today.year + 2, day=min(today.day, 28)),
        issuer_my=settings.ISSUER_MY,
        issuer_en=settings.ISSUER_EN,
        objectives=(("ခရီးသွားစာရွက်စာတမ်းကို အဆင့်သုံးဆင့်ဖြင့် စစ်ဆေးနိုင်သည်။", "Examine a travel document in three levels."),),
    )


def preview_png(design: PaperDesign, *, today: date, width: int = 1000) -> bytes:
    """The first sheet of a sample as a picture so many pixels wide, without what cannot be drawn. Raises pdf.PdfUnavailable."""
    import pypdfium2  # noqa: PLC0415 (nothing else on these pages needs it)

    design = drawable(design)
    sheet = render_certificate(
        sample(today=today), design, square=f"{settings.SITE_URL}/verify/", images=PaperPicture.read(design.images)
    )
    with pypdfium2.PdfDocument(sheet) as document:
        page = document[0]
        picture = page.render(scale=width / page.get_width()).to_pil()
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


@transaction.atomic
def save_draft(paper: Paper) -> None:
    """Store what was drafted; where it is the one used by default, no other is."""
    if paper.is_default:
        Paper.objects.exclude(pk=paper.pk).update(is_default=False)
    paper.save()


@transaction.atomic
def publish(paper: Paper, *, by: Person, at: datetime) -> PaperVersion:
    """What is printed from now on. Certificates issued before keep the version that they had. Raises PaperFaulty."""
    paper = Paper.objects.select_for_update().get(pk=paper.pk)
    design = PaperDesign.from_dict(paper.draft)
    problems = check_design(design, images=PaperPicture.read(design.images))
    if problems:
        raise PaperFaulty(many=len(problems))
    last = paper.published
    if last and PaperDesign.from_dict(last.design) == design:
        return last
    version = PaperVersion.objects.create(
        paper=paper,
        number=last.number + 1 if last else 1,
        design=design.to_dict(),
        published_at=at,
        published_by=by,
    )
    audit.record(PAPER_PUBLISHED, by=by, about=paper, count=version.number)
    return version
