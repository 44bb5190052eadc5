"""The trainer's desk and the office."""

from django.urls import path

from training import examination, views

app_name = "training"
urlpatterns = [
    path("teach/", views.desk, name="desk"),
    path("teach/cohorts/<uuid:public_id>/", views.cohort, name="cohort"),
    path("teach/cohorts/<uuid:public_id>/documents/", examination.documents, name="documents"),
    path("teach/cohorts/<uuid:public_id>/assign/", views.assign, name="assign"),
    path("teach/enrolments/<uuid:public_id>/allow/", views.allow, name="allow"),
    path("teach/cohorts/<uuid:public_id>/exams/<uuid:quiz_id>/", views.room, name="room"),
    path("teach/cohorts/<uuid:public_id>/exams/<uuid:quiz_id>/tickets/", views.tickets, name="tickets"),
    path("teach/enrolments/<uuid:public_id>/exams/<uuid:quiz_id>/", views.exception, name="exception"),
    path("office/", views.office, name="office"),
]
