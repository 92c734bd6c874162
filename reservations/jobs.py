"""What a worker does for this app. Importing a module registers its handlers."""

from reservations import offering, openings, retention  # noqa: F401
from reservations.consolidation import answering  # noqa: F401
from reservations.register import links  # noqa: F401
from reservations.seasons import giving  # noqa: F401
