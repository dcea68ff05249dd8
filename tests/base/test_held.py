"""What a process holds of a small table: read once, read again when told, never stuck with what was being read."""

from __future__ import annotations

from fysfinder.base.held import Held


def test_it_is_read_once_until_it_is_forgotten():
    numbers = iter(range(9))
    held = Held(lambda: next(numbers))
    assert [held.get(), held.get()] == [0, 0]
    held.forget()
    assert [held.get(), held.get()] == [1, 1]


def test_what_was_being_read_while_it_was_forgotten_is_not_held():
    said = iter(["old", "new"])

    def read() -> str:
        word = next(said)
        if word == "old":
            held.forget()  # somebody writes meanwhile
        return word

    held: Held[str] = Held(read)
    assert [held.get(), held.get(), held.get()] == ["old", "new", "new"]
