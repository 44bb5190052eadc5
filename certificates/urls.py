"""One's certificates, and verification."""

from django.urls import path

from certificates import verification, views

app_name = "certificates"
urlpatterns = [
    path("certificates/", views.mine, name="mine"),
    path("certificates/transcript/", views.own_transcript, name="transcript"),
    path("certificates/<uuid:public_id>/pdf/", views.download, name="download"),
    path("certificates/<uuid:public_id>/credential/", views.credential, name="credential"),
    path("certificates/<uuid:public_id>/renew/", views.renew, name="renew"),
    path("certificates/<uuid:public_id>/share/", views.share, name="share"),
    path("certificates/<uuid:public_id>/share/<uuid:share_id>/end/", views.unshare, name="unshare"),
    path("verify/", verification.verify_form, name="verify_form"),
    path("verify/offline/", verification.offline, name="offline"),
    path("verify/worker.js", verification.worker, name="worker"),
    path("verify/keys.json", verification.keys, name="keys"),
    path("verify/keys/<str:kid>.json", verification.key, name="key"),
    path("verify/status.jwt", verification.status_list, name="status_list"),
    path("verify/issuer.json", verification.issuer, name="issuer"),
    path("verify/achievements/<uuid:public_id>.json", verification.achievement, name="achievement"),
    path("verify/shared/<str:token>/", verification.shared, name="shared"),
    path("verify/<str:code>/", verification.verify, name="verify"),
]
