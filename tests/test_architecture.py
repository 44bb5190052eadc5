"""The line that imports hold, and what must not appear in the source anywhere."""

import ast
import fnmatch
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from people.rules import RULES

ROOT = Path(__file__).resolve().parent.parent
# Imports point from left to right only. `specimens` and `myanmar` stand side by side at the end.
LINE = [
    "config", "training", "certificates", "courses", "assessments", "content", "records", "people", "core",
    "specimens", "myanmar",
]  # fmt: skip
PURE = ["specimens", "myanmar"]
FRAMEWORKS = {"django", "wagtail", "allauth", "rest_framework", "modelcluster", "taggit"}
APPS = [app for app in LINE if (ROOT / app / "__init__.py").exists()]
REFERENCE = re.compile(rf"({'|'.join(LINE)})(\.\w+)+")


def sources(app: str) -> list[Path]:
    """The Python files of an app, its migrations included."""
    return sorted((ROOT / app).rglob("*.py"))


def named_roots(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Line and first part of everything a module imports, at its head or inside functions, or names as "app.Model".

    What somebody may do ("people.see") is spelled alike and names no code.
    """
    for node in ast.walk(tree):
        match node:
            case ast.Import():
                yield from ((node.lineno, alias.name.split(".")[0]) for alias in node.names)
            case ast.ImportFrom(module=str(module), level=0):
                yield node.lineno, module.split(".")[0]
            case ast.Call(func=ast.Attribute(attr="get_model"), args=[ast.Constant(value=str(app)), *_rest]):
                yield node.lineno, app.split(".")[0]
            case ast.Constant(value=str(text)) if text not in RULES and (found := REFERENCE.fullmatch(text)):
                yield node.lineno, found[1]


def crossings(app: str, source: str) -> list[tuple[int, str]]:
    """Line and name of what a module of `app` takes from its left, or from the framework where it may not."""
    left = set(LINE[: LINE.index(app)])
    if app in PURE:
        left |= {*PURE, *FRAMEWORKS} - {app}
    return [(line, root) for line, root in named_roots(ast.parse(source)) if root in left]


@pytest.mark.parametrize("app", APPS)
def test_an_app_takes_only_from_its_right(app):
    assert {
        str(path.relative_to(ROOT)): found for path in sources(app) if (found := crossings(app, path.read_text()))
    } == {}


@pytest.mark.parametrize("app", APPS)
def test_imports_inside_an_app_name_it_in_full(app):
    relative = {
        str(path.relative_to(ROOT))
        for path in sources(app)
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ImportFrom) and node.level
    }
    assert relative == set()


@pytest.mark.parametrize(
    ("app", "source", "taken"),
    [
        ("people", "from courses.models import Enrolment", [(1, "courses")]),
        ("people", "import courses.models as c", [(1, "courses")]),
        ("people", "def late():\n    from training import views", [(2, "training")]),
        ("people", "key = models.ForeignKey('courses.Enrolment', models.PROTECT)", [(1, "courses")]),
        ("people", "apps.get_model('courses', 'Enrolment')", [(1, "courses")]),
        ("core", "from config.sqlite import OLDEST_SAFE", [(1, "config")]),
        ("myanmar", "from django.utils import timezone", [(1, "django")]),
        ("myanmar", "from specimens import mrz", [(1, "specimens")]),
        ("courses", "from people.models import Person\nfrom courses import access", []),
    ],
)
def test_what_crosses_the_line_is_noticed(app, source, taken):
    assert crossings(app, source) == taken


def test_every_folder_of_code_stands_in_the_line():
    folders = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    assert folders - set(LINE) == set()


# --- What must not appear --------------------------------------------------------------------------------------------


def is_ignored(path: Path, patterns: list[str]) -> bool:
    """Whether a pattern of .gitignore names a path; one that begins with a slash names a path at the root only."""
    return any(
        fnmatch.fnmatch(str(path.relative_to(ROOT)) if pattern.startswith("/") else path.name, pattern.strip("/"))
        for pattern in patterns
    )


def tracked(pattern: str = "*") -> Iterator[Path]:
    """The files that are tracked or would be, by name."""
    patterns = ["/.git/", *(ROOT / ".gitignore").read_text().split()]

    def walk(folder: Path) -> Iterator[Path]:
        for path in sorted(folder.iterdir()):
            if is_ignored(path, patterns):
                continue
            if path.is_dir():
                yield from walk(path)
            elif fnmatch.fnmatch(path.name, pattern):
                yield path

    return walk(ROOT)


def places(found: list[tuple[Path, str]]) -> list[str]:
    """Findings with paths from the root."""
    return [f"{path.relative_to(ROOT)}: {what}" for path, what in found]


def code() -> list[Path]:
    """The Python files of the apps and of deploy."""
    return [path for folder in (*APPS, "deploy") for path in sources(folder)]


def test_no_file_is_called_utils():
    assert places([(path, "") for path in code() if path.stem in ("utils", "helpers", "misc", "common")]) == []


def test_no_view_is_excused_from_the_token_against_forged_requests():
    assert places([(path, "csrf_exempt") for path in code() if "csrf_exempt" in path.read_text()]) == []


def unpacked_requests(source: str) -> list[int]:
    """Lines where a call unpacks what a request sent into its keywords, as in `filter(**request.GET)`."""
    return [
        node.lineno
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        for keyword in node.keywords
        if keyword.arg is None
        and any(isinstance(part, ast.Attribute) and part.attr in ("GET", "POST") for part in ast.walk(keyword.value))
    ]


def test_no_query_takes_its_conditions_from_a_request():
    assert places([(path, str(lines)) for path in code() if (lines := unpacked_requests(path.read_text()))]) == []


def test_a_query_that_takes_its_conditions_from_a_request_is_noticed():
    assert unpacked_requests("a.filter(x=1)\nb.filter(**request.GET.dict())\nc.filter(**kwargs)") == [2]


INLINE = re.compile(
    r"<script(?![^>]*\bsrc=)[^>]*>|<style\b|<[^>]*\sstyle\s*=|<[a-z][^>]*\son[a-z]+\s*=|\bjavascript:", re.IGNORECASE
)
# Printed by our own PDF engine, never sent to a browser; sizes are measured per name.
PRINTED = "certificates/templates/certificates/paper/"


def test_no_template_holds_script_or_style():
    found = [
        (path, match[0])
        for path in tracked("*.html")
        if not str(path.relative_to(ROOT)).startswith(PRINTED)
        for match in INLINE.finditer(path.read_text())
    ]
    assert places(found) == []


@pytest.mark.parametrize(
    ("markup", "is_inline"),
    [
        ("<script>go()</script>", True),
        ('<script type="module">go()</script>', True),
        ('<script type="module" src="/a.js"></script>', False),
        ("<style>p {}</style>", True),
        ('<p class="a" style="color: red">', True),
        ('<button type="button" onclick="go()">', True),
        ('<a href="javascript:go()">', True),
        ('<button data-signs-out="once">only one = one</button>', False),
    ],
)
def test_script_and_style_in_a_template_are_noticed(markup, is_inline):
    assert bool(INLINE.search(markup)) == is_inline


# In two parts, so that this list is not what the test finds.
ELSEWHERE = [
    "pypi" + ".org", "python" + "hosted.org", "npm" + "js.org", "npm" + "js.com", "yarn" + "pkg.com", "un" + "pkg.com",
    "js" + "delivr.net", "cdn" + "js.", "google" + "apis.com", "g" + "static.com", "bootstrap" + "cdn.com",
    "cloud" + "front.net", "aka" + "maihd.net", "gra" + "vatar.com", "releases.wag" + "tail.",
]  # fmt: skip


def test_no_tracked_file_names_a_package_index_or_a_network_of_others():
    found = [
        (path, host)
        for path in tracked()
        for text in [path.read_bytes().decode(errors="replace").lower()]
        for host in ELSEWHERE
        if host in text
    ]
    assert places(found) == []


def test_the_search_for_tracked_files_sees_code_templates_and_locks_but_not_what_is_installed():
    seen = {str(path.relative_to(ROOT)) for path in tracked()}
    assert {"config/settings.py", "core/templates/base.html", "package-lock.json", "locale/my"} <= {
        *seen,
        *(str(path.parent.parent.relative_to(ROOT)) for path in tracked("*.po")),
    }
    assert not [path for path in seen if path.startswith((".venv", "node_modules", "var", "vendor/"))]
