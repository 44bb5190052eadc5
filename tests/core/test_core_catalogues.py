"""The Burmese of the interface: everything is translated, whole sentences, well spelt."""

import ast
import os
import re
import shutil
import string
import subprocess
import sys
from functools import cache
from pathlib import Path

import django
import polib
import pytest

from myanmar.text import clean_text

ROOT = Path(__file__).resolve().parents[2]
APPS = ["config", "core", "people", "records", "content", "assessments", "courses", "certificates", "training"]
CATALOGUES = ["locale/my/LC_MESSAGES/django.po", "locale/vendor/my/LC_MESSAGES/django.po"]
# Names, codes and patterns that are written in Latin letters in Burmese too.
LATIN = re.compile(
    "Thindan|id|x|y|z|CSV|PO|po|XLSX|xlsx|XLIFF|xliff|xlf|Excel|UTF|Zawgyi|Key|Source|Translation|MB|URL|QR|PDF|SVG|PNG|JPEG|TOTP|UUID|JSON|IPv|CSRF|DOI|Authenticator|[A-Z]|[abc]|[Tt]rue|[Ff]alse"
    "|slug|null|encoding|type|same|origin|last|int|YYYY|MM|DD|HH|ss|uuuuuu|TZ"
    "|GIFT|Aiken|ANSWER|Moodle|XML|QTI|ZIP|items|yaml|Markdown"
    # Packages: names of formats, of programs, of files and of fields in them.
    "|SCORM|xAPI|HTML|DOCTYPE|Flash|[hp]|zip|json|content|library|core|Iframe|Embedder|Deflate|http|https|[A-Z]ip|Lumi|org|docs|operations|md"
    "|PACKAGE|ORIGIN|JavaScript|num|imsmanifest|xml|manifest|Drag|the|Words|Adobe|Java"
    # Documents: what is called so in every language, and a key of the keyboard.
    "|UV|MRZ|Enter|d|c|lt"
)


@cache
def catalogue(path: str) -> polib.POFile:
    """A catalogue, as it is committed."""
    return polib.pofile(str(ROOT / path), encoding="utf-8")


def pairs(path: str) -> list[tuple[str, str]]:
    """(source, translation) of every entry; where the source has a plural, Burmese has one form and it is that of the plural."""
    return [(e.msgid_plural or e.msgid, e.msgstr_plural[0] if e.msgid_plural else e.msgstr) for e in catalogue(path)]


@pytest.mark.parametrize("path", CATALOGUES)
def test_nothing_is_left_untranslated_or_unsure(path):
    assert [e.msgid for e in catalogue(path) if e.fuzzy or e.obsolete or not e.translated()] == []


def test_every_string_of_the_code_is_in_the_catalogue_and_no_other(tmp_path):
    if not shutil.which("xgettext"):
        assert os.environ.get("CI") != "true", "xgettext is required here and missing"
        pytest.skip("xgettext is not installed")
    for name in ["deploy", "locale", *APPS, "myanmar", "specimens"]:
        shutil.copytree(
            ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__", "static", "curriculum")
        )
    shutil.copyfile(ROOT / "manage.py", tmp_path / "manage.py")
    subprocess.run([sys.executable, "deploy/messages.py", "update"], cwd=tmp_path, check=True, capture_output=True)
    found = polib.pofile(str(tmp_path / CATALOGUES[0]), encoding="utf-8")
    assert {(e.msgctxt, e.msgid) for e in found} == {(e.msgctxt, e.msgid) for e in catalogue(CATALOGUES[0])}


def _places(text: str) -> list[str]:
    named = re.findall(r"%\(\w+\)[a-z]|%[sdr]", text)
    return sorted({*named, *("{" + (name or "") + "}" for _, name, _, _ in string.Formatter().parse(text) if name)})


@pytest.mark.parametrize("path", CATALOGUES)
def test_a_translation_fills_the_same_places_as_its_source(path):
    assert [(source, said) for source, said in pairs(path) if _places(source) != _places(said)] == []


@pytest.mark.parametrize("path", CATALOGUES)
def test_the_burmese_is_stored_as_everything_else_is(path):
    """In canonical Unicode; Zawgyi is not: its order of signs and its letters are repaired or refused."""
    unlike = [said for _, said in pairs(path) if said.strip() != clean_text(said, multiline=True)]
    zawgyi = [
        said
        for _, said in pairs(path)
        if re.search(r"[\u1033\u1034\u105a\u1060-\u1097]|\u1039(?![\u1000-\u1021])", said)
    ]
    assert (unlike, zawgyi) == ([], [])


