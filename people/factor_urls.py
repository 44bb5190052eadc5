"""Resetting second factors."""

from django.urls import path

from people import factor_views

app_name = "factors"
urlpatterns = [
    path("office/second-factors/", factor_views.waiting, name="waiting"),
    path("office/second-factors/<uuid:public_id>/", factor_views.decide, name="decide"),
    path("office/people/<uuid:public_id>/second-factor/", factor_views.ask, name="ask"),
]
