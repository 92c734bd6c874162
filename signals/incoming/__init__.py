"""Mail to the report desk, from the mail server to a report. Each step may be repeated; none loses anything.

fetching.py   mail server -> IncomingMail: stored and committed, and only then taken off the server
letters.py    the bytes of a mail -> Letter: who wrote what, with which files, as far as it can be read
prose.py      bytes and HTML -> text; what somebody quotes below an answer
sorting.py    what a letter is: written by a machine, come back, by ourselves; and which report it is about
taking.py     a letter -> a report, or an addition to one
"""
