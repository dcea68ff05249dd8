"""Which pairs are worth comparing: records that share a key. 100,000 against 100,000 is then millions, not billions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator

from fysfinder.imports.identity import Identity

LARGEST = 200  # a key so many have (a common word, a call centre's telephone) finds nobody
CELL_DEGREES = 0.002  # about 200 m north to south, 120 m east to west
_STEM = 5


Key = tuple[Hashable, ...]


def keys_of(identity: Identity) -> Iterator[Key]:
    """What the record is filed under."""
    yield from identity.ids.items()
    yield from (("phone", phone) for phone in identity.phones)
    yield from (("host", host) for host in {identity.host, identity.mail_host} if host)
    address = identity.address
    if address.road and address.number is not None:
        yield "door", address.road[:8], address.number
    words = {word[:_STEM] for word in (*identity.name.core, *identity.name.person)}
    yield from (("word" if identity.postcode else "loose", word) for word in words)
    if identity.postcode:
        yield from (("area", identity.postcode, word) for word in words)
        yield "road", identity.postcode, address.road[:6]
    if identity.point and identity.is_point_exact:
        yield "cell", int(identity.point[0] / CELL_DEGREES), int(identity.point[1] / CELL_DEGREES)


def _searched(identity: Identity) -> Iterator[Key]:
    """What it is looked for under: its keys, and the eight cells around its point.

    A word of the name alone is worth a comparison only when one of the two has no postcode: they are filed apart.
    """
    for key in keys_of(identity):
        if key[0] == "cell" and identity.point:
            here = [int(degrees / CELL_DEGREES) for degrees in identity.point]
            yield from (("cell", here[0] + north, here[1] + east) for north in (-1, 0, 1) for east in (-1, 0, 1))
        elif key[0] in {"word", "loose"}:
            yield "loose", key[1]
            if key[0] == "loose":
                yield "word", key[1]
        else:
            yield key


class Blocks:
    """Records by key, held for the length of a run. A key stands as its hash: one that meets another costs a look."""

    def __init__(self) -> None:
        self.identities: dict[int, Identity] = {}
        self._blocks: dict[int, list[int]] = {}
        self._hosts: Counter[str] = Counter()

    def add(self, number: int, identity: Identity) -> None:
        """Under a new number, or once more when the record has changed."""
        if number in self.identities:
            self.remove(number)
        self.identities[number] = identity
        for key in {hash(key) for key in keys_of(identity)}:
            self._blocks.setdefault(key, []).append(number)
        self._hosts.update(_hosts(identity))

    def remove(self, number: int) -> None:
        identity = self.identities.pop(number)
        for key in {hash(key) for key in keys_of(identity)}:
            self._blocks[key].remove(number)
        self._hosts.subtract(_hosts(identity))

    def candidates(self, identity: Identity) -> set[int]:
        found: set[int] = set()
        for key in {hash(key) for key in _searched(identity)}:
            block = self._blocks.get(key, ())
            if len(block) <= LARGEST:
                found.update(block)
        return found

    def chain_hosts(self, more_than: int = 2) -> frozenset[str]:
        """Websites of several: a chain's or a platform's."""
        return frozenset(host for host, number in self._hosts.items() if number > more_than)

    def chain_hosts_of(self, identity: Identity, more_than: int = 2) -> frozenset[str]:
        return frozenset(host for host in _hosts(identity) if self._hosts[host] > more_than)


def _hosts(identity: Identity) -> set[str]:
    return {host for host in (identity.host, identity.mail_host) if host}
