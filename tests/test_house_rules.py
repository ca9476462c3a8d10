"""The rules of the house that no tool checks: who may write, how a command looks, what a model declares."""

import ast
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

from stafette.accounts.roles import ROLES, Role
from stafette.kernel import policies, rows
from stafette.kernel.keeping import Asked, From, Stays, With
from stafette.kernel.permissions import SENTENCES, Permission
from stafette.kernel.rules.deadline_rules import retention_classes
from stafette.retention.starts import CHAIN, QUESTIONS

ROOT = Path(__file__).parents[1] / "stafette"
WRITES = {
    "save",
    "create",
    "bulk_create",
    "bulk_update",
    "update",
    "delete",
    "get_or_create",
    "update_or_create",
}
WRITERS = {"dict", "session", "GET", "POST", "set"}  # names of things that also have such methods


def sources(*names):
    """Files of that name, and those of a package of that name."""
    found = {path for name in names for path in ROOT.glob(f"*/{name}.py")}
    found |= {path for name in names for path in ROOT.glob(f"*/{name}/**/*.py")}
    return sorted(path for path in found if "tests" not in path.parts)


def ours():
    return [model for model in apps.get_models() if model.__module__.startswith("stafette.")]


@pytest.mark.parametrize(
    "path", sources("views", "forms", "queries", "access"), ids=lambda path: str(path.relative_to(ROOT))
)
def test_only_commands_write(path):
    calls = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)]
    found = [
        call.lineno
        for call in calls
        if isinstance(call.func, ast.Attribute)
        and call.func.attr in WRITES
        and "objects" in ast.unparse(call.func.value)
    ]
    assert not found, f"{path}:{found} writes; move it into commands.py"


@pytest.mark.parametrize("path", sources("commands"), ids=lambda path: str(path.relative_to(ROOT)))
def test_every_command_has_its_steps(path):
    for node in ast.parse(path.read_text()).body:
        if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
            continue
        where, code = f"{path}:{node.lineno} {node.name}", ast.unparse(node)
        assert "command" in {ast.unparse(decorator) for decorator in node.decorator_list}, (
            f"{where}: @command missing"
        )
        assert not node.args.args and node.args.kwonlyargs[0].arg == "actor", f"{where}: (*, actor, …)"
        assert "require(" in code or "_require" in code, f"{where}: no permission asked"
        assert "record(" in code or "_record" in code, f"{where}: no event recorded"
        assert ast.get_docstring(node), f"{where}: say why in a docstring"


@pytest.mark.parametrize("model", ours(), ids=lambda model: model._meta.label)
def test_every_model_declares_each_field(model):
    assert hasattr(model, "Privacy"), (
        f"{model._meta.label}: add a class Privacy (stafette/kernel/rows.py tells how)"
    )
    sets = [set(model.Privacy.plain), set(model.Privacy.personal), set(model.Privacy.sensitive)]
    declared = set().union(*sets)
    fields = {field.name for field in model._meta.get_fields() if field.concrete}
    assert fields - declared == set(), f"{model._meta.label}: not classified: {fields - declared}"
    assert declared - fields == set(), f"{model._meta.label}: classified, but not there: {declared - fields}"
    assert sum(map(len, sets)) == len(declared), f"{model._meta.label}: a field stands in two sets"
    assert model.Privacy.purpose
    personal = model.Privacy.personal | model.Privacy.sensitive
    if personal and model._meta.app_label != "accounts":
        assert rows.owners_of(model), f"{model._meta.label}: has data about people but no owning unit"


def test_every_protected_table_has_its_policies(db):
    installed = policies.installed_policies()
    for model in rows.protected_models():
        secured, names = installed[model._meta.db_table]
        assert secured, f"{model._meta.label}: row-level security is off"
        narrowed = ["readers"] if rows.readers_of(model) else []
        wanted = sorted(["change", "closed", "create", "remove", "see", *narrowed])
        assert names == wanted, model._meta.label


def about_people():
    return set(rows.protected_models())


