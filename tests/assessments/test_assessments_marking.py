"""Answers that people mark: asked, waiting, marked once or twice, and the grade that follows."""

import io
import statistics
from collections import Counter
from decimal import Decimal

import pikepdf
import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from assessments import agreement, marking, pictures, remaking
from assessments.ending import submit_attempt
from assessments.errors import MarkedAlready, NotAMarking
from assessments.kinds import KINDS
from assessments.models import AnswerPicture, AnswerToMark, Attempt, Mark
from assessments.regrading import preview
from assessments.sheets import sheet_of
from tests.assessments import asking
from tests.assessments.asking import Form
from tests.factories import CohortFactory, EnrolmentFactory, PersonFactory

RUBRIC = {
    "criteria": [
        {"id": "safe", "text": "Is she kept safe?", "levels": [{"id": "no", "points": 0, "text": "No."}, {"id": "yes", "points": 3, "text": "Yes."}]},
        {"id": "clear", "text": "Is it clear?", "levels": [{"id": "no", "points": 0, "text": "Nobody could follow."}, {"id": "some", "points": 1, "text": "Partly."}, {"id": "yes", "points": 2, "text": "A colleague could act on it."}]},
    ],
    "guidance": "Secret hint for markers.",
    "model": "I ask her to sit where nobody hears us.",
    "is_double": False,
    "tolerance": 20,
}  # fmt: skip
WRITTEN, PICTURES = RUBRIC | {"longest": 500}, RUBRIC | {"most": 2}
BEST, WORST = {"safe": "yes", "clear": "yes"}, {"safe": "no", "clear": "no"}
MIDDLE, NEAR = {"safe": "yes", "clear": "no"}, {"safe": "yes", "clear": "some"}  # 3/5 and 4/5


@pytest.fixture
def written(enrolment):
    """An open attempt that asks one written answer, and one question that is judged at once."""
    return asking.exam_of(enrolment, asking.item("written", WRITTEN))


@pytest.fixture
def marker(client, sign_in):
    def sign(**trait):
        person = PersonFactory(**(trait or {"assessor": True}))
        browser = sign_in(person)
        browser.cookies["lang"] = "en"
        return person, browser

    return sign


def write(client, attempt, text="I ask her to sit down. ကျွန်မ သူ့ကို ထိုင်ခိုင်းသည်။"):
    Form(client, f"/attempt/{attempt.public_id}/").put("item-0", text).send()
    return client.post(f"/attempt/{attempt.public_id}/submit/", follow=True).content.decode()


def handed_in(attempt, *, double=False):
    """The answer to mark of an attempt that asks one thing, as services put it there."""
    from tests.assessments import sitting

    sitting.answer(attempt, {0: ["I would ask."]})
    submit_attempt(attempt, at=timezone.now())
    return attempt.to_mark.get()


def mark(answer, levels, *, by=None, comment=""):
    return marking.mark(answer, levels, comment=comment, by=by or PersonFactory(assessor=True), at=timezone.now())


# --- From the officer to the marker and back ------------------------------------------------------------------------------


def test_a_written_answer_waits_is_marked_and_gives_the_result(officer, enrolment, written, sign_in):
    page = write(officer, written)
    assert "A person is marking what you wrote" in page
    assert "%" not in BeautifulSoup(page, "html.parser").main.text
    grade = written.grades.get()
    assert (grade.is_waiting, grade.passed) == (True, False)
    quiz = officer.get(written.quiz.get_absolute_url()).content.decode()
    assert "A person is marking what you wrote" in quiz
    assert "<button" not in BeautifulSoup(quiz, "html.parser").main.decode()

    editor = Client()
    marking_editor = PersonFactory(assessor=True)
    _as_office(editor, marking_editor)
    piles = editor.get("/office/marking/").content.decode()
    assert "What do you do?" in piles
    answer = written.to_mark.get()
    shown = editor.get(answer.get_absolute_url()).content.decode()
    for text in ("I ask her to sit down.", "Secret hint for markers.", "Is it clear?", "A colleague could act on it."):
        assert text in shown
    assert enrolment.person.name_latin not in shown
    assert enrolment.person.service_number not in shown
    missing = editor.post(answer.get_absolute_url(), {"level-safe": "yes", "comment": "Well begun."})
    assert "Choose one level of every criterion." in missing.content.decode()
    assert "Well begun." in missing.content.decode()
    done = editor.post(answer.get_absolute_url(), {"level-safe": "yes", "level-clear": "some", "comment": "Well begun."}, follow=True)  # fmt: skip
    assert "Your mark is stored." in done.content.decode()

    grade = written.grades.order_by("-version")[0]
    assert (grade.version, grade.score, grade.is_waiting, grade.graded_by) == (2, Decimal("0.8"), False, marking_editor)
    page = officer.get(f"/attempt/{written.public_id}/").content.decode()
    for text in ("80 %", "Partly right", "Well begun.", "your mark", "I ask her to sit where nobody hears us."):
        assert text in page
    assert "Secret hint" not in page


