"""Reading SCORM packages: what is taken from a manifest, what an editor is told, and what is refused."""

import json
import random
import time
import tracemalloc
from io import BytesIO

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from content.packages.refusals import SENTENCES, PackageRefused
from content.packages.scorm.hrefs import Files, with_parameters
from content.packages.scorm.remarks import SENTENCES as REMARKS
from content.packages.scorm.remarks import Remark
from tests.content.packages.scorm_building import ONE, PAGE, manifest, package, packed, read, resource, several


def remarked(file: BytesIO) -> dict[str, Remark]:
    return {remark.code: remark for remark in read(file).remarks}


def item(extra: str = "", inner: str = "", identifier: str = "I1") -> str:
    return f'<item identifier="{identifier}" identifierref="R1" {extra}><title>One</title>{inner}</item>'


@pytest.mark.parametrize("standard", ["1.2", "2004"])
def test_the_parts_of_a_course_come_in_their_order_below_their_headings(standard):
    contents = read(several(standard, 3))
    assert contents.standard == standard
    assert contents.title == "A course"
    assert [(depth, line.identifier, bool(line.href)) for depth, line in contents.outline()] == [
        (0, "C1", False),
        (1, "I1", True),
        (1, "I2", True),
        (1, "I3", True),
    ]
    assert [part.href for part in contents.launchable()] == [f"parts/p{n}.html?n={n}#top" for n in (1, 2, 3)]
    assert all(part.is_sco for part in contents.launchable())
    assert contents.remarks == ()


def test_what_is_stored_of_a_package_is_plain_json_with_the_first_visible_part():
    hidden = '<item identifier="I0" identifierref="R1" isvisible="false"><title>Hidden</title></item>'
    stored = json.loads(json.dumps(read(package(manifest(items=hidden + ONE))).as_json()))
    assert stored["first"] == "I1"
    assert [part["id"] for part in stored["items"]] == ["I0", "I1"]
    assert [line["is_visible"] for line in stored["outline"]] == [False, True]


def test_the_rules_of_a_part_of_1_2_are_read():
    inner = (
        "<adlcp:masteryscore>80</adlcp:masteryscore><adlcp:datafromlms> a=1 </adlcp:datafromlms>"
        "<adlcp:maxtimeallowed>01:30:00</adlcp:maxtimeallowed><adlcp:timelimitaction>exit,message</adlcp:timelimitaction>"
        '<adlcp:prerequisites type="aicc_script">I0</adlcp:prerequisites>'
    )
    contents = read(package(manifest(items=item(inner=inner))))
    (part,) = contents.launchable()
    assert (part.mastery_score, part.launch_data, part.max_time_allowed, part.time_limit_action, part.prerequisites) == (
        80, "a=1", "01:30:00", "exit,message", "I0",
    )  # fmt: skip
    assert [remark.code for remark in contents.remarks] == ["prerequisites"]


def test_the_rules_of_a_part_of_2004_are_read():
    inner = (
        "<adlcp:dataFromLMS>a=1</adlcp:dataFromLMS><adlcp:timeLimitAction>continue,no message</adlcp:timeLimitAction>"
        '<adlcp:completionThreshold completedByMeasure="true" minProgressMeasure="0.75"/>'
        '<imsss:sequencing><imsss:limitConditions attemptAbsoluteDurationLimit="PT1H"/>'
        '<imsss:objectives><imsss:primaryObjective objectiveID="main" satisfiedByMeasure="true">'
        "<imsss:minNormalizedMeasure>0.6</imsss:minNormalizedMeasure></imsss:primaryObjective>"
        '<imsss:objective objectiveID="side"/></imsss:objectives>'
        '<imsss:deliveryControls completionSetByContent="true"/></imsss:sequencing>'
    )
    (part,) = read(package(manifest("2004", item(inner=inner)))).launchable()
    assert (part.launch_data, part.time_limit_action, part.completion_threshold) == ("a=1", "continue,no message", 0.75)
    assert (part.passing_score, part.objectives, part.max_time_allowed) == (0.6, ("main", "side"), "PT1H")
    assert part.completion_set_by_content


