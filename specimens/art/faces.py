"""Faces of people who do not exist, as whole numbers; `portraits` draws them.

What stays with a person (`Features`) is kept apart from what changes (`Looks`): exercises teach that only the first counts. Every
number lies in 0 to 100 and says how far a part is from one end of what is drawn to the other; 50 is the middle.
"""

from dataclasses import dataclass, fields, replace

from specimens.chance import Chance

HAIR = ("none", "cropped", "short", "side", "curls", "waves", "long", "bun", "plait", "fringe")
DRESSES = ("collar", "round", "crossed", "coat", "band", "open")
COVERED, GLASSES, BEARDS = ("", "scarf", "cap"), ("", "round", "square"), ("", "moustache", "short", "full")


@dataclass(frozen=True)
class Features:
    """What stays."""

    head_width: int
    head_height: int
    jaw: int
    chin: int
    ear_size: int
    ear_lobe: int
    brow_gap: int
    brow_arch: int
    brow_height: int
    eye_gap: int
    eye_size: int
    eye_tilt: int
    nose_length: int
    nose_width: int
    mouth_width: int
    mouth_fullness: int
    tone: int  # 0 to 5


@dataclass(frozen=True)
class Looks:
    """What changes. band: age, 0 child to 4; colour: of the hair; weight, make_up: 0 to 100."""

    band: int
    hair: str
    colour: int
    dress: str
    cover: str
    glasses: str
    beard: str
    weight: int
    make_up: int


@dataclass(frozen=True)
class Face:
    features: Features
    looks: Looks


# The parts by which two faces are told apart, with what they are called.
TELLING = (
    "ear_size",
    "ear_lobe",
    "brow_gap",
    "brow_arch",
    "eye_gap",
    "eye_size",
    "nose_length",
    "nose_width",
    "mouth_width",
    "mouth_fullness",
    "jaw",
    "chin",
)


def face(chance: Chance, *, age_band: int, sex_marker: str, tone: int, dress: int) -> Face:
    """Anyone. sex_marker: changes how often hair and beard are of one kind, and nothing that stays."""
    drawn = {one.name: chance.between(12, 88) for one in fields(Features) if one.name != "tone"}
    features = Features(**drawn, tone=tone)
    short, long = HAIR[1:5], HAIR[3:]
    kinds = {"M": short * 3 + long, "F": short + long * 3, "X": short + long}[sex_marker]
    colour = chance.between(0, 4) if age_band < 3 else chance.between(2, 6) if age_band == 3 else chance.between(5, 6)
    has_beard = age_band > 1 and chance.happens({"M": 45, "F": 2, "X": 20}[sex_marker])
    looks = Looks(
        band=age_band, hair=chance.one(kinds) if not (age_band > 2 and chance.happens(20)) else "none", colour=colour, dress=DRESSES[dress],
        cover=chance.one(COVERED) if chance.happens(22) else "", glasses=chance.one(GLASSES[1:]) if chance.happens(25) else "",
        beard=chance.one(BEARDS[1:]) if has_beard else "", weight=chance.between(15, 85), make_up=chance.between(0, 60),
    )  # fmt: skip
    return Face(features, looks)


def near(one: Face, chance: Chance, *, severity: int) -> Face:
    """Another person, much alike: three stable parts differ, grossly at severity 5 and faintly at 1."""
    by = 14 + 9 * severity
    changed = {}
    for name in chance.some(TELLING, 3):
        was = getattr(one.features, name)
        direction = 1 if was + by <= 100 and (was - by < 0 or chance.happens(50)) else -1
        changed[name] = max(0, min(100, was + direction * by))
    return Face(replace(one.features, **changed), one.looks)


def differences(one: Face, other: Face) -> tuple[str, ...]:
    """Which stable parts differ."""
    return tuple(
        name.name for name in fields(Features) if getattr(one.features, name.name) != getattr(other.features, name.name)
    )


def older(one: Face, years: int, chance: Chance) -> Face:
    """The same person later: hair, weight and lines change, nothing that stays."""
    looks = one.looks
    band = min(4, looks.band + (1 if years >= 6 else 0))
    colour = looks.colour if band < 3 else max(looks.colour, 5)
    return Face(
        one.features, replace(looks, band=band, colour=colour, weight=min(100, looks.weight + chance.between(5, 25)))
    )


def restyled(one: Face, chance: Chance) -> Face:
    """The same person with other hair, glasses, beard, cover and weight."""
    looks = one.looks
    return Face(
        one.features,
        replace(
            looks,
            hair=chance.one([hair for hair in HAIR if hair != looks.hair]),
            cover=chance.one([cover for cover in COVERED if cover != looks.cover]),
            glasses=chance.one([glasses for glasses in GLASSES if glasses != looks.glasses]),
            beard=chance.one(BEARDS) if looks.beard else "",
            weight=max(0, min(100, looks.weight + chance.one((-30, 30)))),
            make_up=chance.between(0, 100),
        ),
    )
