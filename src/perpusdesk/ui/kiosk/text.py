"""The sentences of the kiosk: large, short, friendly, and about nobody but who stands there."""

from __future__ import annotations

from perpusdesk.common.i18n import _, ngettext


def question(name: str) -> str:
    """Return what is asked of somebody without a card."""
    return {
        "age": _("How old are you?"),
        "sex": _("Are you male or female?"),
        "occupation": _("What do you do?"),
        "education": _("What is your education?"),
        "purpose": _("What brings you here today?"),
        "people": _("How many are you?"),
        "level": _("Where does your group come from?"),
    }[name]


def step(number: int, of: int) -> str:
    """Return how far somebody has come."""
    return _("Question {number} of {of}").format(number=number, of=of)


def welcome(name: str) -> str:
    """Return the greeting; without a name for everybody."""
    return _("Welcome, {name}").format(name=name) if name else _("Welcome")


def first_name(name: str) -> str:
    """Return the part of a name that is shown to everybody who stands around."""
    return name.split(maxsplit=1)[0] if name.split() else ""


def recorded() -> str:
    """Return what is said when a visit was counted."""
    return _("Your visit is recorded. Enjoy your stay!")


def group_recorded(people: int) -> str:
    """Return what is said when a group was counted."""
    said = ngettext("{n} visitor recorded.", "{n} visitors recorded.", people).format(n=people)
    return f"{said} {_('Enjoy your stay!')}"


def same_visit() -> str:
    """Return what is said when a card comes again."""
    return _("Your visit is recorded already. Enjoy your stay!")


def read_here() -> str:
    """Return what is said when a book was scanned."""
    return _("Thank you, the book is recorded as read here.")


def unknown_card() -> tuple[str, str]:
    """Return what is said of a code that nobody has, and what can be done."""
    return (
        _("This card is not known here"),
        _("Touch “No card with me”, or ask a member of staff."),
    )


def not_now() -> tuple[str, str]:
    """Return what is said when nothing could be recorded."""
    todo = _("Please tell a member of staff. You are welcome all the same.")
    return _("That did not work"), todo
