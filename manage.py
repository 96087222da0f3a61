#!/usr/bin/env python
"""Tendril's commands; `demo` and `serve` set up all they need by themselves."""

import os
import sys

from tendril import launch


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tendril.settings")
    launch.prepare_environment(sys.argv[1:], os.environ)

    # Only now: Django reads the settings, and these read the environment.
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as problem:
        sys.exit(str(problem))


if __name__ == "__main__":
    main()
