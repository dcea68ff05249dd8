"""Bytes made smaller the way a client says it can read them: brotli, zstandard or gzip."""

from __future__ import annotations

import functools
import gzip

import brotli
import zstandard

# Best first: what the client takes of these is what it gets.
ENCODINGS = ("br", "zstd", "gzip")
WORTH_BYTES = 400  # below it, the header costs what the compression saves
TEXTS = (
    "text/",
    "application/json",
    "application/xml",
    "application/atom+xml",
    "application/manifest+json",
    "image/svg",
)


@functools.lru_cache(maxsize=512)
def best_encoding(accept: str) -> str:
    """'br', 'zstd', 'gzip' or '' for an Accept-Encoding header; q=0 forbids (RFC 9110, 12.5.3)."""
    weights: dict[str, float] = {}
    for part in accept.lower().split(",")[:20]:
        name, _, rest = part.partition(";")
        _, _, weight = rest.partition("q=")
        try:
            weights[name.strip()] = float(weight) if weight.strip() else 1.0
        except ValueError:
            weights[name.strip()] = 0.0
    everything = weights.get("*", 0.0)
    usable = [name for name in ENCODINGS if weights.get(name, everything) > 0]
    return max(usable, key=lambda name: weights.get(name, everything), default="")


def compress(body: bytes, encoding: str, *, is_kept: bool) -> bytes:
    """The body in one of ENCODINGS; '' leaves it as it is.

    Harder when it is kept for many visitors: that takes an 80 kB page 50 ms instead of 2 and saves a tenth of it.
    """
    if encoding == "br":
        smaller: bytes = brotli.compress(body, quality=10 if is_kept else 5)
        return smaller
    if encoding == "zstd":
        return zstandard.ZstdCompressor(level=15 if is_kept else 3).compress(body)
    if encoding == "gzip":
        return gzip.compress(body, compresslevel=9 if is_kept else 5, mtime=0)
    return body


def is_compressible(content_type: str, length: int) -> bool:
    return length >= WORTH_BYTES and content_type.startswith(TEXTS)
