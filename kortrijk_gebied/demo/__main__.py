"""bin/demo ends here: `python -m kortrijk_gebied.demo [--port 8000] [--check]`."""

import argparse
import signal
import sys
import time

from kortrijk_gebied.demo.accounts import PASSWORD, coordinator, read, table
from kortrijk_gebied.demo.check import check
from kortrijk_gebied.demo.supervisor import STOPPING, CannotStart, Interrupted, Supervisor, free_port, interrupt


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="bin/demo", description="The whole program on this machine, with a demo city."
    )
    parser.add_argument("--port", type=int, default=8000, help="the port of the web server (8000)")
    parser.add_argument("--check", action="store_true", help="start on free ports, see that it works, stop")
    options = parser.parse_args()
    begun = time.monotonic()
    for each in STOPPING:
        signal.signal(each, interrupt)
    supervisor = Supervisor(free_port() if options.check else options.port, linked=options.port)
    try:
        supervisor.start()
        if options.check:
            check(supervisor, email=coordinator(read(supervisor.var)).email, password=PASSWORD)
            seconds = time.monotonic() - begun
        else:
            say(table(supervisor.address, read(supervisor.var)))
            while True:
                supervisor.tend()
                time.sleep(0.2)
    except CannotStart as reason:
        sys.stderr.write(f"{reason}\n")
        return 1
    except Interrupted:
        say("\nStopping.")
        return 1 if options.check else 0
    finally:
        supervisor.stop()
    say(f"ready in {seconds:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
