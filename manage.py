#!/usr/bin/env python
"""Django's command line for Thindan."""

import gc
import os
import sys

from django.core.management import execute_from_command_line
from django.db import DatabaseError

if __name__ == "__main__":
    # What a command reads or stores lives on: it is not looked through for garbage at every 700 objects.
    gc.set_threshold(10_000)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        execute_from_command_line(sys.argv)
    except DatabaseError:
        from core.db import what_it_lacks

        if not (sentence := what_it_lacks()):
            raise
        sys.exit(sentence)
