"""What the curriculum covers."""

from django.urls import path

from courses.coverage import views

app_name = "coverage"

urlpatterns = [
    path("", views.overview, name="overview"),
    path("competencies/", views.competencies, name="competencies"),  # before the codes: no course is called so
    path("curricula/", views.curricula, name="curricula"),
    path("reviews/", views.reviews, name="reviews"),
    path("languages/", views.languages, name="languages"),
    path("<slug:code>/", views.course, name="course"),
]
