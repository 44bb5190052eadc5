"""The WSGI application. It does not start under an unsafe combination of settings, nor while its data is being replaced."""

import os

from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()

from core import serving  # noqa: E402 (needs the apps)
from core.checks import refused  # noqa: E402
from core.errors import OutOfService  # noqa: E402

if faults := refused():
    raise ImproperlyConfigured(" ".join(faults))

try:
    serving.begin()
except OutOfService as error:
    raise ImproperlyConfigured(str(error)) from None
