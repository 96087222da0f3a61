"""The real settings, on data of their own and without what is only slow."""

import os
import tempfile
from pathlib import Path
from unittest.mock import patch

# Removed when the process ends; each pytest worker has its own.
_data = tempfile.TemporaryDirectory(prefix="tendril-tests-", ignore_cleanup_errors=True)
TEST_DATA = Path(_data.name)
(TEST_DATA / "static").mkdir()

_environment = {
    "SECRET_KEY": "only for tests, and long enough that no check complains about it",
    "SITE_URL": "http://testserver",
    "TENDRIL_DATA": str(TEST_DATA),
    "LOG_LEVEL": "WARNING",
    "EMAIL_URL": "memorymail://",
}
# A database may be named from outside; all else would make runs differ.
if "DATABASE_URL" in os.environ:
    _environment["DATABASE_URL"] = os.environ["DATABASE_URL"]
with patch.dict(os.environ, _environment, clear=True):
    from tendril.settings import *  # noqa: F403

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):  # noqa: F405
    # A file, as on a real site: threads then wait for each other's locks.
    DATABASES["default"]["TEST"] = {"NAME": TEST_DATA / "test.sqlite3"}  # noqa: F405

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {  # noqa: F405
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
# Pytest shows what is logged, by its own handler.
LOGGING = {**LOGGING, "root": {"handlers": [], "level": "WARNING"}}  # noqa: F405
