"""Writing thousands of rows the way PostgreSQL likes it: triggers and constraints hold as for any insert."""

from collections.abc import Sequence
from typing import Any

from django.db import connection, models
from psycopg import sql


def copy_in[M: models.Model](model: type[M], rows: Sequence[M]) -> None:
    """Insert by COPY: no statement of megabytes to take apart. Rows carry their own keys; those of a model that counts
    have none afterwards either."""
    if not rows:
        return
    fields = [field for field in model._meta.concrete_fields if not isinstance(field, models.AutoField)]
    columns = [sql.Identifier(str(field.column)) for field in fields]
    command = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(model._meta.db_table), sql.SQL(", ").join(columns)
    )
    names = [(field.attname, _prepared(field)) for field in fields]
    with connection.wrap_database_errors, connection.cursor() as cursor, cursor.copy(command) as copy:
        for row in rows:
            values = row.__dict__
            copy.write_row([prepare(values[name]) if prepare else values[name] for name, prepare in names])
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias


def _prepared(field: "models.Field[Any, Any]") -> Any:
    """Most values travel as they are; JSON needs to be told that it is."""
    if isinstance(field, models.JSONField):
        return lambda value: field.get_db_prep_save(value, connection)
    return None