@pytest.mark.parametrize("model", ours(), ids=lambda model: model._meta.label)
def test_every_model_says_when_its_rows_go(model):
    """A table that declares no period would be kept for ever; the message says what to add to its class Privacy."""
    label, privacy = model._meta.label, model.Privacy
    assert hasattr(privacy, "retention"), (
        f'{label}: add retention = "L…" to its Privacy, a class of rules/retention.toml; "" for a catalogue'
    )
    assert hasattr(privacy, "starts"), (
        f"{label}: add starts = With(foreign key) | From(date column) | Asked(question) | Stays(reason) to its "
        "Privacy (stafette/kernel/keeping.py)"
    )
    starts, code = privacy.starts, privacy.retention
    if code == "":
        assert isinstance(starts, Stays), (
            f'{label}: retention = "" goes with starts = Stays("why it may stay")'
        )
    else:
        assert code in retention_classes(), f"{label}: {code} is no class of rules/retention.toml"
    if isinstance(starts, With):
        field = model._meta.get_field(starts.column)
        assert field.is_relation and field.remote_field.on_delete is models.CASCADE, (
            f"{label}: With({starts.column!r}) needs a foreign key with on_delete=CASCADE"
        )
        assert getattr(field.related_model, "Privacy", None), (
            f"{label}: {starts.column} leads to no model of ours"
        )
    elif isinstance(starts, From):
        field = model._meta.get_field(starts.column)
        assert isinstance(field, models.DateField), f"{label}: From({starts.column!r}) needs a date or a time"
        assert field.null or field.has_default() or not field.blank
    elif isinstance(starts, Asked):
        assert starts.question in {*QUESTIONS, CHAIN}, (
            f"{label}: write the question {starts.question!r} into stafette/retention/starts.py"
        )
    else:
        assert starts.reason, f"{label}: Stays needs its reason: it is printed in the deletion concept"


@pytest.mark.parametrize("model", ours(), ids=lambda model: model._meta.label)
def test_every_relation_to_people_says_what_a_deletion_does(model):
    """Nothing may stand in the way of a deletion, and no row may be forgotten by it."""
    label = model._meta.label
    assert not model._meta.local_many_to_many, (
        f"{label}: a table of its own instead of ManyToMany, with Privacy"
    )
    for field in model._meta.private_fields:
        assert not hasattr(field, "ct_field"), f"{label}.{field.name}: no generic foreign keys"
    for field in model._meta.concrete_fields:
        assert not isinstance(field, models.FileField), (
            f"{label}.{field.name}: a file would stay when its row goes; keep the bytes in the row"
        )
        if not field.is_relation or field.related_model not in about_people():
            continue
        if isinstance(field.related_model.Privacy.starts, Stays):
            continue  # a catalogue of a unit is never deleted by a period
        where = f"{label}.{field.name} → {field.related_model._meta.label}"
        assert field.remote_field.on_delete in (models.CASCADE, models.SET_NULL), (
            f"{where}: on_delete=CASCADE where the row goes with it, SET_NULL (null=True) where it stays; "
            "anything else would block the deletion"
        )
        assert model in about_people(), (
            f"{where}: a row that names people belongs to a unit: add owners to its Privacy"
        )


def test_every_row_about_people_is_reached_by_the_deletion():
    """Whatever goes With another row leads, from key to key, to a kind with a period of its own."""
    for model in about_people():
        seen, here = set(), model
        while isinstance(here.Privacy.starts, With):
            assert here not in seen, f"{model._meta.label}: its With goes round in a circle"
            seen.add(here)
            here = here._meta.get_field(here.Privacy.starts.column).related_model
        assert not isinstance(here.Privacy.starts, Stays) or not (
            model.Privacy.personal | model.Privacy.sensitive
        ), f"{model._meta.label}: goes with {here._meta.label}, which stays"


def test_permissions_and_roles_are_all_explained():
    assert set(SENTENCES) == set(Permission)
    assert set(ROLES) == set(Role)
    assert all(card.sentence for card in ROLES.values())


def test_the_technical_administrator_and_the_coordination_see_no_case_content():
    about_people = {
        permission
        for model in rows.protected_models()
        for owner in rows.owners_of(model)
        for permission in ((owner.view,) if isinstance(owner.view, str) else owner.view)
    }
    for role in (Role.TECHNICAL, Role.COORDINATION, Role.UNIT_ADMIN):
        assert not ROLES[role].permissions & about_people, role


def test_no_signal_and_no_save_override():
    for path in ROOT.rglob("*.py"):
        if "tests" in path.parts:
            continue
        code = path.read_text()
        assert "django.dispatch" not in code and "post_save" not in code, path
        for node in ast.walk(ast.parse(code)):
            if isinstance(node, ast.ClassDef) and any(
                "Model" in ast.unparse(base) or base == "Stateful" for base in node.bases
            ):
                names = {item.name for item in node.body if isinstance(item, ast.FunctionDef)}
                assert "save" not in names, f"{path}: {node.name} overrides save()"
