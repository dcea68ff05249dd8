"""Which pairs are compared: those that share a key, and never the block of everybody."""

from __future__ import annotations

import csv
import random
import time
from pathlib import Path

from fysfinder.imports.blocking import Blocks
from fysfinder.imports.identity import identity_of


def test_blocks_find_the_pair_among_many_and_large_blocks_are_left_out() -> None:
    blocks = Blocks()
    chance = random.Random(1)
    roads = ["Ahornvej", "Birkevej", "Egevej", "Lindealle", "Poppelvej"]
    for number in range(2000):
        record = {
            "name": f"Klinik {chance.choice('abcdefgh') * 4}{number}",
            "street": f"{chance.choice(roads)} {number % 90 + 1}",
            "postcode": str(8000 + number % 90),
            "phone": str(70_000_000 + number),
            "website": "kaede.example",
        }
        blocks.add(number, identity_of(record))
    wanted = identity_of({"name": "Noget helt andet", "phone": "70 00 07 77", "website": "kaede.example"})
    assert blocks.candidates(wanted) == {777}
    assert "kaede.example" in blocks.chain_hosts()
    start = time.perf_counter()
    sizes = [len(blocks.candidates(identity)) for identity in blocks.identities.values()]
    assert max(sizes) < 200
    assert time.perf_counter() - start < 5


def test_the_labelled_pairs_that_are_one_share_a_block() -> None:
    rows = csv.DictReader((Path(__file__).parent / "pairs.csv").read_text("utf-8").splitlines())
    for row in rows:
        if row["label"] == "same":
            a, b = (
                identity_of({column[2:]: value for column, value in row.items() if column.startswith(side) and value})
                for side in ("a_", "b_")
            )
            blocks = Blocks()
            blocks.add(1, a)
            assert blocks.candidates(b) == {1}, row
