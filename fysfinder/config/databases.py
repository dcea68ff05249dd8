"""DATABASE_URL as Django's dictionary: what a PostgreSQL server of many workers and nodes needs besides its address."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

CONNECT_SECONDS = 3  # for each host: a dead one must not hold a visitor up
# A peer that has vanished without a word is given up after about 25 seconds, and after 10 while data is on its way.
KEEPALIVE = {"keepalives": 1, "keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 3}
UNANSWERED_MS = 10_000
IDLE_TRANSACTION_MS = 60_000
POOL_WAIT_SECONDS = 2


def database(
    url: str, *, takes_writes: bool = True, pool_size: int = 0, statement_timeout_ms: int = 0
) -> dict[str, Any]:
    """Django's database dictionary for sqlite:///path or postgresql://user:password@host:port/name?libpq=options.

    Several hosts (h1:5432,h2:5432) mean: whichever takes writes now; for a copy, one that follows. `pool_size`
    connections are kept for the threads of a process (0: one for each thread); a statement that takes longer than
    `statement_timeout_ms` is ended (0: never).
    ValueError for another scheme or a URL without a database name.
    """
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return sqlite(unquote(url.removeprefix("sqlite:///")) if parts.path else ":memory:")
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ValueError(f"DATABASE_URL must begin with sqlite:/// or postgresql://, not {parts.scheme!r}")
    if not parts.path.strip("/"):
        raise ValueError("DATABASE_URL must end with the database's name: postgresql://user:password@host:5432/name")
    user, _, password = parts.netloc.rpartition("@")[0].partition(":")
    hosts, ports = hosts_and_ports(parts.netloc.rpartition("@")[2])
    options: dict[str, Any] = {"connect_timeout": CONNECT_SECONDS, **KEEPALIVE, "tcp_user_timeout": UNANSWERED_MS}
    if "," in hosts:
        options["target_session_attrs"] = "read-write" if takes_writes else "prefer-standby"
    if statement_timeout_ms:
        options["options"] = (
            f"-c statement_timeout={statement_timeout_ms} -c idle_in_transaction_session_timeout={IDLE_TRANSACTION_MS}"
        )
    options.update(parse_qsl(parts.query))
    if pool_size:
        # After `reconnect_timeout` the pool stops waiting ever longer between two tries: the next visitor tries again.
        options["pool"] = {
            "min_size": 1,
            "max_size": pool_size,
            "timeout": POOL_WAIT_SECONDS,
            "max_idle": 300,
            "reconnect_timeout": 5,
        }
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(user),
        "PASSWORD": unquote(password),
        "HOST": hosts,
        "PORT": ports,
        "CONN_MAX_AGE": 0 if pool_size else 60,  # a pool keeps them itself
        "CONN_HEALTH_CHECKS": True,  # after a failover the old connections are found dead before they are used
        "OPTIONS": options,
    }


def sqlite(name: str) -> dict[str, Any]:
    """WAL and IMMEDIATE cure "database is locked" when several workers write. Opening it anew costs 5 ms a request."""
    pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
    options = {"transaction_mode": "IMMEDIATE", "timeout": 10, "init_command": pragmas}
    return {"ENGINE": "django.db.backends.sqlite3", "NAME": name, "OPTIONS": options, "CONN_MAX_AGE": 60}


def hosts_and_ports(text: str) -> tuple[str, str]:
    """libpq's two lists, 'h1,h2' and '5432,5432', of 'h1:5432,h2'; an IPv6 address stands in brackets."""
    hosts, ports = [], []
    for part in text.split(","):
        host, colon, port = part.rpartition(":")
        if not colon or "]" in port:
            host, port = part, ""
        if port and not port.isdecimal():
            raise ValueError(f"DATABASE_URL: {port!r} is no port")
        hosts.append(unquote(host).strip("[]"))
        ports.append(port)
    if len(hosts) > 1:
        ports = [port or "5432" for port in ports]
    return ",".join(hosts), ",".join(ports)
