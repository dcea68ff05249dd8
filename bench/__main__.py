"""make bench: one table. `--million` adds the search at a million clinics and pages at 100,000; `--check` is the
small run of CI, which fails when something costs twice what bench/costs.json says; `--graph` draws docs/bench.svg.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

from bench import check, graph, imports_row, pages, postgis, serving
from bench.measure import Row, machine_line, print_table


def rows() -> Iterator[Row]:
    yield from serving.rows()
    yield from pages.rows(is_large="--million" in sys.argv)
    yield from postgis.rows(postgis.SIZES if "--million" in sys.argv else postgis.SIZES[:-1])
    yield from imports_row.rows()


if __name__ == "__main__":
    if "--check" in sys.argv:
        sys.exit(check.main(is_recording="--record" in sys.argv))
    if "--graph" in sys.argv:
        sys.exit(graph.main())
    print(f"{machine_line()}\n")
    print_table(rows())
