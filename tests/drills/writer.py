"""python -m tests.drills.writer SLUG FIELD SECONDS: change one field of a clinic again and again, as staff do.

Prints `number moment` after each change: the number now stands in the field, and was committed at that moment of the
machine's monotonic clock. Ends by itself.
"""

from __future__ import annotations

import datetime as dt
import os
import sys
import time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fysfinder.config.settings")
VALUES = {"street": "Øvelsesvej {}", "parking_note": "Plads nummer {} i gården"}
PAUSE_S = 0.15


def main(slug: str, field: str, seconds: float) -> None:
    import django

    django.setup()
    from fysfinder.clinics.actions import update_clinic
    from fysfinder.clinics.models import Clinic
    from fysfinder.clinics.provenance import Origin

    clinic = Clinic.objects.get(slug=slug)
    origin = Origin("en øvelse", "editor", dt.date(2026, 11, 18))
    ends, number = time.monotonic() + seconds, 100
    while time.monotonic() < ends:
        number += 1
        update_clinic(clinic=clinic, changes={field: VALUES[field].format(number)}, origin=origin)
        print(number, time.monotonic(), flush=True)  # noqa: T201
        time.sleep(PAUSE_S)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], float(sys.argv[3]))
