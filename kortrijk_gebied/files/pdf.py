"""A PDF made again: its pages as they look, and nothing that acts, answers, embeds or tells where it came from.

Runs on the workbench (workbench.py), so it knows nothing of the program. What is kept is named; all else stays
behind: scripts, actions and links, embedded files, form fields, comments, outlines, signatures, metadata of the
document, of its pages and of the pictures in it. Filled-in fields, stamps and written remarks become part of the page.
"""

import io
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NullObject, StreamObject

from kortrijk_gebied.files.pdf_pictures import without_metadata
from kortrijk_gebied.files.pdf_remarks import drawn, remarks_of

KEPT_OF_A_PAGE = {
    "/Type", "/Contents", "/Resources", "/MediaBox", "/CropBox", "/Rotate", "/UserUnit", "/Group",
}  # fmt: skip
# Wherever they stand: metadata, marks of the program that made it, and ways to fetch or carry other files.
NEVER_KEPT = {
    "/Metadata", "/PieceInfo", "/LastModified", "/AF", "/Ref", "/OPI", "/EF", "/Alternates", "/StructParent",
    "/StructParents", "/Thumb",
}  # fmt: skip
# The content of a stream may stand in a file elsewhere.
NEVER_OF_A_STREAM = {"/F", "/FFilter", "/FDecodeParms"}
MOST_OBJECTS = 200_000


class Locked(Exception):
    """With a password."""


class TooManyPages(Exception):
    pass


class TooIntricate(Exception):
    pass


# What a damaged file makes of the library. RecursionError: nested deeper than any program makes it.
UNREADABLE = (
    PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, AssertionError, OSError, RecursionError,
    ArithmeticError, NotImplementedError, EOFError,
)  # fmt: skip


@dataclass(frozen=True)
class Made:
    content: bytes
    pages: int


def cleaned(sent: bytes, most_pages: int) -> Made:
    reader = PdfReader(io.BytesIO(sent), strict=False)
    if reader.is_encrypted:
        raise Locked
    if len(reader.pages) > most_pages:
        raise TooManyPages
    writer = PdfWriter()
    writer.metadata = None
    for page in reader.pages:
        _add(page, writer)
    if not writer.pages:
        raise ValueError("no pages")
    _forget_what_is_unreachable(writer)
    made = io.BytesIO()
    writer.write(made)
    return Made(made.getvalue(), len(writer.pages))


def _add(page: PageObject, writer: PdfWriter) -> None:
    remarks = remarks_of(page)
    for key in set(page) - KEPT_OF_A_PAGE:
        del page[key]
    _strip(page, [remark.looks for remark in remarks])
    added = writer.add_page(page)
    if remarks:
        drawn(remarks, on=added, writer=writer)


def _strip(page: PageObject, more: Iterable[Any]) -> None:
    """Take what is never kept out of everything the page leads to."""
    todo: list[Any] = [page, *more]
    seen: set[int] = set()
    kept: list[Any] = []  # alive, so that no id is given twice
    while todo:
        thing = todo.pop()
        thing = thing.get_object() if isinstance(thing, IndirectObject) else thing
        if not isinstance(thing, DictionaryObject | ArrayObject) or id(thing) in seen:
            continue
        if len(seen) > MOST_OBJECTS:
            raise TooIntricate
        seen.add(id(thing))
        kept.append(thing)
        if isinstance(thing, DictionaryObject):
            banned = NEVER_KEPT | NEVER_OF_A_STREAM if isinstance(thing, StreamObject) else NEVER_KEPT
            for key in banned & set(thing):
                del thing[key]
            if isinstance(thing, StreamObject):
                without_metadata(thing)
            todo.extend(value for key, value in dict.items(thing) if key != "/Parent")
        else:
            todo.extend(list.__iter__(thing))


def _forget_what_is_unreachable(writer: PdfWriter) -> None:
    """The library writes every object it ever copied, also those nothing points to any more."""
    reached: set[int] = set()
    todo: list[Any] = [writer.root_object]
    while todo:
        thing = todo.pop()
        if isinstance(thing, IndirectObject):
            if thing.idnum in reached:
                continue
            reached.add(thing.idnum)
            thing = thing.get_object()
        if isinstance(thing, DictionaryObject):
            todo.extend(dict.values(thing))
        elif isinstance(thing, ArrayObject):
            todo.extend(list.__iter__(thing))
    root = writer.root_object.indirect_reference
    for at, thing in enumerate(writer._objects):
        if thing is not None and at + 1 not in reached and (root is None or at + 1 != root.idnum):
            writer._objects[at] = NullObject()
