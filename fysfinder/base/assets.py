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
<meta name="color-scheme" content="light dark"><title>Vi er straks tilbage · We will be back in a moment</title>
<style>{css}</style></head><body><main>
<div class="home-band">{drawing}<div class="page home-band__text"><h1>Vi er straks tilbage</h1>
<p class="lede">Siden bliver opdateret eller har et problem hos os. Prøv igen om et par minutter.</p></div></div>
<div class="page stack section"><p>Skal du bruge en fysioterapeut i dag, så ring direkte til klinikken.</p>
<p>Siden stiller ingen diagnose. Er det akut, så ring <a href="tel:112">112</a>.</p>
<p><a class="button" href="">Prøv igen</a></p></div>
<div class="page stack section" lang="en"><h2 class="ruled">We will be back in a moment</h2>
<p class="measure">The site is being updated or has a problem on our side. Please try again in a few minutes.
In an emergency, call <a href="tel:112">112</a>. <a href="">Try again</a></p></div></main></body></html>"""


MAINTENANCE_CSS = (*CSS_FIRST, *(f"css/components/{name}.css" for name in ("button", "goniometer", "home-band")))
DRAWING = settings.BASE_DIR / "fysfinder" / "templates" / "components" / "goniometer.html"


def maintenance_page() -> str:
    """It asks for nothing: our style and the drawing of the front page stand in it, the font and fades are left out."""
    css = rcssmin.cssmin("\n".join((STATIC_SOURCE / name).read_text(encoding="utf-8") for name in MAINTENANCE_CSS))
    css = re.sub(r"@font-face\s*{[^}]*}|@media \(prefers-reduced-motion:no-preference\){@view-transition.*?}}", "", css)
    drawing = re.sub(r"{#.*?#}\s*", "", DRAWING.read_text(encoding="utf-8"))
    return MAINTENANCE.replace("{css}", css).replace("{drawing}", drawing)


def css_parts() -> list[Path]:
    """Tokens, base and layout first; components by name, since none may lean on another's order."""
    return [*(STATIC_SOURCE / name for name in CSS_FIRST), *sorted((STATIC_SOURCE / "css/components").glob("*.css"))]


def reading_parts() -> list[Path]:
    """What the front page, a list of clinics and a clinic need nothing of: texts, tools, tables, the comparison."""
    return sorted((STATIC_SOURCE / "css/reading").glob("*.css"))


def js_parts() -> list[Path]:
    return sorted((STATIC_SOURCE / "js" / "site").glob("*.js"))


def build_assets(target: Path) -> dict[str, int]:
    """Write the styles, the script and maintenance.html into target when their text has changed. Bytes per file."""
    target.mkdir(parents=True, exist_ok=True)
    sizes = {}
    made = {"maintenance.html": maintenance_page()}
    for name, parts, minify in (
        ("site.css", css_parts(), rcssmin.cssmin),
        ("reading.css", reading_parts(), rcssmin.cssmin),
        ("site.js", js_parts(), rjsmin.jsmin),
    ):
        made[name] = minify("\n".join(part.read_text(encoding="utf-8") for part in parts))
    for name, text in made.items():
        path = target / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
        sizes[name] = len(text.encode())
    return sizes
