"""Claims, designs and pictures to print, and ways to look at what was printed."""

import hashlib
import io
import math
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pypdfium2
from PIL import Image, ImageDraw

from certificates.claim import CertificateClaim, Part
from certificates.paper import PaperDesign, render_certificate
from certificates.paper.design import Signatory

URL = "https://thindan.example.org/verify/7K3MQ9XAT4WZ5HBN/"
DIGITS = "".join(str(number * number % 10**9) for number in range(31_000, 31_066))[:600]
SIGNED = ((f"{URL}#{'k' * 37}", "byte"), (DIGITS, "numeric"))  # the longest that a code carries
POINT = 25.4 / 72  # mm
CLAIM = CertificateClaim(
    serial="THD-2026-000123",
    code="7K3MQ9XAT4WZ5HBN",
    name_my="ဒေါ်ခင်သန္တာထွန်း",
    name_latin="Daw Khin Thandar Tun",
    rank="လူဝင်မှုကြီးကြပ်ရေးမှူး",
    unit="မြဝတီ နယ်စပ်ဂိတ်",
    course_code="C4",
    course_title_my="ခရီးသွားစာရွက်စာတမ်း စစ်ဆေးခြင်း",
    course_title_en="Travel-document examination",
    course_version="3",
    minutes=390,
    score_percent=87,
    issued_on=date(2026, 11, 24),
    valid_until=date(2028, 11, 23),
    issuer_my="သင်တန်း လေ့ကျင့်ရေးအစီအစဉ်",
    issuer_en="Thindan Training Programme",
)
OBJECTIVES = (
    ("ခရီးသွားစာရွက်စာတမ်းတစ်ခုကို အဆင့်သုံးဆင့်ဖြင့် စစ်ဆေးနိုင်သည်။", "Examine a travel document in three levels."),
    ("စက်ဖတ်ဧရိယာ၏ စစ်ဆေးဂဏန်းများကို တွက်ချက်နိုင်သည်။", "Compute the check digits of the machine-readable zone."),
)
SYLLABLES = "စိုင်း လှိုင် မြင့် ကြွယ် ထွန်း သန့် ဇင် မောင် အောင် ကျော် စွာ မင်း ခန့် ထက် ဝေ ဖြိုး သီ ဟ ဗုဒ် ဓ ဘာ သာ ခိုင် နှင်း ယု"
LONG_MY = SYLLABLES.replace(" ", "")
LONG_LATIN = "Wolfeschlegelsteinhausenbergerdorff Maung Maung Aung Kyaw Swa"
PARTS = (
    Part("C1", "လူမှောင်ခိုကူးခြင်းနှင့် လူကုန်ကူးခြင်း အခြေခံ", "Smuggling and trafficking: the basics", "1.0"),
    Part("C2", "တွေ့ဆုံမေးမြန်းခြင်း", "Interviewing", "2"),
    Part("C4", "ခရီးသွားစာရွက်စာတမ်း စစ်ဆေးခြင်း", "Travel-document examination", "3"),
)
KINDS = {
    "course": CLAIM,
    "programme": replace(CLAIM, kind="programme", parts=PARTS, course_code="P1"),
    "attendance": replace(
        CLAIM,
        kind="attendance",
        held_from=date(2026, 11, 20),
        held_until=date(2026, 11, 23),
        place="မြဝတီ",
        trainers=("ဦးအောင်ကျော်စွာ", "Ma Hla Hla Win"),
    ),
    "accreditation": replace(CLAIM, kind="accreditation", supersedes="THD-2026-000007"),
}
Boxes = list[tuple[float, float, float, float]]


def png(picture: Image.Image) -> bytes:
    picture.save(out := io.BytesIO(), "PNG")
    return out.getvalue()


