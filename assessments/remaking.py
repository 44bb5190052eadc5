"""Make pictures anew from what somebody sent. Run as a process of its own: what a hostile file does to it ends with it.

`python -m assessments.remaking <most>` reads a photo or a PDF from standard input and writes, for each picture, a line of JSON
with width, height and size, and then its bytes in WebP. Nothing of the file but what can be seen is in them: no place, no
device, no name, no script. A fault is exit code 2 for a file that is none of these, and 3 for one with too many pages.
"""

import io
import json
import resource
import sys
from collections.abc import Iterator
from typing import Any

LONGEST_SIDE = 1600  # pixels; a page of handwriting can be read, and it is some 150 KB
MOST_PIXELS = 80_000_000  # of a photo as sent
SECONDS, MEMORY = 20, 1_500_000_000
FORMATS = ["JPEG", "MPO", "PNG", "WEBP", "HEIF", "BMP", "TIFF"]


def pictures(data: bytes, most: int) -> Iterator[tuple[int, int, bytes]]:
    """Width, height and WebP of each picture; one for a photo. Raises OverflowError for a file with more pages."""
    from PIL import Image, ImageOps  # noqa: PLC0415 (only in the process of its own)
    from pillow_heif import register_heif_opener  # noqa: PLC0415

    Image.MAX_IMAGE_PIXELS = MOST_PIXELS // 2  # Pillow refuses what is twice as large
    register_heif_opener()
    if data.lstrip()[:5] == b"%PDF-":
        pages = _pages(data, most)
    else:
        opened = Image.open(io.BytesIO(data), formats=FORMATS)
        opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        pages = iter([ImageOps.exif_transpose(opened)])
    for page in pages:
        plain = page.convert("RGB")
        plain.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        fresh = Image.new("RGB", plain.size)
        fresh.paste(plain)
        made = io.BytesIO()
        fresh.save(made, "WEBP", quality=75, method=4)
        yield (*fresh.size, made.getvalue())


def _pages(data: bytes, most: int) -> Iterator[Any]:
    import pypdfium2  # noqa: PLC0415

    document = pypdfium2.PdfDocument(data)
    if len(document) > most:
        raise OverflowError
    for page in document:
        yield page.render(scale=LONGEST_SIDE / max(page.get_size()), may_draw_forms=False).to_pil()


def main() -> int:
    """Exit code of the process."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    out = sys.stdout.buffer
    try:
        for width, height, picture in pictures(sys.stdin.buffer.read(), int(sys.argv[1])):
            out.write(json.dumps({"width": width, "height": height, "size": len(picture)}).encode() + b"\n" + picture)
    except OverflowError:
        return 3
    except Exception:
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
