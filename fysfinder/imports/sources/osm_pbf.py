"""An extract of OpenStreetMap (.osm.pbf) as the elements an Overpass answer would hold ('out center').

Through osmium, an optional package. The extract is passed over a few times so that no more is held than what is about
physiotherapists: first what carries the tags, then the ways of its relations, then the nodes they are drawn of. As in
Overpass the centre is that of the box around them; relations inside relations are left out of it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any, BinaryIO

from fysfinder.imports.record import BrokenFileError

Point = tuple[float, float]  # lat, lon
Element = dict[str, Any]
MAGIC = b"\n\tOSMHeader"  # behind the length of the first block, four bytes
KEYS = ("healthcare", "healthcare:speciality")
_STAMP = "osmosis_replication_timestamp"


def is_pbf(start: bytes) -> bool:
    """start: the file's first bytes, at least 15."""
    return start[4 : 4 + len(MAGIC)] == MAGIC


def read_pbf(file: BinaryIO) -> tuple[list[Element], str]:
    """Everything with a tag of KEYS, and the day of the extract ('' when it does not say).

    Raises BrokenFileError when the file is no whole extract, or the package is not installed.
    """
    try:
        import osmium
    except ImportError:
        text = "is an .osm.pbf: reading it needs the package osmium (uv pip install --python .venv/bin/python osmium)"
        raise BrokenFileError([(1, text)]) from None
    try:
        return _Extract(osmium, file).elements()
    except (RuntimeError, ValueError) as error:  # what osmium raises for a block it cannot read
        raise BrokenFileError([(1, f"is no whole .osm.pbf: {error}")]) from None


class _Extract:
    def __init__(self, osmium: Any, file: BinaryIO) -> None:
        self.osmium = osmium
        name = getattr(file, "name", None)
        # By its name it is streamed; what has none is in memory already.
        self.data = name if isinstance(name, str) else osmium.io.FileBuffer(file.read(), "pbf")

    def elements(self) -> tuple[list[Element], str]:
        bits = self.osmium.osm
        found: list[Element] = []
        drawn_of: list[tuple[Element, set[int], set[int]]] = []  # the element, its nodes, its ways
        keyed = self.osmium.filter.KeyFilter(*KEYS)
        for one in self._pass(bits.NODE | bits.WAY | bits.RELATION, keyed):
            element: Element = {"type": _KINDS[one.type_str()], "id": one.id, "tags": dict(one.tags)}
            found.append(element)
            if one.is_node():
                element |= _at((one.location.lat, one.location.lon)) if one.location.valid() else {}
            elif one.is_way():
                drawn_of.append((element, {node.ref for node in one.nodes}, set()))
            else:
                members = [(member.type, member.ref) for member in one.members]
                nodes, ways = ({ref for kind, ref in members if kind == letter} for letter in "nw")
                drawn_of.append((element, nodes, ways))
        self._center(drawn_of)
        stamp = self.osmium.FileProcessor(self.data).header.get(_STAMP, "")
        return found, stamp

    def _center(self, drawn_of: list[tuple[Element, set[int], set[int]]]) -> None:
        bits, by_id = self.osmium.osm, self.osmium.filter.IdFilter
        ways = set().union(*(ways for _element, _nodes, ways in drawn_of))
        nodes_of = {way.id: {node.ref for node in way.nodes} for way in self._some(bits.WAY, by_id, ways)}
        for _element, nodes, parts in drawn_of:
            nodes.update(*(nodes_of.get(way, set()) for way in parts))
        wanted = set().union(*(nodes for _element, nodes, _ways in drawn_of))
        points = {
            node.id: (node.location.lat, node.location.lon)
            for node in self._some(bits.NODE, by_id, wanted)
            if node.location.valid()
        }
        for element, nodes, _ways in drawn_of:
            if known := [points[node] for node in nodes if node in points]:
                element["center"] = _at(_middle(known))

    def _some(self, kind: Any, by_id: Any, ids: Collection[int]) -> Iterator[Any]:
        return self._pass(kind, by_id(sorted(ids))) if ids else iter(())

    def _pass(self, kinds: Any, only: Any) -> Iterator[Any]:
        """What is there now: an extract with history holds deleted ones as well."""
        objects = self.osmium.FileProcessor(self.data, kinds).with_filter(only)
        return (one for one in objects if not one.deleted)


_KINDS = {"n": "node", "w": "way", "r": "relation"}


def _at(point: Point) -> dict[str, float]:
    return {"lat": point[0], "lon": point[1]}


def _middle(points: Collection[Point]) -> Point:
    """Of the box around them, to the seven decimals OpenStreetMap keeps."""
    lats, lons = [lat for lat, _lon in points], [lon for _lat, lon in points]
    return round((min(lats) + max(lats)) / 2, 7), round((min(lons) + max(lons)) / 2, 7)
