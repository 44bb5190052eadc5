"""Crests and scanned signatures: PNG files made ready for the press."""

from __future__ import annotations

import functools
import io

from PIL import Image

from certificates.paper.layout import inside

INCH = 25.4  # mm
FINE, COARSE = 300, 150  # dots an inch: more is not seen in print, less is
MOST_BYTES, MOST_PIXELS = 5_000_000, 25_000_000


class UnreadablePicture(ValueError):
    """What was given as a picture is not a PNG that can be read."""


class TooBig(UnreadablePicture):
    """A picture of more bytes or dots than any print needs."""


@functools.lru_cache(maxsize=32)
def dots(data: bytes) -> tuple[int, int]:
    """Width and height of a picture, in dots. Raises UnreadablePicture, or TooBig before anything is unpacked."""
    if len(data) > MOST_BYTES:
        raise TooBig
    try:
        with Image.open(io.BytesIO(data), formats=["PNG"]) as picture:
            width, height = picture.size
            if width * height > MOST_PIXELS:
                raise TooBig
            picture.verify()
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        if isinstance(error, TooBig):
            raise
        raise UnreadablePicture from error
    return width, height


def resolution(data: bytes, room: tuple[float, float]) -> float:
    """Dots an inch of a picture set as large as the room (width and height in mm) allows."""
    width, height = dots(data)
    return width / inside(*room, width / height)[0] * INCH


@functools.lru_cache(maxsize=32)
def for_print(data: bytes, room: tuple[float, float], *, is_signature: bool) -> bytes:
    """The picture with no more dots than 300 an inch in its room, as a plain PNG; the same bytes for the same picture.

    A signature scanned on white paper loses the paper: what is left is its ink, on whatever it is printed on.
    """
    dots(data)
    with Image.open(io.BytesIO(data), formats=["PNG"]) as opened:
        picture = opened.convert("RGBA")
    if picture.getchannel("A").getextrema()[0] == 255:  # opaque
        picture = picture.convert("RGB")
        if is_signature:
            picture.putalpha(picture.convert("L").point(lambda light: 255 - light))
    most = resolution(data, room) / FINE
    if most > 1:
        picture = picture.resize(
            (max(1, round(picture.width / most)), max(1, round(picture.height / most))), Image.Resampling.LANCZOS
        )
    picture.save(out := io.BytesIO(), "PNG", compress_level=9)
    return out.getvalue()
