"""Drawings: an SVG file beside the article, reduced to shapes in the page's own colours, so that dark mode works."""

from __future__ import annotations

import html
import re
from pathlib import Path
from xml.etree import ElementTree

from fysfinder.encyclopedia.markdown import Page

MAX_BYTES = 40_000
_SVG = "{http://www.w3.org/2000/svg}"
_SHAPES = {"g", "path", "circle", "ellipse", "line", "polyline", "polygon", "rect", "text", "tspan"}
_TOKENS = "ink|ink-muted|brand|brand-line|brand-soft|accent|accent-line|accent-soft|line|line-strong|raised|sunken"
_TOKENS += "|good|warn|urgent"
_NUMBERS = re.compile(r"[-+0-9.eE,\s%]+")
_VALUES = {
    **dict.fromkeys(("fill", "stroke"), re.compile(rf"none|currentColor|var\(--(?:{_TOKENS})\)")),
    **dict.fromkeys(
        ("cx", "cy", "r", "rx", "ry", "x", "y", "x1", "y1", "x2", "y2", "dx", "dy", "width", "height", "points",
         "viewBox", "stroke-width", "stroke-dasharray", "opacity", "fill-opacity", "font-size"),
        _NUMBERS,
    ),
    "d": re.compile(r"[-+0-9.eE,\sMmLlHhVvCcSsQqTtAaZz]+"),
    "transform": re.compile(r"(?:(?:translate|scale|rotate|matrix|skewX|skewY)\([-+0-9.eE,\s]+\)\s*)+"),
    "stroke-linecap": re.compile("round|butt|square"),
    "stroke-linejoin": re.compile("round|miter|bevel"),
    "text-anchor": re.compile("start|middle|end"),
    "font-weight": re.compile(r"[1-9]00|bold|normal"),
}  # fmt: skip


def figure_of(name: str, text: str, line: int, page: Page) -> str:
    """The file's drawing as SVG for the page, '' with a warning when it cannot be used. text says what it shows."""
    try:
        return _read(name, text, line, page)
    except (OSError, ValueError, ElementTree.ParseError) as error:
        page.problems.warn(line, f"the figure {name[:60]!r} is left out: {str(error) or type(error).__name__}")
        return ""


def _read(name: str, text: str, line: int, page: Page) -> str:
    if page.folder is None or not re.fullmatch(r"[\w-]+\.svg", name):
        raise ValueError("it must be the name of an .svg file beside the article")
    path = Path(page.folder, name)
    if not path.is_file():
        raise ValueError("there is no such file")
    source = path.read_text("utf-8-sig")
    if len(source) > MAX_BYTES or "<!" in re.sub(r"<!--.*?-->", "", source, flags=re.DOTALL):
        raise ValueError(f"it is larger than {MAX_BYTES} bytes or declares a document type")
    root = ElementTree.fromstring(source)
    if root.tag not in {"svg", f"{_SVG}svg"} or not _NUMBERS.fullmatch(root.get("viewBox", "")):
        raise ValueError("it is not an <svg> with a viewBox")
    dropped: set[str] = set()
    inside = "".join(_drawn(child, dropped) for child in root)
    if dropped:
        page.problems.warn(line, f"the figure {name!r} may not hold {', '.join(sorted(dropped))[:100]}")
    said = text or "".join(root.findtext(f"{_SVG}title") or "")
    if not said:
        page.problems.warn(line, f"the figure {name!r} has no text that says what it shows")
    label = f'role="img" aria-label="{html.escape(" ".join(said.split()))}"' if said else 'aria-hidden="true"'
    return f'<svg class="drawing" {label}{_attributes(root, dropped)}>{inside}</svg>'


def _drawn(element: ElementTree.Element, dropped: set[str]) -> str:
    name = str(element.tag).removeprefix(_SVG)
    if name in {"title", "desc", "metadata"}:
        return ""
    if name not in _SHAPES:
        dropped.add(f"<{name}>")
        return ""
    inside = html.escape(element.text or "") if name in {"text", "tspan"} else ""
    inside += "".join(
        _drawn(child, dropped) + (html.escape(child.tail or "") if name == "text" else "") for child in element
    )
    return f"<{name}{_attributes(element, dropped)}>{inside}</{name}>"


def _attributes(element: ElementTree.Element, dropped: set[str]) -> str:
    is_root = str(element.tag).endswith("svg")
    kept = []
    for name, value in element.attrib.items():
        if is_root and name in {"width", "height", "role", "aria-label", "aria-hidden", "xmlns", "class"}:
            continue
        if name in _VALUES and _VALUES[name].fullmatch(value.strip()):
            kept.append(f' {name}="{value.strip()}"')
        elif name in {"fill", "stroke"}:
            dropped.add(f"the colour {value}")
            kept.append(f' {name}="currentColor"')
        else:
            dropped.add(name)
    return "".join(kept)
