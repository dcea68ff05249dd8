"""Read every data file and article into an empty database; exits 1 with file and line when one is broken.

Then every internal link of every article page, written or made, must lead to a page and to a place on it.
"""

from __future__ import annotations

import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fysfinder.config.settings")
os.environ["STATIC_STORAGE"] = "django.contrib.staticfiles.storage.StaticFilesStorage"  # nothing is collected here
os.environ.setdefault("LOG_LEVEL", "ERROR")
django.setup()

from django.conf import settings  # noqa: E402  # Django must be set up first
from django.core.management import call_command  # noqa: E402
from django.db import transaction  # noqa: E402

from scripts.check_links import dead_links  # noqa: E402

call_command("migrate", verbosity=0)
for command in ("load_places", "load_topics", "load_tariffs"):
    call_command(command, verbosity=0)
call_command("load_content", str(settings.CONTENT_DIR), check=True, remove=True)
with transaction.atomic():
    call_command("load_content", str(settings.CONTENT_DIR), remove=True, verbosity=0)
    dead = dead_links()
    transaction.set_rollback(True)
sys.exit("\n".join(dead) or None)
