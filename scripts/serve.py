"""make run: prepare what is missing, then serve with granian and say where."""

from __future__ import annotations

import argparse
import os
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
THREADS = 16  # of each worker; base/admission.py lets in fewer


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--workers", type=int, default=1)
    options = parser.parse_args()
    os.chdir(ROOT)
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((options.host, options.port))
        except OSError as error:
            print(f"Port {options.port} kan ikke bruges ({error.strerror}). Prøv: make run PORT=8001", file=sys.stderr)
            return 1
    url = f"http://{options.host}:{options.port}"
    os.environ["LISTEN_URL"] = url  # canonical links follow the port unless SITE_URL names a public address
    print("Gør FysFinder klar …", flush=True)
    prepared = subprocess.run([sys.executable, "manage.py", "prepare"], check=False)
    if prepared.returncode:
        return prepared.returncode
    threading.Thread(target=announce, args=(url,), daemon=True).start()
    try:
        return subprocess.run(server_command(options.host, options.port, options.workers), check=False).returncode
    except KeyboardInterrupt:
        return 0


def server_command(host: str, port: int, workers: int) -> list[str]:
    """granian as every site of ours is served; a worker that dies is started again.

    A request line with its headers may take 64 kB. Backpressure counts connections: a small number would let a few slow
    clients shut everybody out. What is too much for Django is shed by base/admission.py; its threads must be fewer than
    these, so that kept pages find one free.
    """
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--http", "1", "--no-ws", "--host", host]
    command += ["--port", str(port), "--workers", str(workers), "--log-level", "warning"]
    command += ["--backpressure", "2048", "--http1-header-read-timeout", "10000"]
    command += ["--http1-buffer-size", "65536"]
    command += ["--blocking-threads", str(THREADS), "--respawn-failed-workers"]
    return [*command, "fysfinder.config.wsgi:application"]


def announce(url: str) -> None:
    for _attempt in range(100):
        try:
            urllib.request.urlopen(f"{url}/readyz", timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            print(f"\n  FysFinder kører: {url}   (stop med Ctrl+C)\n", flush=True)
            return


if __name__ == "__main__":
    sys.exit(main())
