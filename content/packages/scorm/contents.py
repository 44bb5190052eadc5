"""What a SCORM package holds, as its manifest says: parts to open in their order, and the files to serve."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from content.packages.scorm.remarks import Remark

Standard = Literal["1.2", "2004"]


@dataclass(frozen=True, slots=True)
class File:
    """One file to store and serve.

    path: from the root of the package, which is what links in it mean; entry: its path in the archive; size: bytes;
    media_type: without a charset, "application/octet-stream" for a kind that is not known.
    """

    path: str
    entry: str
    size: int
    media_type: str


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the table of contents, with the lines below it.

    identifier: unique in the package, at most 200 letters. href: the page to open, percent-encoded, from the root of the
    package, with its query and fragment; "" for a mere heading. is_sco: it reports what the learner does; else opening it
    is all there is. mastery_score: points in [0, 100] (1.2); passing_score: scaled, in [-1, 1] (2004).
    max_time_allowed: as the standard writes durations. completion_threshold: progress in [0, 1] that completes (2004).
    completion_set_by_content: without a word of the content it does not count as complete (2004). objectives: identifiers
    that the content finds on its first start (2004). prerequisites: as written, not followed.
    """

    identifier: str
    title: str
    href: str = ""
    is_visible: bool = True
    is_sco: bool = False
    launch_data: str = ""
    mastery_score: float | None = None
    passing_score: float | None = None
    max_time_allowed: str = ""
    time_limit_action: str = ""
    completion_threshold: float | None = None
    completion_set_by_content: bool = False
    objectives: tuple[str, ...] = ()
    prerequisites: str = ""
    children: tuple["Item", ...] = ()

    def walk(self, depth: int = 0) -> Iterator[tuple[int, "Item"]]:
        """This line and all below it in reading order, each with its depth from `depth` on."""
        yield depth, self
        for child in self.children:
            yield from child.walk(depth + 1)

    def as_json(self) -> dict[str, Any]:
        """What the player in the browser needs to open this part."""
        return {
            "id": self.identifier,
            "title": self.title,
            "href": self.href,
            "is_sco": self.is_sco,
            "launch_data": self.launch_data,
            "mastery_score": self.mastery_score,
            "passing_score": self.passing_score,
            "max_time_allowed": self.max_time_allowed,
            "time_limit_action": self.time_limit_action,
            "completion_threshold": self.completion_threshold,
            "completion_set_by_content": self.completion_set_by_content,
            "objectives": list(self.objectives),
        }


@dataclass(frozen=True, slots=True)
class ScormContents:
    """A package that was read. edition: as it names it ("2004 3rd Edition"); language and rights: "" if it says nothing.

    organisation: the tree, its root being the course itself; remote_hosts: servers that its pages ask, sorted;
    uses_eval: its scripts make code from text.
    """

    standard: Standard
    edition: str
    identifier: str
    title: str
    organisation: Item
    files: tuple[File, ...]
    language: str = ""
    rights: str = ""
    remarks: tuple[Remark, ...] = ()
    remote_hosts: tuple[str, ...] = ()
    uses_eval: bool = False

    def outline(self) -> list[tuple[int, Item]]:
        """Every line but the root in reading order, with its depth from 0, for a table of contents."""
        return [pair for child in self.organisation.children for pair in child.walk()]

    def launchable(self) -> list[Item]:
        """The parts that can be opened, in order; never empty."""
        return [item for _depth, item in self.outline() if item.href]

    def as_json(self) -> dict[str, Any]:
        """What is stored of a version, and what the player page carries (with a `learner` added to it).

        items: the parts that can be opened; first: the one to open first; outline: all lines with their depth.
        """
        items = self.launchable()
        return {
            "standard": self.standard,
            "edition": self.edition,
            "identifier": self.identifier,
            "title": self.title,
            "language": self.language,
            "rights": self.rights,
            "items": [item.as_json() for item in items],
            "first": next((item for item in items if item.is_visible), items[0]).identifier,
            "outline": [
                {
                    "id": item.identifier,
                    "title": item.title,
                    "depth": depth,
                    "opens": bool(item.href),
                    "is_visible": item.is_visible,
                    "prerequisites": item.prerequisites,
                }
                for depth, item in self.outline()
            ],
            "uses_eval": self.uses_eval,
            "remote_hosts": list(self.remote_hosts),
            "remarks": [remark.as_json() for remark in self.remarks],
        }
