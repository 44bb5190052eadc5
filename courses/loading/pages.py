"""The pages: the first one, courses, modules and lessons, and the drawings in them."""

from typing import Any

from wagtail.models import Page, Site

from content import authored
from content.models import Drawing, HomePage
from courses.loading.keeping import Keeper, block_id, stream_of
from courses.loading.library import publication
from courses.models import CourseIndexPage, CoursePage, LessonPage, ModulePage

HOME_INTRO = {
    "en": "Courses for frontline officers: people on the move, rights at the border, trafficking in persons, migrant smuggling "
    "and travel documents. In Burmese and English, for a phone and a weak line.",
    "my": "ရှေ့တန်းအရာရှိများအတွက် သင်တန်းများ – ရွှေ့ပြောင်းသွားလာသူများ၊ နယ်စပ်ရှိ အခွင့်အရေးများ၊ လူကုန်ကူးမှု၊ ရွှေ့ပြောင်းသွားလာသူများကို "
    "တရားမဝင်ခိုးသွင်းမှုနှင့် ခရီးသွားလာမှုဆိုင်ရာ စာရွက်စာတမ်းများ။ မြန်မာနှင့် အင်္ဂလိပ်ဘာသာဖြင့် ဖုန်းနှင့် အင်တာနက်လိုင်းအားနည်းသည့် နေရာများအတွက်။",
}


def keep_site(keeper: Keeper) -> CourseIndexPage:
    """The first page and the list of courses in both languages; made once, then the editors'."""
    root = Page.get_first_root_node()
    home = HomePage.objects.filter(locale=keeper.en).first()
    if home is None:
        welcome = root.get_children().filter(slug="home").not_type(HomePage).first()
        if welcome:
            welcome.slug = "welcome-unused"
            welcome.save()
        home = HomePage(title="Thindan", slug="home", locale=keeper.en, intro=HOME_INTRO["en"])
        root.add_child(instance=home)
        home.save_revision().publish()
        Site.objects.update_or_create(
            is_default_site=True, defaults={"hostname": "localhost", "root_page": home, "site_name": "Thindan"}
        )
        if welcome:
            Page.objects.get(pk=welcome.pk).delete()
            root = Page.get_first_root_node()
    for english, burmese in (("Thindan", "သင်တန်း"), (HOME_INTRO["en"], HOME_INTRO["my"]), ("Courses", "သင်တန်းများ")):
        keeper.know(english, burmese)
    keeper.translate("home:home:my", HomePage.objects.get(pk=home.pk))
    index = CourseIndexPage.objects.filter(locale=keeper.en).first()
    if index is None:
        index = CourseIndexPage(title="Courses", slug="courses", locale=keeper.en, show_in_menus=True)
        HomePage.objects.get(pk=home.pk).add_child(instance=index)
        index.save_revision().publish()
    keeper.translate("home:courses:my", CourseIndexPage.objects.get(pk=index.pk))
    found: CourseIndexPage = CourseIndexPage.objects.get(pk=index.pk)
    return found


def keep_drawings(keeper: Keeper, module: authored.Module) -> None:
    """The drawings of a module's lessons."""
    for block in (block for lesson in module.lessons for block in lesson.blocks):
        if isinstance(block, authored.Figure):
            code = drawing_code(module, block)
            keeper.keep_object(f"drawing:{code}:en", Drawing, {"code": code}, {"svg": block.svg})


def keep_course(keeper: Keeper, course: authored.Course, index: CourseIndexPage, after: Page | None) -> Any:
    """The page of a course. after: the one that stands before it."""
    values = {
        "title": course.title,
        "slug": course.code.lower(),
        "code": course.code,
        "summary": course.summary,
        "version": course.version,
        "minutes": course.minutes,
        "audience": course.roles,
        "prerequisites": course.prerequisites,
        "valid_months": course.valid_months,
    }
    return keeper.keep_page("course", CoursePage, index, values, values, after=after)


def keep_module(keeper: Keeper, module: authored.Module, course: CoursePage, after: Page | None) -> Any:
    """The page of a module with its lessons. after: the one that stands before it."""
    objectives = [
        {"type": "objective", "id": block_id(o.code), "value": {"code": o.code, "text": o.text}}
        for o in module.objectives
    ]
    shape = {
        "title": module.title,
        "slug": module.code.lower(),
        "code": module.code,
        "summary": module.summary,
        "minutes": module.minutes,
        "audience": module.roles,
        "competencies": module.competencies,
        "prerequisites": module.prerequisites,
        "objectives": objectives,
    }
    if module.observed:  # what most modules do not have is no part of their fingerprint
        shape["observed"] = module.observed
    values = {"observed": "", **shape, "objectives": stream_of(ModulePage, "objectives", objectives)}
    page = keeper.keep_page("module", ModulePage, course, values, shape, after=after)
    lesson_page = None
    for lesson in module.lessons:
        lesson_page = _keep_lesson(keeper, module, lesson, page, lesson_page)
    return page


def _keep_lesson(
    keeper: Keeper, module: authored.Module, lesson: authored.Lesson, parent: ModulePage, after: Page | None
) -> Any:
    body = [_block(keeper, module, lesson, number, block) for number, block in enumerate(lesson.blocks)]
    shape = {
        "title": lesson.title,
        "slug": lesson.slug,
        "code": lesson.code,
        "minutes": lesson.minutes,
        "objectives": lesson.objectives,
        "body": body,
    }
    values = shape | {"body": stream_of(LessonPage, "body", body)}
    return keeper.keep_page("lesson", LessonPage, parent, values, shape, after=after)


def _block(
    keeper: Keeper, module: authored.Module, lesson: authored.Lesson, number: int, block: authored.Block
) -> dict[str, Any]:
    name: str
    value: Any
    match block:
        case authored.Prose():
            name, value = "text", block.html()
        case authored.KeyPoint():
            name, value = "key_point", {"text": block.text, "source": _source(keeper, block)}
        case authored.Case():
            name, value = "case", {"title": block.title, "text": block.html()}
        case authored.FactReference():
            name, value = "fact", {"fact": block.id}
        case authored.CheckReference():
            name, value = "check", {"item": block.item}
        case authored.Figure():
            name = "figure"
            labels = [
                {"type": "item", "id": block_id(lesson.code, block.file, n), "value": label}
                for n, label in enumerate(block.labels)
            ]
            value = {
                "drawing": drawing_code(module, block),
                "alt": block.alt,
                "caption": block.caption,
                "labels": labels,
            }
    return {"type": name, "id": block_id(lesson.code, number, name), "value": value}


def _source(keeper: Keeper, block: authored.KeyPoint) -> str:
    """The publication and the place in it."""
    return ", ".join(part for part in (publication(keeper, block.source), block.place) if part)


def drawing_code(module: authored.Module, figure: authored.Figure) -> str:
    """The code of a drawing: module and file name."""
    return f"{module.code.lower()}-{figure.file.removesuffix('.svg')}"
