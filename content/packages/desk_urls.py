"""Places of the packages' desk."""

from django.urls import path

from content.packages import desk

app_name = "packages_desk"
urlpatterns = [
    path("", desk.packages, name="list"),
    path("send/", desk.send, name="send"),
    path("arrivals/<uuid:public_id>/", desk.arrival, name="arrival"),
    path("libraries/", desk.libraries, name="libraries"),
    path("libraries/<uuid:public_id>/", desk.library, name="library"),
    path("<uuid:public_id>/", desk.package, name="package"),
    path("<uuid:public_id>/<int:number>/", desk.version, name="version"),
    path("<uuid:public_id>/<int:number>/preview/", desk.preview, name="preview"),
]
