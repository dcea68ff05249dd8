"""PostgreSQL nodes under Patroni with one etcd, on this machine's own address and in a folder of its own."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from scripts.postgres import as_server_user, find_postgres
from scripts.site import free_port

NEEDED = {"patroni": "patroni", "etcd": "etcd-server", "haproxy": "haproxy"}
# Patroni's own times, seconds: a dead leader is noticed when its lease (ttl) ends. 20 is the least Patroni allows.
TTL, LOOP_WAIT, RETRY_TIMEOUT = 20, 5, 5


def missing_programs() -> list[str]:
    """The Debian packages to install before the drill can run."""
    path = f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin"
    missing = [package for program, package in NEEDED.items() if not shutil.which(program, path=path)]
    return missing + ([] if find_postgres() else ["postgresql"])


@dataclass
class Node:
    """One PostgreSQL and the Patroni that minds it."""

    name: str
    port: int
    api: int
    config: Path
    process: subprocess.Popen[bytes] | None = None


@dataclass
class Cluster:
    folder: Path
    etcd: int
    nodes: list[Node] = field(default_factory=list)
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start(self, name: str, command: list[str], *, as_user: bool = True) -> subprocess.Popen[bytes]:
        """Run the program in a session of its own, so that it can be ended with all it started."""
        with (self.folder / f"{name}.log").open("ab") as log:
            whole = as_server_user(command) if as_user else command
            process = subprocess.Popen(
                whole, stdout=log, stderr=log, stdin=subprocess.DEVNULL, cwd="/", start_new_session=True
            )
        self.processes.append(process)
        return process

    def start_node(self, node: Node) -> None:
        node.process = self.start(node.name, ["patroni", str(node.config)])

    def state(self, node: Node) -> dict[str, Any]:
        """What the node says of itself: role, state; empty when it is silent."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{node.api}/patroni", timeout=2) as answer:
                said: dict[str, Any] = json.load(answer)
        except urllib.error.HTTPError as answer:  # Patroni answers 503 with the same JSON while it starts
            said = json.load(answer)
        except OSError:
            return {}
        return said

    def primary(self) -> Node | None:
        for node in self.nodes:
            said = self.state(node)
            if said.get("role") in {"master", "primary"} and said.get("state") == "running":
                return node
        return None

    def standbys(self) -> list[Node]:
        return [node for node in self.nodes if self.state(node).get("role") == "replica"]

    def has_synchronous_standby(self) -> bool:
        primary = self.primary()
        copies = self.state(primary).get("replication", []) if primary else []
        return any(copy.get("sync_state") in {"sync", "quorum"} for copy in copies)

    def kill_hard(self, node: Node) -> None:
        """As when the machine loses its power: Patroni and every process of its PostgreSQL, SIGKILL, no farewell."""
        assert node.process is not None
        processes = server_processes(self.folder / node.name)
        with suppress(ProcessLookupError):
            os.killpg(node.process.pid, signal.SIGKILL)
        for process in processes:
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)

    def url(self, *nodes: Node) -> str:
        hosts = ",".join(f"127.0.0.1:{node.port}" for node in nodes)
        return f"postgresql://fysfinder@{hosts}/postgres"


def server_processes(data: Path) -> list[int]:
    """The postmaster, whose number is the file's first line, and all it has started."""
    try:
        postmaster = (data / "postmaster.pid").read_text().split()[0]
    except OSError:
        return []
    children = Path(f"/proc/{postmaster}/task/{postmaster}/children").read_text().split()
    return [int(postmaster), *map(int, children)]


@contextmanager
def patroni_cluster(size: int = 3) -> Iterator[Cluster]:
    """Yield a cluster with a primary and a synchronous standby; everything is stopped and deleted afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="fysfinder-ha-"))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
    folder.chmod(0o755)
    cluster = Cluster(folder, free_port())
    try:
        start_etcd(cluster)
        for number in range(1, size + 1):
            node = Node(f"pg{number}", free_port(), free_port(), folder / f"pg{number}.yaml")
            node.config.write_text(json.dumps(patroni_config(cluster, node)))  # JSON is YAML
            node.config.chmod(0o644)
            cluster.nodes.append(node)
            cluster.start_node(node)
            wait_for(lambda: cluster.primary() is not None, 60, cluster)
        wait_for(lambda: len(cluster.standbys()) == size - 1 and cluster.has_synchronous_standby(), 90, cluster)
        yield cluster
    finally:
        stop(cluster)
        shutil.rmtree(folder, ignore_errors=True)


def start_etcd(cluster: Cluster) -> None:
    client, peer = f"http://127.0.0.1:{cluster.etcd}", f"http://127.0.0.1:{free_port()}"
    command = ["etcd", "--name", "one", "--data-dir", str(cluster.folder / "etcd")]
    command += ["--listen-client-urls", client, "--advertise-client-urls", client]
    command += ["--listen-peer-urls", peer, "--initial-advertise-peer-urls", peer, "--initial-cluster", f"one={peer}"]
    cluster.start("etcd", command)
    wait_for(lambda: answers(f"{client}/health"), 20, cluster)


def patroni_config(cluster: Cluster, node: Node) -> dict[str, Any]:
    """What deploy/patroni.yaml says for three machines, with this machine's ports."""
    binaries = find_postgres()
    trust = ["local all all trust", "host all all 127.0.0.1/32 trust", "host replication all 127.0.0.1/32 trust"]
    shared = {
        "ttl": TTL,
        "loop_wait": LOOP_WAIT,
        "retry_timeout": RETRY_TIMEOUT,
        "maximum_lag_on_failover": 0,
        "synchronous_mode": True,
        "postgresql": {"use_pg_rewind": True, "parameters": {"max_connections": 60, "shared_buffers": "32MB"}},
    }
    return {
        "scope": "fysfinder",
        "name": node.name,
        "restapi": {"listen": f"127.0.0.1:{node.api}", "connect_address": f"127.0.0.1:{node.api}"},
        "etcd3": {"hosts": f"127.0.0.1:{cluster.etcd}"},
        "bootstrap": {"dcs": shared, "initdb": [{"encoding": "UTF8"}, {"locale": "C.UTF-8"}], "pg_hba": trust},
        "postgresql": {
            "listen": f"127.0.0.1:{node.port}",
            "connect_address": f"127.0.0.1:{node.port}",
            "data_dir": str(cluster.folder / node.name),
            "bin_dir": str(binaries),
            "pgpass": str(cluster.folder / f"{node.name}.pgpass"),
            "authentication": {
                "superuser": {"username": "fysfinder", "password": "drill"},
                "replication": {"username": "copies", "password": "drill"},
            },
            "parameters": {"unix_socket_directories": str(cluster.folder)},
        },
    }


def answers(url: str) -> bool:
    try:
        urllib.request.urlopen(url, timeout=2).close()
    except OSError:
        return False
    return True


def wait_for(is_so: Any, seconds: float, cluster: Cluster) -> None:
    """Return when it is so; raise with the end of every log when it is not within the time."""
    ends = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > ends:
            logs = [f"— {log.name}\n{log.read_text(errors='replace')[-1500:]}" for log in cluster.folder.glob("*.log")]
            raise RuntimeError("the cluster did not come up:\n" + "\n".join(logs))
        time.sleep(0.3)


def stop(cluster: Cluster) -> None:
    for node in cluster.nodes:
        if node.process:
            cluster.kill_hard(node)
    for process in cluster.processes:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
