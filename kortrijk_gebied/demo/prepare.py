"""What a demo needs before its web server starts. Every step may be repeated."""

import os
import sys

import django
from django.core.management import call_command
from django.db import connection

from kortrijk_gebied.demo.accounts import Account, write
from kortrijk_gebied.embedded import var_dir


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kortrijk_gebied.settings")
    django.setup()
    # Like settings and urls, the demo puts the whole house together, so it may name its upper rooms.
    from signals.demo.accounts import ACCOUNTS, address

    if not connection.introspection.table_names():
        sys.stdout.write("Making the tables; the first time this takes two to ten minutes.\n")
        sys.stdout.flush()
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    call_command("load_demo")
    write(var_dir(), [Account(each.role, address(each.email), each.try_first) for each in ACCOUNTS])


if __name__ == "__main__":
    main()
