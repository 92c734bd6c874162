"""Started by apart.py, one process per file: the file comes in on stdin, what is made of it goes out on stdout.

Knows nothing of the program, its database or its keys. The exit code says what is wrong.
"""

import io
import resource
import sys
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

LOCKED, TOO_MANY_PAGES, UNREADABLE, TOO_MANY_PIXELS = 11, 12, 13, 14
MOST_MEMORY = 1024**3
MOST_SECONDS = 20


def clean_pdf(sent: bytes, most_pages: str) -> bytes:
    from kortrijk_gebied.files import pdf

    try:
        made = pdf.cleaned(sent, int(most_pages))
    except pdf.Locked:
        sys.exit(LOCKED)
    except pdf.TooManyPages:
        sys.exit(TOO_MANY_PAGES)
    except pdf.UNREADABLE:
        sys.exit(UNREADABLE)
    # The number of pages, then the document.
    return made.pages.to_bytes(4) + made.content


def open_heif(sent: bytes, most_pixels: str, longest_side: str) -> bytes:
    """Bare pixels, small enough. Upright they are already: a box of the file says how it is turned, and its
    decoder heeds that."""
    from PIL import Image
    from pillow_heif import register_heif_opener

    register_heif_opener(thumbnails=False, decode_threads=1)
    try:
        with Image.open(io.BytesIO(sent), formats=("HEIF",)) as opened:
            if opened.width * opened.height > int(most_pixels):
                sys.exit(TOO_MANY_PIXELS)
            picture = opened.convert("RGB")
    except (OSError, SyntaxError, ValueError, EOFError, TypeError, RuntimeError):
        sys.exit(UNREADABLE)
    picture.thumbnail((int(longest_side), int(longest_side)))
    made = io.BytesIO()
    picture.save(made, "PPM")
    return made.getvalue()


def newest_reply(sent: bytes) -> bytes:
    """Of a mail what its author wrote, less what is quoted below it. Some texts keep its patterns busy for ever."""
    from mailparser_reply import EmailReplyParser

    resource.setrlimit(resource.RLIMIT_CPU, (3, 3))
    reply = EmailReplyParser(languages=["nl", "fr", "en", "de"]).parse_reply(sent.decode())
    return (reply or "").encode()


WORK: dict[str, Callable[..., bytes]] = {"pdf": clean_pdf, "heif": open_heif, "reply": newest_reply}

if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    what, *arguments = sys.argv[1:]
    sys.stdout.buffer.write(WORK[what](sys.stdin.buffer.read(), *arguments))
