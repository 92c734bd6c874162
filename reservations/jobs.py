"""What a worker does for this app. Importing a module registers its handlers."""

from reservations import offering  # noqa: F401
