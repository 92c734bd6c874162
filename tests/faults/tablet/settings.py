"""The settings of the server that the faults are injected into: the program's own, on the database of the tests."""

import os

os.environ["DEMO"] = "1"

from kortrijk_gebied.settings import *  # noqa: F403
from kortrijk_gebied.settings import CACHES, MIDDLEWARE, REDIS_URL, STORAGES

MIDDLEWARE = [*MIDDLEWARE, "tests.faults.tablet.injected.faults"]
CACHES["default"]["LOCATION"] = f"{REDIS_URL.removesuffix('/0')}/1"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False  # the files are found once, before the server forks
