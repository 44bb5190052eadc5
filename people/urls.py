"""Sign-in and security. The names are allauth's; only what is used here is mounted."""

from allauth.account import views as account_views
from django.urls import include, path

from people import contact, views

urlpatterns = [
    path("", views.account, name="account"),
    path("contact/", contact.contact, name="account_contact"),
    path("login/", account_views.login, name="account_login"),
    path("logout/", account_views.logout, name="account_logout"),
    path("inactive/", account_views.account_inactive, name="account_inactive"),
    path("reauthenticate/", account_views.reauthenticate, name="account_reauthenticate"),
    path("password/change/", account_views.password_change, name="account_change_password"),
    path("2fa/", include("allauth.mfa.urls")),
]
