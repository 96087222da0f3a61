import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import get_template

from tests import rules
from tests.urlconf import routes

ROOT = Path(settings.BASE_DIR)
PACKAGES = ["tendril", "lessons", "quizzes", "tutor"]
FOLDERS = {*PACKAGES, "templates", "static", "fixtures", "tests"}
DRAWERS = {"services", "utils", "helpers", "managers", "constants"}
APPS = ("lessons/", "quizzes/", "tutor/", "tendril/accounts/", "tendril/classrooms/")
# What an app has besides modules of its domain.
NOT_DOMAIN = re.compile(r"/(views|models|forms|admin|urls)\b|/management/")

# Everything a stranger may open. A view that joins them is a decision.
OPEN_TO_STRANGERS = {
    "account_login",
    "account_logout",
    "account_signup",
    "accounts:recover",
    "accounts:stop_mail",
    "accounts:who",
    "admin:login",
    "classrooms:join",
    "classrooms:join_class",
    "demo_mail",
    "demo_mails",
    "healthz",
    "home:home",
    "home:me",
    "home:offer",
    "home:sync",
    "lessons:catalogue",
    "lessons:lesson",
    "lessons:me",
    "lessons:picture",
    "lessons:print",
    "lessons:report",
    "lessons:states",
    "lessons:tier",
    "lessons:track",
    "quizzes:answer",
    "quizzes:calendar_feed",
    "quizzes:check",
    "quizzes:lesson_panel",
    "quizzes:print",
    "quizzes:quiz",
    "quizzes:review",
    "quizzes:review_answer",
    "quizzes:review_device",
    "quizzes:review_sheet",
    "quizzes:start",
    "quizzes:submit",
    "quizzes:trouble_map",
    "readyz",
    "tutor:end_by_mail",
    "tutor:help",
    "tutor:mailed",
    "tutor:panel",
}


def files(pattern, *folders):
    found = [path for folder in folders for path in (ROOT / folder).rglob(pattern)]
    assert found, f"There is no {pattern} in {folders}: this rule checks nothing."
    return sorted(found)


def code():
    return [p for p in files("*.py", *PACKAGES) if "migrations" not in p.parts]


def name(path):
    return path.relative_to(ROOT).as_posix()


def offences(paths, rule):
    found = {name(path): list(rule(path.read_text())) for path in paths}
    return {path: offence for path, offence in found.items() if offence}


def test_strangers_may_open_only_what_is_listed():
    opened = {r.name for r in routes() if not getattr(r.view, "login_required", True)}

    assert opened == OPEN_TO_STRANGERS


def test_templates_hold_no_inline_code():
    assert offences(files("*.html", "templates"), rules.inline_code) == {}


def test_templates_say_everything_through_gettext():
    assert offences(files("*.html", "templates"), rules.untranslated_words) == {}


def test_partials_are_named_as_their_element():
    assert offences(files("*.html", "templates"), rules.misnamed_partials) == {}


def test_targets_stand_in_the_template_that_names_them():
    texts = {
        path.relative_to(ROOT / "templates").as_posix(): path.read_text()
        for path in files("*.html", "templates")
    }
    lost = {
        template: rules.lost_targets(text, text_around(template, texts))
        for template, text in texts.items()
    }

    assert {template: targets for template, targets in lost.items() if targets} == {}


def text_around(template, texts):
    """All that includes a template, and all that includes that."""
    including = [
        outer
        for outer, text in texts.items()
        if outer != template and f'{{% include "{template}' in text
    ]
    return "".join(texts[outer] + text_around(outer, texts) for outer in including)


def test_every_template_is_used():
    paths = [*code(), *files("*.html", "templates")]
    sources = {path: path.read_text() for path in paths}
    unused = []
    for path in files("*.html", "templates"):
        template = path.relative_to(ROOT / "templates").as_posix()
        named = any(template in text for p, text in sources.items() if p != path)
        if not named and not replaces_a_package_template(template):
            unused.append(template)

    assert unused == []


def replaces_a_package_template(template):
    if template == "403_csrf.html":
        return True
    loaders = get_template("base.html").template.engine.template_loaders
    for loader in loaders:
        for origin in origins(loader, template):
            if not Path(origin.name).is_relative_to(ROOT / "templates") and (
                Path(origin.name).exists()
            ):
                return True
    return False


def origins(loader, template):
    inner = getattr(loader, "loaders", None)
    if inner is None:
        return list(loader.get_template_sources(template))
    return [origin for each in inner for origin in origins(each, template)]


def test_styles_know_no_left_and_right():
    assert offences(files("*.css", "static"), rules.physical_sides) == {}


def test_views_write_nothing():
    views = [p for p in code() if "views" in p.with_suffix("").parts]

    assert offences(views, rules.database_writes) == {}


def test_tasks_are_short_and_take_ids():
    tasks = [path for path in code() if path.stem == "tasks"]

    assert tasks
    assert offences(tasks, rules.unsuitable_tasks) == {}


def test_functions_fit_their_budget():
    assert offences([*code(), *files("*.py", "tests")], rules.long_functions) == {}


