"""Items in QTI, as other systems write them, are read; what cannot be carried is said."""

import io
import zipfile

import pytest

from tests.assessments.reading import read, said

pytestmark = pytest.mark.usefixtures("english")


QTI2 = """<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="water" title="Water" adaptive="false" timeDependent="false">
  <responseDeclaration identifier="RESPONSE" cardinality="multiple" baseType="identifier">
    <correctResponse><value>H</value><value>O</value></correctResponse>
    <mapping lowerBound="0"><mapEntry mapKey="H" mappedValue="1"/><mapEntry mapKey="O" mappedValue="2"/></mapping></responseDeclaration>
  <itemBody><p>A glass of <em>water</em>.</p><rubricBlock view="scorer"><p>Two points.</p></rubricBlock>
    <choiceInteraction responseIdentifier="RESPONSE" shuffle="true" maxChoices="0"><prompt>What is in it?</prompt>
      <simpleChoice identifier="H">Hydrogen<feedbackInline outcomeIdentifier="F" identifier="H" showHide="show">Two of it.</feedbackInline></simpleChoice>
      <simpleChoice identifier="C">Carbon</simpleChoice><simpleChoice identifier="O">Oxygen</simpleChoice></choiceInteraction></itemBody>
  <modalFeedback outcomeIdentifier="F" identifier="WELL" showHide="show">Well done.</modalFeedback>
</assessmentItem>"""


def test_qti_2_is_read():
    (draft,), notes = read(QTI2)
    assert (draft.code, draft.kind, draft.stem) == ("water", "multiple", "A glass of water.\n\nWhat is in it?")
    assert draft.question["options"][0] == {"id": "h", "text": "Hydrogen", "correct": True, "rationale": "Two of it."}
    assert [what for what, _places in said(notes)] == [
        "a rubric",
        "different weights of right answers",
        "bold, raised, tables and the like",
        "feedback to the whole answer",
    ]


def test_an_interaction_that_is_not_known_is_listed():
    item = QTI2.replace("choiceInteraction", "drawingInteraction")
    assert [said(notes) for _drafts, notes in [read(item)]] == [
        [("a question; its interactions: drawingInteraction", ("water",))]
    ]


def qti(interaction, declared, *, base="identifier", cardinality="single", rules=""):
    return read(
        '<qti-assessment-item xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0" identifier="boat" title="Boat" time-dependent="false">'
        f'<qti-response-declaration identifier="R" cardinality="{cardinality}" base-type="{base}">{declared}</qti-response-declaration>'
        f"<qti-item-body><p>Look.</p>{interaction}</qti-item-body>{rules}</qti-assessment-item>"
    )


def right(*values):
    return (
        "<qti-correct-response>"
        + "".join(f"<qti-value>{one}</qti-value>" for one in values)
        + "</qti-correct-response>"
    )


def test_qti_3_of_other_systems_is_read():
    (order,), _n = qti(
        '<qti-order-interaction response-identifier="R"><qti-prompt>Order.</qti-prompt>'
        + "".join(f'<qti-simple-choice identifier="Driver{id}">{id}</qti-simple-choice>' for id in "ABC")
        + "</qti-order-interaction>",
        right("DriverC", "DriverA", "DriverB"),
        cardinality="ordered",
    )
    assert (order.stem, [one["text"] for one in order.question["parts"]]) == ("Look.\n\nOrder.", ["C", "A", "B"])
    sides = "".join(
        "<qti-simple-match-set>"
        + "".join(f'<qti-simple-associable-choice identifier="{id}">{id}</qti-simple-associable-choice>' for id in ids)
        + "</qti-simple-match-set>"
        for ids in ("AB", "XYZ")
    )
    match = f'<qti-match-interaction response-identifier="R">{sides}</qti-match-interaction>'
    (pairs,), _n = qti(match, right("A Y", "B X"), base="directedPair", cardinality="multiple")
    assert [(one["text"], one["match"]) for one in pairs.question["lefts"]] == [("A", "Y"), ("B", "X")]
    (turned,), _n = qti(match, right("A X", "A Y", "B Z"), base="directedPair", cardinality="multiple")
    assert [(one["text"], one["match"]) for one in turned.question["lefts"]] == [("X", "A"), ("Y", "A"), ("Z", "B")]
    drafts, notes = qti(match, right("A X", "A Y", "B X"), base="directedPair", cardinality="multiple")
    assert (drafts, [what for what, _places in said(notes)]) == ([], ["a question of matching"])


