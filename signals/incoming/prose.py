"""Text out of a mail, whatever made it: charsets that are not what they say, HTML, and quotes below an answer."""

import re
from email.header import decode_header
from email.message import Message
from html.parser import HTMLParser

from kortrijk_gebied.files.apart import do_apart
from kortrijk_gebied.refusals import Refused

# Enough for anybody's story, and little enough to look through for quotes without end.
MOST_SIGNS = 20_000
MOST_HTML = 200_000

SKIPPED = {"script", "style", "head", "title", "template", "noscript", "svg", "object"}
BLOCKS = {
    "p", "div", "br", "tr", "li", "ul", "ol", "table", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "section", "article",
    "header", "footer", "pre", "blockquote", "address", "dt", "dd",
}  # fmt: skip


def header(mail: Message, name: str) -> str:
    """A header as people read it."""
    return readable(next((value for key, value in mail.raw_items() if key.lower() == name.lower()), ""))


def readable(value: str) -> str:
    """What was encoded, decoded; what cannot be, as it came."""
    if not value.isascii():  # bytes that should not stand there as they are
        return clean(decoded(value.encode("utf-8", "surrogateescape"), None))
    text = " ".join(value.split())
    try:
        parts = decode_header(text)
    except Exception:  # a header of a stranger: whatever is wrong with it, it costs no mail
        return clean(text)
    return clean("".join(part if isinstance(part, str) else decoded(part, charset) for part, charset in parts))


def body(part: Message) -> str:
    """The text of one part of a mail."""
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        return ""
    text = decoded(content[: 4 * MOST_HTML], part.get_content_charset())
    return clean(text_of_html(text) if part.get_content_type() == "text/html" else text)


def decoded(content: bytes, charset: str | None) -> str:
    """As its sender says; but what is valid UTF-8 with signs of more than one byte hardly ever is anything else."""
    wide = (charset or "").lower().startswith(("utf-16", "utf-32", "iso-2022", "gb", "big5", "euc", "shift", "utf-7"))
    for name in [charset] if wide else ["utf-8", charset, "cp1252"]:
        try:
            return content.decode(name or "ascii")
        except (LookupError, ValueError):
            continue
    return content.decode("latin-1")


def clean(text: str) -> str:
    """Without what PostgreSQL cannot hold, and what cannot be seen."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    text = re.sub(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]", "", text)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip() for line in text.split("\n"))).strip()


class _Reader(HTMLParser):
    """Words and line breaks of a page, nothing else of it. Quoted blocks come out as `> ` lines."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[str] = []
        self.skipping = 0
        self.quoting = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in SKIPPED:
            self.skipping += 1
        self.quoting += tag == "blockquote"
        if tag in BLOCKS:
            self._break()

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in BLOCKS:
            self._break()

    def handle_endtag(self, tag: str) -> None:
        if tag in SKIPPED:
            self.skipping = max(0, self.skipping - 1)
        if tag == "blockquote":
            self.quoting = max(0, self.quoting - 1)
        if tag in BLOCKS:
            self._break()

    def handle_data(self, data: str) -> None:
        if not self.skipping:
            self.said.append(re.sub(r"\s+", " ", data))

    def _break(self) -> None:
        if not self.skipping:
            self.said.append("\n" + "> " * min(self.quoting, 3))


def text_of_html(page: str) -> str:
    reader = _Reader()
    reader.feed(page[:MOST_HTML])
    lines = (re.sub(r"[ \xa0]+", " ", line).strip() for line in "".join(reader.said).split("\n"))
    text = "\n".join("" if line.strip("> ") == "" else line for line in lines)
    return re.sub(r"\n{2,}", "\n\n", text).strip()


OPENERS = ("Op ", "On ", "Le ", "Am ")
VERBS = re.compile(r"\b(?:schreef|wrote|a écrit|schrieb)\b", re.IGNORECASE)
ORIGINAL = re.compile(
    r"-{2,} ?(?:oorspronkelijk bericht|original message|message d.origine|urspr.ngliche nachricht)", re.IGNORECASE
)


def without_quotes(text: str) -> str:
    """What somebody wrote above, or between, what they answer to. When nothing is left over: all of it."""
    if "\n" not in text:
        return text
    try:
        reply = do_apart("reply", _above(text[:MOST_SIGNS]).encode()).decode()
    except Refused:
        reply = _above(text)
    own = "\n".join(line for line in reply.split("\n") if not line.startswith(">"))
    return clean(own) or text


def _above(text: str) -> str:
    """What stands above “Op … schreef An:”, perhaps broken over two lines: the library wants its colon elsewhere."""
    lines = text.split("\n")
    for number, line in enumerate(lines):
        bare = line.lstrip("> ")
        both = f"{bare} {lines[number + 1]}" if number + 1 < len(lines) else bare
        if ORIGINAL.match(bare):
            return "\n".join(lines[:number])
        for said in (bare, both):
            if said.startswith(OPENERS) and said.rstrip().endswith(":") and VERBS.search(said):
                return "\n".join(lines[:number])
    return text
