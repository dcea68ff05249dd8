"""A source's reading of bytes, whole."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

from fysfinder.imports.record import RawRow, Reading


@dataclass(frozen=True)
class Whole:
    rows: tuple[RawRow, ...]
    remarks: tuple[str, ...]


def read_all(read: Callable[[BinaryIO], Reading], data: bytes) -> Whole:
    reading = read(io.BytesIO(data))
    return Whole(tuple(reading.rows), reading.remarks)
