import re
import string
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.own_words import DISGUISES, Known, own_places

# A name as a pattern, which is slow where its letters are alike.
AS_PATTERN = {char: f"[{re.escape(typed)}]+" for char, typed in DISGUISES.items()}
# Among them are those whose neighbours may be typed by the same sign.
ORDINARY = ["anna", "phil", "sam", "lena", "ali", "lil", "otto", "emil", "maria li"]
TYPED = "".join(sorted({*" ._-,'13@!b", *"".join(ORDINARY)}))


def places(name, text):
    return sorted({place[1:] for place in own_places(text, text, Known((name,)))})


def by_pattern(name, text):
    found = set()
    for wording in {name, *name.split()}:
        apart = "[ ._*-]?" if len(wording) > 3 else ""
        letters = [
            r"[\W_]+" if char == " " else AS_PATTERN.get(char, f"{re.escape(char)}+")
            for char in wording
        ]
        word = rf"(?<![^\W_]){apart.join(letters)}(?=(?:'?s)?(?![^\W_]))"
        found |= {match.span() for match in re.finditer(word, text)}
    return sorted(found)


@st.composite
def texts(draw):
    """Pieces of names, disguised or not, with other letters around."""
    name = draw(st.sampled_from(ORDINARY))
    pieces = st.sampled_from([name, *name.split(), name[:2], name[2:], ".".join(name)])
    parts = draw(st.lists(pieces | st.text(TYPED, max_size=6), max_size=6))
    return name, draw(st.sampled_from(["", " "])).join(parts)


@settings(max_examples=300)
@given(texts())
def test_an_ordinary_name_is_found_where_a_pattern_finds_it(drawn):
    name, text = drawn

    assert places(name, text) == by_pattern(name, text)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("aaaa", "a" * 499 + "b"),
        ("aaaa", "a " * 249 + "b"),
        ("a" * 150, "a" * 499 + "b"),
        ("il" * 75, "1" * 499 + "b"),
        ("a " * 75, "@" * 499 + "b"),
        ("o0" * 75, "0" * 499 + "b"),
        ("-" * 150, "-" * 499 + "b"),
        (" ".join(string.ascii_lowercase) * 2, "a-" * 250),
    ],
)
def test_no_name_takes_long(name, text):
    begun = time.process_time()

    places(name, text)

    assert time.process_time() - begun < 1
