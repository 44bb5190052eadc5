"""Where things stand on each sheet: boxes as shares of its width and height, so that a tap can be judged at any size."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from specimens.svg import Point

PAGE = (1250, 880)  # TD3 data page: 125 × 88 mm, 10 units to the millimetre
CARD = (856, 540)  # TD1: 85.6 × 54 mm
SHEET = (1250, 880)  # visa page, stamp pages, border pass: the size of a passport's page


@dataclass(frozen=True)
class Box:
    """x, y: upper left corner; width, height; all in units of its sheet."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    @property
    def middle(self) -> Point:
        return self.x + self.width / 2, self.y + self.height / 2

    def grown(self, by: float) -> "Box":
        """Larger by `by` units on each side."""
        return Box(self.x - by, self.y - by, self.width + 2 * by, self.height + 2 * by)

    def holds(self, x: float, y: float) -> bool:
        return self.x <= x <= self.right and self.y <= y <= self.bottom


@dataclass(frozen=True)
class Region:
    """A part of a sheet that can be marked: inside any of `boxes` and in none of `holes`."""

    boxes: tuple[Box, ...]
    holes: tuple[Box, ...] = ()

    def holds(self, x: float, y: float) -> bool:
        return any(box.holds(x, y) for box in self.boxes) and not any(box.holds(x, y) for box in self.holes)

    @property
    def bounds(self) -> Box:
        """The smallest box around it."""
        left, top = min(box.x for box in self.boxes), min(box.y for box in self.boxes)
        right, bottom = max(box.right for box in self.boxes), max(box.bottom for box in self.boxes)
        return Box(left, top, right - left, bottom - top)


Regions = Mapping[str, Region]


def _share(size: tuple[int, int], x: float, y: float, width: float, height: float) -> Box:
    return Box(*(round(value, 1) for value in (x * size[0], y * size[1], width * size[0], height * size[1])))


def boxes(size: tuple[int, int], shares: Mapping[str, tuple[float, float, float, float]]) -> dict[str, Box]:
    """Boxes in units from shares (x, y, width, height) of a sheet's size."""
    return {name: _share(size, *share) for name, share in shares.items()}


def ring(size: tuple[int, int], by: float) -> Region:
    """The outer `by` units of a sheet."""
    whole = Box(0, 0, *size)
    return Region((whole,), (whole.grown(-by),))


DATA_PAGE = MappingProxyType(
    boxes(
        PAGE,
        {
            "HEADER": (0.03, 0.03, 0.85, 0.09),
            "CHIP": (0.90, 0.03, 0.05, 0.05),
            "PHOTO": (0.04, 0.16, 0.28, 0.52),
            "OVD": (0.25, 0.50, 0.14, 0.20),
            "GHOST": (0.80, 0.42, 0.13, 0.22),
            "VIZ_DOCNO": (0.72, 0.15, 0.24, 0.06),
            "VIZ_SURNAME": (0.36, 0.22, 0.42, 0.06),
            "VIZ_GIVEN": (0.36, 0.29, 0.42, 0.06),
            "VIZ_NAT": (0.36, 0.36, 0.25, 0.06),
            "VIZ_DOB": (0.36, 0.43, 0.20, 0.06),
            "VIZ_SEX": (0.58, 0.43, 0.06, 0.06),
            "VIZ_POB": (0.42, 0.50, 0.25, 0.06),
            "VIZ_DOI": (0.42, 0.57, 0.20, 0.06),
            "VIZ_DOE": (0.42, 0.64, 0.20, 0.06),
            "VIZ_AUTH": (0.64, 0.57, 0.14, 0.06),
            "SIG": (0.64, 0.66, 0.30, 0.08),
            "MICRO": (0.03, 0.755, 0.94, 0.012),
            "MRZ1": (0.03, 0.80, 0.94, 0.07),
            "MRZ2": (0.03, 0.89, 0.94, 0.07),
            "WM": (0.82, 0.18, 0.13, 0.20),
            "THREAD": (0.68, 0.0, 0.012, 1.0),
            "LASERPERF": (0.40, 0.005, 0.20, 0.02),
            "PAGE_UV": (0.36, 0.10, 0.58, 0.60),
        },
    )
)