def test_the_third_edition_writes_its_threshold_as_text_and_shares_rules_by_reference():
    shared = (
        '<imsss:sequencingCollection><imsss:sequencing ID="S"><imsss:objectives>'
        '<imsss:primaryObjective satisfiedByMeasure="true"/></imsss:objectives></imsss:sequencing></imsss:sequencingCollection>'
    )
    inner = '<adlcp:completionThreshold>0.5</adlcp:completionThreshold><imsss:sequencing IDRef="S"/>'
    text = manifest("2004", item(inner=inner), version="2004 3rd Edition", after=shared)
    (part,) = read(package(text)).launchable()
    assert (part.completion_threshold, part.passing_score) == (0.5, 1.0)


@pytest.mark.parametrize("score", ["101", "-1", "NaN", "1e2", "ten", ""])
def test_a_mastery_score_that_is_no_share_of_a_hundred_counts_as_none(score):
    inner = f"<adlcp:masteryscore>{score}</adlcp:masteryscore>"
    assert read(package(manifest(items=item(inner=inner)))).launchable()[0].mastery_score is None


@pytest.mark.parametrize(
    ("version", "names", "expected"),
    [
        ("1.2", None, "1.2"),
        ("CAM 1.3", "2004", "2004"),
        ("2004 3rd Edition", "2004", "2004"),
        ("", 'xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3"', "2004"),
        ("", 'xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2"', "1.2"),
    ],
)
def test_the_standard_is_what_the_manifest_says_or_else_the_vocabulary_it_uses(version, names, expected):
    text = manifest("2004" if names == "2004" else "1.2", version=version, names=names if names != "2004" else None)
    assert read(package(text)).standard == expected


def test_xml_base_and_parameters_make_up_the_link():
    text = manifest(
        items=item('parameters="?mode=a b&amp;x=1"'),
        resources=resource(href="./one%20a.html", extra='xml:base="in/"'),
        extra='xml:base="parts/"',
    )
    contents = read(packed({"imsmanifest.xml": text, "parts/in/one a.html": PAGE}))
    assert contents.launchable()[0].href == "parts/in/one%20a.html?mode=ab&x=1"


def test_a_link_may_climb_within_the_package_and_be_written_as_on_windows():
    text = manifest(resources=resource(href="parts\\..\\one.html"))
    assert read(package(text)).launchable()[0].href == "one.html"


@pytest.mark.parametrize(
    ("href", "parameters", "expected"),
    [
        ("a.html", "", "a.html"),
        ("a.html", "?x=1", "a.html?x=1"),
        ("a.html?y=2", "&x=1", "a.html?y=2&x=1"),
        ("a.html#f", "x=1", "a.html?x=1#f"),
        ("a.html", "#g", "a.html#g"),
        ("a.html#f", "#g", "a.html#f"),
        ("a.html", 'x="><script>', "a.html?x=%22%3E%3Cscript%3E"),
    ],
)
def test_parameters_are_added_as_the_standard_says(href, parameters, expected):
    assert with_parameters(href, parameters) == expected


@given(st.text(alphabet="./\\%2e5cA:b?#\x00 ", max_size=24))
def test_no_link_however_written_leaves_the_package(href):
    try:
        target = Files(["A/b"]).target(href)
    except PackageRefused:
        return
    assert ".." not in target.path.split("/")
    assert not target.path.startswith("/")


def test_language_rights_and_title_come_from_the_description_of_the_package():
    lom = (
        '<lom xmlns="http://www.imsglobal.org/xsd/imsmd_rootv1p2p1"><general><title><langstring>Named</langstring></title>'
        "<language>my</language></general><rights><description><langstring>Free to share</langstring></description></rights></lom>"
    )
    bare = '<organizations><organization identifier="O">' + ONE + "</organization></organizations>"
    inside = read(package(manifest(metadata=lom, organisations=bare)))
    beside = read(
        package(manifest(metadata="<adlcp:location>md.xml</adlcp:location>", organisations=bare), md_xml=lom.encode())
    )
    for contents in (inside, beside):
        assert (contents.title, contents.language, contents.rights) == ("Named", "my", "Free to share")


