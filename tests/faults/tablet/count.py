"""Counts from outside what was lost and what came twice: `count.py LEDGER DSN`. It knows nothing of the program: it
reads what the screen acknowledged, as written down when it stood there, and what the database holds; prints JSON.

    lost        acknowledged on the screen, and not there as it was typed; or a photo of it that is not there
    doubled     there more often than it was acknowledged; or a photo of it
    strange     there, and never typed
    changed     there, but in another name
    misdated    there, with a moment further than `LATEST` from when it stood on the screen
    unsaid      there once, though the screen never said so (the tablet died first): no fault
"""

import json
import sys
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any

import psycopg

REPORTS = """
    SELECT report.id::text, report.description, person.email, report.received_at,
        (SELECT count(*) FROM signals_delivery WHERE report_id = report.id)
    FROM signals_report AS report LEFT JOIN teams_user AS person ON person.id = report.registered_by_id
"""
# What is promised has arrived, hangs on the report, and is the picture that was sent.
PHOTOS = """
    SELECT attachment.report_id::text, attachment.sha256 FROM signals_attachment AS attachment
    WHERE attachment.file <> '' AND EXISTS (
        SELECT FROM signals_deliveredphoto AS photo JOIN signals_delivery AS delivery ON delivery.id = photo.delivery_id
        WHERE delivery.report_id = attachment.report_id AND photo.sha256 = attachment.sha256
            AND photo.attachment_id = attachment.id AND photo.arrived_at IS NOT NULL)
"""
ALL_PHOTOS = "SELECT report_id::text, sha256 FROM signals_attachment"
LATEST = 20  # seconds

type Found = dict[str, list[str]]


def main(ledger: Path, dsn: str) -> dict[str, Any]:
    lines = [json.loads(line) for line in ledger.read_text().splitlines()]
    said = [line for line in lines if "said" in line]
    with psycopg.connect(dsn) as database:
        reports = database.execute(REPORTS).fetchall()
        whole, all_photos = database.execute(PHOTOS).fetchall(), Counter(database.execute(ALL_PHOTOS).fetchall())
    found = compare(lines, said, reports, set(whole), all_photos)
    photos = sum(len(line["photos"]) for line in said)
    return {"runs": len({line["seed"] for line in lines}), "said": len(said), "photos": photos, **found}


def compare(lines: list[Any], said: list[Any], reports: list[Any], whole: set[Any], photos: Counter[Any]) -> Found:
    found: Found = {name: [] for name in ("lost", "doubled", "strange", "changed", "misdated", "unsaid")}
    by_text: dict[bytes, list[Any]] = {}
    for row in reports:
        by_text.setdefault(row[1].encode(), []).append(row)
    for line in said:
        where = f"seed {line['seed']}: {line['text']!r}"
        rows = by_text.get(line["text"].encode(), [])
        if not rows:
            found["lost"].append(where)
            continue
        pk, _text, email, received_at, deliveries = rows[0]
        if email != line["author"]:
            found["changed"].append(where)
        if abs((received_at - datetime.fromisoformat(line["at"])).total_seconds()) > LATEST:
            found["misdated"].append(f"{where} {received_at}, {line['at']}")
        found["doubled"] += [where] * (len(rows) - 1 + max(0, deliveries - 1))
        for photo in line["photos"]:
            if (pk, photo) not in whole:
                found["lost"].append(f"{where} photo {photo}")
            found["doubled"] += [f"{where} photo {photo}"] * max(0, photos[pk, photo] - 1)
    acknowledged = {line["text"].encode() for line in said}
    tried = {line["tried"].encode(): line["seed"] for line in lines if "tried" in line}
    for text, rows in by_text.items():
        if text in acknowledged:
            continue
        if text in tried:
            found["unsaid"].append(f"seed {tried[text]}: {text.decode()!r}")
            found["doubled"] += [f"seed {tried[text]}: {text.decode()!r}"] * (len(rows) - 1)
        else:
            found["strange"] += [repr(text.decode())] * len(rows)
    return found


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(Path(sys.argv[1]), sys.argv[2])))
