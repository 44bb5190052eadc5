"""Pages, registers, translations and packages."""

from content.models.competencies import Competency
from content.models.packages import (
    H5PLibrary,
    Package,
    PackageImport,
    PackageVersion,
    Tree,
    TreeFile,
    VersionLibrary,
)
from content.models.pages import HomePage, SitePage, WrittenPage
from content.models.register import Drawing, Fact, FactVersion, GlossaryTerm
from content.models.teaching import FacilitatorGuide, PocketCard, Rubric
from content.models.translations import TranslationImport, TranslationPublication, TranslationReview
from content.models.versions import ContentVersion, Origin, SourceText

__all__ = [
    "Competency",
    "ContentVersion",
    "Drawing",
    "FacilitatorGuide",
    "Fact",
    "FactVersion",
    "GlossaryTerm",
    "H5PLibrary",
    "HomePage",
    "Origin",
    "Package",
    "PackageImport",
    "PackageVersion",
    "PocketCard",
    "Rubric",
    "SitePage",
    "SourceText",
    "TranslationImport",
    "TranslationPublication",
    "TranslationReview",
    "Tree",
    "TreeFile",
    "VersionLibrary",
    "WrittenPage",
]
