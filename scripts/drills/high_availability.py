"""python -m scripts.drills.high_availability [--seconds 60] [--without-replica]: the primary dies under load.

Three PostgreSQL under Patroni and etcd, HAProxy and two sites on top. Clinics are changed with numbers that the
database acknowledges; pages, one of them the changed clinic's, are read all the while. A third into the time the
primary is killed with SIGKILL. Afterwards every acknowledged number must be there, no page may have failed, and writes
must have been back within 30 s.
"""

from __future__ import annotations

import argparse
import functools
import itertools
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from scripts.drills.cluster import Cluster, Node, missing_programs, patroni_cluster
from scripts.site import free_port, prepare, served

WRITES_BACK_SECONDS = 30.0
PATHS = ("/", "/find/", "/ordbog/", "/priser/")


@dataclass
class Seen:
    """What the clients saw, each thing with its second since the load began."""

    began: float = field(default_factory=time.monotonic)
    acknowledged: list[tuple[float, int]] = field(default_factory=list)
    refused: list[tuple[float, str]] = field(default_factory=list)
    pages: list[float] = field(default_factory=list)
    failed_pages: list[tuple[float, str]] = field(default_factory=list)
    slowest_page: float = 0.0

    def now(self) -> float:
        return time.monotonic() - self.began


def haproxy_config(cluster: Cluster, port: int) -> str:
    """As deploy/haproxy.cfg: Patroni's own answer tells which node takes writes."""
    servers = [
        f"    server {node.name} 127.0.0.1:{node.port} check port {node.api} on-marked-down shutdown-sessions"
        for node in cluster.nodes
    ]
    return "\n".join(
        [
            "defaults",
            "    mode tcp",
            "    timeout connect 2s",
            "    timeout client 1h",
            "    timeout server 1h",
            "    timeout check 2s",
            "listen primary",
            f"    bind 127.0.0.1:{port}",
            "    option httpchk GET /primary",
            "    default-server inter 1s fall 2 rise 1",
            *servers,
            "",
        ]
    )


def write_numbers(url: str, slug: str, seen: Seen, stop: threading.Event) -> None:
    """One number after another, each with a change of the clinic, in a transaction of its own."""
    number = 0
    connection: psycopg.Connection[tuple[object, ...]] | None = None
    while not stop.is_set():
        number += 1
        try:
            if connection is None:
                connection = psycopg.connect(url, connect_timeout=3, options="-c statement_timeout=10000")
            with connection.transaction():
                connection.execute("insert into drill_writes values (%s)", [number])
                told = "update changes_latest set number = number + 1 where id = 1 returning number"
                [latest] = connection.execute(told).fetchone() or [0]
                change = "insert into changes_change values (%s, %s, now())"
                connection.execute(change, [latest, f"clinic-{slug}"])
            seen.acknowledged.append((seen.now(), number))
        except psycopg.Error as error:
            seen.refused.append((seen.now(), type(error).__name__))
            if connection is not None:
                connection.close()
            connection = None
            time.sleep(0.2)
        time.sleep(0.01)


def read_pages(urls: list[str], seen: Seen, stop: threading.Event) -> None:
    """Every page of every site in turn; anything but 200 within 10 s is a failure."""
    while not stop.is_set():
        for url in urls:
            began = time.monotonic()
            try:
                with urllib.request.urlopen(url, timeout=10) as answer:
                    answer.read()
                seen.pages.append(seen.now())
            except OSError as error:
                seen.failed_pages.append((seen.now(), f"{url}: {error}"))
            seen.slowest_page = max(seen.slowest_page, time.monotonic() - began)
            time.sleep(0.02)