def _as_office(client, person):
    from allauth.account.internal.flows import login as allauth_login

    client.force_login(person)
    session = client.session
    session[allauth_login.AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "mfa", "at": timezone.now().timestamp()}]
    session[allauth_login._AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(person.pk)
    session.save()
    client.cookies["lang"] = "en"


def test_while_it_is_asked_neither_the_model_nor_the_guidance_is_on_the_page(officer, written):
    page = officer.get(f"/attempt/{written.public_id}/").content.decode()
    assert "Is it clear?" in page
    assert [
        text for text in ("Secret hint", "I ask her to sit where", "A colleague could act on it.") if text in page
    ] == []


def test_nothing_written_earns_nothing_and_waits_for_nobody(officer, written):
    officer.post(f"/attempt/{written.public_id}/submit/")
    assert (written.grades.get().score, written.grades.get().is_waiting) == (0, False)
    assert not AnswerToMark.objects.exists()


def test_one_who_passes_by_the_marks_has_passed_the_exam(enrolment, written):
    written.rules["cut_score"] = "0.7"
    written.save()
    answer = handed_in(written)
    assert not enrolment.completions.filter(requirement="exam").exists()
    mark(answer, BEST)
    assert enrolment.completions.filter(requirement="exam").exists()


def test_a_person_who_decided_meanwhile_is_not_overruled_by_the_marks(written):
    from assessments.changing import change_grade

    answer = handed_in(written)
    change_grade(written, score=0, passed=False, by=PersonFactory(lead=True), reason="Copied", at=timezone.now())
    mark(answer, BEST)
    assert written.grades.order_by("-version")[0].reason == "Copied"


def test_a_regrade_keeps_what_people_marked(written):
    answer = handed_in(written)
    mark(answer, NEAR)
    seen = preview(written.quiz, answer.version, "credit")
    assert [(one.before.score, one.score.points) for one in seen.judged] == [(Decimal("0.8"), 1)]


# --- One marker, two, three ----------------------------------------------------------------------------------------------


def double(enrolment):
    return handed_in(asking.exam_of(enrolment, asking.item("written", WRITTEN | {"is_double": True})))


def test_two_who_nearly_agree_come_to_their_mean(enrolment):
    answer = double(enrolment)
    assert mark(answer, MIDDLE).settled_at is None
    assert answer.attempt.grades.count() == 1
    assert mark(answer, NEAR).points == Decimal("0.7")
    assert answer.attempt.grades.order_by("-version")[0].score == Decimal("0.7")


def test_where_two_differ_a_third_decides(enrolment):
    answer = double(enrolment)
    mark(answer, BEST, comment="Good.")
    assert mark(answer, WORST, comment="Bad.").settled_at is None
    third = PersonFactory(assessor=True)
    assert [(pile.waiting, pile.third) for pile in marking.piles(third)] == [(1, 1)]
    assert mark(answer, MIDDLE, by=third, comment="In between.").points == Decimal("0.6")
    assert marking.found(answer.attempt)[0] == marking.Found(MIDDLE, ["In between."])


def test_nobody_marks_twice_or_their_own_answer(enrolment):
    answer, first = double(enrolment), PersonFactory(assessor=True)
    mark(answer, BEST, by=first)
    with pytest.raises(MarkedAlready):
        mark(answer, BEST, by=first)
    with pytest.raises(MarkedAlready):
        mark(answer, BEST, by=enrolment.person)
    assert marking.piles(first) == []


def test_what_is_settled_takes_no_more_marks(written):
    answer = handed_in(written)
    mark(answer, BEST)
    with pytest.raises(MarkedAlready):
        mark(answer, WORST)
    assert Mark.objects.count() == 1


@pytest.mark.parametrize("levels", [{}, {"safe": "yes"}, BEST | {"more": "yes"}, {"safe": "some", "clear": "yes"}])
def test_a_mark_has_one_level_of_every_criterion(written, levels):
    answer = handed_in(written)
    with pytest.raises(NotAMarking):
        mark(answer, levels)


def test_marks_that_cannot_be_are_not_stored(written):
    answer, editor = handed_in(written), PersonFactory(assessor=True)
    for wrong in ({"number": 4, "points": 1}, {"number": 1, "points": 2}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Mark.objects.create(answer=answer, levels=BEST, marked_by=editor, marked_at=timezone.now(), **wrong)


# --- Who marks -----------------------------------------------------------------------------------------------------------


def test_a_trainer_marks_what_their_learners_wrote_and_nobody_elses(written):
    answer = handed_in(written)
    trainer, stranger = PersonFactory(trainer=True), PersonFactory(trainer=True)
    CohortFactory(trainer=trainer, officers=[written.person])
    assert [one.pk for one in marking.queue(trainer)] == [answer.pk]
    assert list(marking.queue(stranger)) == []
    assert list(marking.queue(PersonFactory(registrar=True))) == []


def test_the_page_of_an_answer_is_there_for_its_markers_only(officer, written):
    answer = handed_in(written)
    assert officer.get(answer.get_absolute_url()).status_code == 404
    stranger, trainer = PersonFactory(trainer=True), Client()
    _as_office(trainer, stranger)
    assert trainer.get(answer.get_absolute_url()).status_code == 404


# --- Pictures ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def asked_for_pictures(enrolment):
    return asking.exam_of(enrolment, asking.item("pictures", PICTURES))


def photo(width=900, height=600):
    """A photo that names the device and the place it was taken at, lying on its side."""
    exif, out = Image.Exif(), io.BytesIO()
    exif[0x010F], exif[0x0112] = "SecretPhone", 6
    exif.get_ifd(0x8825)[1] = "N"
    Image.new("RGB", (width, height), "teal").save(out, "JPEG", exif=exif)
    return out.getvalue()


def pdf(pages=2):
    document, out = pikepdf.new(), io.BytesIO()
    for _ in range(pages):
        document.add_blank_page(page_size=(595, 842))
    document.docinfo["/Author"] = "SecretPhone"
    document.save(out)
    return out.getvalue()


def post(client, attempt, data, name="photo.jpg"):
    url = f"/attempt/{attempt.public_id}/pictures/0/"
    return client.post(url, {"file": SimpleUploadedFile(name, data, "image/jpeg")})


def test_a_photo_is_made_anew_upright_and_without_what_it_told(officer, asked_for_pictures):
    answer = post(officer, asked_for_pictures, photo()).json()
    (one,) = answer["pictures"]
    assert sheet_of(asked_for_pictures).answers[0] == [one["id"]]
    kept = AnswerPicture.objects.get()
    data = kept.file.read()
    assert b"SecretPhone" in photo()
    assert b"SecretPhone" not in data
    opened = Image.open(io.BytesIO(data))
    assert (opened.format, opened.size, dict(opened.getexif())) == ("WEBP", (600, 900), {})
    response = officer.get(one["url"])
    assert (response.status_code, response["Content-Type"]) == (200, "image/webp")


def test_every_page_of_a_pdf_becomes_a_picture(officer, asked_for_pictures):
    assert len(post(officer, asked_for_pictures, pdf(2)).json()["pictures"]) == 2
    assert all(b"SecretPhone" not in one.file.read() for one in AnswerPicture.objects.all())


def test_without_script_the_form_sends_the_photo_and_keeps_what_stood_beside_it(officer, enrolment):
    attempt = asking.exam_of(enrolment, asking.item("written", WRITTEN), asking.item("pictures", PICTURES))
    url = f"/attempt/{attempt.public_id}/"
    form = Form(officer, url)
    assert form.form["enctype"] == "multipart/form-data"
    file = SimpleUploadedFile("p.jpg", photo(), "image/jpeg")
    officer.post(url, {**form.put("item-0", "Some words").fields, "action": "save", "file-1": file})
    answers = sheet_of(attempt).answers
    assert (answers[0], len(answers[1])) == (["Some words"], 1)
    again = Form(officer, url)
    assert again.fields["item-1"] == answers[1]
    again.send()
    assert sheet_of(attempt).answers == answers
    del again.fields["item-1"]
    again.send()
    assert 1 not in sheet_of(attempt).answers


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"MZ\x90\x00 not a picture", "could not be read as a photo or PDF"),
        (b"", "could not be read as a photo or PDF"),
        (b"%PDF-1.7 broken", "could not be read as a photo or PDF"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "could not be read as a photo or PDF"),
        (pdf(3), "room for 2 pictures"),
    ],
)  # fmt: skip
def test_what_is_no_picture_is_refused_with_what_to_do_and_nothing_is_kept(officer, asked_for_pictures, data, words):
    response = post(officer, asked_for_pictures, data)
    assert response.status_code == 400
    assert words in response.json()["error"]
    assert not AnswerPicture.objects.exists()


