import pytest

from lessons.library import read_library
from tests.lesson_files import LessonFolder


@pytest.fixture
def folder(tmp_path):
    return LessonFolder(tmp_path).add("bread").add("soup", track="cooking")


def told(folder):
    _, problems = read_library(folder.path)
    return folder.told(problems)


def test_a_right_folder_has_no_problems(folder):
    library, problems = read_library(folder.path)

    assert problems == []
    assert [lesson.slug for lesson in library.in_order()] == ["bread", "soup"]


def test_lessons_stand_in_the_order_of_tier_track_and_order(tmp_path):
    folder = LessonFolder(tmp_path)
    folder.add("a", track="cooking", order=1).add("b", order=9).add("c", order=3)
    folder.add("d", tier="creators").add("e", tier="explorers", track="cooking")
    folder.edit(
        "terms.yaml", "builders: A fungus", "creators: Saccharomyces.\n  builders: A"
    )

    library, problems = read_library(folder.path)

    assert problems == []
    assert "".join(lesson.slug for lesson in library.in_order()) == "ecbad"


HEAD_MISTAKES = [
    ("title: How bread rises\n", "", "2: `title` is missing: add it"),
    (
        "title: How bread rises",
        "title: no",
        "2: YAML reads no in `title` as yes or no: put it in quotes",
    ),
    (
        "title: How",
        "titel: x\ntitle: How",
        "2: `titel` is not a key that belongs here: did you mean `title`?",
    ),
    (
        "tier: builders",
        "tier: builder",
        "4: `tier` is 'builder': write 'explorers', 'builders' or 'creators'",
    ),
    (
        "tier: builders",
        "tier: explorers",
        (
            "4: the lesson stands in builders/ but its tier is explorers: "
            "move the file, or mend the tier"
        ),
    ),
    (
        "reviewed: 2026-11",
        "reviewed: 2026-11-05",
        (
            "7: `reviewed`: '2026-11-05' is not a month: "
            "write year and month, such as 2026-11"
        ),
    ),
    ("order: 1", "order: first", "6: `order` is not a whole number: write digits only"),
    (
        "order: 1",
        "order: 1\nlanguage: xx",
        "7: the site has no language 'xx': write one of en",
    ),
    (
        "terms: [yeast]",
        "terms: [yeast, salt]",
        "8: the term salt is not in terms.yaml: add it there, or mend the name",
    ),
    (
        "terms: [yeast]",
        "related:\n- soup\n- cake",
        (
            "10: `related` names the lesson cake, which is not there: "
            "mend the name or take it out"
        ),
    ),
    (
        "terms: [yeast]",
        "same_as: [cake]",
        (
            "8: `same_as` names the lesson cake, which is not there: "
            "mend the name or take it out"
        ),
    ),
    (
        "terms: [yeast]",
        "prerequisites: [bread]",
        "8: `prerequisites` names the lesson itself: take it out",
    ),
]

MAIN_KINDS = "examples or story or steps or comparison"
BODY_MISTAKES = [
    (
        "## The big idea",
        "Hello.\n\n## The big idea",
        (
            "11: text stands before the first section: "
            "put it under a heading such as ## The big idea"
        ),
    ),
    (
        "{#big-idea .idea}",
        "",
        (
            '11: the section "The big idea" has no id: '
            "end its heading as in {#big-idea .idea}"
        ),
    ),
    (
        "{#try-it .activity}",
        "{#try-it}",
        '22: the section "Try it" has no kind: end its heading as in {#try-it .idea}',
    ),
    (
        "{#try-it .activity}",
        "{#try-it .plan}",
        (
            '22: the section "Try it" is of the unknown kind .plan: use one of idea, '
            "examples, story, steps, comparison, activity, practice, check, takeaway, plain"
        ),
    ),
    (
        "{#examples .examples}",
        "{#big-idea .examples}",
        "15: the id big-idea is taken already: give this one another",
    ),
    (
        "{#examples .examples}",
        "{#Some .examples}",
        (
            '15: the section "Some examples" has the id Some: '
            "begin with a letter; then small letters, digits, hyphens"
        ),
    ),
    (
        "{#examples .examples}",
        "{#examples .examples onclick=x}",
        '15: the section "Some examples" has an unknown onclick=: take it out',
    ),
    (
        "{#takeaway .takeaway}",
        "{#takeaway .comparison}",
        (
            "1: the lesson has no section of the kind takeaway: "
            "add one, with a heading that ends in {#… .takeaway}"
        ),
    ),
    (
        "{#examples .examples}",
        "{#examples .plain}",
        (
            f"1: the lesson has no section of the kind {MAIN_KINDS}: "
            "add one, with a heading that ends in {#… .examples}"
        ),
    ),
    (
        "{#practise .practice}",
        "{#practise .plain}",
        (
            "1: the lesson has no section of the kind practice: "
            "add one, with a heading that ends in {#… .practice}"
        ),
    ),
    (
        "{#examples .examples}",
        "{#examples .comparison}",
        (
            '15: the section "Some examples" is a comparison without a table: '
            "add one, or make it .plain"
        ),
    ),
    (
        "Ask a grown-up before you use the oven.\n",
        "",
        (
            '27: the section "Practise this safely" has nothing in it: '
            "write it, or take its heading away"
        ),
    ),
    (
        " question=c1",
        "",
        (
            '20: the section "Check yourself" asks no question: '
            "add question=… to its heading"
        ),
    ),
    (
        "Mix sugar",
        "Mix\n\n# Now\n\nsugar",
        (
            "26: the lesson's title stands in its head: "
            "take this heading away, or begin it with ##"
        ),
    ),
    (
        "- Pizza dough",
        "- ## Pizza\n- dough",
        (
            "17: a heading stands inside a list or a quotation: "
            "move it to the start of its line"
        ),
    ),
    (
        "Pizza dough",
        "Pizza <b>dough</b>",
        "17: raw HTML is not allowed: write Markdown, and put code in `backticks`",
    ),
    (
        "Ask a grown-up",
        "<script>\nalert(1)\n</script>\n\nAsk a grown-up",
        "29: raw HTML is not allowed: write Markdown, and put code in `backticks`",
    ),
    (
        "Ask a grown-up",
        "Ask\n<!-- x --> a grown-up",
        "30: raw HTML is not allowed: write Markdown, and put code in `backticks`",
    ),
    (
        "Ask a grown-up",
        "[Ask](javascript:alert(1)) a grown-up",
        (
            "29: the link to javascript:alert(1) cannot be followed from a lesson: "
            "write an address that begins with https://, / or #"
        ),
    ),
    (
        "Ask a grown-up",
        "[Ask](javas&#99;ript:alert) a grown-up",
        (
            "29: the link to javascript:alert cannot be followed from a lesson: "
            "write an address that begins with https://, / or #"
        ),
    ),
    (
        "Ask a grown-up",
        "[Ask](other.html) a grown-up",
        (
            "29: the link to other.html cannot be followed from a lesson: "
            "write an address that begins with https://, / or #"
        ),
    ),
    (
        "Ask a grown-up",
        "Ask a grown-up\n##Then wait {#then .steps}",
        "30: there is no space behind ##: write one, to make it a heading",
    ),
    (
        "Ask a grown-up",
        "### Then wait {#then .steps}\n\nAsk a grown-up",
        "29: only ## begins a section: begin it with ##, or take {…} away",
    ),
    (
        "Ask a grown-up",
        "\u2022 Ask a grown-up",
        "29: \u2022 begins no list: begin the line with - ",
    ),
    (
        "Ask a grown-up",
        "[Ask](#nowhere) a grown-up",
        (
            "27: the link #nowhere leads to no section of this lesson: "
            "mend the id behind #"
        ),
    ),
]


