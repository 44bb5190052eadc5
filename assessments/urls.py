"""Sitting a quiz, what the answers say about its items, and the office of exams."""

from django.urls import path

from assessments import evidence_views, exchange, marking_views, office, views

app_name = "assessments"
urlpatterns = [
    path("quiz/<uuid:public_id>/", views.quiz, name="quiz"),
    path("attempt/<uuid:public_id>/", views.attempt, name="attempt"),
    path("attempt/worker.js", views.worker, name="worker"),
    path("attempt/<uuid:public_id>/steps/", views.steps, name="steps"),
    path("attempt/<uuid:public_id>/pictures/<int:place>/", marking_views.add_pictures, name="add_pictures"),
    path("attempt/picture/<uuid:public_id>/", marking_views.picture, name="picture"),
    path("attempt/<uuid:public_id>/submit/", views.submit, name="submit"),
    path("office/blueprint/", views.blueprint, name="blueprint"),
    path("office/items/", evidence_views.items, name="items"),
    path("office/items/exchange/", exchange.exchange, name="exchange"),  # before the codes: no code is spelt like it
    path("office/items/exchange/export/", exchange.export, name="export"),
    path("office/items/exchange/<uuid:public_id>/", exchange.arrival, name="arrival"),
    path("office/items/<str:code>/", evidence_views.item, name="item"),
    path("office/quizzes/<uuid:public_id>/evidence/", evidence_views.quiz, name="evidence"),
    path("office/quizzes/<uuid:public_id>/evidence/responses.csv", evidence_views.responses, name="responses"),
    path("attempt/<uuid:public_id>/take-over/", views.take_over, name="take_over"),
    path("office/marking/", marking_views.piles, name="marking"),
    path("office/marking/<uuid:public_id>/", marking_views.mark, name="mark"),
    path("office/exams/", office.exams, name="exams"),
    path("office/exams/new/", office.new_exam, name="new_exam"),
    path("office/exams/grades/", office.grades, name="grades"),
    path("office/exams/attempts/<uuid:public_id>/grade/", office.grade, name="grade"),
    path("office/exams/regrades/<uuid:public_id>/", office.regrade_record, name="regrade_record"),
    path("office/exams/<uuid:public_id>/", office.rules, name="rules"),
    path("office/exams/<uuid:public_id>/regrade/", office.regrade, name="regrade"),
]
