"""What a worker does for this app. Importing a module registers its handlers."""

from teams import invitations, reports, retention  # noqa: F401
