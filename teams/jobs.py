"""What a worker does for this app. Importing a module registers its handlers."""

from teams import invitations, reports  # noqa: F401
