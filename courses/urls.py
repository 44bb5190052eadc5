"""The officer's desk and what is done in lessons. What is read has its place under the language (config/urls.py)."""

from django.urls import path

from courses import views
from courses.activities import views as activities
from courses.cards import views as cards

app_name = "courses"
urlpatterns = [
    path("", views.learn, name="learn"),
    path("cards/", cards.own_cards, name="cards"),
    path("cards/worker.js", cards.worker, name="card_worker"),
    path("cards/<slug:code>/", cards.card, name="card"),
    path("cards/<slug:code>/card.pdf", cards.paper, name="card_paper"),
    path("courses/<uuid:key>/enrol/", views.enrol, name="enrol"),
    path("lessons/<uuid:key>/read/", views.read, name="read"),
    path("lessons/<uuid:lesson_key>/activities/<uuid:key>/begin/", activities.begin, name="activity_begin"),
    path("activities/<uuid:public_id>/events/", activities.events, name="activity_events"),
    path("lessons/<uuid:key>/check/<str:code>/", views.check, name="check"),
]
