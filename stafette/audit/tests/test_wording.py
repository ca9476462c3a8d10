"""What people read in the timeline is a German sentence, never the code of an event."""

import ast
import re
from pathlib import Path

from stafette.audit.wording import KINDS

ROOMS = Path(__file__).parents[2]
KIND = re.compile(r"[a-z]+\.[a-z_]+")


def recorded_kinds():
    """Every kind of event that some command records, read from the calls of record()."""
    for path in ROOMS.rglob("*.py"):
        if "tests" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "record" and len(node.args) > 1:
                for part in ast.walk(node.args[1]):
                    if isinstance(part, ast.Constant) and KIND.fullmatch(str(part.value)):
                        yield part.value


def test_every_event_has_a_word():
    kinds = set(recorded_kinds())
    assert len(kinds) > 50
    assert sorted(kinds - set(KINDS)) == []
