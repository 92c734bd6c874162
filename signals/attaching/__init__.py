"""The one way in for files, and what happens to them afterwards.

Whoever brings a file (desk, tablet, panel, public form, mail, Open311) calls the same functions:

    read_file(upload)                           files.py: judged by content, made again; Refused in a sentence
    attach_file(signal=…, file=…, by=…)         keeping.py: hung on a signal, once
    take_in(content, name, report=…, by=…)      keeping.py: both at once, for bytes without a form
    FilesField, Given                           forms/files.py: for a form; a bad file never costs the others
"""
