"""Asking other machines, politely and safely: the one way out of the house.

Safe: http and https on their own ports, no user in the address, and every address the name resolves to must be public
(not loopback, private, link-local, shared or reserved); the connection goes to the address that was checked, so the
name cannot point elsewhere a moment later; each redirect is checked anew. Polite: one request at a time and a pause
per host, robots.txt is asked first (RFC 9309), a name and an address stand in User-Agent.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from urllib.parse import SplitResult, urljoin, urlsplit
from urllib.robotparser import RobotFileParser

MOST_REDIRECTS = 5
MOST_ROBOTS_BYTES = 500 * 1024  # RFC 9309: a crawler must read at least so much
NAT64 = ipaddress.ip_network("64:ff9b::/96")  # RFC 6052: the last 32 bits are an IPv4 address
LONGEST_PAUSE_S = 30.0


class FetchError(Exception):
    """Nobody answered in a way that can be used; the text says why, in English, without the machine's own words."""


class ForbiddenAddressError(FetchError):
    """Not asked at all: the address is not a public web address, or robots.txt says no."""


@dataclass(frozen=True, slots=True)
class Reply:
    status: int
    url: str  # where the redirects ended
    headers: Mapping[str, str]  # lower-case names
    body: bytes


def is_public(address: str) -> bool:
    """Whether an IP address may be asked: reachable by everybody, so nothing inside our own walls."""
    found = ipaddress.ip_address(address.partition("%")[0])
    inner = getattr(found, "ipv4_mapped", None) or getattr(found, "sixtofour", None)
    if found in NAT64:
        inner = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
    return found.is_global and not found.is_multicast and (inner is None or inner.is_global)


