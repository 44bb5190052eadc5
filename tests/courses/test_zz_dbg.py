import pytest
from tests.courses.test_courses_loading import *
from tests.courses.conftest import *
@pytest.mark.django_db
def test_x(folder):
    with_new_lesson(folder)
    for text, burmese in (("Lesson three", "သုံး"), ("First paragraph.", "ပထမ"), ("Second.", "ဒုတိယ")):
        folder.translate("C1/M01/my.po", text, burmese)
    print(folder.load())
    for p in LessonPage.objects.filter(code="M01.L3"): print(p.locale, p.live, p.title, p.body.raw_data)
    m = catalogue("my").by_code["C1"].modules[0]
    print([(l.code, l.language, l.slug) for l in m.lessons])
    assert 0
