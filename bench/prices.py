"""How long it takes to price a course at every clinic: .venv/bin/python bench/prices.py"""

from __future__ import annotations

import datetime as dt
import os
import sys
import time
from pathlib import Path
from statistics import median

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fysfinder.config.settings")

DAY = dt.date(2026, 11, 18)
SERVICES = ("first", "follow_up", "group", "home_visit")
REPEATS = 101


def main() -> None:
    import django

    django.setup()
    from fysfinder.clinics.course import Plan, Situation
    from fysfinder.search.course_prices import Course, price_all
    from fysfinder.search.price_columns import PriceColumns
    from fysfinder.tariffs.periods import TariffRow

    tariffs = tuple(
        TariffRow(51, service, None, None, ore, dt.date(2024, 1, 1), "bench", DAY, False)
        for service, ore in (("first", 29929), ("follow_up", 19030), ("group", 12462), ("distance", 7163))
    )
    courses = {
        "referral, 1 + 5": Course(Situation(True), Plan(), tariffs, DAY),
        "all unknown, danmark, Sjælland, 1 + 5": Course(Situation(None, "5", region="1085"), Plan(), tariffs, DAY),
        "group of 20, danmark of unknown group": Course(Situation(True, "ja"), Plan("group", 20), tariffs, DAY),
    }
    for size in (3_000, 100_000):
        random = np.random.default_rng(size)
        low = {service: random.integers(-1, 90_000, size).astype(np.int32) for service in SERVICES}
        high = {service: np.where(ore < 0, -1, ore + 10_000).astype(np.int32) for service, ore in low.items()}
        answers = [random.integers(-1, 2, size).astype(np.int8) for _ in range(2)]
        prices = PriceColumns(*answers, random.random(size) < 0.15, np.zeros(size, np.int32), low, high)
        for name, course in courses.items():
            spent = []
            for _ in range(REPEATS):
                start = time.perf_counter()
                price_all(prices, course)
                spent.append((time.perf_counter() - start) * 1000)
            print(f"{size:>7,} clinics  {name:<40} median {median(spent):6.2f} ms  best {min(spent):6.2f} ms")


if __name__ == "__main__":
    main()
