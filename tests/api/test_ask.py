from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st

from fysfinder.api.ask import SUBJECTS, WEEKDAYS, answer

ROOT = Path(__file__).resolve().parents[2]


def ask(subject: str, **question: object) -> dict[str, object]:
    return answer(subject, json.dumps(question).encode())


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("08:00-17:00", {"intervals": [["08:00", "17:00"]], "state": "open", "rest": ""}),
        ("Lukket", {"intervals": [], "state": "closed", "rest": ""}),
        ("Efter aftale", {"intervals": [], "state": "by_appointment", "rest": ""}),
        ("Kun træning", {"intervals": [], "state": "unknown", "rest": "Kun træning"}),
        ("Døgnåbent", {"intervals": [["00:00", "24:00"]], "state": "open", "rest": ""}),
    ],
)
def test_ask_hours_reads_a_raw_day(raw: str, expected: dict[str, object]):
    assert ask("hours", raw=raw) == expected


@pytest.mark.parametrize(
    ("raw", "intervals", "state", "rest"),
    [
        ("Man-tirs 8-16", [["mo", "08:00", "16:00"], ["tu", "08:00", "16:00"]], "open", ""),
        ("Mo 08:00-12:00,13:00-17:00; Sa off", [["mo", "08:00", "12:00"], ["mo", "13:00", "17:00"]], "open", ""),
        ("Lør-søn lukket", [], "closed", ""),
        ("Fredag efter aftale", [], "by_appointment", ""),
        ("Man 8-16, tirs kun træning", [["mo", "08:00", "16:00"]], "open", "tirs kun træning"),
        ("24/7", [[day, "00:00", "24:00"] for day in WEEKDAYS], "open", ""),
    ],
)
def test_ask_hours_reads_a_week(raw: str, intervals: list[list[str]], state: str, rest: str):
    found = ask("hours", raw=raw)
    assert (found["intervals"], found["state"], found["rest"]) == (intervals, state, rest)


def test_ask_hours_tells_public_holidays_apart():
    found = ask("hours", raw="Mo-Fr 08:00-17:00; Sa off; PH off")
    assert found["holidays"] == {"state": "closed", "intervals": []}
    assert len(found["intervals"]) == 5


@pytest.mark.parametrize("line", [b"", b"x", b"[1]", b"{}", b'{"raw": 3}', b"\xff", b"[" * 5000])
def test_ask_answers_a_bad_question_with_an_error(line: bytes):
    assert "error" in answer("hours", line)


def test_ask_article_reads_a_file_without_a_database(tmp_path: Path):
    file = tmp_path / "is.md"
    file.write_text(
        '---\ntitle: "Is"\n---\n\nKort.\n\n## Ofte stillede spørgsmål om is\n\n### Er det koldt?\n\nJa.\n', "utf-8"
    )
    found = ask("article", path=str(file))
    assert found["title"] == "Is"
    assert found["faq"] == [{"q": "Er det koldt?", "a": "Ja."}]


@pytest.mark.django_db
def test_ask_article_says_when_there_is_none():
    assert "error" in ask("article", slug="findes-ikke")


def test_every_subject_is_documented():
    documented = (ROOT / "docs/ask.md").read_text("utf-8")
    assert not [name for name in SUBJECTS if f"## {name}" not in documented]


def test_ask_match_decides_with_reasons():
    a = {"klinikNavn": "Bakkens Fysioterapi", "adresse": "Ahornvej 12, 8200 Aarhus N", "tlf": "86 00 00 14"}
    b = {"name": "Bakkens Fysioterapi ApS", "street": "Ahornv. 12", "phone": "+4586000014"}
    reasons = ["samme telefon", "navn 1,00", "samme adresse"]
    assert ask("match", a=a, b=b) == {"decision": "same", "score": 1.0, "reasons": reasons}
    assert "error" in ask("match", a=a)


@pytest.mark.django_db
def test_ask_price_gives_a_receipt():
    call_command("load_tariffs", verbosity=0)
    found = ask("price", referral=True, agreement=True, visits=5, date="2021-05-01")
    assert (found["low_ore"], found["high_ore"], found["visits"]) == (122863, 122863, 6)
    assert sum(line["low_ore"] for line in found["lines"]) == 122863
    private = ask(
        "price", referral=True, agreement=False, prices={"first": [60000, 70000], "follow_up": 40000}, visits=1
    )
    assert (private["low_ore"], private["high_ore"]) == (100000, 110000) and private["reasons"]
    assert ask("price", agreement=True, referral=True, date="2010-01-01")["low_ore"] is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    "question",
    [
        {"visits": "5"},
        {"referral": "ja"},
        {"danmark": "9"},
        {"date": "i går"},
        {"prices": {"first": -1}},
        {"clinic": "x"},
        {"prices": 5},
        {"plan": "x"},
        {"prices": {"first": [2, 1]}},
        {"danmark": []},
    ],
)
def test_ask_price_says_what_is_wrong(question: dict):
    assert list(ask("price", **question)) == ["error"]


@given(st.binary())
def test_ask_never_raises(line: bytes):
    assert isinstance(answer("hours", line), dict)


def test_without_a_prepared_database_the_command_says_what_to_do(tmp_path: Path):
    command = [sys.executable, "manage.py", "ask", "search"]
    environment = {**os.environ, "VAR_DIR": str(tmp_path), "DATABASE_URL": ""}
    run = subprocess.run(command, input=b'{"query": "knee"}', cwd=ROOT, env=environment, capture_output=True)
    assert run.returncode == 1
    assert b"manage.py prepare" in run.stderr
    assert b"Traceback" not in run.stderr
