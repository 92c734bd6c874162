"""The settings of every test: the program's own, on throwaway servers, with a cheap password hasher.

`DATABASE_URL` may name a PostgreSQL to test on; without it one is started and deleted afterwards.
Each test process (xdist starts several) has a Redis and a VAR_DIR of its own.
"""

import os

from tests.servers import start_redis, temporary_folder

os.environ["DEMO"] = "1"
os.environ["VAR_DIR"] = str(temporary_folder())
os.environ["REDIS_URL"] = start_redis()
os.environ.pop("EMAIL_URL", None)
# Playwright runs an event loop in the main thread; our tests still talk to the database from there.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
if "DATABASE_URL" not in os.environ:
    from kortrijk_gebied import embedded

    os.environ["DATABASE_URL"] = embedded.attach(embedded.throwaway_cluster(), throwaway=True)

from kortrijk_gebied.settings import *  # noqa: F403
from kortrijk_gebied.settings import CACHES, DATABASES, REDIS_URL, STATIC_ROOT, STORAGES

# A database of its own, so that emptying the cache between tests leaves the broker alone.
CACHES["default"]["LOCATION"] = f"{REDIS_URL.removesuffix('/0')}/1"
# `bin/test` names a database in which it has just seen every migration run.
DATABASES["default"].setdefault("TEST", {})["TEMPLATE"] = os.environ.get("TEST_TEMPLATE")
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
STATIC_ROOT.mkdir(parents=True)
