"""The rules of the house that no tool checks: who may write, how a command looks, what a model declares."""

import ast
from pathlib import Path

import pytest
from django.apps import apps

from stafette.accounts.roles import ROLES, Role
from stafette.kernel import rows
from stafette.kernel.permissions import SENTENCES, Permission

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
    installed = rows.installed_policies()
    for model in rows.protected_models():
        secured, policies = installed[model._meta.db_table]
        assert secured, f"{model._meta.label}: row-level security is off"
        narrowed = ["readers"] if rows.readers_of(model) else []
        wanted = sorted(["change", "closed", "create", "remove", "see", *narrowed])
        assert policies == wanted, model._meta.label


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
