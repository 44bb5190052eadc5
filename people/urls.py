"""Sign-in and security. The names are allauth's; only what is used here is mounted."""

from allauth.account import views as account_views
from django.urls import include, path

from people import contact, slip_views, views

urlpatterns = [
    path("", views.account, name="account"),
    path("contact/", contact.contact, name="account_contact"),
    path("login/", account_views.login, name="account_login"),
    path("logout/", views.sign_out, name="account_logout"),
    path("sessions/", views.my_sessions, name="account_sessions"),
    path("sessions/end/", views.end_session, name="account_sessions_end"),
    path("slip/", slip_views.show_slip, name="account_slip"),
    path("slip/password/", slip_views.choose_password, name="account_slip_password"),
    path("inactive/", account_views.account_inactive, name="account_inactive"),
    path("reauthenticate/", account_views.reauthenticate, name="account_reauthenticate"),
    path("password/change/", account_views.password_change, name="account_change_password"),
    path("2fa/", include("allauth.mfa.urls")),
]
