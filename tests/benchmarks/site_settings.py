"""The real settings, with one address more."""

from tendril.settings import *  # noqa: F403

ROOT_URLCONF = "tests.benchmarks.least"
