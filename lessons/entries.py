"""Checking what a YAML file says against the shape that it should have."""

from __future__ import annotations

import re
import unicodedata
from difflib import get_close_matches
from typing import Annotated, Any, TypeVar

from django.core.exceptions import ValidationError as DjangoValidationError
from django.core.validators import URLValidator
from pydantic import AfterValidator, BaseModel, ConfigDict, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from lessons.problems import InvalidFiles, Problem
from lessons.yaml_files import Location, YamlText

Shape = TypeVar("Shape")


class Entry(BaseModel):
    """A mapping in a file: strict types, and no key that is not named here."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


def is_slug(value: str, most: int = 80) -> bool:
    """Whether it can stand in an address: small letters, digits, single hyphens."""
    return len(value) <= most and bool(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", value))


def _slug(value: str) -> str:
    if not is_slug(value):
        raise PydanticCustomError(
            "slug",
            "'{value}' is not a short name: "
            "write up to 80 small letters, digits and single hyphens",
            {"value": value},
        )
    return value


def _month(value: str) -> str:
    if not re.fullmatch(r"20\d\d-(0[1-9]|1[0-2])", value):
        raise PydanticCustomError(
            "month",
            "'{value}' is not a month: write year and month, such as 2026-11",
            {"value": value},
        )
    return value


def _prose(value: str) -> str:
    if not value.strip():
        raise PydanticCustomError("prose", "the text is empty: write something")
    if any(unicodedata.category(c) in ("Cc", "Cs") and c not in "\n\t" for c in value):
        raise PydanticCustomError(
            "prose", "the text holds a control character: take it out"
        )
    return value.strip()


def _web_address(value: str) -> str:
    try:
        URLValidator(schemes=["https"])(value)
    except DjangoValidationError:
        raise PydanticCustomError(
            "web_address",
            "'{value}' is not a web address: copy one that begins with https://",
            {"value": value},
        ) from None
    return value


Slug = Annotated[str, AfterValidator(_slug)]
Month = Annotated[str, AfterValidator(_month)]
Prose = Annotated[str, AfterValidator(_prose)]
WebAddress = Annotated[str, AfterValidator(_web_address)]


def check(text: YamlText, shape: type[Shape]) -> Shape:
    """The values of a file in their shape, or every place where they differ."""
    adapter = TypeAdapter(shape)
    try:
        return adapter.validate_python(text.value)
    except ValidationError as error:
        known = _known_keys(adapter.json_schema())
        raise InvalidFiles(
            _problem(text, details, known) for details in error.errors()
        ) from error


def _known_keys(schema: dict[str, Any]) -> set[str]:
    parts = [schema, *schema.get("$defs", {}).values()]
    return {key for part in parts for key in part.get("properties", {})}


def _problem(text: YamlText, details: ErrorDetails, known: set[str]) -> Problem:
    location = details["loc"]
    what, todo = _explain(text, details, known)
    return Problem(text.path, text.line(*location), what, todo)


def _explain(text: YamlText, details: ErrorDetails, known: set[str]) -> tuple[str, str]:
    location, kind = details["loc"], details["type"]
    name, limits = _name(location), details.get("ctx", {})
    if kind in TYPE_ADVICE:
        what, todo = TYPE_ADVICE[kind]
        return f"{name} {what}", todo
    match kind:
        case "extra_forbidden":
            return _unknown_key(str(location[-1]), known)
        case "string_type":
            return _not_text(name, details["input"], text.source(*location))
        case "string_too_long" | "too_long" | "too_short":
            return _wrong_size(name, details)
        case "literal_error":
            found = text.source(*location)
            return f"{name} is {found!r}", f"write {limits['expected']}"
        case "union_tag_invalid":
            found = text.source(*location, "kind")
            return f"`kind` is {found!r}", f"write one of {limits['expected_tags']}"
    # Written in this module, or by pydantic in its own words.
    what, _, todo = details["msg"].partition(": ")
    return f"{name}: {what}", todo or "mend it"


def _wrong_size(name: str, details: ErrorDetails) -> tuple[str, str]:
    limits = details["ctx"]
    match details["type"]:
        case "string_too_long":
            what = f"{name} is {len(details['input'])} characters long"
            return what, f"keep it to {limits['max_length']}"
        case "too_long":
            return f"{name} has too many entries", f"keep {limits['max_length']}"
    return f"{name} has too few entries", f"write {limits['min_length']} or more"


A_MAPPING = ("is not a set of keys", "write one `key: value` on each line")
TYPE_ADVICE = {
    "bool_type": ("is not true or false", "write true or false"),
    "dict_type": A_MAPPING,
    "float_type": ("is not a number", "write digits and a point, such as 1400 or 0.7"),
    "greater_than": ("is too small", "write a larger number"),
    "greater_than_equal": ("is too small", "write a larger number"),
    "int_type": ("is not a whole number", "write digits only"),
    "less_than_equal": ("is too large", "write a smaller number"),
    "list_type": ("is not a list", "write [a, b], or one `- ` line for each"),
    "missing": ("is missing", "add it"),
    "model_attributes_type": A_MAPPING,
    "model_type": A_MAPPING,
    "union_tag_not_found": ("has no `kind`", "add one"),
}


def _name(location: Location) -> str:
    keys = [part for part in location if isinstance(part, str)]
    if location and isinstance(location[-1], int):
        of = f" of `{keys[-1]}`" if keys else ""
        return f"entry {location[-1] + 1}{of}"
    return f"`{keys[-1]}`" if keys else "the file"


def _unknown_key(key: str, known: set[str]) -> tuple[str, str]:
    if " " in key:
        what = f"`{key}` stands where a key would"
        return what, "put the text before it in quotes, from its start to its end"
    meant = get_close_matches(key, known, n=1)
    todo = f"did you mean `{meant[0]}`?" if meant else "take it out"
    return f"`{key}` is not a key that belongs here", todo


def _not_text(name: str, found: object, source: str) -> tuple[str, str]:
    match found:
        case None:
            return f"{name} is empty", "write it after the colon, or take the key out"
        case bool():
            return f"YAML reads {source} in {name} as yes or no", "put it in quotes"
        case int() | float():
            return f"YAML reads {source} in {name} as a number", "put it in quotes"
    return f"{name} is not one text", "put it on one line, in quotes"
