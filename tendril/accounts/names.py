"""What names people may go by."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from tendril.accounts.models import User

RESERVED = {"admin", "administrator", "moderator", "staff", "teacher", "tendril"}
ADDRESS = re.compile(r"@|://|www\.|\.(?:com|net|org|io|gg|me|tv)\b", re.IGNORECASE)
# With them a name in a list could begin a formula, in whatever a school opens it.
SPREADSHEET_SIGNS = frozenset('=;|"<>\t')
# Zero-width joiners: Persian, Sinhala and many Indian names are misspelt without.
JOINERS = "\u200c\u200d"
# Vowel signs and tone marks stack three high in living scripts; the pile of marks
# that spills over the lines above is far higher.
PILED_MARKS = 5


def validate_username(name: str) -> None:
    if _bare(name) in RESERVED:
        raise ValidationError(_("This name is kept for the site. Choose another."))
    # Shown to others by who gives no other name.
    if re.search(r"\d{7,}", name):
        raise ValidationError(_("Leave out long numbers, such as a phone number."))


username_validators = [
    RegexValidator(
        r"^[A-Za-z0-9][A-Za-z0-9._-]{2,29}\Z",
        _(
            "Use 3 to 30 plain letters and digits; dots, dashes and underscores "
            "may stand between them."
        ),
    ),
    validate_username,
]


def tidy_name(name: str) -> str:
    """One way to write each letter, and single spaces between words."""
    return " ".join(unicodedata.normalize("NFKC", name).split())


def validate_display_name(name: str) -> None:
    """Refuse what hides, poses as the site, or leads a stranger to a child."""
    validate_visible(name)
    if not any(letter.isalpha() for letter in name):
        raise ValidationError(_("A name needs at least one letter."))
    if ADDRESS.search(name) or sum(letter.isdigit() for letter in name) > 3:
        raise ValidationError(
            _("Use a first name or a nickname: no addresses and no long numbers.")
        )
    if set(name) & SPREADSHEET_SIGNS:
        raise ValidationError(_("Leave out signs such as = ; and |."))
    if any(_mixes_alphabets(word) for word in name.split()):
        raise ValidationError(_("Write each word in the letters of one alphabet."))
    if _bare(name) in RESERVED:
        raise ValidationError(_("This name is kept for the site. Choose another."))


def validate_visible(name: str) -> None:
    """Refuse what no eye sees, or what turns around the words beside it."""
    if _has_hidden_characters(name):
        raise ValidationError(_("Leave out characters that cannot be seen."))


def show_as(person: User, name: str) -> None:
    person.display_name = name
    person.save(update_fields=["display_name"])


def _bare(name: str) -> str:
    folded = unicodedata.normalize("NFKC", name).casefold()
    return "".join(letter for letter in folded if letter.isalpha())


def _has_hidden_characters(name: str) -> bool:
    kinds = [unicodedata.category(letter) for letter in name]
    marks = "".join("m" if kind in ("Mn", "Me") else "-" for kind in kinds)
    return "m" * PILED_MARKS in marks or any(
        kind.startswith("C") and not _joins(name, place)
        for place, kind in enumerate(kinds)
    )


def _joins(name: str, place: int) -> bool:
    """Whether a joiner stands inside a word, where it changes what is read."""
    before, after = name[place - 1 : place], name[place + 1 : place + 2]
    is_between = all(
        near and unicodedata.category(near)[0] in "LM" for near in (before, after)
    )
    return name[place] in JOINERS and is_between and not before.isascii()


def _mixes_alphabets(word: str) -> bool:
    """Latin, Greek and Cyrillic letters that look alike can fake any name."""
    names = (unicodedata.name(letter, "") for letter in word if letter.isalpha())
    alphabets = {name.partition(" ")[0] for name in names}
    return len(alphabets & {"LATIN", "GREEK", "CYRILLIC"}) > 1
