"""Bringing people in and taking tables out."""

from django.urls import path

from people.exchange import export_views, import_views

app_name = "exchange"
urlpatterns = [
    path("import/", import_views.imports, name="imports"),
    path("import/template/<str:kind>.xlsx", import_views.template, name="template"),
    path("import/<uuid:public_id>/", import_views.arrival, name="arrival"),
    path("import/<uuid:public_id>/rows.xlsx", import_views.rows, name="rows"),
    path("export/", export_views.exports, name="exports"),
    path("export/<slug:code>/", export_views.export, name="export"),
]
