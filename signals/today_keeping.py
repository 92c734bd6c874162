"""On Today, for who can do something about it: sealed signals that nobody can read. A number, nothing else."""

from django.utils.translation import gettext_lazy as _

from kortrijk_gebied.sections import Content, Place, Request, section
from signals.keeping import unread_for


@section(
    key="today-unread-sealed",
    title=_("Sealed, and read by nobody"),
    template="signals/today_keeping.html",
    on={Place.TODAY},
    order=5,
)
def unread(request: Request) -> Content:
    count = unread_for(request.viewer)
    return {"count": count} if count else None
