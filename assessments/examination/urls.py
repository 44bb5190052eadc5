"""Document examination, under /practice/documents/; the trainer's table, under /teach/table/."""

from django.urls import path

from assessments.examination import case_views, table_views, views

app_name = "examination"
urlpatterns = [
    path("practice/documents/", views.desk, name="desk"),
    path("practice/documents/tour/", views.tour, name="tour"),
    path("practice/documents/begin/", views.begin, name="begin"),
    path("practice/documents/mirror/", views.mirror, name="mirror"),
    path("practice/documents/blocks/<uuid:public_id>/", views.block, name="block"),
    path("practice/documents/trials/<uuid:public_id>/", views.trial, name="trial"),
    path("practice/documents/trials/<uuid:public_id>/answer/", views.answer, name="answer"),
    path("practice/documents/reference/<slug:document>/<slug:state>/<int:series>/", views.reference, name="reference"),
    path("practice/documents/cases/", case_views.cases, name="cases"),
    path("practice/documents/cases/<int:seed>/", case_views.case, name="case"),
    path("teach/table/", table_views.table, name="table"),
    path("teach/table/pack/", table_views.pack, name="pack"),
]
