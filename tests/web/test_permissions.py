"""Who may do what where: every URL, every role, every method, against permissions.txt.

A new URL needs a row: see `write`.
A row is a URL's name and what visitors, staff without rights, editors and superusers get, one character for each of
METHODS: 2 done, 3 sent elsewhere (the login, for visitors at staff pages), F 403, N 404, M 405, U 422, G 410.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from fysfinder.accounts import limits
from fysfinder.accounts.models import User
from fysfinder.web.writes import WRITES
from tests.web.all_urls import all_urls

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
ROLES = ("visitor", "staff", "editor", "superuser")
LETTERS = {403: "F", 404: "N", 405: "M", 410: "G", 422: "U", 429: "T"}
WRITE = bool(os.environ.get("WRITE_PERMISSIONS"))
TABLE = Path(__file__).with_name("permissions.txt")
EDITED_BY_STAFF = ["places", "topics", "tariffs", "clinics", "encyclopedia", "imports"]


def expected() -> dict[str, tuple[str, ...]]:
    lines = (line.split("\t") for line in TABLE.read_text("utf-8").splitlines() if not line.startswith("#"))
    return {name: tuple(cells) for name, *cells in lines}


def make_user(role: str) -> User | None:
    if role == "visitor":
        return None
    user = User.objects.create(username=role, is_staff=True, is_superuser=role == "superuser")
    if role == "editor":
        user.user_permissions.set(Permission.objects.filter(content_type__app_label__in=EDITED_BY_STAFF))
    return user


def outcome(client: Client, user: User | None, method: str, path: str) -> str:
    if user and not client.cookies.get("sessionid"):
        client.force_login(user)
    status = client.generic(method, path).status_code
    if user and path == "/admin/logout/":
        client.cookies.clear()
    return LETTERS.get(status, str(status // 100))


def row(client: Client, user: User | None, path: str, number: int) -> str:
    """One character for each method; '.' where it was not tried.

    Staff pages are slow to make: HEAD, which Django answers by GET, is asked of visitors' pages only. Of the methods
    that RefuseWrites answers before it is known who asks, staff try one a URL, each in its turn.
    """
    tried = METHODS if user is None or WRITE else ("GET", "POST", METHODS[3 + number % 5])
    found = {method: outcome(client, user, method, path) for method in tried if user is None or method != "HEAD"}
    if user is not None:
        found["HEAD"] = found["GET"]
    return "".join(found.get(method, ".") for method in METHODS)


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize("role", ROLES)
def test_every_url_answers_every_role_and_method_as_the_table_says(role: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "_take", lambda *_args: 0)
    user, client, column = make_user(role), Client(raise_request_exception=False), ROLES.index(role)
    said = {name: cells[column] for name, cells in expected().items()}
    seen = {name: row(client, user, path, number) for number, (name, path) in enumerate(all_urls())}
    if WRITE:
        write(seen, column)
    else:
        assert seen == {name: masked(cells, seen.get(name, "")) for name, cells in said.items()}


def masked(cells: str, seen: str) -> str:
    """What the table says where something was tried."""
    return "".join("." if tried == "." else cell for cell, tried in zip(cells, seen or cells, strict=True))


def write(seen: dict[str, str], column: int) -> None:
    """`WRITE_PERMISSIONS=1 pytest tests/web/test_permissions.py` (in one process); then read what git says changed."""
    table, nothing = expected(), ("?",) * len(ROLES)
    cells = {name: [*table.get(name, nothing)] for name in seen}
    rows = [[name, *cells[name][:column], cell, *cells[name][column + 1 :]] for name, cell in seen.items()]
    head = TABLE.read_text("utf-8").splitlines()[0]
    TABLE.write_text("\n".join([head, *map("\t".join, rows)]) + "\n", "utf-8")


def test_the_table_holds_no_fault_and_no_method_but_three() -> None:
    cells = [cell for row in expected().values() for cell in row]
    assert {len(cell) for cell in cells} == {len(METHODS)}
    assert not [cell for cell in cells if "5" in cell or set(cell[3:]) != {"M"}]


def test_visitors_write_only_where_a_limit_stands_and_staff_pages_are_closed_to_them() -> None:
    visitor = {name: cells[0] for name, cells in expected().items()}
    public = {name: cell for name, cell in visitor.items() if not name.startswith(("admin:", "second_step"))}
    assert {name for name, cell in public.items() if cell[2] != "M"} == set(WRITES)
    assert {cell[:3] for name, cell in visitor.items() if name not in {*public, "admin:login"}} == {"333"}
