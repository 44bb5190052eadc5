"""Sign-in and security. The names are allauth's; only what is used here is mounted."""

from allauth.account import views as account_views
from allauth.mfa.base import views as mfa_views
from django.urls import include, path

from people import contact, directory_views, passkey_views, slip_views, views

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
    path("password/none/", views.no_password, name="account_set_password"),
    path("directory/", directory_views.begin, name="account_directory"),
    path("directory/back/", directory_views.back, name="account_directory_back"),
    path("passkey/", passkey_views.sign_in, name="mfa_login_webauthn"),
    path("2fa/", mfa_views.index, name="mfa_index"),
    path("2fa/authenticate/", passkey_views.authenticate, name="mfa_authenticate"),
    path("2fa/reauthenticate/", mfa_views.reauthenticate, name="mfa_reauthenticate"),
    path("2fa/totp/", include("allauth.mfa.totp.urls")),
    path("2fa/recovery-codes/", include("allauth.mfa.recovery_codes.urls")),
    path("2fa/passkeys/add/", passkey_views.add, name="mfa_add_webauthn"),
    path("2fa/passkeys/confirm/", passkey_views.confirm, name="mfa_reauthenticate_webauthn"),
    path("2fa/passkeys/<int:pk>/", passkey_views.rename, name="mfa_edit_webauthn"),
    path("2fa/passkeys/<int:pk>/remove/", passkey_views.remove, name="mfa_remove_webauthn"),
]
