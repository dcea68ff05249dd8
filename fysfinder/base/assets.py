"""One stylesheet and one script per page, joined and minified from our small files without a bundler."""

from __future__ import annotations

from pathlib import Path

import rcssmin
import rjsmin
from django.conf import settings

STATIC_SOURCE = settings.BASE_DIR / "fysfinder" / "static"
CSS_FIRST = ("css/tokens.css", "css/base.css", "css/layout.css")


def css_parts() -> list[Path]:
    """Tokens, base and layout first; components by name, since none may lean on another's order."""
    return [*(STATIC_SOURCE / name for name in CSS_FIRST), *sorted((STATIC_SOURCE / "css/components").glob("*.css"))]


def js_parts() -> list[Path]:
    return sorted((STATIC_SOURCE / "js" / "site").glob("*.js"))


def build_assets(target: Path) -> dict[str, int]:
    """Write site.css and site.js into target when their text has changed. Returns bytes per file."""
    target.mkdir(parents=True, exist_ok=True)
    sizes = {}
    for name, parts, minify in (("site.css", css_parts(), rcssmin.cssmin), ("site.js", js_parts(), rjsmin.jsmin)):
        text = minify("\n".join(part.read_text(encoding="utf-8") for part in parts))
        path = target / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
        sizes[name] = len(text.encode())
    return sizes