def test_a_picture_that_unpacks_to_far_more_is_refused(officer, asked_for_pictures):
    out = io.BytesIO()
    Image.new("1", (30_000, 30_000)).save(out, "PNG")
    assert len(out.getvalue()) < 200_000
    assert "could not be read" in post(officer, asked_for_pictures, out.getvalue()).json()["error"]


def test_a_file_over_the_limit_is_refused(officer, asked_for_pictures, monkeypatch):
    monkeypatch.setattr(pictures, "LIMIT", 1000)
    assert "larger than" in post(officer, asked_for_pictures, photo()).json()["error"]


def test_a_question_has_room_for_as_many_as_it_says(officer, asked_for_pictures):
    for _ in range(2):
        assert post(officer, asked_for_pictures, photo(60, 40)).status_code == 200
    assert "room for 2" in post(officer, asked_for_pictures, photo(60, 40)).json()["error"]


def test_after_handing_in_nothing_is_added_and_what_was_taken_away_is_deleted(
    officer, asked_for_pictures, django_capture_on_commit_callbacks
):
    first, second = (post(officer, asked_for_pictures, photo(60, 40)).json()["pictures"][0] for _ in range(2))
    form = Form(officer, f"/attempt/{asked_for_pictures.public_id}/")
    form.put("item-0", second["id"]).send()
    unused = AnswerPicture.objects.get(public_id=first["id"]).file
    with django_capture_on_commit_callbacks(execute=True):
        officer.post(f"/attempt/{asked_for_pictures.public_id}/submit/")
    assert [str(one.public_id) for one in AnswerPicture.objects.all()] == [second["id"]]
    assert not unused.storage.exists(unused.name)
    assert post(officer, asked_for_pictures, photo(60, 40)).status_code == 400


