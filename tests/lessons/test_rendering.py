import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lessons.files import Head, LessonFile
from lessons.layout import lay_out
from lessons.pictures import PictureFile
from lessons.rendering import render
from lessons.sections import read_sections
from lessons.terms import TermLinks


def laid_out(body, **terms):
    text = f"## Title {{#s .idea}}\n\n{body}"
    sections, problems = read_sections(Path("lesson.md"), text, 1)
    assert problems == []
    links = TermLinks.of(terms)
    return [lay_out(section, links) for section in sections]


OVEN = PictureFile("oven.svg", b"an oven", 640, 320)


def lesson_of(layouts):
    head = Head.model_construct(language="en")
    pictures = {OVEN.name: OVEN}
    return LessonFile(Path("bread.md"), "", head, None, [], pictures, layouts)


def html(body, aliases=None, **terms):
    """The body of the one section, with S1, S2 … for the keys of its passages."""
    lesson = lesson_of(laid_out(body, **terms))
    text = render(lesson, aliases or {}, lambda key: f"/check/{key}/")
    for number, passage in enumerate(lesson.passages, start=1):
        text = text.replace(passage.key, f"S{number}")
    head, _, rest = text.partition("</h2>\n")
    assert head == (
        '<section id="s" class="section section-idea" aria-labelledby="s-title">\n'
        '<h2 id="s-title">Title'
    )
    return rest.removesuffix("</section>").strip()


def texts(body):
    return [passage.text for laid in laid_out(body) for passage in laid.passages]


def test_each_sentence_is_a_passage():
    assert html("One is here.\nTwo too! Three?") == (
        '<p><span class="passage" id="S1">One is here.</span> '
        '<span class="passage" id="S2">Two too!</span> '
        '<span class="passage" id="S3">Three?</span></p>'
    )


def test_emphasis_that_crosses_sentences_is_closed_and_opened_again():
    assert html("One *is **here. Two** is* here.") == (
        '<p><span class="passage" id="S1">One <em>is <strong>here.</strong></em></span>'
        "<em><strong> </strong></em>"
        '<span class="passage" id="S2"><em><strong>Two</strong> is</em> here.</span></p>'
    )


def test_links_and_code_may_hold_full_stops():
    assert html(
        "See [this. And that](https://example.org/a?b=1&c=2). Run `a. B` now."
    ) == (
        '<p><span class="passage" id="S1">See '
        '<a href="https://example.org/a?b=1&amp;c=2">this.</a></span>'
        '<a href="https://example.org/a?b=1&amp;c=2"> </a>'
        '<span class="passage" id="S2">'
        '<a href="https://example.org/a?b=1&amp;c=2">And that</a>.</span> '
        '<span class="passage" id="S3">Run <code>a. B</code> now.</span></p>'
    )


def test_each_list_item_is_one_passage_also_inside_another():
    body = "- One. And more.\n- Two\n  - Inner\n"

    assert texts(body) == ["One. And more.", "Two", "Inner"]
    assert re.sub(r"\n", "", html(body)) == (
        '<ul><li class="passage" id="S1">One. And more.</li>'
        '<li class="passage" id="S2">Two'
        '<ul><li class="passage" id="S3">Inner</li></ul></li></ul>'
    )


def test_an_item_of_several_paragraphs_is_one_passage():
    assert texts("1. One.\n\n   More *of* it.\n\n2. Two.") == [
        "One. More of it.",
        "Two.",
    ]


def test_each_row_below_the_head_of_a_table_is_a_passage():
    body = "| Bread | Time |\n|---|--:|\n| Pizza | one *hour* |\n| Rye | |\n"

    assert texts(body) == ["Pizza; one hour", "Rye"]
    assert re.sub(r"\n", "", html(body)) == (
        '<div class="table-scroll" role="group" tabindex="0" aria-labelledby="s-title">'
        '<table><thead><tr><th scope="col">Bread</th>'
        '<th scope="col" class="align-end">Time</th></tr></thead><tbody>'
        '<tr class="passage" id="S1"><td>Pizza</td>'
        '<td class="align-end">one <em>hour</em></td></tr>'
        '<tr class="passage" id="S2"><td>Rye</td><td class="align-end"></td></tr>'
        "</tbody></table></div>"
    )