def run(cluster: Cluster, seconds: float, report: Callable[[str], None], *, has_replica: bool) -> bool:
    with ExitStack() as stack, tempfile.TemporaryDirectory(prefix="fysfinder-ha-site-") as folder:
        port = free_port()
        config = cluster.folder / "haproxy.cfg"
        config.write_text(haproxy_config(cluster, port))
        config.chmod(0o644)
        cluster.start("haproxy", ["/usr/sbin/haproxy", "-db", "-f", str(config)])
        time.sleep(3)
        through_proxy = f"postgresql://fysfinder@127.0.0.1:{port}/postgres"
        copies = {"DATABASE_REPLICA_URL": cluster.url(*cluster.nodes)} if has_replica else {}
        sites = {"HAProxy": through_proxy, "several hosts": cluster.url(*cluster.nodes)}
        prepare(Path(folder), DEMO_COUNT="300", DATABASE_URL=through_proxy)
        with psycopg.connect(through_proxy) as connection:
            connection.execute("create table drill_writes (number bigint primary key)")
            [slug] = connection.execute("select slug from clinics_clinic order by id limit 1").fetchone() or [""]
        urls = []
        for name, database in sites.items():
            pool = "6" if name == "HAProxy" else "0"
            site = stack.enter_context(served(Path(folder), DATABASE_URL=database, DB_POOL_SIZE=pool, **copies))
            urls += [site.url + path for path in (*PATHS, f"/klinik/{slug}/")]
        for url in urls:  # what a page store holds is what visitors have asked for
            urllib.request.urlopen(url, timeout=20).close()
        return load_and_kill(cluster, through_proxy, slug, urls, seconds, report)


def load_and_kill(
    cluster: Cluster, database: str, slug: str, urls: list[str], seconds: float, report: Callable[[str], None]
) -> bool:
    seen, stop = Seen(), threading.Event()
    threads = [
        threading.Thread(target=write_numbers, args=(database, slug, seen, stop)),
        threading.Thread(target=read_pages, args=(urls, seen, stop)),
    ]
    for thread in threads:
        thread.start()
    try:
        time.sleep(seconds / 3)
        primary = cluster.primary()
        assert primary is not None
        cluster.kill_hard(primary)
        killed_at = seen.now()
        report(f"{killed_at:6.1f} s  {primary.name} (primary) killed after {len(seen.acknowledged)} writes")
        new = wait_for_primary(cluster, primary, killed_at + 60, seen)
        report(f"{seen.now():6.1f} s  {new.name if new else 'nobody'} is primary")
        time.sleep(max(0.0, seconds * 0.7 - seen.now()))
        cluster.start_node(primary)
        report(f"{seen.now():6.1f} s  {primary.name} started again")
        time.sleep(max(0.0, seconds - seen.now()))
        states = ", ".join(f"{node.name} {cluster.state(node).get('role', 'away')}" for node in cluster.nodes)
        report(f"{seen.now():6.1f} s  {states}")
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    return judge(seen, database, killed_at, report)


def wait_for_primary(cluster: Cluster, dead: Node, until: float, seen: Seen) -> Node | None:
    while seen.now() < until:
        found = cluster.primary()
        if found is not None and found is not dead:
            return found
        time.sleep(0.2)
    return None


def judge(seen: Seen, database: str, killed_at: float, report: Callable[[str], None]) -> bool:
    with psycopg.connect(database, connect_timeout=5) as connection:
        kept = {row[0] for row in connection.execute("select number from drill_writes")}
    lost = [number for _at, number in seen.acknowledged if number not in kept]
    times = [at for at, _number in seen.acknowledged]
    gaps = [later - earlier for earlier, later in itertools.pairwise(times) if later > killed_at]
    gap = max(gaps, default=float("inf"))
    report(f"acknowledged {len(seen.acknowledged)}, lost {len(lost)}, refused {len(seen.refused)}")
    report(f"no writes for {gap:.1f} s (allowed {WRITES_BACK_SECONDS:.0f})")
    report(f"pages {len(seen.pages)}, failed {len(seen.failed_pages)}, slowest {seen.slowest_page:.2f} s")
    for at, text in seen.failed_pages[:10]:
        report(f"  {at:6.1f} s  {text}")
    return not lost and not seen.failed_pages and gap <= WRITES_BACK_SECONDS


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--without-replica", action="store_true", help="public pages read the primary, too")
    options = parser.parse_args()
    if missing := missing_programs():
        print(f"apt install {' '.join(missing)}", file=sys.stderr)
        return 2
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # whoever ends the drill leaves no server behind
    version = subprocess.run(["patroni", "--version"], capture_output=True, text=True, check=True).stdout.strip()
    print(f"{version}, three nodes, synchronous_mode", flush=True)
    tell = functools.partial(print, flush=True)
    with patroni_cluster(3) as cluster:
        passed = run(cluster, options.seconds, tell, has_replica=not options.without_replica)
    print("passed" if passed else "FAILED")
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main())
