"""What a worker does for the read log. Importing a module registers its handlers."""

from kortrijk_gebied.audit import retention  # noqa: F401