def test_a_description_that_cannot_be_read_costs_only_what_it_says():
    text = manifest(metadata="<adlcp:location>md.xml</adlcp:location>")
    assert "metadata_unread" in remarked(package(text, md_xml=b"<lom>"))


def test_a_folder_around_the_whole_package_is_its_root():
    contents = read(packed({"course/imsmanifest.xml": manifest(), "course/one.html": PAGE}))
    assert [remark.code for remark in contents.remarks] == ["wrapped"]
    assert [(file.path, file.entry) for file in contents.files] == [
        ("imsmanifest.xml", "course/imsmanifest.xml"),
        ("one.html", "course/one.html"),
    ]


def test_a_byte_order_mark_and_utf_16_are_read():
    assert read(package(b"\xef\xbb\xbf" + manifest())).title == "A course"
    wide = manifest(head='<?xml version="1.0" encoding="UTF-16"?>').decode().encode("utf-16")
    assert read(package(wide)).title == "A course"


def test_burmese_titles_and_names_of_files_are_kept():
    text = manifest(
        items='<item identifier="I1" identifierref="R1"><title>သင်ခန်းစာ ၁</title></item>',
        resources=resource(href="%E1%80%9E%E1%80%84%E1%80%BA.html"),
    )
    (part,) = read(packed({"imsmanifest.xml": text, "သင်.html": PAGE})).launchable()
    assert (part.title, part.href) == ("သင်ခန်းစာ ၁", "%E1%80%9E%E1%80%84%E1%80%BA.html")


def two(second: str, resources: str = "") -> bytes:
    """A manifest with a sound part and a second, odd one."""
    return manifest(items=ONE + second, resources=resource() + resources)


SECOND = '<item identifier="I2" identifierref="R2"><title>Two</title></item>'
ODD = {
    "launch_missing": package(two(SECOND, resource(number=2, href="gone.html"))),
    "launch_remote": package(two(SECOND, resource(number=2, href="https://example.com/two.html"))),
    "launch_unplayable": package(two(SECOND, resource(number=2, href="two.docx")), two_docx=b"PK"),
    "resource_missing": package(two(SECOND)),
    "case": package(manifest(resources=resource(href="ONE.HTML"))),
    "file_missing": package(manifest(resources=resource(inner='<file href="a.js"/><file href="b.js"/>'))),
    "file_remote": package(manifest(resources=resource(inner='<file href="//cdn.example.net/a.js"/>'))),
    "default_missing": package(manifest().replace(b'default="O"', b'default="X"')),
    "no_organisation": package(manifest(organisations="<organizations/>")),
    "other_organisations": package(
        manifest().replace(b"</organizations>", b'<organization identifier="P"/></organizations>')
    ),
    "inner_manifest": package(manifest(after='<manifest identifier="N"/>')),
    "sequencing": package(
        manifest("2004", item(inner="<imsss:sequencing><imsss:sequencingRules/></imsss:sequencing>"))
    ),
    "flash": package(movie_swf=b"FWS"),
    "unknown_kind": package(odd_xyz=b"?"),
    "remote_hosts": package(two_html=b'<script src="https://cdn.example.net/a.js"></script>'),
    "uses_eval": package(code_js=b"x = eval ('1')"),
}


@pytest.mark.parametrize("code", ODD)
def test_what_an_editor_should_know_is_remarked_and_the_package_let_in(code):
    contents = read(ODD[code])
    assert [remark.code for remark in contents.remarks] == [code]
    assert contents.launchable()
    assert "%" not in str(contents.remarks[0])
    assert Remark(**contents.remarks[0].as_json()) == contents.remarks[0]


