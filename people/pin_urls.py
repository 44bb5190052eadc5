"""Enrolled devices and PINs."""

from django.urls import path

from people import pin_views

app_name = "pins"
urlpatterns = [
    path("office/devices/", pin_views.devices, name="devices"),
    path("office/devices/<uuid:public_id>/end/", pin_views.end, name="end"),
    path("account/pin/", pin_views.set_pin, name="set"),
    path("account/pin/sign-in/", pin_views.sign_in, name="sign_in"),
]