def test_two_photos_that_were_drawn_at_the_same_time_are_both_kept(officer, asked_for_pictures, monkeypatch):
    drawn = pictures._made_anew

    def while_another_comes(data, *, most):
        monkeypatch.setattr(pictures, "_made_anew", drawn)
        other = Attempt.objects.get(pk=asked_for_pictures.pk)
        pictures.add_pictures(other, 0, SimpleUploadedFile("b.jpg", photo(40, 60)), at=timezone.now())
        return drawn(data, most=most)

    monkeypatch.setattr(pictures, "_made_anew", while_another_comes)
    assert post(officer, asked_for_pictures, photo(60, 40)).status_code == 200
    assert len(sheet_of(asked_for_pictures).answers[0]) == AnswerPicture.objects.count() == 2


def test_a_photo_that_is_drawn_when_the_paper_is_handed_in_is_not_kept(officer, asked_for_pictures, monkeypatch):
    drawn = pictures._made_anew

    def while_handed_in(data, *, most):
        submit_attempt(Attempt.objects.get(pk=asked_for_pictures.pk), at=timezone.now())
        return drawn(data, most=most)

    monkeypatch.setattr(pictures, "_made_anew", while_handed_in)
    assert "takes no files now" in post(officer, asked_for_pictures, photo(60, 40)).json()["error"]
    assert not AnswerPicture.objects.exists()


def test_a_picture_is_seen_by_who_sent_it_and_who_marks_it_and_by_nobody_else(officer, asked_for_pictures):
    url = post(officer, asked_for_pictures, photo(60, 40)).json()["pictures"][0]["url"]
    other, editor, early = Client(), Client(), Client()
    other.force_login(EnrolmentFactory().person)
    _as_office(early, PersonFactory(assessor=True))
    assert [one.get(url).status_code for one in (other, early)] == [404, 404]
    submit_attempt(asked_for_pictures, at=timezone.now())
    person = PersonFactory(assessor=True)
    _as_office(editor, person)
    assert [one.get(url).status_code for one in (other, editor, officer)] == [404, 200, 200]
    page = editor.get(asked_for_pictures.to_mark.get().get_absolute_url()).content.decode()
    assert url in page
    mark(asked_for_pictures.to_mark.get(), BEST, by=person)
    assert editor.get(url).status_code == 200
    _as_office(other, PersonFactory(assessor=True))
    assert other.get(url).status_code == 404


def test_media_gives_no_answers_out(officer, asked_for_pictures):
    post(officer, asked_for_pictures, photo(60, 40))
    assert officer.get(f"/media/{AnswerPicture.objects.get().file.name}").status_code == 404


