"""What the benches share: the machine in one line, rows of the one table, CPU time of a server's processes, and how
many instructions of Python a call takes, which is the same on a busy machine as on a quiet one.
"""

from __future__ import annotations

import os
import platform
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any


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


@dataclass(frozen=True)
class Row:
    """One line of the table: what was measured, and if anything, what it was measured against in the same run."""

    what: str
    ours: Sequence[float]  # one value a round
    unit: str
    against: str = ""
    theirs: Sequence[float] = ()
    goal: str = ""

    def line(self) -> str:
        form = ",.0f" if min(self.ours) >= 100 else ",.2f" if min(self.ours) < 10 else ",.1f"
        other = f"{self.against}: {spread(self.theirs, form)}" if self.theirs else self.against
        share = f"{statistics.median(self.ours) / statistics.median(self.theirs):.2f}" if self.theirs else ""
        return f"| {self.what} | {spread(self.ours, form)} | {self.unit} | {other} | {share} | {self.goal} |"


HEAD = "| what | median (lowest–highest) | unit | against | ours ÷ theirs | goal |\n|---|---|---|---|---|---|"


def print_table(rows: Iterable[Row]) -> None:
    """Each line as soon as it is measured."""
    print(HEAD, flush=True)
    for row in rows:
        print(row.line(), flush=True)


def instructions(call: Callable[[], object]) -> int:
    """How many bytecode instructions this thread executes in the call; not what numpy, SQLite and brotli do in C."""
    count = 0

    def trace(frame: FrameType, event: str, argument: Any) -> Any:
        nonlocal count
        if event == "call":
            frame.f_trace_lines, frame.f_trace_opcodes = False, True
        elif event == "opcode":
            count += 1
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        call()
    finally:
        sys.settrace(before)
    return count


def best_seconds(call: Callable[[], object], times: int) -> float:
    """CPU seconds of the quickest of so many calls: what the call takes when nobody disturbs it."""
    found = []
    for _ in range(times):
        began = time.thread_time()
        call()
        found.append(time.thread_time() - began)
    return min(found)
