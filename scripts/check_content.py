"""Read every data file and article into an empty database; exits 1 with file and line when one is broken."""

from __future__ import annotations

import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fysfinder.config.settings")
django.setup()

from django.conf import settings  # noqa: E402  # Django must be set up first
from django.core.management import call_command  # noqa: E402

call_command("migrate", verbosity=0)
for command in ("load_places", "load_topics", "load_tariffs"):
    call_command(command, verbosity=0)
sys.exit(call_command("load_content", str(settings.CONTENT_DIR), check=True, remove=True))
