"""Places of a package's host (PACKAGE_ORIGIN)."""

from django.urls import path

from content.packages import serving

app_name = "packages"
urlpatterns = [
    path("library/<str:tree>/<path:path>", serving.library_file, name="library"),
    path("bundle/<str:kind>/<str:key>/", serving.bundle, name="bundle"),
    path("<str:ticket>/play/", serving.play, name="play"),
    path("<str:ticket>/file/<path:path>", serving.file, name="file"),
    path("<str:ticket>/library/<str:name>/<path:path>", serving.version_library_file, name="version_library"),
]
