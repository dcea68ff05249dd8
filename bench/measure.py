"""What the benches share: the machine in one line, a median with its spread, CPU time of a server's processes."""

from __future__ import annotations

import os
import platform
import statistics
import sys
from collections.abc import Sequence
from pathlib import Path


def machine_line() -> str:
    """Processor, cores, memory, system and Python, and how busy the machine is while it is measured."""
    processor = platform.processor() or platform.machine()
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            processor = line.partition(":")[2].strip()
            break
    gigabytes = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    load = os.getloadavg()[0]
    python = ".".join(map(str, sys.version_info[:3]))
    cores = f"{os.cpu_count()} cores, {gigabytes:.0f} GB"
    return f"{processor}, {cores}, {platform.system()} {platform.release()}, Python {python}, load {load:.1f}"


def spread(values: Sequence[float], form: str = ",.0f") -> str:
    """'median (lowest–highest)'."""
    return f"{statistics.median(values):{form}} ({min(values):{form}}–{max(values):{form}})"


def family(pid: int) -> list[int]:
    """The process and all its descendants that are alive."""
    parents: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        parents.setdefault(int(fields[1]), []).append(int(stat.parent.name))
    found = [pid]
    for one in found:
        found += parents.get(one, [])
    return found


def cpu_seconds(pid: int) -> float:
    """User and system time that the process and its descendants have used."""
    ticks = 0
    for one in family(pid):
        fields = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def resident_mb(pid: int) -> float:
    """Memory of one process in megabytes: what it holds alone and its share of what it shares (PSS)."""
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1000
    return 0.0
