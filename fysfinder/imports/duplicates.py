"""Our own clinics compared with each other by the same engine as imports: pairs for a person, never joined alone."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import transaction

from fysfinder.clinics.models import Clinic, Twins
from fysfinder.imports.blocking import Blocks
from fysfinder.imports.matching import identity_of_clinic
from fysfinder.imports.scoring import Verdict, compare

BATCH = 500


def find_duplicates() -> tuple[int, int]:
    """Write down every pair of published clinics that may be one; (pairs to look at, new ones).

    An answered pair stays answered. An open one that no longer looks alike is dropped.
    """
    found = {(first, second): verdict for first, second, verdict in _pairs()}
    with transaction.atomic():
        known = {(row.first_id, row.second_id): row for row in Twins.objects.all()}
        gone = [row.pk for pair, row in known.items() if not row.answer and pair not in found]
        Twins.objects.filter(pk__in=gone).delete()
        new = [
            Twins(first_id=first, second_id=second, score=verdict.score, reasons=list(verdict.reasons))
            for (first, second), verdict in found.items()
            if (first, second) not in known
        ]
        Twins.objects.bulk_create(new, batch_size=BATCH)
    return Twins.objects.filter(answer=Twins.Answer.OPEN).count(), len(new)


def _pairs() -> Iterator[tuple[int, int, Verdict]]:
    blocks = Blocks()
    for clinic in Clinic.objects.published().select_related("postcode").iterator(chunk_size=2000):
        blocks.add(clinic.pk, identity_of_clinic(clinic))
    chain_hosts = blocks.chain_hosts()
    for pk, identity in blocks.identities.items():
        for other in blocks.candidates(identity):
            if pk < other:
                verdict = compare(identity, blocks.identities[other], chain_hosts=chain_hosts)
                if verdict.decision != "different":
                    yield pk, other, verdict
