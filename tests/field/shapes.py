"""Records as shells wrote them, schema by schema, in `shells/`. A schema that was given out is never written anew: what
lies on a tablet in a drawer was made by it."""

import json
from pathlib import Path
from typing import Any

SHELLS = Path(__file__).with_name("shells")
NEW_NUMBER = (
    "What a tablet seals has another shape. Give it another SCHEMA (static/field/outbox.js), read it in "
    "signals/field/records.py beside the former, and freeze it in tests/field/shells"
)

type Shape = tuple[str, frozenset[str], frozenset[str]]


def schemas() -> list[int]:
    return sorted(int(path.stem.partition("-")[2]) for path in SHELLS.glob("schema-*.json"))


def written(schema: int) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((SHELLS / f"schema-{schema}.json").read_text())
    return found


def shape(body: dict[str, Any]) -> Shape:
    """Of which parts it is made, whatever they say."""
    return body["kind"], frozenset(body), frozenset(body[body["kind"]])


def is_frozen(body: dict[str, Any]) -> bool:
    return shape(body) in {shape(each) for each in written(body["schema"])}
