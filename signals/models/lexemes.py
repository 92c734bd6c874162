"""What PostgreSQL makes of words and numbers: the same expression in an index and in a search.

Words stand there twice: as Dutch stems, and as they were written, for what somebody is still typing.
"""

from typing import Any

from django.contrib.postgres.search import SearchVectorField
from django.db import models

DIGITS = 8  # of a Belgian number those that +32, 0032 and 0 leave alone; of a mobile one all but its first


class SearchWords(models.Func):
    """Words of anybody. A migration names it."""

    function = "search_words"
    arity = 1

    def __init__(self, *expressions: Any, **extra: Any) -> None:
        super().__init__(*expressions, output_field=SearchVectorField(), **extra)


class KeptWords(models.Func):
    """Those of a secret note, with the key of the organisation or team that keeps it: `#o1`, `#t4`."""

    function = "kept_words"
    arity = 4

    def __init__(self, *expressions: Any, **extra: Any) -> None:
        super().__init__(*expressions, output_field=SearchVectorField(), **extra)


class LastDigits(models.Func):
    """Of a telephone number, however it was written."""

    template = f"right(regexp_replace(%(expressions)s, '[^0-9]', '', 'g'), {DIGITS})"
    arity = 1
    output_field = models.TextField()
