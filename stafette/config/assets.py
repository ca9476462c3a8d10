"""Copy the files that browser and PDF compiler need from node_modules into assets/.

Nothing is loaded from a foreign server at run time, so every font, style and script lies here. Only
what stands on the lists below is copied: a new file in a package never gets served by accident.

    assets/vendor/  served as static files       (STATICFILES_DIRS)
    assets/fonts/   for the PDF compiler only    (typst's font path)
    assets/test/    for the journeys only        (never served)
"""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
KERN = "@kern-ux/native"
NOTO = "@expo-google-fonts/noto-sans"
ARABIC = "@expo-google-fonts/vazirmatn"
RARE_ARABIC = "@expo-google-fonts/noto-sans-arabic"
FIRA_FACES = ("Regular", "Italic", "Medium", "SemiBold", "SemiBoldItalic", "Bold")  # what KERN's CSS asks for

FILES = {
    f"{KERN}/dist/kern.min.css": "vendor/kern/kern.min.css",
    f"{KERN}/LICENSE.md": "vendor/kern/LICENSE.md",
    "htmx.org/dist/htmx.min.js": "vendor/htmx/htmx.min.js",
    "axe-core/axe.min.js": "test/axe.min.js",
    f"{NOTO}/LICENSE_FONT": "fonts/LICENSE_FONT",
    f"{NOTO}/400Regular/NotoSans_400Regular.ttf": "fonts/NotoSans-Regular.ttf",
    f"{NOTO}/400Regular_Italic/NotoSans_400Regular_Italic.ttf": "fonts/NotoSans-Italic.ttf",
    f"{NOTO}/700Bold/NotoSans_700Bold.ttf": "fonts/NotoSans-Bold.ttf",
    f"{ARABIC}/LICENSE_FONT": "fonts/LICENSE_FONT-Vazirmatn",
    f"{ARABIC}/400Regular/Vazirmatn_400Regular.ttf": "fonts/Vazirmatn-Regular.ttf",
    f"{ARABIC}/700Bold/Vazirmatn_700Bold.ttf": "fonts/Vazirmatn-Bold.ttf",
    f"{RARE_ARABIC}/400Regular/NotoSansArabic_400Regular.ttf": "fonts/NotoSansArabic-Regular.ttf",
    f"{RARE_ARABIC}/700Bold/NotoSansArabic_700Bold.ttf": "fonts/NotoSansArabic-Bold.ttf",
} | {
    f"{KERN}/dist/fonts/fira-sans/FiraSans-{face}.woff2": f"vendor/kern/fira-sans/FiraSans-{face}.woff2"
    for face in FIRA_FACES
}

SOURCE_MAP = re.compile(r"^\s*(//[#@]|/\*[#@])\s*sourceMappingURL=.*$", re.MULTILINE)
FACE = re.compile(r"@font-face\s*\{[^}]*?fira-sans/FiraSans-(\w+)\.woff2[^}]*\}")


def copy_assets(modules: Path, target: Path) -> list[Path]:
    """Fill the folders under `target` anew; an old one stays until its successor is complete."""
    fresh = target / ".new"
    shutil.rmtree(fresh, ignore_errors=True)
    for source, destination in FILES.items():
        _copy(modules / source, fresh / destination)
    (fresh / "vendor/kern/fonts.css").write_text(_fira_css(modules), encoding="utf-8")
    for folder in sorted(fresh.iterdir()):
        shutil.rmtree(target / folder.name, ignore_errors=True)
        folder.rename(target / folder.name)
    fresh.rmdir()
    return sorted(Path(name) for name in (*FILES.values(), "vendor/kern/fonts.css"))


def _copy(source: Path, destination: Path) -> None:
    """Copy one file; text loses its pointer to a source map, which would be a 404 in the browser."""
    destination.parent.mkdir(parents=True, exist_ok=True)
    if source.suffix in {".css", ".js"}:
        destination.write_text(SOURCE_MAP.sub("", source.read_text(encoding="utf-8")), encoding="utf-8")
    else:
        shutil.copyfile(source, destination)


def _fira_css(modules: Path) -> str:
    """KERN's font faces, cut down to those we serve: a manifest storage refuses a missing file."""
    css = (modules / KERN / "dist/fonts/fira-sans.css").read_text(encoding="utf-8")
    faces = [match.group(0) for match in FACE.finditer(css) if match.group(1) in FIRA_FACES]
    return "\n".join(face.replace("src:", "font-display: swap;\n    src:", 1) for face in faces) + "\n"


def main() -> int:
    """Tell what was copied, or what is missing."""
    modules = ROOT / "node_modules"
    missing = [name for name in FILES if not (modules / name).is_file()]
    if missing:
        print(f"Missing in node_modules: {missing[0]} … Run `make setup` first.", file=sys.stderr)  # noqa: T201
        return 1
    for path in copy_assets(modules, ROOT / "assets"):
        print(f"assets/{path}")  # noqa: T201
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
