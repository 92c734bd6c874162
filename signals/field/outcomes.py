from dataclasses import dataclass

from signals.models import Report, Result, Signal, Task


@dataclass(frozen=True)
class Became:
    """What a record of a tablet became. `message` is for its author, and is read on the tablet."""

    result: Result
    message: str = ""
    signal: Signal | None = None
    report: Report | None = None
    task: Task | None = None

    @property
    def takes_photos(self) -> bool:
        """Of who asks for help no picture is kept, whoever sent one."""
        about = self.report.category.about_persons if self.report else False
        return self.signal is not None and not about
