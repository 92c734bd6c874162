"""What a worker does for this app. Importing a module registers its handlers."""

from teams import account_mail, invitations, reports, retention  # noqa: F401
