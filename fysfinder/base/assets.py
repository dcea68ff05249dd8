"""One stylesheet and one script per page, joined and minified from our small files without a bundler."""

from __future__ import annotations

import re
from pathlib import Path

import rcssmin
import rjsmin
from django.conf import settings

STATIC_SOURCE = settings.BASE_DIR / "fysfinder" / "static"
CSS_FIRST = ("css/tokens.css", "css/base.css", "css/layout.css")

# What a proxy may serve when nothing behind it answers: one file that asks for no other.
MAINTENANCE = """<!DOCTYPE html><html lang="da"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">
<title>Vi er straks tilbage</title><style>{css}</style></head><body><main class="main"><div class="page stack">
<h1>Vi er straks tilbage</h1>
<p class="lede">Siden bliver opdateret eller har et problem hos os. Prøv igen om lidt.</p>
<p>Siden stiller ingen diagnose. Er det akut, så ring <a href="tel:112">112</a>.</p>
<p lang="en">We will be back in a moment. In an emergency, call <a href="tel:112">112</a>.</p>
</div></main></body></html>"""


def maintenance_page() -> str:
    css = "\n".join((STATIC_SOURCE / name).read_text(encoding="utf-8") for name in CSS_FIRST)
    return MAINTENANCE.replace("{css}", re.sub(r"@font-face\s*{[^}]*Next[^}]*}", "", rcssmin.cssmin(css)))


def css_parts() -> list[Path]:
    """Tokens, base and layout first; components by name, since none may lean on another's order."""
    return [*(STATIC_SOURCE / name for name in CSS_FIRST), *sorted((STATIC_SOURCE / "css/components").glob("*.css"))]


def js_parts() -> list[Path]:
    return sorted((STATIC_SOURCE / "js" / "site").glob("*.js"))


def build_assets(target: Path) -> dict[str, int]:
    """Write site.css, site.js and maintenance.html into target when their text has changed. Returns bytes per file."""
    target.mkdir(parents=True, exist_ok=True)
    sizes = {}
    made = {"maintenance.html": maintenance_page()}
    for name, parts, minify in (("site.css", css_parts(), rcssmin.cssmin), ("site.js", js_parts(), rjsmin.jsmin)):
        made[name] = minify("\n".join(part.read_text(encoding="utf-8") for part in parts))
    for name, text in made.items():
        path = target / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
        sizes[name] = len(text.encode())
    return sizes
