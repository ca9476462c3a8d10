"""The set-up: pinned with hashes, bound to no registry, and only listed files are served."""

import json
import re
from pathlib import Path

import pytest

from stafette.config import assets

ROOT = Path(__file__).parents[1]
REQUIREMENTS = ["requirements.txt", "requirements-dev.txt", "requirements-setup.txt"]


@pytest.mark.parametrize("name", [*REQUIREMENTS, "package-lock.json", ".npmrc", "Makefile"])
def test_set_up_names_no_registry(name):
    text = (ROOT / name).read_text()
    for local in ("http://127.0.0.1", "https?://"):
        text = text.replace(local, "")

    assert re.findall(r"https?://\S+|git\+\S+", text) == []


@pytest.mark.parametrize("name", REQUIREMENTS)
def test_every_requirement_is_pinned_with_hashes(name):
    entries = re.split(r"\n(?=[A-Za-z0-9])", (ROOT / name).read_text().strip())

    assert len(entries) > 0
    for entry in entries:
        assert re.match(r"[A-Za-z0-9._-]+(\[[a-z0-9,._-]+\])?==", entry), entry
        assert "--hash=sha256:" in entry, entry


def test_every_package_of_npm_has_its_hash_and_no_address():
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]

    for name, package in packages.items():
        if name:
            assert package["integrity"].startswith("sha512-"), name
            assert "resolved" not in package, name


def test_what_the_program_needs_has_the_same_version_in_both_files():
    def pins(name):
        return set(
            re.findall(r"^([A-Za-z0-9._-]+(?:\[.*?\])?==\S+)", (ROOT / name).read_text(), re.MULTILINE)
        )

    assert pins("requirements.txt") <= pins("requirements-dev.txt")


def test_pyproject_and_requirements_agree():
    names = re.findall(
        r'^  "([A-Za-z0-9-]+)',
        (ROOT / "pyproject.toml").read_text().split("[dependency-groups]")[0],
        re.MULTILINE,
    )
    text = (ROOT / "requirements.txt").read_text().lower()

    missing = [name for name in names if not re.search(rf"^{name.lower()}(\[.*\])?==", text, re.MULTILINE)]
    assert missing == [], "run `make requirements`"


def test_only_listed_files_become_assets_and_no_source_map_is_asked_for(tmp_path):
    modules = tmp_path / "node_modules"
    for name in assets.FILES:
        (modules / name).parent.mkdir(parents=True, exist_ok=True)
        (modules / name).write_text("ok();\n//# sourceMappingURL=x.map\n")
    (modules / "htmx.org/dist/htmx.min.js.map").write_text("{}")
    faces = "".join(
        f'@font-face {{ src: url("./fira-sans/FiraSans-{face}.woff2"); }}\n' for face in ("Regular", "Thin")
    )
    (modules / "@kern-ux/native/dist/fonts/fira-sans.css").write_text(faces)

    found = assets.copy_assets(modules, tmp_path / "assets")

    on_disk = {
        path.relative_to(tmp_path / "assets") for path in (tmp_path / "assets").rglob("*") if path.is_file()
    }
    assert on_disk == set(found)
    assert not any(
        "sourceMappingURL" in (tmp_path / "assets" / path).read_text()
        for path in found
        if path.suffix == ".js"
    )
    assert "Thin" not in (tmp_path / "assets/vendor/kern/fonts.css").read_text()


def test_licence_is_the_whole_eupl():
    text = (ROOT / "LICENSE").read_text()

    assert text.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2")
    assert "15.Applicable Law" in text.replace("15. ", "15.") and "Appendix" in text
