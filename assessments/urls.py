"""Sitting a quiz."""

from django.urls import path

from assessments import views

app_name = "assessments"
urlpatterns = [
    path("quiz/<uuid:public_id>/", views.quiz, name="quiz"),
    path("attempt/<uuid:public_id>/", views.attempt, name="attempt"),
    path("attempt/<uuid:public_id>/steps/", views.steps, name="steps"),
    path("attempt/<uuid:public_id>/submit/", views.submit, name="submit"),
]
