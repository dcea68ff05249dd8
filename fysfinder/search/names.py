"""Names of clinics by their beginnings: a sorted list that a prefix cuts, kept with the columns it belongs to."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from fysfinder.base.text import fold
from fysfinder.clinics.models import Clinic
from fysfinder.search.directory import directory

SCANNED = 200  # entries looked at for one prefix: enough to choose from, however many clinics begin with it
# Words nearly every clinic has in its name: a name is not suggested for one of these alone.
_IN_MOST_NAMES = "fysioterapi fysioterapeut fysioterapeuterne klinik klinikken fys og ved i for"
_EVERYWHERE = frozenset(_IN_MOST_NAMES.split())


@dataclass(frozen=True, slots=True)
class ClinicName:
    id: int
    slug: str
    name: str
    city: str


@dataclass(frozen=True, eq=False)
class ClinicNames:
    """`starts` are (folded name from one of its words on, 0 at the beginning and 1 inside, number), sorted."""

    names: tuple[ClinicName, ...]
    starts: tuple[tuple[str, int, int], ...]
    by_id: dict[int, ClinicName]
    words: frozenset[str]  # that some entry begins with, folded

    def starting_with(self, text: str, limit: int) -> list[ClinicName]:
        """Clinics with a word that begins like this; beginnings of names first, then A–Z."""
        wanted = fold(text)
        if not wanted:
            return []
        first, after = bisect_left(self.starts, (wanted,)), bisect_left(self.starts, (wanted + "\uffff",))
        found = self.starts[first : min(after, first + SCANNED)]
        hits = sorted((inner, start, number) for start, inner, number in found)
        return [self.names[number] for number in dict.fromkeys(number for _, _, number in hits)][:limit]


def build_names(rows: list[ClinicName]) -> ClinicNames:
    starts: list[tuple[str, int, int]] = []
    for number, row in enumerate(rows):
        words = fold(row.name).split()
        for place, word in enumerate(words):
            if place == 0 or word not in _EVERYWHERE:
                starts.append((" ".join(words[place:]), min(place, 1), number))
    words_of_names = frozenset(start.partition(" ")[0] for start, _inner, _number in starts)
    return ClinicNames(tuple(rows), tuple(sorted(starts)), {row.id: row for row in rows}, words_of_names)


def clinic_names() -> ClinicNames:
    """The names of the present directory. One query when it has changed."""
    return directory().remember("clinic names", _read_names)


def _read_names() -> ClinicNames:
    rows = Clinic.objects.published().order_by("pk").values_list("pk", "slug", "name", "postcode__name")
    return build_names([ClinicName(*row) for row in rows])
