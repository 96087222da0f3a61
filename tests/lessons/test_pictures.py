import pytest

from lessons.library import read_library
from tests.lesson_files import LessonFolder


@pytest.fixture
def folder(tmp_path):
    folder = LessonFolder(tmp_path).add("bread").add_picture("oven.svg")
    folder.add_picture("flat.svg", "<svg></svg>")
    return folder.add_picture("huge.png", "x" * 1_000_001)


def shown(folder, picture):
    """What reading the lesson gives and tells, with this in line 29."""
    folder.edit("bread.md", "Ask a grown-up", f"{picture}\n\nAsk a grown-up")
    library, problems = read_library(folder.path)
    return library.lessons.get("bread"), folder.told(problems)


def test_a_picture_beside_the_lesson_is_read_with_its_size(folder):
    lesson, problems = shown(folder, "![An oven, open and hot](oven.svg)")

    assert problems == []
    picture = lesson.pictures["oven.svg"]
    assert (picture.width, picture.height) == (640, 320)
    assert picture.content_type == "image/svg+xml"
    # Its words are read out in place of it, and are no text of the lesson.
    assert not any("open and hot" in passage.text for passage in lesson.passages)


A_PLACE = "put it between two empty lines"


@pytest.mark.parametrize(
    ("picture", "said"),
    [
        (
            "![](oven.svg)",
            (
                "the picture oven.svg has no words for those who cannot see it: "
                "write them as in ![a cat on a chair](cat.png)"
            ),
        ),
        (
            "![an oven](none.png)",
            "the picture none.png is not beside the lesson: put it there",
        ),
        (
            "![an oven](oven.svg) This is hot.",
            f"the picture oven.svg stands among other things: {A_PLACE}",
        ),
        (
            "- ![an oven](oven.svg)",
            f"the picture oven.svg stands among other things: {A_PLACE}",
        ),
        (
            "### ![an oven](oven.svg)",
            f"the picture oven.svg stands among other things: {A_PLACE}",
        ),
        *(
            (
                f"![an oven]({name})",
                (
                    f"the picture {name} has a name that cannot be shown: use small "
                    "letters, digits and hyphens, then .jpg, .png, .svg, .webp"
                ),
            )
            for name in ("../oven.svg", "Oven.svg", "oven.gif", "https://a.b/oven.svg")
        ),
        (
            "![an oven](flat.svg)",
            (
                "the picture flat.svg does not tell its width and height: "
                "save it again; an SVG says width= and height= in its first tag"
            ),
        ),
        (
            "![an oven](huge.png)",
            "the file is 1,000,001 bytes: keep it under 1 MB",
        ),
    ],
)
def test_a_picture_that_cannot_be_shown_is_told_with_its_line(folder, picture, said):
    _, problems = shown(folder, picture)

    assert problems == [f"lessons/builders/baking/bread.md:29: {said}"]
