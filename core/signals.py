"""News of what happened here, for the apps on the left."""

from django.dispatch import Signal

language_chosen = Signal()  # request, language
