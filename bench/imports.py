"""Importing many clinics, in a process of its own on a database of its own: rows a second and peak memory.

All new, the same file a day later (every fact dated anew), the same with every tenth row changed, the same clinics as
another source writes them (every row matched against all), and a file of 100 MB.
"""

from __future__ import annotations

import csv
import io
import json
import os
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from bench.measure import machine_line

SIZE = int(os.environ.get("BENCH_ROWS", "100000"))
LARGE_ROWS = 20_000
HEAD = ("id", "navn", "adresse", "postnr", "tlf", "website", "email", "antal", "man", "pris")
MAPPING = "antal: therapist_count\nman: hours 1\npris: price first\n"
SYLLABLES = tuple(re.findall("..[a-z]?", "alberdanfelgrehovingjelkorlunmarnorostporrissoltorulvin"))
ROADS = ("vej", "gade", "stræde", "allé", "plads")
KINDS = ("Fysioterapi", "Klinik", "Fysioterapi ApS", "Fys & Træning", "Ryg og Ro", "Klinik for fysioterapi v/ {}")


def word(chance: random.Random, parts: int) -> str:
    return "".join(chance.choice(SYLLABLES) for _ in range(parts)).capitalize()


def write_rows(path: Path, size: int, postcodes: list[str], *, is_other: bool = False) -> None:
    """is_other: the same clinics as somebody else writes them, without a number or a website, some with slips."""
    chance = random.Random(5)
    with path.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file, delimiter=";")
        rows.writerow(HEAD)
        for number in range(size):
            name, owner = word(chance, 3), f"{word(chance, 2)} {word(chance, 2)}"
            kind = chance.choice(KINDS)
            full = f"{name} {kind}".format(owner) if "{}" not in kind else kind.format(owner)
            road = word(chance, 2) + chance.choice(ROADS)
            row = [f"k{number}", full, f"{road} {chance.randint(1, 200)}", chance.choice(postcodes),
                   f"{20_000_000 + number * 7}", f"https://k{number}.example.dk/", f"post@k{number}.example.dk",
                   str(chance.randint(1, 20)), "8-16", str(chance.randint(300, 700))]  # fmt: skip
            if is_other:
                full = full.replace(" ApS", "").upper() if number % 3 else full[:-1]
                row = [f"o{number}", full, row[2].replace("vej ", "v. "), row[3], row[4], "", "", "", "", ""]
            rows.writerow(row)