def test_quotations_hold_sentences_and_headings_hold_none():
    assert texts("### A small heading.\n\n> One. Two.\n\n```\ncode. Here.\n```") == [
        "One.",
        "Two.",
    ]


def test_a_passage_knows_its_line():
    passages = laid_out("One.\n\n- Two\n- Three\n\n| a |\n|---|\n| Four |")[0].passages

    assert [passage.line for passage in passages] == [3, 5, 6, 10]


@pytest.mark.parametrize(
    ("body", "start"),
    [
        ("Bread rises.", '<span class="passage" id="S1">ALIAS'),
        ("- Bread", '<li class="passage" id="S1">\nALIAS'),
        ("|a|\n|-|\n|b|", '<tr class="passage" id="S1">\n<td>ALIAS'),
    ],
)
def test_an_old_key_is_still_a_target(body, start):
    key = laid_out(body)[0].passages[0].key

    alias = '<span id="old-1" class="alias" aria-hidden="true"></span>'
    assert start.replace("ALIAS", alias) in html(body, {key: ["old-1"]})


def test_the_first_use_of_a_term_leads_to_its_definition():
    found = html(
        "Base\nmodels are big. A base model is *one model*.",
        **{
            "base-model": "base model",
            "model": "model",
        },
    )

    assert re.sub(r"</?span[^>]*>", "", found) == (
        '<p><a class="term" href="#term-base-model">Base models</a> are big. '
        'A base <a class="term" href="#term-model">model</a> is <em>one model</em>.</p>'
    )


def test_of_two_terms_at_one_place_the_longer_is_linked():
    found = html("A language model.", language="language", lm="language model")

    assert '<a class="term" href="#term-lm">language model</a>' in found


def test_terms_are_whole_words_outside_headings_links_and_code():
    found = html(
        "### Yeast\n\nYeasty `yeast` [yeast](/yeast) pre-yeast. *Yeasts* rise. Yeast.",
        yeast="yeast",
    )

    assert found.count("#term-yeast") == 1
    assert '<em><a class="term" href="#term-yeast">Yeasts</a></em>' in found


def test_a_term_in_y_has_its_plural():
    assert '<a class="term" href="#term-bakery">Bakeries</a>' in html(
        "Bakeries open early.", bakery="bakery"
    )


def test_a_check_section_holds_the_place_of_its_question():
    text = "## Check *it* {#check-1 .check question=c1}\n\nThink first."
    sections, _ = read_sections(Path("lesson.md"), text, 1)
    layouts = [lay_out(section, TermLinks.of({})) for section in sections]

    found = render(lesson_of(layouts), {}, lambda key: f'/check/{key}/?"')

    assert sections[0].title == "Check it"
    assert '<h2 id="check-1-title">Check <em>it</em></h2>' in found
    assert found.partition("</p>\n")[2] == (
        '<div class="check-slot" id="check-c1" hx-get="/check/c1/?&quot;" '
        'hx-trigger="load" hx-swap="outerHTML" hx-target="this">'
        '<a href="/check/c1/?&quot;">Answer a question about this</a></div>\n</section>'
    )


def test_a_picture_keeps_its_room_and_is_no_passage():
    address = f"/learn/lesson/bread/pictures/{OVEN.digest}/oven.svg"

    assert html('One.\n\n![A "hot" oven](oven.svg)\n\nTwo.') == (
        '<p><span class="passage" id="S1">One.</span></p>\n'
        f'<p><img src="{address}" alt="A &quot;hot&quot; oven" loading="lazy" '
        'width="640" height="320"></p>\n'
        '<p><span class="passage" id="S2">Two.</span></p>'
    )


MARKED = st.text(alphabet="aB.!*_`[]()| \n-1#<>&\"'", max_size=60)


@given(MARKED)
def test_whatever_is_written_the_passages_are_in_the_page_in_order(body):
    text = f"## Title {{#s .idea}}\n\n{body}"
    sections, problems = read_sections(Path("lesson.md"), text, 1)
    if problems:
        return
    layouts = [lay_out(section, TermLinks.of({})) for section in sections]
    found = render(lesson_of(layouts), {}, str)

    keys = [passage.key for laid in layouts for passage in laid.passages]
    assert re.findall(r'class="passage" id="([^"]+)"', found) == keys
    assert found.count("<span") == found.count("</span>")