def test_every_remark_has_a_package_that_brings_it_about():
    assert set(REMARKS) == set(ODD) | {"wrapped", "prerequisites", "metadata_unread"}


def test_missing_files_are_counted_and_the_first_is_named():
    assert remarked(ODD["file_missing"])["file_missing"] == Remark("file_missing", "a.js", 2)


def test_vocabularies_and_links_to_click_are_no_servers_that_are_asked():
    page = b'<html xmlns="http://www.w3.org/1999/xhtml"><a href="https://example.net/">out</a><img src="a.png">'
    assert read(package(two_html=page)).remote_hosts == ()


def test_scripts_that_name_evaluate_do_not_make_code_from_text():
    assert not read(package(code_js=b"document.evaluate(x); medieval(1); my.eval(2); setTimeout(run, 5)")).uses_eval


@pytest.mark.parametrize(
    "code", [b"eval(a)", b"new Function ('a')", b"window.setTimeout('run()', 5)", b'setInterval("a", 1)']
)
def test_scripts_that_make_code_from_text_are_found_also_in_pages(code):
    assert read(package(two_html=b"<script>" + code + b"</script>")).uses_eval


def test_files_of_unknown_kinds_stay_when_the_manifest_lists_them():
    text = manifest(resources=resource(inner='<file href="model.xyz"/>'))
    kept = {file.path: file.media_type for file in read(package(text, model_xyz=b"?")).files}
    assert kept["model.xyz"] == "application/octet-stream"
    assert kept["one.html"] == "text/html"


LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE manifest [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + "]>"
)
XXE = '<?xml version="1.0"?><!DOCTYPE manifest [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
MANY = "".join(f'<item identifier="I{n}"/>' for n in range(40_000))
DEEP = "".join(f'<item identifier="D{n}">' for n in range(20)) + "</item>" * 20

NEUTRAL = 'xmlns:adlcp="urn:x"'

