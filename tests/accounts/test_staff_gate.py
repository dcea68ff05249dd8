"""The staff pages: who sees them at all, the second step, and the log of what was done."""

from __future__ import annotations

from ipaddress import ip_network

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice

from fysfinder.accounts.audit import record_entry, verify_chain
from fysfinder.accounts.models import AuditEntry, User
from fysfinder.accounts.second_step import connect_app, forget_second_step, pending_app
from tests.web.all_urls import all_urls

pytestmark = pytest.mark.django_db
STEP = "/admin/totrin/"


@pytest.fixture
def ida(settings, client: Client) -> User:
    settings.STAFF_SECOND_STEP = True
    user = User.objects.create(username="ida", is_staff=True, is_superuser=True)
    client.force_login(user)
    return user


def code_of(device: TOTPDevice, ahead: int = 0) -> str:
    return f"{totp(device.bin_key, t0=-30 * ahead):06d}"


def test_every_staff_page_leads_to_the_second_step(client: Client, ida: User) -> None:
    paths = [path for name, path in all_urls() if name.startswith("admin:")]
    sent = {path: client.get(path).headers.get("Location", "") for path in paths}
    open_ = {path for path, target in sent.items() if not target.startswith(STEP)}
    assert open_ == {"/admin/login/", "/admin/logout/", "/admin/jsi18n/"}
    assert client.post("/admin/clinics/clinic/add/", {}).headers["Location"].startswith(STEP)


def test_an_app_is_connected_by_its_first_code_and_gives_ten_codes_shown_once(client: Client, ida: User) -> None:
    page = client.get(STEP).content.decode()
    assert "data:image/svg+xml" in page and ida.staticdevice_set.count() == 0
    assert "Koden passer ikke" in client.post(STEP, {"kode": "000000"}).content.decode()
    TOTPDevice.objects.update(throttling_failure_count=0, throttling_failure_timestamp=None)
    shown = client.post(STEP, {"kode": code_of(TOTPDevice.objects.get())}).content.decode()
    assert shown.count("<li><code>") == 10
    assert client.get("/admin/").status_code == 200
    assert "<li><code>" not in client.get(STEP).content.decode()


def test_the_next_login_takes_a_code_once_and_goes_on_to_our_own_pages_only(client: Client, ida: User) -> None:
    device = pending_app(user=ida)
    codes = connect_app(user=ida, device=device, code=code_of(device))
    assert client.get("/admin/").status_code == 302
    sent = client.post(STEP, {"kode": code_of(device, 1), "next": "https://evil.example/"})
    assert sent.headers["Location"] == "/admin/" and client.get("/admin/").status_code == 200
    for target in ("//evil.example", "/\\evil.example", "/admin/clinics/"):
        other = Client()
        other.force_login(ida)
        goes = other.post(STEP, {"kode": codes.pop().upper(), "next": target}).headers["Location"]
        assert goes == (target if target == "/admin/clinics/" else "/admin/")
    other = Client()
    for status in (302, 200):
        other.force_login(ida)
        assert other.post(STEP, {"kode": codes[0]}).status_code == status


def test_recovery_codes_are_not_kept_in_clear_and_a_reset_starts_anew(ida: User) -> None:
    device = pending_app(user=ida)
    codes = connect_app(user=ida, device=device, code=code_of(device))
    kept = {token.token for each in ida.staticdevice_set.all() for token in each.token_set.all()}
    assert len(kept) == 10 and not kept & set(codes)
    call_command("reset_second_step", "ida")
    assert pending_app(user=ida) is not None and ida.staticdevice_set.count() == 0
    with pytest.raises(CommandError, match="nobody"):
        call_command("reset_second_step", "nobody")


@pytest.mark.parametrize(
    ("address", "status"), [("192.0.2.9", 200), ("::ffff:192.0.2.9", 200), ("198.51.100.1", 404), ("", 404)]
)
def test_other_networks_do_not_see_the_staff_pages(client: Client, settings, address: str, status: int) -> None:
    settings.ADMIN_NETWORKS = [ip_network("192.0.2.0/24")]
    assert client.get("/admin/login/", REMOTE_ADDR=address).status_code == status
    assert client.post("/admin/login/", {}, REMOTE_ADDR=address).status_code == status
    assert client.get("/", REMOTE_ADDR=address).status_code == 200


def test_what_staff_do_is_written_down_without_values(client: Client, settings, admin_user: User) -> None:
    admin_user.set_password("hemmelig")
    admin_user.save()
    client.post("/admin/login/", {"username": admin_user.username, "password": "forkert"})
    client.post("/admin/login/", {"username": admin_user.username, "password": "hemmelig"})
    client.post("/admin/auth/group/add/", {"name": "Redaktion"})
    client.post("/admin/logout/")
    rows = list(AuditEntry.objects.values_list("who", "verb", "fields"))
    assert [verb for _who, verb, _fields in rows] == ["login", "add", "log out"]
    assert {who for who, _verb, _fields in rows} == {admin_user.username}
    assert "Redaktion" not in str(rows) and "hemmelig" not in str(rows)


@pytest.mark.parametrize("sql", ["update accounts_auditentry set who = 'x'", "delete from accounts_auditentry"])
def test_the_database_refuses_to_change_or_delete_a_row(sql: str) -> None:
    record_entry(who="ida", verb="add", what="clinic 1", fields=["phone"])
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert AuditEntry.objects.count() == 1


def test_a_touched_row_and_a_shortened_log_are_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [record_entry(who="ida", verb="change", what=f"clinic {number}") for number in range(3)]
    assert verify_chain() == (3, rows[-1].hash, "")
    assert verify_chain(tip=rows[1].hash)[2] == ""
    assert "noted hash" in verify_chain(tip="f" * 64)[2]
    monkeypatch.setattr(AuditEntry, "from_db", classmethod(forged(AuditEntry.from_db)))
    held, _last, fault = verify_chain()
    assert held == 1 and "row 2" in fault
    with pytest.raises(CommandError, match="row 2"):
        call_command("verify_audit_log")


def forged(read):
    def from_db(cls, db, names, values):
        entry = read(db, names, values)
        if entry.number == 2:
            entry.who = "somebody else"
        return entry

    return from_db


def test_a_forgotten_step_is_in_the_log(ida: User) -> None:
    forget_second_step(user=ida, by="manage.py")
    assert AuditEntry.objects.get().verb == "second step reset"


def test_a_write_that_cannot_be_written_down_is_not_done(client: Client, admin_user: User, monkeypatch) -> None:
    def broken(**_kw: object) -> None:
        raise DatabaseError("full")

    client.force_login(admin_user)
    monkeypatch.setattr("fysfinder.accounts.staff_gate.record_entry", broken)
    with pytest.raises(DatabaseError):
        client.post("/admin/auth/group/add/", {"name": "Redaktion"})
    assert not admin_user.groups.model.objects.exists()
