"""Every kind of note that the program sends has its sentence, and every sentence belongs to a kind that is sent."""

import ast
import importlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from stafette.outbox.wording import GENERAL, SENTENCES, sentence_for

ROOT = Path(__file__).parents[1]
HANDS_ON = {"tell": 2, "_tell": 3}  # functions that get a kind as their n-th argument and make the note


def sources() -> Iterator[Path]:
    for path in sorted((ROOT / "stafette").rglob("*.py")):
        if not {"tests", "migrations"} & set(path.parts):
            yield path


def kinds_in(node: ast.expr, around: ast.FunctionDef, module: str) -> set[str]:
    """Every text that an expression can be: itself, a table's values, what the function sets the name to."""
    if isinstance(node, ast.Constant):
        return {node.value}
    if isinstance(node, ast.IfExp):
        return kinds_in(node.body, around, module) | kinds_in(node.orelse, around, module)
    if isinstance(node, ast.BoolOp):
        return set().union(*(kinds_in(one, around, module) for one in node.values))
    if isinstance(node, ast.Subscript):
        return set(getattr(importlib.import_module(module), node.value.id).values())
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "get":
        return set(getattr(importlib.import_module(module), node.func.value.id).values())
    assert isinstance(node, ast.Name), f"{module}:{node.lineno}: say the kind so that this test can read it"
    if around.name in HANDS_ON and node.id in {one.arg for one in around.args.args}:
        return set()  # asked of those who call it
    found = [
        one.value
        for one in ast.walk(around)
        if isinstance(one, ast.Assign) and any(getattr(to, "id", "") == node.id for to in one.targets)
    ]
    assert found, f"{module}:{node.lineno}: where does {node.id} come from?"
    return set().union(*(kinds_in(one, around, module) for one in found))


def kind_of(call: ast.Call) -> ast.expr | None:
    """The expression that names the kind, where a call makes a note."""
    name = getattr(call.func, "id", "")
    if name in HANDS_ON:
        return call.args[HANDS_ON[name]]
    if name != "NoteData":
        return None
    return next(one.value for one in call.keywords if one.arg == "kind")


@cache
def sent_kinds() -> frozenset[str]:
    found: set[str] = set()
    for path in sources():
        text = path.read_text()
        if "NoteData(" not in text and "tell(" not in text:
            continue
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for function in (one for one in ast.walk(ast.parse(text)) if isinstance(one, ast.FunctionDef)):
            for call in (one for one in ast.walk(function) if isinstance(one, ast.Call)):
                kind = kind_of(call)
                if kind is not None:
                    found |= kinds_in(kind, function, module)
    return frozenset(found)


def test_the_search_finds_what_is_sent_in_every_way():
    assert {"reminder", "orphaned", "moved_to_successor", "partner_locked", "mail_bounced"} <= sent_kinds()
    assert {"referral_arrived", "referral_answered", "transfer_offered", "task_given"} <= sent_kinds()


@pytest.mark.parametrize("kind", sorted(sent_kinds()))
def test_every_kind_that_is_sent_has_its_sentence(kind):
    assert kind in SENTENCES
    assert sentence_for(kind) != GENERAL


@pytest.mark.parametrize("kind", sorted(SENTENCES))
def test_every_sentence_belongs_to_a_kind_that_is_sent(kind):
    assert kind in sent_kinds()