REFUSED = {
    "no manifest": (packed({"one.html": PAGE}), "scorm_no_manifest"),
    "manifest two folders down": (packed({"a/b/imsmanifest.xml": manifest()}), "scorm_manifest_deep"),
    "files beside the folder": (
        packed({"a/imsmanifest.xml": manifest(), "a/one.html": PAGE, "b.html": PAGE}),
        "scorm_manifest_deep",
    ),
    "capital letters in the manifest's name": (packed({"IMSManifest.xml": manifest()}), "scorm_no_manifest"),
    "empty manifest": (package(b""), "scorm_manifest_broken"),
    "cut off": (package(manifest()[:-20]), "scorm_manifest_broken"),
    "binary": (package(b"\x00\x01\x02"), "scorm_manifest_broken"),
    "unknown encoding": (package(manifest(head='<?xml version="1.0" encoding="klingon"?>')), "scorm_manifest_broken"),
    "encoding that is not so": (package(b"<manifest>\xff\xfe</manifest>"), "scorm_manifest_broken"),
    "another root": (package(b"<tincan/>"), "scorm_manifest_broken"),
    "external entity": (
        package(manifest(head=XXE).replace(b"A course", b"&x;")),
        "scorm_manifest_doctype",
    ),
    "billion laughs": (package(manifest(head=LAUGHS).replace(b"A course", b"&j;")), "scorm_manifest_doctype"),
    "external document type": (
        package(manifest(head='<!DOCTYPE manifest SYSTEM "http://127.0.0.1:9/x.dtd">')),
        "scorm_manifest_doctype",
    ),
    "too long": (package(manifest(items=f"<!--{random.Random(1).randbytes(2_200_000).hex()}-->")), "scorm_manifest_too_long"),
    "100,000 elements": (package(manifest(items="<a/>" * 100_000)), "scorm_manifest_too_large"),
    "elements 100 deep": (package(manifest(items="<a>" * 100 + "</a>" * 100)), "scorm_manifest_too_large"),
    "too many items": (package(manifest(items=MANY)), "scorm_too_many_items"),
    "items too deep": (package(manifest(items=DEEP)), "scorm_items_too_deep"),
    "another version": (package(manifest(version="1.1", names=NEUTRAL)), "scorm_version_unknown"),
    "no version": (package(manifest(version="", names=NEUTRAL)), "scorm_version_unknown"),
    "link above the root": (package(manifest(resources=resource(href="../one.html"))), "scorm_link_outside"),
    "link above the root, encoded": (
        package(manifest(resources=resource(href="%2e%2e/%2e%2e/etc/passwd"))),
        "scorm_link_outside",
    ),
    "link above the root, of Windows": (
        package(manifest(resources=resource(href="..\\..\\one.html"))),
        "scorm_link_outside",
    ),
    "base above the root": (
        package(manifest(resources=resource(extra='xml:base="../../"'))),
        "scorm_link_outside",
    ),
    "link from the root of the server": (package(manifest(resources=resource(href="/one.html"))), "scorm_link_outside"),
    "link to a disk": (package(manifest(resources=resource(href="C:\\one.html"))), "scorm_link_outside"),
    "link that runs a script": (
        package(manifest(resources=resource(href="javascript:alert(1)"))),
        "scorm_link_outside",
    ),
    "link that holds a page": (
        package(manifest(resources=resource(href="data:text/html,hello"))),
        "scorm_link_outside",
    ),
    "file that lies outside": (
        package(manifest(resources=resource(inner='<file href="../../secret"/>'))),
        "scorm_link_outside",
    ),
    "link with a zero byte": (package(manifest(resources=resource(href="one%00.html"))), "scorm_link_odd"),
    "link without end": (package(manifest(resources=resource(href="a" * 3000))), "scorm_link_odd"),
    "no organisation and no page": (
        package(manifest(organisations="", resources="")),
        "scorm_no_organisation",
    ),
    "empty organisation": (package(manifest(items="")), "scorm_nothing_to_open"),
    "only page is missing": (package(manifest(resources=resource(href="gone.html"))), "scorm_nothing_to_open"),
    "only page is on a server": (
        package(manifest(resources=resource(href="http://example.com/"))),
        "scorm_nothing_to_open",
    ),
    "base on a server": (
        package(manifest(resources=resource(extra='xml:base="https://example.com/"'))),
        "scorm_nothing_to_open",
    ),
    "only page needs Flash": (
        package(manifest(resources=resource(href="a.swf")), a_swf=b"FWS"),
        "scorm_nothing_to_open",
    ),
    "item below itself": (package(manifest(items=item(inner=item()))), "scorm_identifier_twice"),
    "two resources of one name": (package(manifest(resources=resource() * 2)), "scorm_identifier_twice"),
    "identifier with hidden signs": (package(manifest(items=item(identifier="I\u202e1"))), "scorm_identifier_odd"),
    "identifier without end": (package(manifest(items=item(identifier="I" * 300))), "scorm_identifier_odd"),
    "program for a server": (package(index_php=b"<?php"), "scorm_program"),
    "program for Windows": (packed({"imsmanifest.xml": manifest(), "one.html": PAGE, "a/SETUP.EXE": b"MZ"}), "scorm_program"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_a_package_that_is_broken_or_hostile_is_refused_in_words_quickly(case):
    file, code = REFUSED[case]
    began = time.process_time()
    with pytest.raises(PackageRefused) as refused:
        read(file)
    assert refused.value.code == code
    assert time.process_time() - began < 3
    with translation.override("en"):
        text = str(refused.value)
    assert "%(" not in text
    assert "Nothing was stored." in text


def test_every_refusal_of_the_reader_has_a_package_that_brings_it_about():
    assert {code for code in SENTENCES if code.startswith("scorm_")} == {code for _file, code in REFUSED.values()}


def test_the_memory_of_reading_is_bounded_by_the_limits():
    file, _code = REFUSED["100,000 elements"]
    tracemalloc.start()
    with pytest.raises(PackageRefused):
        read(file)
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 60 * 2**20
