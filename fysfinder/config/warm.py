"""What a worker does before anybody is let in: it makes a page of each kind, so that nobody meets its first one.

A first page takes seconds (the directory, the templates), on a busy machine many; a burst on it would be shed with 503.
"""

from __future__ import annotations

import gc
import logging
import threading

from fysfinder.base.kept_page import Application
from fysfinder.config.export import ask

log = logging.getLogger(__name__)
SEARCH = "/soeg/?q=knirk"  # a word nobody knows is looked for in every index of words, and so builds them
PAGES = ("/", "/find/fysioterapeut/danmark/", "/en/find/fysioterapeut/danmark/", "/ordbog/", SEARCH)
LONGEST_S = 30.0  # then visitors are let in all the same: a database that hangs must not hide the pages of errors


def warm(application: Application) -> None:
    """Ask for the pages; whatever comes, the worker starts."""
    thread = threading.Thread(target=_ask_for_pages, args=(application,), name="warm", daemon=True)
    thread.start()
    thread.join(LONGEST_S)
    # What is held from the start is held for good: going through it again and again stops a visitor for 0.15 s.
    gc.collect()
    gc.freeze()


def _ask_for_pages(application: Application) -> None:
    try:
        for path in PAGES:
            status, _body, _kind = ask(application, path)
            if status != 200:
                log.warning("the worker starts cold: %s answered %s", path, status)
                return
    except Exception:
        log.exception("the worker starts cold")
