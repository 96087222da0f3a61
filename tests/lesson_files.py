"""A folder with lessons that are right, for tests to break."""

LESSON = """\
---
title: How bread rises
summary: What yeast does to dough.
tier: builders
track: baking
order: 1
reviewed: 2026-11
terms: [yeast]
---

## The big idea {#big-idea .idea}

Bread rises because of yeast. Yeast makes *tiny bubbles of gas. They push* the dough up.

## Some examples {#examples .examples}

- Pizza dough rises in an hour.
- Sourdough takes a night.

## Check yourself {#check-1 .check question=c1}

## Try it {#try-it .activity}

1. Mix sugar and water.
2. Wait.

## Practise this safely {#practise .practice}

Ask a grown-up before you use the oven.

## Key takeaway {#takeaway .takeaway}

| Bread | Time |
|---|---|
| Pizza | one hour |
"""

QUIZ = """\
pass: 0.7
questions:
  - id: c1
    in_lesson: true
    kind: true_false
    stem: Yeast makes gas.
    answer: true
    why: The bubbles are gas.
    see: tiny bubbles of gas
    explanation: The bubbles push the dough up.
  - id: q1
    kind: single
    stem: Which dough takes longest?
    see: takes a night
    choices:
      - {text: Pizza dough, why: It takes an hour.}
      - {text: Sourdough, right: true}
    explanation: Sourdough takes a night.
  - id: q2
    kind: multiple
    stem: What goes into the glass?
    see: Mix sugar and water
    hint: There are two things.
    choices:
      - {text: sugar, right: true}
      - {text: water, right: true}
      - {text: salt, why: Salt slows yeast down.}
    explanation: Yeast eats sugar in water.
"""

OTHER_KINDS = """\
  - id: q3
    kind: short
    stem: What makes the gas?
    see: tiny bubbles of gas
    answers: [yeast, the yeast]
    wrong:
      - {text: oven, why: The oven makes heat.}
    explanation: Yeast does.
  - id: q4
    kind: number
    stem: How many minutes does pizza dough rise?
    see: rises in an hour
    value: 60
    tolerance: 5
    unit: min
    units: [minutes]
    explanation: An hour has 60.
  - id: q5
    kind: order
    stem: What comes first?
    see: Wait.
    items:
      - Mix
      - Wait
      - Look
    explanation: Look at the end.
  - id: q6
    kind: match
    stem: How long do they rise?
    see: takes a night
    pairs:
      - {left: Pizza, right: an hour}
      - {left: Sourdough, right: a night}
    extra: [a week]
    explanation: The text says so.
  - id: q7
    kind: gaps
    stem: Fill the gaps.
    see: Mix sugar and water
    text: Yeast lives on ___ and makes ___.
    blanks:
      - answers: [sugar]
      - answers: [gas]
        wrong:
          - {text: bread, why: The baker makes the bread.}
    explanation: It turns sugar into gas.
"""

TRACKS = """\
- id: baking
  title: Baking
  summary: How doughs work.
- id: cooking
  title: Cooking
  summary: How pots work.
"""

TERMS = """\
- id: yeast
  term: yeast
  explorers: A tiny living thing.
  builders: A fungus of one cell that makes gas from sugar.
"""


PICTURE = """\
<svg xmlns="http://www.w3.org/2000/svg" width="640" height="320" viewBox="0 0 640 320">
<rect width="640" height="320"/></svg>
"""


class LessonFolder:
    def __init__(self, path):
        self.path = path
        (path / "tracks.yaml").write_text(TRACKS)
        (path / "terms.yaml").write_text(TERMS)

    def add(self, slug="bread", *, tier="builders", track="baking", order=1):
        text = LESSON.replace("tier: builders", f"tier: {tier}")
        text = text.replace("track: baking", f"track: {track}")
        text = text.replace("order: 1", f"order: {order}")
        lesson = self.path / "lessons" / tier / track / f"{slug}.md"
        lesson.parent.mkdir(parents=True, exist_ok=True)
        lesson.write_text(text)
        lesson.with_suffix(".quiz.yaml").write_text(QUIZ)
        return self

    def add_picture(self, name, content=PICTURE, *, beside="bread"):
        self.file(f"{beside}.md").with_name(name).write_text(content)
        return self

    def ask_other_kinds(self, slug="bread"):
        """A question of each kind that the quiz does not have so far."""
        with self.file(f"{slug}.quiz.yaml").open("a") as quiz:
            quiz.write(OTHER_KINDS)
        return self

    def file(self, name):
        """The one file of that name, wherever it stands."""
        (found,) = self.path.rglob(name)
        return found

    def edit(self, name, old, new):
        file = self.file(name)
        text = file.read_text()
        assert old in text
        file.write_text(text.replace(old, new, 1))

    def remove(self, slug):
        self.file(f"{slug}.md").unlink()
        self.file(f"{slug}.quiz.yaml").unlink()

    def told(self, problems):
        """The problems as read by whoever stands in the folder."""
        return [str(problem).replace(f"{self.path}/", "") for problem in problems]
