"""The trainer's desk and the office."""

from django.urls import path

from training import examination, views
from training.accrediting import views as accrediting
from training.assigning import views as assigning
from training.cascade import views as cascade
from training.evaluating import office_views as evaluation
from training.evaluating import plan_views as planning
from training.evaluating import views as evaluating
from training.groups import views as groups
from training.guiding import views as guiding
from training.observing import views as observing
from training.progress import views as progress
from training.sessions import own_views
from training.sessions import views as sessions
from training.testing import views as testing

app_name = "training"
urlpatterns = [
    path("teach/", views.desk, name="desk"),
    path("teach/cohorts/<uuid:public_id>/", views.cohort, name="cohort"),
    path("teach/cohorts/<uuid:public_id>/documents/", examination.documents, name="documents"),
    path("teach/cohorts/<uuid:public_id>/assign/", views.assign, name="assign"),
    path("teach/cohorts/<uuid:public_id>/assignments/", assigning.assignments, name="assignments"),
    path("teach/cohorts/<uuid:public_id>/people/<uuid:person_id>/", progress.person, name="progress_of"),
    path("teach/cohorts/<uuid:public_id>/items/", progress.items, name="failed_items"),
    path("teach/assignments/<uuid:public_id>/", assigning.assignment, name="assignment"),
    path("teach/assignments/<uuid:public_id>/change/", assigning.change, name="change_assignment"),
    path("teach/assignments/<uuid:public_id>/end/", assigning.end, name="end_assignment"),
    path("teach/assignments/<uuid:public_id>/remind/", assigning.remind, name="remind"),
    path("teach/enrolments/<uuid:public_id>/allow/", views.allow, name="allow"),
    path("teach/cohorts/<uuid:public_id>/exams/<uuid:quiz_id>/", views.room, name="room"),
    path("teach/cohorts/<uuid:public_id>/exams/<uuid:quiz_id>/tickets/", views.tickets, name="tickets"),
    path("teach/enrolments/<uuid:public_id>/exams/<uuid:quiz_id>/", views.exception, name="exception"),
    path("teach/cohorts/new/", groups.new, name="new_group"),
    path("teach/cohorts/<uuid:public_id>/ways/", groups.ways, name="ways"),
    path("teach/cohorts/<uuid:public_id>/door/", groups.door, name="door"),
    path("teach/cohorts/<uuid:public_id>/rule/", groups.rule, name="group_rule"),
    path("learn/join/", groups.enter, name="enter"),
    path("teach/cohorts/<uuid:public_id>/sessions/new/", sessions.plan, name="plan_session"),
    path("teach/sessions/", sessions.sessions, name="sessions"),
    path("teach/sessions/worker.js", sessions.worker, name="session_worker"),
    path("teach/sessions/<uuid:public_id>/", sessions.session, name="session"),
    path("teach/sessions/<uuid:public_id>/change/", sessions.change, name="change_session"),
    path("teach/sessions/<uuid:public_id>/cancel/", sessions.cancel, name="cancel_session"),
    path("teach/sessions/<uuid:public_id>/room/", sessions.room, name="session_room"),
    path("teach/sessions/<uuid:public_id>/tests/", testing.tests, name="session_tests"),
    path("teach/sessions/<uuid:public_id>/tests/<str:part>/paper.pdf", testing.paper, name="test_paper"),
    path("teach/sessions/<uuid:public_id>/tests/<str:part>/letters/", testing.letters, name="test_letters"),
    path("teach/sessions/<uuid:public_id>/who/", sessions.who, name="who"),
    path("teach/sessions/<uuid:public_id>/ticks/", sessions.ticks, name="ticks"),
    path("teach/sessions/<uuid:public_id>/sheet.pdf", sessions.sheet, name="session_sheet"),
    path("teach/sessions/<uuid:public_id>/session.ics", sessions.calendar, name="session_calendar"),
    path("teach/sessions/<uuid:public_id>/people/<uuid:person_id>/", sessions.history, name="attendance"),
    path("teach/sessions/<uuid:public_id>/practice/", observing.practice, name="practice"),
    path("teach/sessions/<uuid:public_id>/practice/<uuid:person_id>/", observing.observe, name="observe"),
    path("teach/observations/<uuid:pk>/", observing.observation, name="observation"),
    path("teach/sessions/<uuid:public_id>/guide/", guiding.guide, name="guide"),
    path("teach/sessions/<uuid:public_id>/guide.pdf", guiding.paper, name="guide_paper"),
    path("teach/sessions/<uuid:public_id>/present/", guiding.present, name="present"),
    path("teach/guides/", guiding.reading, name="guides"),
    path("teach/guides/<slug:code>/", guiding.module, name="module_guide"),
    path("learn/observations/<uuid:pk>/", observing.own_observation, name="own_observation"),
    path("learn/sessions/<uuid:public_id>/", own_views.own_session, name="own_session"),
    path("learn/sessions/<uuid:public_id>/session.ics", own_views.own_calendar, name="own_session_calendar"),
    path("teach/sessions/<uuid:public_id>/accredit/", accrediting.accredit, name="accredit"),
    path("office/accreditations/", accrediting.accreditations, name="accreditations"),
    path("office/accreditations/masters/", accrediting.masters, name="masters"),
    path("office/accreditations/rule/", accrediting.rule, name="accreditation_rule"),
    path("office/accreditations/<uuid:public_id>/withdraw/", accrediting.withdraw, name="withdraw"),
    path("office/cascade/", cascade.cascade, name="cascade"),
    path("office/cascade/dilution/", cascade.dilution, name="dilution"),
    path("office/cascade/<uuid:public_id>/", cascade.chain, name="chain"),
    path("office/", views.office, name="office"),
    path("learn/sessions/<uuid:public_id>/reaction/", evaluating.own_reaction, name="own_reaction"),
    path("teach/sessions/<uuid:public_id>/reactions/", evaluating.session_reactions, name="session_reactions"),
    path("learn/sessions/<uuid:public_id>/behaviour/", evaluating.own_behaviour, name="own_behaviour"),
    path("teach/sessions/<uuid:public_id>/count/", evaluating.count, name="count_session"),
    path("teach/behaviour/", evaluating.behaviour_due, name="behaviour_due"),
    path("teach/behaviour/<uuid:public_id>/<uuid:person_id>/", evaluating.report_behaviour, name="report_behaviour"),
    path("office/evaluation/", evaluation.courses, name="evaluation"),
    path("office/evaluation/results/", evaluation.results, name="results"),
    path("office/evaluation/results/new/", evaluation.enter_results, name="enter_results"),
    path("office/evaluation/results/<uuid:public_id>/", evaluation.correct_results, name="correct_results"),
    path("office/plans/", planning.targets, name="targets"),
    path("office/plans/new/", planning.new_target, name="new_target"),
    path("office/plans/<uuid:public_id>/", planning.change_target, name="change_target"),
    path("office/evaluation/report/", evaluation.report, name="report"),
    path("office/evaluation/<str:code>/", evaluation.course, name="course_evaluation"),
]
