"""How a certificate looks: what a registrar chooses and fills in. Frozen with each certificate that it prints."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Final, Self

ORIENTATIONS: Final = ("landscape", "portrait")
LANGUAGES: Final = ("both", "my", "en")
COLOURS: Final = ("lagoon", "forest", "ruby", "plum")  # each a set of inks; see ornament.py

_LONGEST = 200


@dataclass(frozen=True, kw_only=True)
class Signatory:
    """Who signs: name and post in both languages, and the scanned signature, the SHA-256 of a PNG, or "" for none."""

    name_my: str = ""
    name_en: str = ""
    post_my: str = ""
    post_en: str = ""
    image: str = ""


@dataclass(frozen=True, kw_only=True)
class PaperDesign:
    """One certificate's layout. Building one checks it: a ValueError names the field that cannot be.

    languages: both on one sheet, or one of them. crest: the SHA-256 of a PNG, or "" for the product's own seal.
    title, intro, reason and footer in both languages; "" prints the built-in text, an empty footer prints none.
    era: dates also in the Myanmar era. with_…: what of the claim is printed. signatories: none (a line to sign on), one or two.
    """

    orientation: str = "landscape"
    languages: str = "both"
    colours: str = "lagoon"
    crest: str = ""
    title_my: str = ""
    title_en: str = ""
    intro_my: str = ""
    intro_en: str = ""
    reason_my: str = ""
    reason_en: str = ""
    footer_my: str = ""
    footer_en: str = ""
    era: bool = False
    with_unit: bool = False
    with_score: bool = False
    with_hours: bool = True
    with_objectives: bool = False
    signatories: tuple[Signatory, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "signatories", tuple(self.signatories))
        for problem, is_wrong in {
            "orientation": self.orientation not in ORIENTATIONS,
            "languages": self.languages not in LANGUAGES,
            "colours": self.colours not in COLOURS,
            "signatories": len(self.signatories) > 2
            or any(len(value) > _LONGEST for one in self.signatories for value in asdict(one).values()),
        }.items():
            if is_wrong:
                raise ValueError(f"A certificate cannot look like this: {problem}")
        for field in fields(self):
            value = getattr(self, field.name)
            if isinstance(value, str) and len(value) > _LONGEST:
                raise ValueError(f"A certificate cannot look like this: {field.name}")

    @property
    def images(self) -> frozenset[str]:
        """The SHA-256 of every picture that it needs."""
        return frozenset(filter(None, [self.crest, *(one.image for one in self.signatories)]))

    def to_dict(self) -> dict[str, Any]:
        """As JSON values."""
        values = asdict(self)
        values["signatories"] = [dict(one) for one in values["signatories"]]
        return values

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Self:
        """The design that `to_dict` wrote; what was added since has its default. Raises ValueError for an unknown field."""
        given = dict(values)
        try:
            given["signatories"] = tuple(Signatory(**one) for one in given.get("signatories", ()))
            return cls(**given)
        except TypeError as error:
            raise ValueError("A design with an unknown field") from error