@pytest.mark.parametrize(("old", "new", "said"), HEAD_MISTAKES + BODY_MISTAKES)
def test_a_mistake_in_a_lesson_is_told_with_its_line(folder, old, new, said):
    folder.edit("bread.md", old, new)

    assert told(folder) == [f"lessons/builders/baking/bread.md:{said}"]


def test_a_lesson_without_head_is_told(folder):
    folder.file("bread.md").write_text("## Title {#a .idea}\n\nText.\n")

    assert told(folder) == [
        (
            "lessons/builders/baking/bread.md:1: the lesson has no head: "
            "begin it with ---, then title and the other keys, then --- again"
        )
    ]


def test_a_term_without_words_for_the_tier_is_told(folder):
    folder.edit("terms.yaml", "builders:", "creators:")

    assert told(folder) == [
        f"lessons/builders/{name}.md:8: the term yeast has no definition for "
        "builders: add one as `builders:` in terms.yaml"
        for name in ("baking/bread", "cooking/soup")
    ]


def test_an_unknown_track_is_told(folder):
    folder.edit("tracks.yaml", "id: cooking", "id: frying")

    assert told(folder) == [
        (
            "lessons/builders/cooking/soup.md:5: there is no track cooking: "
            "add it to tracks.yaml, or mend the name"
        )
    ]


def test_names_that_stand_twice_are_told(folder):
    folder.add("bread", track="cooking")
    folder.edit("tracks.yaml", "id: cooking", "id: baking")

    assert "tracks.yaml:4: baking stands here a second time: keep one" in told(folder)
    assert (
        "lessons/builders/cooking/bread.md:1: lessons/builders/baking/bread.md has "
        "the same name: rename one of the two"
    ) in told(folder)


def test_files_in_the_wrong_place_or_with_a_wrong_name_are_told(folder):
    lessons = folder.path / "lessons"
    folder.file("bread.md").rename(lessons / "Rye bread.md")

    assert told(folder) == [
        (
            "lessons/Rye bread.md:1: the lesson stands in the wrong folder: "
            "move it to lessons/<tier>/<track>/"
        ),
        (
            "lessons/Rye bread.md:1: the file's name cannot be an address: "
            "rename it: up to 80 small letters, digits and single hyphens"
        ),
    ]


def test_a_folder_without_lessons_is_told(tmp_path):
    folder = LessonFolder(tmp_path)
    (tmp_path / "terms.yaml").unlink()

    assert told(folder) == [
        "terms.yaml:1: there is no such file: write it, or rename the file that is meant",
        (
            "lessons:1: there are no lessons: "
            "give a folder that holds tracks.yaml, terms.yaml and lessons/"
        ),
    ]


def test_mistakes_of_all_files_are_told_at_once(folder):
    folder.edit("bread.md", "order: 1", "order: x")
    folder.edit("bread.md", "Pizza dough", "<i>Pizza</i>")
    folder.edit("soup.md", "Pizza dough", "<i>Pizza</i>")
    folder.edit("terms.yaml", "term:", "trem:")

    assert [line.partition(": ")[0] for line in sorted(set(told(folder)))] == [
        "lessons/builders/baking/bread.md:17",
        "lessons/builders/baking/bread.md:6",
        "lessons/builders/cooking/soup.md:17",
        "terms.yaml:1",
        "terms.yaml:2",
    ]
