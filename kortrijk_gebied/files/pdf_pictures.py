"""Pictures inside a PDF keep the metadata of the camera: a scan made with a phone tells where it was made."""

import re
from typing import Any

from pypdf.filters import ASCII85Decode, ASCIIHexDecode, FlateDecode
from pypdf.generic import ArrayObject, NameObject, StreamObject

# In what is coded an FF is followed by 00 or by a mark to start again (D0 to D7); anything else begins a segment.
MARKER = re.compile(rb"\xff([^\x00\xd0-\xd8\xff])")
FIRST_APP, LAST_APP, COMMENT, SCAN, END = 0xE0, 0xEF, 0xFE, 0xDA, 0xD9
# Of the segments of programs a viewer needs JFIF and the colours of Adobe. All others go, and comments.
COLOURS = {0xE0, 0xEE}
# Boxes of JPEG 2000 that hold words: XML, and whatever a program put under a key of its own.
WORDS = {b"xml ", b"uuid", b"uinf"}
WRAPPINGS: dict[str, Any] = {
    "/FlateDecode": FlateDecode, "/Fl": FlateDecode,
    "/ASCII85Decode": ASCII85Decode, "/A85": ASCII85Decode,
    "/ASCIIHexDecode": ASCIIHexDecode, "/AHx": ASCIIHexDecode,
}  # fmt: skip


def without_metadata(stream: StreamObject) -> None:
    """Clean the picture in a stream; any other stream stays as it is."""
    named = stream.get("/Filter")
    named = named.get_object() if named is not None else None
    filters = [str(name) for name in named] if isinstance(named, ArrayObject) else [str(named)]
    if filters[-1] not in ("/DCTDecode", "/DCT", "/JPXDecode"):
        return
    content = stream._data
    for wrapping in filters[:-1]:
        if wrapping not in WRAPPINGS:
            raise ValueError("a picture in a wrapping that no program makes")
        unwrapped = WRAPPINGS[wrapping].decode(content, None)
        content = unwrapped if isinstance(unwrapped, bytes) else unwrapped.encode("latin-1")
    bare = jpeg2000_bare(content) if filters[-1] == "/JPXDecode" else jpeg_bare(content)
    stream._data = bare
    if len(filters) > 1:
        stream[NameObject("/Filter")] = NameObject(filters[-1])
        stream.pop("/DecodeParms", None)


def jpeg_bare(content: bytes) -> bytes:
    """A JPEG less the segments that tell of its making, and less whatever hangs behind its end."""
    at = content.find(b"\xff\xd8") + 2
    made, in_a_scan = bytearray(b"\xff\xd8"), False
    while found := MARKER.search(content, at):
        if in_a_scan:
            made += content[at : found.start()]
        marker = found[1][0]
        if marker == END:
            return bytes(made + found[0])
        at = found.end() + int.from_bytes(content[found.end() : found.end() + 2])
        if at <= found.end():
            raise ValueError("a segment without a length")
        if not ((FIRST_APP <= marker <= LAST_APP and marker not in COLOURS) or marker == COMMENT):
            made += content[found.start() : at]
        in_a_scan = marker == SCAN
    if not in_a_scan:
        raise ValueError("a JPEG without a picture")
    return bytes(made + content[at:] + b"\xff\xd9")


def jpeg2000_bare(content: bytes) -> bytes:
    """JPEG 2000 less its boxes of words; a bare codestream has none."""
    if content[:4] == b"\xff\x4f\xff\x51":
        return content
    made, at = bytearray(), 0
    while at + 8 <= len(content):
        length, kind = int.from_bytes(content[at : at + 4]), content[at + 4 : at + 8]
        if length == 1:
            length = int.from_bytes(content[at + 8 : at + 16])
        end = len(content) if length == 0 else at + length
        if end <= at:
            raise ValueError("a box without an end")
        if kind not in WORDS:
            made += content[at:end]
        at = end
    return bytes(made)