@dataclass
class Fetcher:
    """Safe to share between threads. is_loopback_allowed is for tests with a server of their own.

    `timeout_s` is for one silence, `whole_s` for the head of an answer, and for what `fetch` reads: a host that sends a
    byte now and then holds nobody for longer.
    """

    agent: str
    timeout_s: float = 10.0
    whole_s: float = 30.0
    pause_s: float = 1.0
    is_loopback_allowed: bool = False
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    _robots: dict[str, RobotFileParser] = field(default_factory=dict)
    _next_at: dict[str, float] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def fetch(self, url: str, *, method: str = "GET", max_bytes: int = 200_000) -> Reply:
        """The answer, cut at max_bytes. Raises FetchError."""
        with self.open(url, method=method) as (final, response):
            body = self._read(response, max_bytes) if method != "HEAD" else b""
            headers = {name.lower(): value for name, value in response.getheaders()}
            return Reply(response.status, final, headers, body)

    def _read(self, response: http.client.HTTPResponse, max_bytes: int) -> bytes:
        """So much of the body, in whole_s at most."""
        body, ends = b"", time.monotonic() + self.whole_s
        try:
            while len(body) < max_bytes and (part := response.read1(max_bytes - len(body))):
                body += part
                if time.monotonic() > ends:
                    raise TimeoutError
        except (OSError, http.client.HTTPException) as error:
            raise FetchError(_reason(error)) from None
        return body

    @contextmanager
    def open(
        self, url: str, *, method: str = "GET", headers: Mapping[str, str] | None = None, asks_robots: bool = True
    ) -> Iterator[tuple[str, http.client.HTTPResponse]]:
        """(where the redirects ended, the response to read from). Raises FetchError before it yields."""
        for _ in range(MOST_REDIRECTS + 1):
            parts = self._checked(url)
            if asks_robots and not self._may(parts):
                raise ForbiddenAddressError("robots.txt says no")
            self._wait(parts.netloc)
            connection = self._connection(parts)
            with closing(connection):
                response = self._ask(connection, parts, method, headers or {})
                target = response.getheader("Location")
                if response.status not in {301, 302, 303, 307, 308} or not target:
                    yield url, response
                    return
            url = _joined(url, target)
        raise FetchError("too many redirects")

    def _ask(
        self, connection: http.client.HTTPConnection, parts: SplitResult, method: str, headers: Mapping[str, str]
    ) -> http.client.HTTPResponse:
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        try:
            path.encode("ascii")
        except UnicodeEncodeError:
            path = "".join(char if char.isascii() else "".join(f"%{b:02X}" for b in char.encode()) for char in path)
        try:
            connection.connect()
            with self._ended_in_time(connection.sock) as is_over:
                connection.request(method, path, headers={"User-Agent": self.agent, "Accept": "*/*", **headers})
                response = connection.getresponse()
            if is_over():
                response.close()
                raise TimeoutError
            return response
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise FetchError(_reason(error)) from None

    @contextmanager
    def _ended_in_time(self, sock: socket.socket) -> Iterator[Callable[[], bool]]:
        """Nothing more is read from the socket after whole_s; its own timeout begins anew with every byte.

        Yields whether it has come to that: what was read till then may look whole.
        """
        is_over = threading.Event()

        def end() -> None:
            is_over.set()
            with suppress(OSError):
                socket.socket.shutdown(sock, socket.SHUT_RDWR)

        timer = threading.Timer(self.whole_s, end)
        timer.daemon = True
        timer.start()
        try:
            yield is_over.is_set
        finally:
            timer.cancel()

    def _checked(self, url: str) -> SplitResult:
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError:
            raise ForbiddenAddressError("not a web address") from None
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username or parts.password:
            raise ForbiddenAddressError("not a web address")
        if port not in {None, 80, 443} and not self.is_loopback_allowed:
            raise ForbiddenAddressError("an unusual port")
        return parts

    def _address(self, host: str, port: int) -> str:
        try:
            found = socket.getaddrinfo(host.encode("idna").decode(), port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            raise FetchError("the name is not known") from None
        addresses = [str(entry[4][0]) for entry in found]
        for address in addresses:
            is_own = self.is_loopback_allowed and ipaddress.ip_address(address).is_loopback
            if not is_own and not is_public(address):
                raise ForbiddenAddressError("not a public address")
        if not addresses:
            raise FetchError("the name is not known")
        return addresses[0]

    def _connection(self, parts: SplitResult) -> http.client.HTTPConnection:
        host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
        address = self._address(host, port)
        name = host.encode("idna").decode()
        connection: http.client.HTTPConnection
        if parts.scheme == "https":
            connection = http.client.HTTPSConnection(
                name, port, timeout=self.timeout_s, context=ssl.create_default_context()
            )
        else:
            connection = http.client.HTTPConnection(name, port, timeout=self.timeout_s)
        # Connect to the address that was checked; the name stays for the certificate and the Host line.
        connection._create_connection = lambda _address, timeout, source: socket.create_connection(  # type: ignore[attr-defined]
            (address, port), timeout, source
        )
        return connection

    def _wait(self, host: str) -> None:
        with self._lock:
            now = self.clock()
            at = max(now, self._next_at.get(host, now))
            robots = next((found for key, found in self._robots.items() if urlsplit(key).netloc == host), None)
            delay = robots.crawl_delay(self.agent) if robots else None
            self._next_at[host] = at + min(max(self.pause_s, float(delay or 0)), LONGEST_PAUSE_S)
        if at > now:
            self.sleep(at - now)

    def _may(self, parts: SplitResult) -> bool:
        """What robots.txt says; one that is missing forbids nothing, one that cannot be read forbids all."""
        origin = f"{parts.scheme}://{parts.netloc}"
        robots = self._robots.get(origin)
        if robots is None:
            robots = RobotFileParser()
            with self.open(f"{origin}/robots.txt", asks_robots=False) as (_, response):
                text = self._read(response, MOST_ROBOTS_BYTES).decode("utf-8", "replace")
                says = text if response.status < 400 else "User-agent: *\nDisallow: /" * (response.status >= 500)
                robots.parse(says.splitlines())
            self._robots[origin] = robots
        return robots.can_fetch(self.agent, parts.path or "/")


def _joined(url: str, target: str) -> str:
    try:
        return urljoin(url, target)
    except ValueError:
        raise ForbiddenAddressError("not a web address") from None


def _reason(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return "no answer in time"
    if isinstance(error, ssl.SSLError):
        return "the certificate is not right"
    if isinstance(error, ConnectionRefusedError):
        return "nobody listens there"
    return "the connection broke"
