"""Every place of the product. A test walks this tree: a place that is in no list of tests/access/matrix.py fails."""

from typing import Any

from django.conf.urls.i18n import i18n_patterns
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from wagtail import views as wagtail_views
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from content import views as content_views
from core import views as core_views
from core.public import public
from core.search_page import search
from courses import fact_desk, law
from courses import views as course_views
from people import wagtail_views as people_in_admin

to_translations = RedirectView.as_view(pattern_name="translation:desk")
to_login = public(RedirectView.as_view(pattern_name="account_login", query_string=True))


@public
def home(request: HttpRequest) -> HttpResponse:
    """The first page in the reader's language."""
    return redirect(f"/{request.LANGUAGE_CODE}/")  # type: ignore[attr-defined]


def _public_serve(request: HttpRequest, path: str = "") -> Any:
    return wagtail_views.serve(request, path)


urlpatterns = [
    path("", home, name="home"),
    path("healthz", core_views.healthz, name="healthz"),
    path("readyz", core_views.readyz, name="readyz"),
    path("robots.txt", core_views.robots, name="robots"),
    path(".well-known/security.txt", core_views.security_txt, name="security_txt"),
    path("media/<path:path>", core_views.media, name="media"),
    path("language/", core_views.set_language, name="set_language"),
    path("account/", include("people.urls")),
    path("", include("people.slip_urls")),
    path("", include("people.pin_urls")),
    path("", include("people.factor_urls")),
    path("", include("records.urls")),
    path("learn/law/", law.law, name="law"),
    path("learn/law/<slug:code>/", law.entry, name="law_entry"),
    path("learn/", include("courses.urls")),
    path("practice/", course_views.practice, name="practice"),
    path("practice/answer/", course_views.practice_answer, name="practice_answer"),
    path("practice/answers/<uuid:review_id>/", course_views.practice_answered, name="practice_answered"),
    path("", include("assessments.urls")),
    path("", include("assessments.examination.urls")),
    path("", include("certificates.urls")),
    path("office/", include("people.office.urls")),
    path("office/", include("people.exchange.urls")),
    path("office/", include("certificates.office.urls")),
    path("office/facts/", fact_desk.facts, name="facts"),
    path("office/coverage/", include("courses.coverage.urls")),
    path("office/translations/", include("content.translation.urls")),
    path("office/packages/", include("content.packages.desk_urls")),
    path("package/", include("content.packages.urls")),
    path("", include("training.urls")),
    # One login door: every other one leads to it.
    path("admin/login/", to_login),
    path("admin/password_reset/", to_login),
    re_path(r"^admin/password_reset/.+", to_login),
    # Sentences are translated at one desk; wagtail-localize's own views would put the source's text live.
    re_path(r"^admin/localize/(?!jsi18n/).*", to_translations),
    # People are managed in the office, never in Wagtail.
    re_path(r"^admin/(?:users|bulk/people)/", people_in_admin.nothing),
    path("admin/account/", people_in_admin.own_settings, name="wagtailadmin_account"),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    *i18n_patterns(
        path("search/", search, name="search"),
        path("courses/", course_views.course_index, name="courses"),
        path("courses/<slug:course>/", course_views.course, name="course"),
        path("courses/<slug:course>/<slug:module>/", course_views.module, name="module"),
        path("courses/<slug:course>/<slug:module>/<slug:lesson>/", course_views.lesson, name="lesson"),
        path("glossary/", content_views.glossary, name="glossary"),
        re_path(r"^((?:[\w\-]+/)*)$", public(_public_serve), name="wagtail_serve"),
    ),
]

handler400 = "core.views.bad_request"
handler403 = "core.views.permission_denied"
handler404 = "core.views.page_not_found"
handler429 = "core.views.too_many_requests"  # asked by allauth
handler500 = "core.views.server_error"
