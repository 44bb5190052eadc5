"""The line of imports, and what must never stand in the tree."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LINE = ["config", "training", "certificates", "courses", "assessments", "content", "records", "people", "core"]
PURE = ["specimens", "myanmar"]
APPS = [name for name in LINE + PURE if (ROOT / name).is_dir()]


def tracked(*patterns: str) -> list[Path]:
    """Files that belong to the project: tracked, or new and not ignored."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", *patterns],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout.split("\n")  # fmt: skip
    return [ROOT / name for name in listed if name and (ROOT / name).is_file()]


def imported(file: Path) -> set[str]:
    """The top-level packages that a file imports anywhere, also inside functions."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            found.add(node.module.split(".")[0])
    return found


def rank(app: str) -> int:
    return LINE.index(app) if app in LINE else len(LINE)


@pytest.mark.parametrize("app", APPS)
def test_imports_point_right(app):
    # config is the only place that knows every app; settings modules are asked for through django.conf
    wrong = {
        f"{file.relative_to(ROOT)} imports {other}"
        for file in (ROOT / app).rglob("*.py")
        for other in imported(file) & set(APPS)
        if other != app and not (other == "config" and file.name == "checks.py")
        if rank(other) < rank(app) or (other in PURE and app in PURE)
    }
    assert wrong == set()


@pytest.mark.parametrize("app", [name for name in PURE if (ROOT / name).is_dir()])
def test_pure_packages_import_no_django(app):
    assert {name for file in (ROOT / app).rglob("*.py") for name in imported(file)} & {"django", "wagtail"} == set()


def test_no_module_is_called_utils():
    assert [file for file in tracked("*.py") if file.stem in ("utils", "helpers", "misc")] == []


def test_templates_hold_no_inline_script_style_or_handler():
    wrong = re.compile(r"<script(?![^>]*\bsrc=)|<style|\bstyle=\"|\son[a-z]+=\"", re.IGNORECASE)
    found = [f for f in tracked("*.html") if "/paper/" not in str(f) and wrong.search(f.read_text(encoding="utf-8"))]
    assert found == []


def test_no_view_is_exempt_from_csrf_and_no_request_becomes_a_filter():
    wrong = re.compile(r"csrf_exempt|\.filter\(\*\*request|mark_safe\(request")
    apps = [f for f in tracked("*.py") if f.relative_to(ROOT).parts[0] in APPS]
    assert [f for f in apps if wrong.search(f.read_text(encoding="utf-8"))] == []


def test_no_package_index_or_cdn_is_named_in_the_tree():
    hosts = "|".join(
        [
            "py" + r"pi\.org",
            "python" + "hosted",
            r"registry\.np" + "mjs",
            "jsde" + "livr",
            "unp" + r"kg\.com",
            "cdn" + "js",
        ]
    )
    suffixes = {".py", ".html", ".md", ".txt", ".json", ".in", ".css", ".js", ".toml", ".yaml", ".yml", ""}
    files = [f for f in tracked() if f.suffix in suffixes]
    assert [f for f in files if re.search(hosts, f.read_text(encoding="utf-8", errors="ignore"))] == []


def test_no_rest_api_of_the_cms_is_mounted():
    from django.urls import get_resolver

    # Wagtail's own admin asks /admin/api/, which answers editors only; nothing else speaks for the page tree.
    routes = [str(entry.pattern) for entry in get_resolver().url_patterns]
    assert [route for route in routes if "api" in route] == []
