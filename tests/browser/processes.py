"""What a browser consists of, while it runs."""

import contextlib
import os
from pathlib import Path

import psutil


def end_all_of(profile: Path) -> None:
    """Kill every process of the browser that has this profile, as when the battery falls out."""
    mine = [each for each in _children(psutil.Process(os.getpid())) if _has(each, profile)]
    for process in [each for one in mine for each in (one, *_children(one))]:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.kill()
    psutil.wait_procs(mine, timeout=10)


def _has(process: psutil.Process, profile: Path) -> bool:
    try:
        return any(str(profile) in part for part in process.cmdline())
    except psutil.Error:
        return False


def _children(process: psutil.Process) -> list[psutil.Process]:
    with contextlib.suppress(psutil.NoSuchProcess):
        return list(process.children(recursive=True))
    return []