def test_qti_with_boxes_to_type_in():
    entry = '<p>It floats on <qti-text-entry-interaction response-identifier="R"/> logs.</p>'
    (number,), _n = qti(entry, right("4"), base="integer")
    assert (number.kind, number.stem) == ("numeric", "Look.\n\nIt floats on _____ logs.")
    mapping = '<qti-mapping><qti-map-entry map-key="four" mapped-value="2"/><qti-map-entry map-key="some" mapped-value="1"/></qti-mapping>'
    (words,), _n = qti(entry, right("four") + mapping, base="string")
    assert [(one["text"], one["points"]) for one in words.question["answers"]] == [("four", 100), ("some", 50)]


def test_qti_with_gaps_and_marks():
    chosen = "".join(
        f'<qti-inline-choice identifier="{id}">{text}</qti-inline-choice>'
        for id, text in (("a", "raft"), ("b", "boat"))
    )
    (cloze,), notes = qti(
        f'<p>A <qti-inline-choice-interaction response-identifier="R">{chosen}</qti-inline-choice-interaction> of logs.'
        '<qti-feedback-inline outcome-identifier="F" identifier="x" show-hide="show">Well.</qti-feedback-inline></p>',
        right("a"),
    )
    assert (cloze.stem, cloze.question["text"]) == ("Look.", "A [[1]] of logs.")
    assert said(notes) == [("feedback inside the text", ("boat",))]
    (dragged,), _n = qti(
        '<qti-gap-match-interaction response-identifier="R"><qti-gap-text identifier="w" match-max="1">wood</qti-gap-text>'
        '<qti-gap-text identifier="i" match-max="1">iron</qti-gap-text><p>It is of <qti-gap identifier="G"/>.</p></qti-gap-match-interaction>',
        right("w G"),
        base="directedPair",
        cardinality="multiple",
    )
    assert [(one["text"], one["correct"]) for one in dragged.question["gaps"][0]["options"]] == [
        ("wood", True),
        ("iron", False),
    ]
    (marks,), _n = qti(
        '<qti-hottext-interaction response-identifier="R"><p>Iron <qti-hottext identifier="A">floats</qti-hottext> and <qti-hottext identifier="B">rusts</qti-hottext>.</p></qti-hottext-interaction>',
        right("A"),
    )
    assert (marks.question["text"], [one["wrong"] for one in marks.question["parts"]]) == (
        "Iron [[A|floats]] and [[B|rusts]].",
        [True, False],
    )


def test_regions_of_another_system_are_kept_in_per_cent():
    shapes = [("A", "rect", "10,20,50,60"), ("B", "circle", "100,100,20"), ("C", "poly", "0,0,200,0,200,100")]
    (draft,), _n = qti(
        '<qti-hotspot-interaction response-identifier="R"><img src="images/m01-border.png" width="200" height="200" alt="A gate"/>'
        + "".join(f'<qti-hotspot-choice identifier="{id}" shape="{shape}" coords="{at}"/>' for id, shape, at in shapes)
        + "</qti-hotspot-interaction>",
        right("A"),
    )
    points = [one["points"] for one in draft.question["regions"]]
    assert (draft.question["drawing"], draft.question["alt"]) == ("m01-border", "A gate")
    assert points == ["5,10 25,10 25,30 5,30", "50,40 57,43 60,50 57,57 50,60 43,57 40,50 43,43", "0,0 100,0 100,50"]


def test_a_package_says_what_it_holds_besides_questions():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("imsmanifest.xml", "<manifest><resources/></manifest>")
        archive.writestr("water.xml", QTI2)
        archive.writestr("test.xml", "<assessmentTest/>")
        archive.writestr("bad.xml", "<broken")
        archive.writestr("img/a.png", b"x")
    (draft,), notes = read(out.getvalue())
    assert draft.code == "water"
    assert ("a file of the package", ("test.xml",)) in said(notes)
    assert sum(place in ("bad.xml", "img/a.png") for _what, places in said(notes) for place in places) == 2
