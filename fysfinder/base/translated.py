"""Jinja2 with an environment for each language: constant words of a template are translated when it is compiled.

A page of ours says a hundred such things. Asked for one by one while it is made, they were the largest part of what it
cost; translated once, they are text among the rest of the template.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.template.backends.jinja2 import Jinja2
from django.urls import reverse
from django.utils import translation
from jinja2 import Environment, nodes
from jinja2.visitor import NodeTransformer
from markupsafe import Markup


def language() -> str:
    """'da' or 'en': the language of the page being made."""
    return "en" if (translation.get_language() or "da").startswith("en") else "da"


class LanguageTemplates(Jinja2):
    """Django's engine. It makes one environment, of which each language has an overlay with templates of its own."""

    def __init__(self, params: dict[str, Any]) -> None:
        self._spoken: dict[str, Environment] = {}
        super().__init__(params)

    @property
    def env(self) -> Environment:
        """The environment of the language of the page being made."""
        return self._spoken[language()]

    @env.setter
    def env(self, made: Environment) -> None:
        assert isinstance(made, TranslatedEnvironment)
        self._spoken = {code: made.speaking(code) for code, _ in settings.LANGUAGES}


class TranslatedEnvironment(Environment):
    spoken = "da"

    def speaking(self, code: str) -> TranslatedEnvironment:
        overlay: Any = self.overlay()
        overlay.spoken = code
        return overlay  # type: ignore[no-any-return]

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        with translation.override(self.spoken):
            found: nodes.Template = Translated(self.spoken).visit(super()._parse(source, name, filename))
        return found


class Translated(NodeTransformer):
    """Puts in the answers of _("…"), language() and url("…"), in the language that is active."""

    def __init__(self, spoken: str) -> None:
        self.spoken = spoken

    def visit_Call(self, node: nodes.Call) -> nodes.Expr:  # noqa: N802  # the visitor's own name
        self.generic_visit(node)
        if not isinstance(node.node, nodes.Name) or node.dyn_args or node.dyn_kwargs:
            return node
        name, said = node.node.name, [each.value if isinstance(each, nodes.Const) else None for each in node.args]
        match name, said:
            case "_" | "gettext", [str(text)]:
                return translated(text, node.kwargs, node.lineno)
            case "language", []:
                return nodes.Const(self.spoken, lineno=node.lineno)
            case "url", [str(page)] if not node.kwargs:
                return nodes.Const(reverse(page), lineno=node.lineno)
        return node


def translated(text: str, values: list[nodes.Keyword], lineno: int) -> nodes.Expr:
    """As Jinja's own new-style gettext: safe text, always a format string, its values escaped."""
    said = Markup(translation.gettext(text))
    if not values:
        return nodes.Const(said % {}, lineno=lineno)
    pairs = [nodes.Pair(nodes.Const(value.key), value.value, lineno=lineno) for value in values]
    return nodes.Mod(nodes.Const(said), nodes.Dict(pairs), lineno=lineno)
