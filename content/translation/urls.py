"""The translators' desk."""

from django.urls import path

from content.translation import views

app_name = "translation"
urlpatterns = [
    path("", views.desk, name="desk"),
    path("doubtful/", views.doubtful, name="doubtful"),
    path("export/", views.export, name="export"),
    path("import/", views.receive, name="receive"),
    path("import/<uuid:public_id>/", views.arrival, name="arrival"),
    path("<slug:language>/<uuid:key>/", views.text, name="text"),
    path("<slug:language>/<uuid:key>/preview/", views.preview, name="preview"),
]
