"""Slips to sign in with, as the office and trainers print them."""

from django.urls import path

from people import slip_views

app_name = "slips"
urlpatterns = [
    path("office/slips/", slip_views.choose, name="choose"),
    path("office/slips/print/", slip_views.print_slips, name="print"),
    path("office/people/<uuid:public_id>/slip/", slip_views.person, name="person"),
    path("office/people/<uuid:public_id>/slip/withdraw/", slip_views.withdraw, name="withdraw"),
]