def signature(beat: int = 1) -> bytes:
    """A stroke of a pen on white paper."""
    paper = Image.new("L", (900, 300), 255)
    points = [(60 + at * 0.78, 150 + 90 * math.sin(at / 37 * beat) * math.cos(at / 111)) for at in range(1000)]
    ImageDraw.Draw(paper).line(points, fill=20, width=7, joint="curve")
    return png(paper)


def crest(width: int = 500, height: int = 500) -> bytes:
    """Two rings on nothing."""
    sheet = Image.new("RGBA", (width, height), (0, 0, 0, 0))
    pen = ImageDraw.Draw(sheet)
    pen.ellipse([5, 5, width - 5, height - 5], outline=(140, 20, 30, 255), width=14)
    pen.ellipse([width // 3, height // 3, width * 2 // 3, height * 2 // 3], fill=(190, 150, 60, 255))
    return png(sheet)


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


CREST, SIGNATURES = crest(), (signature(1), signature(2))
IMAGES = {sha256(data): data for data in (CREST, *SIGNATURES)}
SIGNATORIES = (
    Signatory(
        name_my="ဦးအောင်ကျော်စွာ",
        name_en="U Aung Kyaw Swa",
        post_my="ညွှန်ကြားရေးမှူး၊ လေ့ကျင့်ရေးဌာန",
        post_en="Director, Training Department",
        image=sha256(SIGNATURES[0]),
    ),
    Signatory(
        name_my="ဒေါ်မြင့်မြင့်ခိုင်",
        name_en="Daw Myint Myint Khaing",
        post_my="သင်တန်းမှူး",
        post_en="Course Director",
        image=sha256(SIGNATURES[1]),
    ),
)
FULL = PaperDesign(
    era=True,
    with_unit=True,
    with_score=True,
    crest=sha256(CREST),
    signatories=SIGNATORIES,
    footer_my="ဤလက်မှတ်ကို လေ့ကျင့်ရေးဌာနက ထုတ်ပေးသည်",
    footer_en="Issued by the training department",
)


def printed(claim: CertificateClaim = CLAIM, design: PaperDesign | None = None, square=URL, **arguments) -> bytes:
    return render_certificate(claim, design or PaperDesign(), square=square, **{"images": IMAGES, **arguments})


def text_of(data: bytes, page: int = 0) -> str:
    with pypdfium2.PdfDocument(data) as document:
        return document[page].get_textpage().get_text_range()


def closed(text: str) -> str:
    """Without white space: a broken line reads as one, and the sign that PDFium gives for a hyphen at its end is one."""
    return "".join(text.split()).replace("\ufffe", "-")


def ink_boxes(data: bytes, page: int = 0) -> Boxes:
    """Left, top, right and bottom of every run of text on a page, in mm from its top left corner."""
    with pypdfium2.PdfDocument(data) as document:
        sheet = document[page]
        text, height = sheet.get_textpage(), sheet.get_height()
        rects = [text.get_rect(index) for index in range(text.count_rects())]
    return [(x0 * POINT, (height - y1) * POINT, x1 * POINT, (height - y0) * POINT) for x0, y0, x1, y1 in rects]


def is_within(box: tuple[float, ...], frame: tuple[float, ...]) -> bool:
    return frame[0] <= box[0] and frame[1] <= box[1] and box[2] <= frame[2] and box[3] <= frame[3]


def meetings(boxes: Boxes, slack: float) -> Iterator[tuple[tuple[float, ...], tuple[float, ...]]]:
    """Pairs of boxes that share more than `slack` mm in both directions."""
    for index, (left, top, right, bottom) in enumerate(boxes):
        for other in boxes[index + 1 :]:
            if (
                min(right, other[2]) - max(left, other[0]) > slack
                and min(bottom, other[3]) - max(top, other[1]) > slack
            ):
                yield (left, top, right, bottom), other


def picture_of(data: bytes, resolution: int, page: int = 0) -> Image.Image:
    with pypdfium2.PdfDocument(data) as document:
        return document[page].render(scale=resolution / 72).to_pil()
