"""Calendars of rooms: who has what when, as tables of which every minute stands in one cell.

`axis` and `grid` know no database: times go in, cells come out. `reading` asks for what a viewer may know, `asked` what
an address asks for, `shown` puts words in the cells.
"""