def most_lines(path):
    if path.suffix == ".html":
        return 120
    if path.suffix == ".js":
        return 100
    if name(path).startswith("tests/"):
        return 400
    is_domain = name(path).startswith(APPS) and not NOT_DOMAIN.search(name(path))
    return 200 if is_domain else 300


def test_files_fit_their_budget():
    paths = [
        *code(),
        *files("*.py", "tests"),
        *files("*.html", "templates"),
        *files("*.js", "static/js"),
    ]
    lengths = {path: len(path.read_text().splitlines()) for path in paths}

    assert {name(p): n for p, n in lengths.items() if n > most_lines(p)} == {}


def test_migrations_have_real_names():
    migrations = [
        path.stem
        for path in files("*.py", *PACKAGES)
        if path.parent.name == "migrations" and path.stem != "__init__"
    ]

    assert [m for m in migrations if not re.fullmatch(r"\d{4}_(?!auto_)\w+", m)] == []


def test_no_module_is_a_drawer():
    assert [name(path) for path in code() if path.stem in DRAWERS] == []


def test_no_python_marks_text_as_safe_or_leaves_work_behind():
    marks = re.compile(r"\bmark_safe\b|\bTO" + r"DO\b|\bFIX" + r"ME\b")

    assert offences([*code(), *files("*.py", "tests")], marks.findall) == {}


def test_one_module_alone_talks_to_a_model():
    clients = re.compile(r"^\s*(?:import|from) (?:openai|httpx)\b", re.MULTILINE)

    assert list(offences(code(), clients.findall)) == ["tutor/llm.py"]


def test_the_top_level_has_no_other_folder():
    folders = {p.name for p in ROOT.iterdir() if p.is_dir() and p.name[0] not in "._"}

    assert folders - {"staticfiles"} <= FOLDERS


def test_every_dependency_says_what_it_is_for():
    pyproject = (ROOT / "pyproject.toml").read_text()

    assert rules.unexplained_dependencies(pyproject) == []


def test_the_readme_stays_short():
    assert len((ROOT / "README.md").read_text().splitlines()) < 200


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        (rules.inline_code, "<script>go()</script>"),
        (rules.inline_code, "<style>p { color: red }</style>"),
        (rules.inline_code, '<p style="color: red">'),
        (rules.inline_code, '<a onclick="go()">'),
        (rules.inline_code, '<a hx-on:click="go()">'),
        (rules.inline_code, "{{ text|safe }}"),
        (rules.untranslated_words, "<p>{{ name }}, hello</p>"),
        (rules.untranslated_words, '<img alt="A fish">'),
        (rules.misnamed_partials, '{% partialdef card %}<p id="other">'),
        (rules.misnamed_partials, '{% partialdef card inline %}<p class="card">'),
        (rules.lost_targets, '<a hx-target="#card">'),
        (rules.physical_sides, "p { margin-left: 1px }"),
        (rules.physical_sides, "p { right:0 }"),
        (rules.physical_sides, "p { text-align: left }"),
        (rules.physical_sides, "p { padding: 0 1px 0 2px }"),
        (rules.database_writes, "lesson.save()"),
        (rules.database_writes, "Lesson.objects.get_or_create(slug=slug)"),
        (rules.long_functions, "def f():\n" + "    f()\n" * 40),
        (rules.unsuitable_tasks, "@shared_task\ndef f(lesson): ..."),
        (rules.unsuitable_tasks, "@app.task\ndef f():\n" + "    f()\n" * 20),
        (rules.unexplained_dependencies, 'dependencies = [\n    "rich>=1",\n]'),
    ],
)
def test_rule_sees_what_it_forbids(rule, text):
    assert list(rule(text)) != []


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        (
            rules.inline_code,
            '<script type="module" src="{% static "a.js" %}"></script>',
        ),
        (rules.untranslated_words, '<p>{% translate "Hello" %} {{ name }} &amp;</p>'),
        (rules.untranslated_words, '<img alt="{% translate "A fish" %}">'),
        (
            rules.untranslated_words,
            "{% blocktranslate %}Hello <b>{{ x }}</b>{% endblocktranslate %}",
        ),
        (rules.misnamed_partials, '{% partialdef card %}<p class="a" id="card">'),
        (rules.misnamed_partials, '{% partialdef card %}<p id="card-{{ card.pk }}">'),
        (rules.lost_targets, '<a id="card" hx-target="#card">'),
        (rules.physical_sides, "p { margin-inline-start: 1px; padding: 0 1px }"),
        (rules.physical_sides, "p { padding: 0 1px 2px 1px; align-items: left }"),
        (rules.database_writes, "form.is_valid()"),
        (rules.long_functions, "def f():\n" + "    f()\n" * 39),
        (rules.unsuitable_tasks, "@shared_task\ndef f(self, reply_id): ..."),
        (rules.unexplained_dependencies, '    "rich>=1",  # tables'),
    ],
)
def test_rule_lets_pass_what_is_meant(rule, text):
    assert list(rule(text)) == []


def test_an_undefined_variable_in_a_template_fails_the_test():
    from django.template import Context, engines

    template = get_template("base.html").template
    broken = engines["django"].engine.from_string("{{ nobody_gave_this }}")
    broken.origin = template.origin

    with pytest.raises(pytest.fail.Exception, match="nobody_gave_this"):
        broken.render(Context())
