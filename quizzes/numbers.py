"""Numbers as people type them in their language, with a unit or without."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from decimal import Decimal
from fractions import Fraction

from django.utils.formats import get_format

MOST_CHARACTERS = 40
NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
FRACTION_SLASH = "\N{FRACTION SLASH}"
SIGNS = str.maketrans(
    {
        "\N{MINUS SIGN}": "-",
        "\N{DIVISION SLASH}": "/",
        FRACTION_SLASH: "/",
        "\N{RIGHT SINGLE QUOTATION MARK}": "'",
        "\N{MODIFIER LETTER APOSTROPHE}": "'",
    }
)
FRACTION = re.compile(r"(?:(\d+) )?(\d+)/(\d+)")
PLAIN = re.compile(r"(\d+)|(\d*)[.,](\d+)")
GROUPED = re.compile(r"([1-9]\d{0,2}(?:([ ',.])\d{3})(?:\2\d{3})*)(?:(?!\2)[.,](\d+))?")
# Below this, digits are not grouped: 2026 may be a year.
LEAST_GROUPED = 10_000


def read_number(text: str, language: str, units: Iterable[str] = ()) -> Fraction | None:
    """The number that a text says, exactly; none if it says no number.

    One of the units may stand before or behind it, and no other.
    """
    if len(text.strip()) > MOST_CHARACTERS:
        return None
    text = _plain(text)
    for bare in [text, *_without_unit(text, units)]:
        is_signed = bare.startswith(("+", "-"))
        number = _unsigned(bare[is_signed:], language)
        if number is not None:
            return -number if bare[0] == "-" else number
    return None


def _plain(text: str) -> str:
    """One sign for all that mean the same; spaces between digits only."""
    text = unicodedata.normalize("NFC", text).translate(SIGNS)
    text = "".join(map(_plain_sign, text))
    text = re.sub(" +", " ", text)
    return re.sub(r"(?<!\d) | (?!\d)", "", text).rstrip(".")


def _plain_sign(char: str) -> str:
    parts = unicodedata.normalize("NFKD", char)
    match unicodedata.category(char):
        case "Nd":
            return str(unicodedata.decimal(char))
        case "No" if FRACTION_SLASH in parts:
            return " " + parts.replace(FRACTION_SLASH, "/")
        case "No":
            # A power is no digit of the number before it.
            return f"^{parts}"
        case "Pd":
            return "-"
        case "Zs":
            return " "
        case "Cf":
            return ""
    return parts.casefold()


def _without_unit(text: str, units: Iterable[str]) -> Iterator[str]:
    for unit in units:
        name = _plain(unit)
        # A small 2 above the line is hard to type.
        for spelling in (name, name.replace("^", "")):
            yield text.removesuffix(spelling).rstrip()
            yield re.sub(rf"^([+-]?){re.escape(spelling)} ?", r"\1", text)


def _unsigned(text: str, language: str) -> Fraction | None:
    if not (match := FRACTION.fullmatch(text)):
        return _decimal(text, language)
    whole, top, bottom = (int(part or 0) for part in match.groups())
    if bottom == 0 or (match[1] and top >= bottom):
        return None
    return whole + Fraction(top, bottom)


def _decimal(text: str, language: str) -> Fraction | None:
    plain, grouped = PLAIN.fullmatch(text), GROUPED.fullmatch(text)
    # Such as 1,500: either one and a half, or fifteen hundred.
    is_ambiguous = plain and grouped
    if grouped and not (is_ambiguous and grouped[2] == decimal_sign(language)):
        whole = re.sub(r"\D", "", grouped[1])
        return Fraction(f"{whole}.{grouped[3] or 0}")
    if plain:
        return Fraction(f"{plain[1] or plain[2] or 0}.{plain[3] or 0}")
    return None


def decimal_sign(language: str) -> str:
    return str(get_format("DECIMAL_SEPARATOR", language, use_l10n=True))


def written(number: Decimal, language: str, unit: str = "") -> str:
    """The number as its language writes it, with its unit."""
    digits = f"{number.normalize():{',' * (abs(number) >= LEAST_GROUPED)}f}"
    between = str(get_format("THOUSAND_SEPARATOR", language, use_l10n=True))
    signs = {ord(","): between, ord("."): decimal_sign(language)}
    digits = digits.translate(signs)
    is_english = decimal_sign(language) == "."
    if is_english and unicodedata.category(unit[:1] or " ") == "Sc":
        sign = "-" if digits[0] == "-" else ""
        return f"{sign}{unit}{digits.removeprefix('-')}"
    is_close = unit == "°" or (is_english and unit == "%") or not unit
    return f"{digits}{'' if is_close else NO_BREAK_SPACE}{unit}"
