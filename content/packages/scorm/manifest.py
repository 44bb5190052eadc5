"""Reads a SCORM package: its manifest is judged, its links are followed, nothing is written.

Elements are known by their names without a namespace: exporters write a dozen of them, and wrong ones. Sources: ADL, "SCORM
Content Aggregation Model" 1.2; "SCORM 2004 4th Edition CAM" 1.1; IMS, "Content Packaging" 1.1.4.
"""

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from io import BytesIO
from typing import Final, Protocol
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from content.packages.refusals import PackageRefused
from content.packages.scorm.contents import Item, ScormContents, Standard
from content.packages.scorm.files import OPENED, Readable, extension, scanned, sorted_out
from content.packages.scorm.hrefs import Files, Target, joined_base, with_parameters
from content.packages.scorm.remarks import Remarks

MANIFEST: Final = "imsmanifest.xml"
MB: Final = 2**20
MOST_BYTES: Final = 4 * MB  # a manifest lists every file; the longest real one seen has 0.1 MB
MOST_METADATA: Final = 1 * MB
MOST_ELEMENTS: Final = 50_000
MOST_DEPTH: Final = 60
MOST_ITEMS: Final = 500
MOST_ITEM_DEPTH: Final = 12
MOST_IDENTIFIER: Final = 200
MOST_TITLE: Final = 300
MOST_LAUNCH_DATA: Final = 4096
XML: Final = "{http://www.w3.org/XML/1998/namespace}"


class Sized(Protocol):
    """An entry of an archive."""

    @property
    def size(self) -> int: ...


class Archived(Readable, Protocol):
    """What is asked of an archive."""

    @property
    def files(self) -> Mapping[str, Sized]: ...


@dataclass(frozen=True, slots=True)
class _Resource:
    """One <resource>: what an item opens. kind: "sco", "asset" or "" where the manifest does not say."""

    identifier: str
    kind: str
    target: Target | None
    href: str


@dataclass(slots=True)
class _Reading:
    """What is known while the manifest is read."""

    standard: Standard
    files: Files
    remarks: Remarks
    resources: dict[str, _Resource] = field(default_factory=dict)
    collection: dict[str, Element] = field(default_factory=dict)
    listed: set[str] = field(default_factory=set)
    seen: set[str] = field(default_factory=set)


def read_scorm(archive: Archived) -> ScormContents:
    """The package in an open archive.

    Raises PackageRefused with a code that begins with "scorm_" for what is no SCORM package, is broken, leads outside
    itself or has nothing to open; the archive's own refusals pass through.
    """
    remarks = Remarks()
    folder = _folder(archive)
    if folder:
        remarks.add("wrapped", folder.rstrip("/"))
    entries = [(path.removeprefix(folder), path, entry.size) for path, entry in archive.files.items()
               if path.startswith(folder)]  # fmt: skip
    root = _tree(archive, folder + MANIFEST, MOST_BYTES, "scorm_manifest_too_long")
    if _name(root) != "manifest":
        raise PackageRefused("scorm_manifest_broken", folder + MANIFEST, line=1)
    standard, edition = _standard(root)
    reading = _Reading(standard, Files(path for path, _entry, _size in entries), remarks)
    _read_resources(root, reading)
    organisation = _organisation(root, reading)
    metadata = _metadata(archive, root, folder, reading)
    title = organisation.title or metadata.get("title", "") or organisation.identifier or root.get("identifier", "")
    files = sorted_out(entries, listed=reading.listed, remarks=remarks)
    hosts, uses_eval = scanned(archive, files, remarks)
    contents = ScormContents(
        standard=standard,
        edition=edition,
        identifier=_text(root.get("identifier"), MOST_IDENTIFIER),
        title=title,
        organisation=replace(organisation, title=title),
        files=files,
        language=metadata.get("language", ""),
        rights=metadata.get("rights", ""),
        remarks=remarks.all(),
        remote_hosts=hosts,
        uses_eval=uses_eval,
    )
    if not contents.launchable():
        raise PackageRefused("scorm_nothing_to_open", folder + MANIFEST)
    return contents


def _folder(archive: Archived) -> str:
    """Where the manifest lies: "" for the root, "name/" for a folder that wraps the whole package."""
    if MANIFEST in archive.files:
        return ""
    deeper = sorted((path for path in archive.files if path.endswith("/" + MANIFEST)), key=lambda path: path.count("/"))
    if not deeper:
        raise PackageRefused("scorm_no_manifest")
    folder = deeper[0].removesuffix(MANIFEST)
    if folder.count("/") != 1 or not all(path.startswith(folder) for path in archive.files):
        raise PackageRefused("scorm_manifest_deep", deeper[0])
    return folder