def work(arguments: list[str]) -> None:
    """The measured process: one import or match, then its own peak memory as JSON."""
    from django.core.management import call_command

    began = time.perf_counter()
    if arguments[0] == "match":
        print(match_all(Path(arguments[1]), Path(arguments[2])))
    else:
        call_command("import_clinics", *arguments, stdout=io.StringIO(), stderr=io.StringIO())
    used = resource.getrusage(resource.RUSAGE_SELF)
    cpu = used.ru_utime + used.ru_stime
    print(json.dumps({"seconds": time.perf_counter() - began, "cpu": cpu, "peak_mb": used.ru_maxrss // 1024}))


def ask(question: str) -> None:
    """What the parent wants to know of the child's database."""
    from fysfinder.places.models import Postcode

    if question == "postcodes":
        print(*Postcode.objects.values_list("code", flat=True))


def match_all(path: Path, mapping: Path) -> dict[str, int]:
    """Every row against every clinic; nothing is written. How many found one clinic, a question, or none."""
    from fysfinder.imports.matching import Matcher
    from fysfinder.imports.sources import table
    from fysfinder.places.queries import gazetteer

    source, places, matcher = table.with_mapping(table.read_mapping(mapping.read_text())), gazetteer(), Matcher("other")
    matcher.see({})
    found = {"one": 0, "asked": 0, "none": 0}
    with path.open("rb") as file:
        for raw in source.read(file).rows:
            match = matcher.match(source.to_record(raw, places), {})
            found["one" if match.clinic else "asked" if match.asked else "none"] += 1
    return found


def child(*arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-m", "bench.imports", *arguments], stdout=subprocess.PIPE, text=True)


def measured(label: str, rows: int, *arguments: str) -> None:
    process = child("work", *arguments)
    out, _ = process.communicate()
    found: dict[str, Any] = json.loads(out.strip().splitlines()[-1]) if process.returncode == 0 else {}
    if not found:
        print(f"{label:44} failed")
        return
    speed = f"{found['seconds']:8.1f} s {rows / found['seconds']:8.0f} rows/s"
    print(f"{label:44} {speed} {found['cpu']:8.1f} s of CPU {found['peak_mb']:6} MB", flush=True)


def manage(*arguments: str) -> None:
    subprocess.run([sys.executable, "manage.py", *arguments], check=True, stdout=subprocess.DEVNULL)


def answer(question: str) -> list[str]:
    return child("ask", question).communicate()[0].split()


def fresh(url: str) -> list[str]:
    """Tables and places, no clinics; the postcodes."""
    os.environ["DATABASE_URL"] = url
    manage("migrate", "-v0")
    manage("load_places")
    return answer("postcodes")


def main() -> None:
    from scripts.postgres import throwaway_postgres

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fysfinder.config.settings")
    with tempfile.TemporaryDirectory(prefix="fysfinder-bench-") as temporary:
        folder = Path(temporary)
        os.environ["VAR_DIR"] = temporary
        (folder / "assets").mkdir()
        large(folder)
        _measure("SQLite", f"sqlite:///{folder / 'bench.sqlite3'}", folder)
        with throwaway_postgres() as url:
            _measure("PostgreSQL", url, folder)


def _measure(engine: str, url: str, folder: Path) -> None:
    postcodes = fresh(url)
    path, other, mapping = folder / "clinics.csv", folder / "other.csv", folder / "mapping.yaml"
    mapping.write_text(MAPPING)
    write_rows(path, SIZE, postcodes)
    write_rows(other, SIZE, postcodes, is_other=True)
    options = ("--mapping", str(mapping), "--confirmed-on")
    print(f"\n{SIZE} rows, {engine} ({machine_line()})", flush=True)
    measured("all new", SIZE, "table", str(path), *options, "2026-11-01")
    change_every(path, SIZE + 1)
    measured("the same a day later", SIZE, "table", str(path), *options, "2026-11-02")
    change_every(path, 10)
    measured("the same, every tenth row changed", SIZE, "table", str(path), *options, "2026-11-03")
    measured("another source: all matched against all", SIZE, "match", str(other), str(mapping))


def change_every(path: Path, step: int) -> None:
    """Another price in every so manieth row, and an empty line, so that it is another file."""
    lines = path.read_text("utf-8").splitlines()
    for number in range(step, len(lines), step):
        lines[number] = f"{lines[number].rsplit(';', 1)[0]};777"
    path.write_text("\n".join([*lines, "", ""]), "utf-8")


def widen(path: Path, to: Path, size: int) -> None:
    """The same rows with a column of free text that nothing reads, until the file is so many bytes long."""
    lines = path.read_text("utf-8").splitlines()
    filler = "x" * (size // len(lines) - path.stat().st_size // len(lines) - 1)
    to.write_text("\n".join([f"{lines[0]};fritekst", *(f"{line};{filler}" for line in lines[1:])]), "utf-8")


def large(folder: Path, rows: int = LARGE_ROWS, size: int = 100_000_000) -> None:
    """A file of 100 MB beside one with the same rows and nothing else: what its length costs in memory."""
    narrow, wide, mapping = folder / "narrow.csv", folder / "wide.csv", folder / "mapping.yaml"
    for path in (narrow, wide):
        postcodes = fresh(f"sqlite:///{folder / path.stem}.sqlite3")
        mapping.write_text(MAPPING + "fritekst: ignore\n")
        write_rows(narrow, rows, postcodes)
        widen(narrow, wide, size)
        label = f"{rows} rows in {path.stat().st_size / 1e6:.0f} MB"
        measured(label, rows, "table", str(path), "--mapping", str(mapping), "--confirmed-on", "2026-11-01")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fysfinder.config.settings")
    if len(sys.argv) == 1:
        main()
    else:
        import django

        django.setup()
        work(sys.argv[2:]) if sys.argv[1] == "work" else ask(sys.argv[2])
