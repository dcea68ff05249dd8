"""The house rules of docs/architecture.md, as tests: what a reviewer would otherwise have to remember."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from fysfinder.web.catalogue import NOT_SHOWN

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "fysfinder"
PYTHON = [path for path in sorted(SOURCE.rglob("*.py")) if "migrations" not in path.parts]
TEMPLATES = sorted((SOURCE / "templates").rglob("*.html"))
SURFACES = ("web", "portal", "api")
BANNED = {"utils", "helpers", "common", "misc", "manager", "service", "info", "tmp"}
# Tables of facts may be longer (docs/architecture.md, Sizes).
LONG_TABLES = {"attributes.py"}


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def functions(path: Path) -> list[ast.FunctionDef]:
    return [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.FunctionDef)]


def length(function: ast.FunctionDef) -> int:
    """Lines of a function without its docstring."""
    doc = function.body[0].end_lineno - function.body[0].lineno + 1 if ast.get_docstring(function) else 0  # type: ignore[operator]
    return (function.end_lineno or 0) - function.lineno + 1 - doc


def test_no_file_is_longer_than_300_lines():
    long = {
        relative(path): count
        for path in [*PYTHON, *TEMPLATES, *SOURCE.rglob("static/js/**/*.js"), *SOURCE.rglob("static/css/**/*.css")]
        if (count := len(path.read_text("utf-8").splitlines())) > 300 and path.name not in LONG_TABLES
    }
    assert not long


def test_no_function_is_longer_than_40_lines_and_no_view_longer_than_25():
    long = []
    for path in PYTHON:
        limit = 25 if "views" in path.parts else 40
        long += [f"{relative(path)}:{f.name} {length(f)}" for f in functions(path) if length(f) > limit]
    assert not long


def test_no_module_has_a_name_that_says_nothing():
    assert not [relative(path) for path in PYTHON if path.stem in BANNED or BANNED & set(path.relative_to(ROOT).parts)]


def test_surfaces_reach_no_table_directly():
    touching = [
        relative(path)
        for path in PYTHON
        if path.relative_to(SOURCE).parts[0] in SURFACES and re.search(r"\.objects\b", path.read_text("utf-8"))
    ]
    assert not touching


def test_actions_take_keyword_only_arguments():
    positional = []
    for path in PYTHON:
        if path.stem != "actions":
            continue
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and (node.args.args):
                positional.append(f"{relative(path)}:{node.name}")
    assert not positional


def test_every_module_of_ours_says_what_it_is():
    silent = [
        relative(path)
        for path in PYTHON
        if path.name not in {"__init__.py", "apps.py"} and not ast.get_docstring(ast.parse(path.read_text("utf-8")))
    ]
    assert not silent


def test_every_template_is_used():
    text = "\n".join(path.read_text("utf-8") for path in [*PYTHON, *TEMPLATES])
    names = {path.relative_to(SOURCE / "templates").as_posix() for path in TEMPLATES}
    assert not {name for name in names if f'"{name}"' not in text and f"'{name}'" not in text}


def test_every_component_style_is_used_by_a_template_or_script():
    sources = [*TEMPLATES, *SOURCE.rglob("*.js"), *PYTHON]
    text = "\n".join(path.read_text("utf-8") for path in sources)
    unused = [path.stem for path in sorted(SOURCE.glob("static/css/*/*.css")) if path.stem not in text]
    assert not unused


def test_every_component_is_in_the_catalogue_or_says_why_not():
    page = (SOURCE / "templates/web/catalogue.html").read_text("utf-8")
    names = {path.stem for path in (SOURCE / "templates/components").glob("*.html")}
    shown = set(re.findall(r"components/(\w+)\.html", page)) - {"head"}
    assert names == shown | set(NOT_SHOWN) and not shown & set(NOT_SHOWN)


def test_pages_carry_no_inline_style_or_script():
    bad = []
    for path in TEMPLATES:
        text = path.read_text("utf-8")
        if re.search(r'\sstyle="|<style|\son[a-z]+="|javascript:', text):
            bad.append(relative(path))
        text = text.replace('<script>{% include "theme.js" %}</script>', "")  # the one whose hash the policy names
        if any("src=" not in tag and "ld+json" not in tag for tag in re.findall(r"<script[^>]*>", text)):
            bad.append(relative(path))
    assert not bad


def test_styles_take_colours_from_the_tokens_only():
    bad = [
        f"{relative(path)}: {match}"
        for path in SOURCE.rglob("static/css/**/*.css")
        if path.name != "tokens.css"
        for match in re.findall(r"#[0-9a-fA-F]{3,8}\b|\brgba?\(", path.read_text("utf-8"))
    ]
    assert not bad


def test_layers_are_kept():
    done = subprocess.run(
        [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout[-2000:]


def test_every_setting_of_the_environment_is_documented():
    settings = (SOURCE / "config/settings.py").read_text("utf-8")
    names = set(re.findall(r'env(?:_bool|_list)?\("([A-Z_]+)"', settings))
    example = (ROOT / ".env.example").read_text("utf-8")
    assert not {name for name in names if not re.search(rf"^#?\s?{name}=", example, re.M)}


def test_the_readme_is_short():
    assert len((ROOT / "README.md").read_text("utf-8").splitlines()) <= 80


def test_every_document_a_document_names_exists():
    dead = [
        f"{relative(path)}: {target}"
        for path in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", path.read_text("utf-8"))
        if not target.startswith("/") and not (path.parent / target).exists()
    ]
    assert not dead


@pytest.mark.parametrize("word", ["[/]work/", "[/]root/", "[/]home/[a-z]"])
def test_no_path_of_a_machine_is_in_the_project(word: str):
    found = subprocess.run(
        ["git", "grep", "-nIE", word, "--", ":!requirements*"], cwd=ROOT, capture_output=True, text=True
    )
    assert found.stdout == ""