@pytest.mark.parametrize("path", CATALOGUES)
def test_no_english_is_left_in_the_burmese(path):
    found = {}
    for source, said in pairs(path):
        words = re.findall(r"[A-Za-z]+", re.sub(r"%\(\w+\)[a-z]|%[sdr]|\{\w+\}|<[^>]*>", "", said))
        if left := {word for word in words if not LATIN.fullmatch(word)}:
            found[source] = left
    assert found == {}


# --- Sentences are translated whole -----------------------------------------------------------------------------------

GETTEXT = {"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy", "npgettext"}  # fmt: skip


def _is_translated(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in GETTEXT


def _holds_translated(node: ast.AST) -> bool:
    return any(_is_translated(one) for one in ast.walk(node))


def glued(source: str) -> list[str]:
    """What of a module translates a string that is not written there whole, or builds a text from translated pieces."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if _is_translated(node):
            words = [one for one in node.args if not isinstance(one, ast.Name | ast.Attribute)]
            bad = any(isinstance(one, ast.JoinedStr | ast.BinOp | ast.Call) for one in words[:3])
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
            bad = _is_translated(node.left) or _is_translated(node.right)
        elif isinstance(node, ast.JoinedStr):
            bad = _holds_translated(node)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "join":
            bad = any(map(_holds_translated, node.args))
        else:
            continue
        if bad:
            found.append(ast.unparse(node))
    return found


@pytest.mark.parametrize(
    "source",
    [
        '_(f"{n} lessons")',
        '_("Lesson " + name)',
        '_("Lesson %s" % name)',
        '_("Lesson {}".format(name))',
        'text = _("Due") + " " + day',
        "f'{_(\"Due\")}: {day}'",
        '", ".join([_("Officer"), _("Trainer")])',
    ],
)
def test_gluing_is_noticed(source):
    assert glued(source) != []


def test_a_text_with_places_is_whole():
    assert glued('_("Closes at %(time)s") % {"time": time}') == []


def test_no_text_of_the_code_is_glued_from_parts():
    files = [path for app in APPS for path in (ROOT / app).rglob("*.py")]
    found = {str(path.relative_to(ROOT)): parts for path in files if (parts := glued(path.read_text()))}
    assert found == {}


_SAID = r"""(?<!=['"])\{%\s*(?:translate|trans)\s+(?:"[^"]*"|'[^']*')[^%]*%\}"""
_SHOWN = r"""(?<!=['"])\{\{[^}]*\}\}"""
# Side by side in one run of text. A sign that no sentence has between its words keeps two labels apart.
_GLUED = re.compile(rf"{_SAID}[^<>{{}}·|/:–]*(?:{_SHOWN}|{_SAID})|{_SHOWN}[^<>{{}}·|/:–]*{_SAID}")


def test_no_text_of_the_templates_is_glued_from_parts():
    files = [path for app in APPS for path in (ROOT / app / "templates").rglob("*") if path.is_file()]
    found = {str(path.relative_to(ROOT)): parts for path in files if (parts := _GLUED.findall(path.read_text()))}
    assert found == {}


# --- Django and django-allauth -----------------------------------------------------------------------------------------

# Where the words of these packages come from that reach a form, a list or a date of ours.
REACHING = {
    "django/conf": r"core/(validators|paginator)\.py|forms/\w+\.py|utils/(dates|dateformat|timesince|ipv6)\.py",
    "django/contrib/auth": r"contrib/auth/password_validation\.py",
    "allauth": r"account/(adapter|forms)\.py|mfa/(adapter|base/forms|totp/forms)\.py|account/internal/.*\.py",
}
# There is no sign-in by these here; signs and names that are the same in Burmese.
APART = re.compile(
    r"(?i)e-?mail|phone|passkey|security key|master key|backup key|key nr|\(optional\)|^IPv[46]|^IPv4 or|^\W*$|MFA"
)


@pytest.mark.parametrize("package", REACHING)
def test_what_reaches_people_from_other_packages_is_translated(package):
    """Their own Burmese, where there is any, counts; ours goes before it."""
    root = Path(django.__file__).parent.parent / package / "locale"
    ours = {(e.msgctxt, e.msgid) for e in catalogue(CATALOGUES[1]) if e.translated()}
    theirs = root / "my/LC_MESSAGES/django.po"
    if theirs.exists():
        ours |= {(e.msgctxt, e.msgid) for e in polib.pofile(str(theirs), encoding="utf-8") if e.translated()}
    reaching = [
        e
        for e in polib.pofile(str(root / "en/LC_MESSAGES/django.po"), encoding="utf-8")
        if any(re.fullmatch(REACHING[package], name) for name, _ in e.occurrences) and not APART.search(e.msgid)
    ]
    assert reaching
    assert [e.msgid for e in reaching if (e.msgctxt, e.msgid) not in ours] == []