def _tree(archive: Archived, path: str, most: int, too_long: str) -> Element:
    """The elements of one file. A document type is refused, whatever it declares."""
    if archive.files[path].size > most:
        raise PackageRefused(too_long, path, megabytes=most // MB)
    data = archive.read(path, most)
    depth = count = 0
    root: Element | None = None
    try:
        for event, element in iterparse(BytesIO(data), events=("start", "end"), forbid_dtd=True):
            if event == "end":
                depth -= 1
                continue
            root = element if root is None else root
            depth, count = depth + 1, count + 1
            if depth > MOST_DEPTH or count > MOST_ELEMENTS:
                raise PackageRefused("scorm_manifest_too_large", path, most=MOST_ELEMENTS, depth=MOST_DEPTH)
    except DefusedXmlException:
        raise PackageRefused("scorm_manifest_doctype", path) from None
    except ParseError as error:
        raise PackageRefused("scorm_manifest_broken", path, line=error.position[0]) from None
    except (ValueError, LookupError):  # an encoding that is not known, or is not what it says
        raise PackageRefused("scorm_manifest_broken", path, line=1) from None
    if root is None:
        raise PackageRefused("scorm_manifest_broken", path, line=1)
    return root


def _standard(root: Element) -> tuple[Standard, str]:
    """Which SCORM it is: by what it says, else by the vocabulary that it uses."""
    said = _text(_below(root, "metadata", "schemaversion"), 60)
    if said.startswith("1.2"):
        return "1.2", said
    if "2004" in said or "1.3" in said:
        return "2004", said
    used = {space for element in root.iter() for space in _spaces(element)}
    if any("adlcp_v1p3" in space or "imsss" in space for space in used):
        return "2004", said
    if any("adlcp_rootv1p2" in space for space in used):
        return "1.2", said
    raise PackageRefused("scorm_version_unknown", MANIFEST, version=said or "–")


def _spaces(element: Element) -> Iterator[str]:
    """The vocabularies of an element and its attributes."""
    for name in (element.tag, *element.keys()):
        if isinstance(name, str) and name.startswith("{"):
            yield name[1:].partition("}")[0]


def _read_resources(root: Element, reading: _Reading) -> None:
    outer = root.get(XML + "base", "")
    if _child(root, "manifest") is not None:
        reading.remarks.add("inner_manifest")
    for resources in _children(root, "resources"):
        middle = joined_base(outer, resources.get(XML + "base", ""))
        for element in _children(resources, "resource"):
            base = joined_base(middle, element.get(XML + "base", ""))
            href = element.get("href", "").strip()
            target = _followed(href, base, reading) if href else None
            if target is not None and target.is_other_case:
                reading.remarks.add("case", href)
            for file in _children(element, "file"):
                listed = _followed(file.get("href", ""), base, reading)
                if listed.is_remote:
                    reading.remarks.add("file_remote", file.get("href", ""))
                elif not listed.is_found:
                    reading.remarks.add("file_missing", file.get("href", ""))
            identifier = element.get("identifier", "").strip()
            if identifier in reading.resources:
                raise PackageRefused("scorm_identifier_twice", MANIFEST, identifier=identifier[:MOST_IDENTIFIER])
            kind = _attribute(element, "scormtype").strip().casefold()
            reading.resources[identifier] = _Resource(identifier, kind, target, href)


def _followed(href: str, base: str, reading: _Reading) -> Target:
    target = reading.files.target(href, base=base)
    if target.is_found:
        reading.listed.add(target.path)
    return target


def _organisation(root: Element, reading: _Reading) -> Item:
    """The default organisation as a tree; without any, the entry pages as a flat list."""
    for collection in _children(root, "sequencingCollection"):
        reading.collection |= {element.get("ID", ""): element for element in _children(collection, "sequencing")}
    frame = _child(root, "organizations")
    found = list(_children(frame, "organization")) if frame is not None else []
    if not found or frame is None:
        return _without_organisation(reading)
    for _organisation in found if len(found) > 1 else ():
        reading.remarks.add("other_organisations")
    default = frame.get("default", "").strip()
    chosen = next((element for element in found if element.get("identifier", "").strip() == default), None)
    if chosen is None and default:
        reading.remarks.add("default_missing")
    chosen = found[0] if chosen is None else chosen
    for tag in ("sequencingRules", "rollupRules"):
        if any(_name(element) == tag for element in chosen.iter()):
            reading.remarks.add("sequencing")
    if any(
        _name(element) == "controlMode" and element.get("choice", "").strip() == "false" for element in chosen.iter()
    ):
        reading.remarks.add("sequencing")
    return Item(
        identifier=_text(chosen.get("identifier"), MOST_IDENTIFIER),
        title=_text(_child(chosen, "title"), MOST_TITLE),
        children=tuple(_item(element, 1, reading) for element in _children(chosen, "item")),
    )


def _without_organisation(reading: _Reading) -> Item:
    pages = [resource for resource in reading.resources.values() if resource.kind == "sco"]
    if not pages:
        raise PackageRefused("scorm_no_organisation", MANIFEST)
    reading.remarks.add("no_organisation")
    return Item("", "", children=tuple(
        Item(identifier, page.href[:MOST_TITLE], href=_opened(page, identifier, "", reading), is_sco=True)
        for number, page in enumerate(pages, start=1)
        for identifier in [_identifier(page.identifier or f"page-{number}", reading)]
    ))  # fmt: skip


def _item(element: Element, depth: int, reading: _Reading) -> Item:
    if depth > MOST_ITEM_DEPTH:
        raise PackageRefused("scorm_items_too_deep", MANIFEST, most=MOST_ITEM_DEPTH)
    identifier = _identifier(element.get("identifier", "").strip() or f"item-{len(reading.seen) + 1}", reading)
    wanted = element.get("identifierref", "").strip()
    resource = reading.resources.get(wanted)
    if wanted and (resource is None or not resource.href):
        reading.remarks.add("resource_missing", identifier)
    if _text(_child(element, "prerequisites")):
        reading.remarks.add("prerequisites")
    sequencing = _child(element, "sequencing")
    shared = reading.collection.get(sequencing.get("IDRef", "")) if sequencing is not None else None
    rules = [part for part in (sequencing, shared) if part is not None]
    passing, objectives = _objectives(rules)
    href = _opened(resource, identifier, element.get("parameters", ""), reading) if resource is not None else ""
    return Item(
        identifier=identifier,
        title=_text(_child(element, "title"), MOST_TITLE) or identifier,
        href=href,
        is_visible=element.get("isvisible", "true").strip().casefold() not in ("false", "0"),
        is_sco=bool(href) and resource is not None and resource.kind == "sco",
        launch_data=_raw(element, "datafromlms")[:MOST_LAUNCH_DATA],
        mastery_score=_number(_raw(element, "masteryscore"), 0, 100) if reading.standard == "1.2" else None,
        passing_score=passing if reading.standard == "2004" else None,
        max_time_allowed=_most_time(element, rules, reading),
        time_limit_action=_time_limit_action(element),
        completion_threshold=_threshold(element) if reading.standard == "2004" else None,
        completion_set_by_content=any(
            control.get("completionSetByContent", "").strip() in ("true", "1")
            for part in rules
            for control in _children(part, "deliveryControls")
        ),
        objectives=objectives if reading.standard == "2004" else (),
        prerequisites=_text(_child(element, "prerequisites"), MOST_TITLE),
        children=tuple(_item(child, depth + 1, reading) for child in _children(element, "item")),
    )


def _identifier(identifier: str, reading: _Reading) -> str:
    """The identifier, if it is the first of its kind and fit to be a key."""
    if len(identifier) > MOST_IDENTIFIER or not identifier.isprintable():
        raise PackageRefused("scorm_identifier_odd", MANIFEST, most=MOST_IDENTIFIER)
    if identifier in reading.seen:
        raise PackageRefused("scorm_identifier_twice", MANIFEST, identifier=identifier)
    if len(reading.seen) >= MOST_ITEMS:
        raise PackageRefused("scorm_too_many_items", MANIFEST, most=MOST_ITEMS)
    reading.seen.add(identifier)
    return identifier


def _opened(resource: _Resource, identifier: str, parameters: str, reading: _Reading) -> str:
    """The link to open for an item, "" with a remark if there is none that a browser can show."""
    target = resource.target
    if target is None:
        return ""
    if target.is_remote:
        reading.remarks.add("launch_remote", identifier)
    elif not target.is_found:
        reading.remarks.add("launch_missing", target.path or resource.href)
    elif extension(target.path) not in OPENED:
        reading.remarks.add("launch_unplayable", target.path)
    else:
        return with_parameters(target.href, parameters)
    return ""


def _objectives(sequencings: list[Element]) -> tuple[float | None, tuple[str, ...]]:
    """The scaled score that passes, if there is one, and the objectives' identifiers.

    Source: SCORM 2004 4th Edition RTE, 4.2.17 and 4.2.20.1: the score counts only when satisfied by measure, 1.0 unless given.
    """
    passing: float | None = None
    identifiers: list[str] = []
    for frame in [found for part in sequencings for found in _children(part, "objectives")]:
        for objective in frame:
            name = _name(objective)
            if name not in ("primaryObjective", "objective"):
                continue
            if identifier := objective.get("objectiveID", "").strip()[:MOST_LAUNCH_DATA]:
                identifiers.append(identifier)
            if name == "primaryObjective" and objective.get("satisfiedByMeasure", "").strip() in ("true", "1"):
                least = _number(_text(_child(objective, "minNormalizedMeasure")), -1, 1)
                passing = 1.0 if least is None else least
    return passing, tuple(dict.fromkeys(identifiers))[:100]


def _most_time(element: Element, sequencings: list[Element], reading: _Reading) -> str:
    """How long an attempt may take, as the standard writes it; "" for no limit or one that it does not know."""
    if reading.standard == "1.2":
        said = _raw(element, "maxtimeallowed")
        return said if re.fullmatch(r"\d{2,4}:\d{2}:\d{2}(\.\d{1,2})?", said) else ""
    for part in sequencings:
        limits = _child(part, "limitConditions")
        said = limits.get("attemptAbsoluteDurationLimit", "").strip() if limits is not None else ""
        if re.fullmatch(r"P(?=.)(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+(\.\d{1,2})?S)?)?", said):
            return said
    return ""


def _time_limit_action(element: Element) -> str:
    said = _raw(element, "timelimitaction")
    return said if re.fullmatch(r"(exit|continue),\s?(no )?message", said) else ""


def _threshold(element: Element) -> float | None:
    """The progress that completes: text in the 3rd edition, attributes in the 4th."""
    found = _child(element, "completionThreshold")
    if found is None:
        return None
    if found.get("minProgressMeasure") is not None or found.get("completedByMeasure") is not None:
        if found.get("completedByMeasure", "").strip() not in ("true", "1"):
            return None
        least = _number(found.get("minProgressMeasure", "").strip(), 0, 1)
        return 1.0 if least is None else least
    return _number(_text(found), 0, 1)


def _metadata(archive: Archived, root: Element, folder: str, reading: _Reading) -> dict[str, str]:
    """Title, language and rights, where the package states them; a description that cannot be read costs only these."""
    metadata = _child(root, "metadata")
    if metadata is None:
        return {}
    lom = next((element for element in metadata.iter() if _name(element) == "lom"), None)
    location = _text(_child(metadata, "location"), 500)
    if lom is None and location:
        target = reading.files.target(location)
        if target.is_found:
            try:
                lom = _tree(archive, folder + target.path, MOST_METADATA, "scorm_manifest_too_long")
            except PackageRefused:
                reading.remarks.add("metadata_unread", target.path)
    language = root.get(XML + "lang", "") or (_text(_below(lom, "general", "language")) if lom is not None else "")
    if not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", language):
        language = ""
    if lom is None:
        return {"language": language}
    rights = _below(lom, "rights", "description")
    return {
        "language": language,
        "title": _text(_worded(_below(lom, "general", "title")), MOST_TITLE),
        "rights": _text(_worded(rights), 1000),
    }


def _worded(element: Element | None) -> Element | None:
    """The text in a <langstring> or <string>, the first of several."""
    if element is None:
        return None
    inner = next((child for child in element if _name(child).casefold() in ("langstring", "string")), None)
    return element if inner is None else inner


def _name(element: Element) -> str:
    """The name of an element without its namespace; "" for a comment."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _children(element: Element, name: str) -> Iterator[Element]:
    """The elements right inside one, by name in any capital letters."""
    wanted = name.casefold()
    return (child for child in element if _name(child).casefold() == wanted)


def _child(element: Element, name: str) -> Element | None:
    return next(_children(element, name), None)


def _below(element: Element, *names: str) -> Element | None:
    found: Element | None = element
    for name in names:
        found = _child(found, name) if found is not None else None
    return found


def _attribute(element: Element, name: str) -> str:
    """An attribute by its name, whatever its namespace and its capital letters: the editions differ in both."""
    return next((value for key, value in element.items() if key.rpartition("}")[2].casefold() == name), "")


def _raw(element: Element, name: str) -> str:
    """The text of a child as it is written, without the space around it."""
    found = _child(element, name)
    return (found.text or "").strip() if found is not None else ""


def _text(source: Element | str | None, most: int = MOST_TITLE) -> str:
    """Text for people: one line, no control signs, cut to `most` letters."""
    if isinstance(source, Element):
        source = source.text
    return re.sub(r"[\s\x00-\x1f\x7f]+", " ", source or "").strip()[:most]


def _number(text: str, least: float, most: float) -> float | None:
    """The number, or None for none and for one out of range."""
    if not re.fullmatch(r"[+-]?\d{1,6}(\.\d{0,9})?", text):
        return None
    number = float(text)
    return number if math.isfinite(number) and least <= number <= most else None
