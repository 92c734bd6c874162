#!/usr/bin/env python
"""Django's command line. Without DATABASE_URL it attaches to the demo's own PostgreSQL."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kortrijk_gebied.settings")
    if "DATABASE_URL" not in os.environ:
        from kortrijk_gebied import embedded

        embedded.use()
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
