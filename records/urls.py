"""The audit trail, and what one may ask about one's own record."""

from django.urls import path

from records import erasures, own_data, views

app_name = "records"
urlpatterns = [
    path("office/audit/", views.audit, name="audit"),
    path("office/audit/export/", views.export, name="export"),
    path("account/record/", views.own_record, name="own_record"),
    path("account/data/", own_data.own_data, name="own_data"),
    path("office/erasures/", erasures.erasures, name="erasures"),
    path("office/erasures/<uuid:public_id>/", erasures.erase, name="erase"),
]