def test_pictures_are_small_enough_for_a_weak_line():
    noise = Image.effect_noise((3000, 2000), 40).convert("RGB")
    out = io.BytesIO()
    noise.save(out, "JPEG", quality=95)
    ((width, height, data),) = remaking.pictures(out.getvalue(), 1)
    assert (max(width, height), len(data) < 700_000) == (1600, True)


# --- The editor's side ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["written", "pictures"])
def test_the_parts_are_checked(kind):
    content = {"written": WRITTEN, "pictures": PICTURES}[kind]
    assert asking.problems_of(kind, content) == []
    flat = [criterion | {"levels": criterion["levels"][1:2]} for criterion in RUBRIC["criteria"]]
    for criteria, words in ([], "at least one criterion"), (flat, "at least two levels"):
        (problem,) = asking.problems_of(kind, content | {"criteria": criteria})
        assert words in problem


def test_it_is_no_check_for_a_lesson(db):
    from django.core.exceptions import ValidationError

    with pytest.raises(ValidationError, match="judged at once"):
        asking.item("written", WRITTEN, use="check")


def test_a_short_test_to_practise_asks_nothing_that_waits_for_a_person(db):
    from assessments.bank import draw_paper, versions
    from assessments.models import Quiz, QuizSection

    asking.item("written", WRITTEN)
    quiz = Quiz.objects.create(
        code="P", kind=Quiz.Kind.PRACTICE, subject_key=AnswerToMark().public_id, cut_score=0, shown={}
    )
    QuizSection.objects.create(quiz=quiz, position=0, objective="M01.O1", count=4)
    for seed in range(20):
        paper = draw_paper(quiz, seed=seed, seen=set())
        assert "written" not in {one.kind for one in versions({i["version"] for i in paper["items"]}).values()}


# --- Figures -------------------------------------------------------------------------------------------------------------

POINTS = st.decimals(min_value=0, max_value=1, places=4)


@given(POINTS, POINTS, st.integers(0, 100))
def test_two_marks_come_to_something_between_them_or_to_nothing_yet(one, other, tolerance):
    found = marking.settled([one, other], is_double=True, tolerance=tolerance)
    assert found == marking.settled([other, one], is_double=True, tolerance=tolerance)
    assert found is None or min(one, other) <= found <= max(one, other) or abs(found - (one + other) / 2) < Decimal("0.0001")  # fmt: skip
    assert (found is None) == (abs(one - other) * 100 > tolerance)
    assert marking.settled([one, other, one], is_double=True, tolerance=tolerance) in (one, found)


@given(st.fixed_dictionaries({"safe": st.sampled_from(["no", "yes"]), "clear": st.sampled_from(["no", "some", "yes"])}))
def test_points_are_the_levels_share_of_the_most(levels):
    key = asking.key_of("written", WRITTEN)
    worth = {"no": 0, "some": 1, "yes": 2}
    expected = Decimal(3 * (levels["safe"] == "yes") + worth[levels["clear"]]) / 5
    assert KINDS["written"].points(key, levels) == expected


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=30))
def test_with_equal_marginals_weighted_kappa_is_the_correlation(pairs):
    """Fleiss and Cohen, Educational and Psychological Measurement 33, 1973: kappa with quadratic weights is then Pearson's r."""
    both = [*pairs, *((other, one) for one, other in pairs)]
    found = agreement.of(Counter(both))
    first, second = zip(*both, strict=True)
    if len(set(first)) == 1:
        assert found.kappa is None
    else:
        assert found.kappa == pytest.approx(statistics.correlation(first, second))
    assert found.exact == pytest.approx(sum(one == other for one, other in both) / len(both))


def test_agreement_with_two_levels_is_cohens_kappa():
    """Two levels leave no room for weights: 20 and 15 alike of 50, chance 0.5, gives 0.4 by Cohen's formula of 1960."""
    found = agreement.of({(1, 1): 20, (1, 0): 5, (0, 1): 10, (0, 0): 15})
    assert (found.n, found.exact, found.kappa) == (50, 0.7, pytest.approx(0.4))


def test_the_marking_page_says_how_far_markers_agree(enrolment):
    for levels in (BEST, BEST), (BEST, WORST):
        answer = (
            double(EnrolmentFactory())
            if Attempt.objects.filter(person=enrolment.person).exists()
            else double(enrolment)
        )
        for one in levels:
            mark(answer, one)
    found = [(agreed.n, agreed.exact) for _version, agreed in marking.agreements()]
    assert found == [(2, 1.0), (2, 0.0)]
    editor = Client()
    _as_office(editor, PersonFactory(assessor=True))
    assert "How far markers agree" in editor.get("/office/marking/").content.decode()
