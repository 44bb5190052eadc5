#!/usr/bin/env python
"""Django's command line for Thindan."""

import gc
import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    # What a command reads or stores lives on: it is not looked through for garbage at every 700 objects.
    gc.set_threshold(10_000)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    execute_from_command_line(sys.argv)
