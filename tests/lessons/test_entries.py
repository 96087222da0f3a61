import pytest
from pydantic import Field

from lessons.entries import Entry, Month, Prose, Slug, WebAddress, check
from lessons.problems import InvalidFiles
from lessons.yaml_files import read_yaml


class Oven(Entry):
    name: Prose = Field(max_length=12)
    built: Month = "2026-11"
    heat: int = 200
    share: float = 0.5
    is_hot: bool = False
    racks: list[Slug] = []
    manual: WebAddress = "https://ovens.example"


def read(tmp_path, text):
    return check(read_yaml(tmp_path / "oven.yaml", text), Oven)


def test_values_in_shape_are_returned(tmp_path):
    oven = read(tmp_path, "name: ' Old one '\nracks: [top, low-1]")

    assert (oven.name, oven.racks) == ("Old one", ["top", "low-1"])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("heat: 3", "1: `name` is missing: add it"),
        (
            "name: x\nheet: 3",
            "2: `heet` is not a key that belongs here: did you mean `heat`?",
        ),
        ("name: x\nzzz: 3", "2: `zzz` is not a key that belongs here: take it out"),
        (
            "heat: 1\nname: no",
            "2: YAML reads no in `name` as yes or no: put it in quotes",
        ),
        ("name: 12", "1: YAML reads 12 in `name` as a number: put it in quotes"),
        ("name:", "1: `name` is empty: write it after the colon, or take the key out"),
        ("name: [a]", "1: `name` is not one text: put it on one line, in quotes"),
        ("name: ' '", "1: `name`: the text is empty: write something"),
        ('name: "a\\0"', "1: `name`: the text holds a control character: take it out"),
        ("name: a name that is long", "1: `name` is 19 characters long: keep it to 12"),
        ("name: x\nheat: hot", "2: `heat` is not a whole number: write digits only"),
        ("name: x\nis_hot: 1", "2: `is_hot` is not true or false: write true or false"),
        (
            "name: x\nshare: half",
            "2: `share` is not a number: write digits and a point, such as 1400 or 0.7",
        ),
        (
            "name: x\nracks: top",
            "2: `racks` is not a list: write [a, b], or one `- ` line for each",
        ),
        *(
            (
                f"name: x\nmanual: '{address}'",
                (
                    f"2: `manual`: '{address}' is not a web address: "
                    "copy one that begins with https://"
                ),
            )
            for address in ("http://a.example", "javascript:alert(1)", "https://a b")
        ),
        (
            "name: x\nracks:\n- top\n- Low One",
            (
                "4: entry 2 of `racks`: 'Low One' is not a short name: "
                "write up to 80 small letters, digits and single hyphens"
            ),
        ),
        (
            "name: x\nbuilt: 2026-11-05",
            (
                "2: `built`: '2026-11-05' is not a month: "
                "write year and month, such as 2026-11"
            ),
        ),
        (
            "- a",
            "1: the file is not a set of keys: write one `key: value` on each line",
        ),
    ],
)
def test_each_difference_is_told_with_line_and_remedy(tmp_path, text, said):
    with pytest.raises(InvalidFiles) as raised:
        read(tmp_path, text)

    assert [str(p) for p in raised.value.problems] == [f"{tmp_path}/oven.yaml:{said}"]


def test_all_differences_are_told_at_once(tmp_path):
    with pytest.raises(InvalidFiles) as raised:
        read(tmp_path, "heat: hot\nis_hot: 1")

    assert [p.line for p in raised.value.problems] == [1, 1, 2]
