import pytest

from lessons.library import read_library
from quizzes.lesson_map import map_shortfalls, reached
from tests.lesson_files import LessonFolder


@pytest.fixture
def folder(tmp_path):
    """Bread and soup name each other; stew and cake do so as well."""
    folder = LessonFolder(tmp_path)
    for slug, other in [("bread", "soup"), ("soup", "bread")]:
        folder.add(slug, order=1 if slug == "bread" else 2)
        folder.edit(f"{slug}.md", "terms:", f"related: [{other}]\nterms:")
    return folder


def shortfalls(folder):
    library, problems = read_library(folder.path)
    assert problems == []
    lessons = {lesson.slug: lesson for lesson in library.in_order()}
    return [
        f"{problem.path.stem}:{problem.line}: {problem.what}: {problem.todo}"
        for problem in map_shortfalls(lessons)
    ]


def add(folder, slug, head="", **place):
    folder.add(slug, **place)
    folder.edit(f"{slug}.md", "terms:", f"{head}\nterms:")


def test_lessons_that_lead_to_each_other_are_fine(folder):
    assert shortfalls(folder) == []


def test_a_lesson_that_no_other_one_names_is_told(folder):
    add(folder, "stew", "related: [soup]", order=3)

    assert shortfalls(folder) == [
        (
            "stew:1: no other lesson leads here: "
            "name stew under `related` of one that goes before"
        )
    ]


def test_lessons_that_form_an_island_are_told_once(folder):
    add(folder, "cake", "related: [stew]", order=3)
    add(folder, "stew", "related: [cake]", order=4)

    assert shortfalls(folder) == [
        (
            "cake:8: no way leads from here to bread: "
            "name a lesson of the others under `related`"
        )
    ]


def test_a_subject_in_another_tier_names_the_first_one_too(folder):
    add(folder, "tiny", "related: [bread]\nsame_as: [bread]", tier="explorers")
    folder.edit("soup.md", "related: [bread]", "related: [bread, tiny]")

    assert shortfalls(folder) == [
        (
            "tiny:9: `same_as` names bread, which does not name this one: "
            "name tiny there too"
        )
    ]
    folder.edit("bread.md", "related: [soup]", "related: [soup]\nsame_as: [tiny]")
    assert shortfalls(folder) == []


def test_the_same_subject_in_the_same_tier_is_told(folder):
    folder.edit("bread.md", "related: [soup]", "related: [soup]\nsame_as: [soup]")

    assert shortfalls(folder) == [
        (
            "bread:9: `same_as` names soup, which is for the same tier: "
            "name it under `related`"
        )
    ]


def test_lessons_that_each_come_before_the_other_are_told(folder):
    for slug, other in [("bread", "soup"), ("soup", "bread")]:
        folder.edit(f"{slug}.md", "terms:", f"prerequisites: [{other}]\nterms:")

    assert shortfalls(folder) == [
        (
            "bread:9: soup comes before this lesson, and this one before soup: "
            "take one of the two out"
        ),
        (
            "soup:9: bread comes before this lesson, and this one before bread: "
            "take one of the two out"
        ),
    ]


def test_links_are_followed_any_number_of_steps():
    links = {"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}}

    assert reached(links, "a") == {"a", "b", "c"}
    assert reached(links, "d") == {"a", "b", "c", "d"}
