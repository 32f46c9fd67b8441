"""Messages, wishes and questions on the command line, on a library of their own."""

from __future__ import annotations

from helpers.command_line import Call


def test_a_message_is_noted_and_listed_without_who_wrote(call: Call) -> None:
    made = call(
        *("complaint", "add", "Kursi rusak", "--category", "room", "--channel", "lapor"),
        *("--ticket", "55", "--name", "Ibu Contoh", "--phone", "0812"),
    )
    assert made.code == 0
    (line,) = made.document["complaints"]
    assert (line["state"], line["channel"], line["ticket"]) == ("new", "lapor", "55")
    call("complaint", "add", "Ramah sekali", "--kind", "praise")
    told = call("complaint", "list", "--waiting", "--text", "kursi")
    assert [one["complaint"] for one in told.document["complaints"]] == [line["complaint"]]
    assert "Contoh" not in told.out and "0812" not in told.out
    assert len(call("complaint", "list").document["complaints"]) == 2
    assert call("complaint", "list", "--until", "2020-01-01").document["complaints"] == []


def test_what_cannot_be_used_says_so(call: Call) -> None:
    assert call("complaint", "add", "x", "--category", "weather").code == 2
    assert call("complaint", "add", "x", "--channel", "pigeon").code == 2
    assert call("complaint", "add", "x", "--received", "yesterday").code == 2
    assert call("complaint", "add", "x", "--received", "2999-01-01T00:00").code == 1
    assert call("complaint", "add", " ").code == 1
    assert call("reference", "add", "weather").code == 2


def test_a_wish_is_noted_once_and_voted_for(call: Call) -> None:
    first = call("wish", "add", "Hujan di Pasar", "--author", "Laras Contoh").document["wishes"][0]
    again = call("wish", "add", "hujan di pasar", "--people", "30").document["wishes"][0]
    assert (again["wish"], again["votes"]) == (first["wish"], 31)
    assert [one["title"] for one in call("wish", "list", "--open").document["wishes"]] == [
        "Hujan di Pasar"
    ]
    assert call("wish", "list", json=False).out.count("\n") == 1


def test_a_question_is_noted_and_counted(call: Call) -> None:
    words = ("--topic", "Lele", "--minutes", "15", "--tool", "catalogue", "--unanswered")
    made = call("reference", "add", "search", *words).document["question"]
    assert (made["kind"], made["answered"], made["minutes"]) == ("search", False, 15)
    told = call("reference", "figures", "--since", "2020-01-01", "--until", "2999-12-31").document
    assert told["kinds"]["search"] == {"count": 1, "unanswered": 1, "minutes": 15}
    assert told["total"]["count"] == 1
    assert list(told["months"].values()) == [told["total"]]
