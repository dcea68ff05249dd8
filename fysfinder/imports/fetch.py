"""A file fetched from its publisher: politely, resumable, and from public addresses only.

What has come so far lies in FILE.part with what it is in FILE.part.json; the next fetch asks for the rest, and begins
anew when the publisher says it is another file now. Standard library only.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import http.client
import ipaddress
import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import urljoin, urlsplit

MOST_BYTES = 2_000_000_000
MOST_REDIRECTS = 5
MOST_TRIES = 4
LONGEST_WAIT_S = 600
TIMEOUT_S = 60
CHUNK = 1 << 16
_LATER = {429, 502, 503, 504}


class FetchError(Exception):
    """The file did not come, with the reason; a part that has come is kept."""


@dataclass(frozen=True)
class Fetched:
    size: int
    sha256: str
    resumed_at: int  # bytes that had come before


@dataclass(frozen=True)
class Manners:
    """agent names the operator and how to write to them. is_private_allowed is for tests and networks of one's own."""

    agent: str
    most_bytes: int = MOST_BYTES
    is_private_allowed: bool = False
    sleep: Callable[[float], None] = time.sleep


def fetch(*, url: str, to: Path, manners: Manners) -> Fetched:
    """The file at url, put in its place when it is whole. Raises FetchError or OSError."""
    part, note = to.with_name(f"{to.name}.part"), to.with_name(f"{to.name}.part.json")
    for attempt in range(1, MOST_TRIES + 1):
        start, headers = _ask_for_rest(url, part, note)
        connection, response = _get(url, headers, manners)
        try:
            if response.status in _LATER and attempt < MOST_TRIES:
                manners.sleep(_wait_s(response, attempt))
                continue
            if response.status == 416:  # the part is no beginning of this file
                part.unlink(missing_ok=True)
                continue
            if response.status not in {200, 206}:
                raise FetchError(f"{_host(url)} answers {response.status} {response.reason}")
            start = _start(response, start)
            _keep_note(note, url, response)
            _receive(response, part, start, manners.most_bytes)
        except (http.client.HTTPException, TimeoutError, ConnectionError) as error:
            raise FetchError(f"the connection to {_host(url)} broke: {error}; fetch again to go on") from None
        finally:
            connection.close()
        return _put_in_place(part, note, to, start)
    raise FetchError(f"{_host(url)} asks to come back later")


def _ask_for_rest(url: str, part: Path, note: Path) -> tuple[int, dict[str, str]]:
    """Where the answer should start. Only what is known to be the same file is gone on with."""
    headers = {"Accept-Encoding": "identity", "Accept": "*/*"}
    try:
        size, said = part.stat().st_size, json.loads(note.read_text("utf-8"))
    except (OSError, ValueError):
        return 0, headers
    if said.get("url") != url or not said.get("is_of") or not size:
        return 0, headers
    return size, headers | {"Range": f"bytes={size}-", "If-Range": said["is_of"]}


def _get(
    url: str, headers: Mapping[str, str], manners: Manners
) -> tuple[http.client.HTTPConnection, http.client.HTTPResponse]:
    for _redirect in range(MOST_REDIRECTS + 1):
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username:
            raise FetchError(f"{url!r} is not a web address")
        kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        connection = kind(parts.hostname, parts.port, timeout=TIMEOUT_S)
        try:
            connection.connect()
            _check_peer(connection, manners)
            path = f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"
            connection.request("GET", path, headers={**headers, "User-Agent": manners.agent})
            response = connection.getresponse()
        except FetchError:
            connection.close()
            raise
        except (OSError, http.client.HTTPException) as error:
            connection.close()
            raise FetchError(f"{parts.hostname} cannot be reached: {error}") from None
        if response.status not in {301, 302, 303, 307, 308}:
            return connection, response
        connection.close()
        url = urljoin(url, response.headers.get("Location", ""))
    raise FetchError(f"{_host(url)} redirects more than {MOST_REDIRECTS} times")


def _check_peer(connection: http.client.HTTPConnection, manners: Manners) -> None:
    """The address that answers, not the name: a name may point into our own network. Nothing has been asked yet."""
    address = ipaddress.ip_address(connection.sock.getpeername()[0].partition("%")[0])
    inner = getattr(address, "ipv4_mapped", None) or address
    if not inner.is_global and not manners.is_private_allowed:
        raise FetchError(f"{connection.host} is at {inner}, which is no public address")


def _wait_s(response: http.client.HTTPResponse, attempt: int) -> float:
    """What Retry-After says, in seconds or as a date, within reason; else longer each time."""
    text = response.headers.get("Retry-After", "").strip()
    if text.isdigit():
        seconds = float(text)
    else:
        try:
            seconds = (parsedate_to_datetime(text) - dt.datetime.now(dt.UTC)).total_seconds()
        except (ValueError, TypeError):
            seconds = 5.0 * 2**attempt
    if seconds > LONGEST_WAIT_S:
        raise FetchError(f"asks to wait {seconds:.0f} s: fetch again then")
    return max(seconds, 1.0)


def _start(response: http.client.HTTPResponse, asked: int) -> int:
    """206 goes on where we asked; 200 is the whole file, from its beginning."""
    if response.status == 200:
        return 0
    if not response.headers.get("Content-Range", "").startswith(f"bytes {asked}-"):
        raise FetchError("the answer begins at another place than was asked for")
    return asked


def _keep_note(note: Path, url: str, response: http.client.HTTPResponse) -> None:
    etag = response.headers.get("ETag", "")
    is_of = etag if etag and not etag.startswith("W/") else response.headers.get("Last-Modified", "")
    note.write_text(json.dumps({"url": url, "is_of": is_of}), "utf-8")


def _receive(response: http.client.HTTPResponse, part: Path, start: int, most_bytes: int) -> None:
    length = response.headers.get("Content-Length", "")
    whole = start + int(length) if length.isdigit() else None
    if whole is not None and whole > most_bytes:
        raise FetchError(f"is {whole} bytes; at most {most_bytes} are fetched")
    size = start
    with part.open("ab" if start else "wb") as file:
        while chunk := response.read1(CHUNK):
            size += len(chunk)
            if size > most_bytes:
                raise FetchError(f"is longer than {most_bytes} bytes, the most that is fetched")
            file.write(chunk)
    if whole is not None and size != whole:
        raise FetchError(f"was cut short after {size} of {whole} bytes; fetch again to go on")


def _put_in_place(part: Path, note: Path, to: Path, start: int) -> Fetched:
    with part.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    size = part.stat().st_size
    part.replace(to)
    note.unlink(missing_ok=True)
    return Fetched(size, sha256, start)


def _host(url: str) -> str:
    return urlsplit(url).hostname or url
