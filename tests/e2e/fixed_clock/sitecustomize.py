"""On PYTHONPATH: every process of the tested site starts at one moment, so that ages and opening hours read alike."""

import datetime as dt
import time

from django.utils import timezone

START = dt.datetime(2026, 11, 18, 9, 0, tzinfo=dt.UTC)  # a Wednesday, 10.00 in Copenhagen
_began = time.monotonic()

timezone.now = lambda: START + dt.timedelta(seconds=time.monotonic() - _began)
