"""Rules that no linter knows: each takes a source text and yields what breaks it."""

import ast
import re

BRANDS = {"Tendril"}
TEMPLATE_TAG = re.compile(r"{%.*?%}|{{.*?}}|{#.*?#}", re.S)
# A > inside quotes, as in hx-disabled-elt, ends no tag.
HTML_TAG = re.compile(r"""<(?:"[^"]*"|'[^']*'|[^>"'])*>""", re.S)
COMMENT = re.compile(r"{% comment %}.*?{% endcomment %}|<!--.*?-->", re.S)
TRANSLATED = re.compile(r"{% blocktranslate\b.*?{% endblocktranslate %}", re.S)
SPOKEN_ATTRIBUTE = re.compile(
    r"""\s(?:alt|title|placeholder|aria-label|aria-description)=(?:"([^"]*)"|'([^']*)')"""
)
# A block that fills an attribute of the page it extends.
ATTRIBUTE_BLOCK = re.compile(
    r"{% block \w+_(?:class|attributes) %}.*?{% endblock", re.S
)
WORD = re.compile(r"[^\W\d_]{2,}")

INLINE = {
    "a script with a body": re.compile(r"<script\b[^>]*>\s*[^\s<]", re.I),
    "a style element": re.compile(r"<style\b", re.I),
    "style=": re.compile(r"\sstyle\s*=", re.I),
    "an on*= handler": re.compile(r"\son[a-z]+\s*=", re.I),
    "hx-on": re.compile(r"\b(?:data-)?hx-on\b", re.I),
    "|safe": re.compile(r"\|\s*safe(?:seq)?\b"),
    "autoescape off": re.compile(r"{%\s*autoescape\s+off"),
}

PARTIAL = re.compile(r"{%\s*partialdef\s+([\w-]+).*?%}\s*(.*?)>", re.S)
TARGET = re.compile(r'hx-target="#([^"]+)"')

PHYSICAL = re.compile(
    r"(?<![\w-])(?:"
    r"(?:scroll-)?(?:margin|padding)-(?:left|right)|"
    r"border-(?:left|right)(?:-\w+)?|border-(?:top|bottom)-(?:left|right)-radius|"
    r"left|right"
    r")\s*:|(?<![\w-])(?:text-align|float|clear)\s*:\s*(?:left|right)"
)
FOUR_SIDES = re.compile(
    r"(?<![\w-])(margin|padding|inset)\s*:\s*([^\s;}]+)[ ]+([^\s;}]+)[ ]+([^\s;}]+)[ ]+([^\s;}]+)"
)

WRITES = {
    "save",
    "create",
    "update",
    "delete",
    "bulk_create",
    "bulk_update",
    "get_or_create",
    "update_or_create",
}


def inline_code(template):
    return [name for name, pattern in INLINE.items() if pattern.search(template)]


def untranslated_words(template):
    text = TRANSLATED.sub(" ", COMMENT.sub(" ", template))
    text = TEMPLATE_TAG.sub(" ", ATTRIBUTE_BLOCK.sub("{% endblock", text))
    attributes = ["".join(quoted) for quoted in SPOKEN_ATTRIBUTE.findall(text)]
    spoken = [*attributes, HTML_TAG.sub(" ", text)]
    words = [word for part in spoken for word in WORD.findall(without_entities(part))]
    return [word for word in words if word not in BRANDS]


def without_entities(text):
    return re.sub(r"&#?\w+;", " ", text)


def misnamed_partials(template):
    """Partials whose first element does not carry their name as its id."""
    for name, first_tag in PARTIAL.findall(template):
        ids = re.findall(r'\bid="([^"]*)"', first_tag)
        if not ids or not re.fullmatch(rf"{name}(-{{{{.*}}}})?", ids[0]):
            yield name


def lost_targets(template, around=""):
    """Targets of htmx that are no id in the template, or in what includes it."""
    ids = set(re.findall(r'\bid="([^"]+)"', template + around))
    return [target for target in TARGET.findall(template) if target not in ids]


def physical_sides(css):
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.S)
    yield from PHYSICAL.findall(css)
    for name, _top, right, _bottom, left in FOUR_SIDES.findall(css):
        if right != left:
            yield f"{name} with four sides"


def database_writes(source):
    for node in ast.walk(ast.parse(source)):
        is_method = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        if is_method and node.func.attr in WRITES:
            yield f".{node.func.attr}( in line {node.lineno}"


def long_functions(source, most=40):
    for node in functions(source):
        if lines_of(node) > most:
            yield f"{node.name} has {lines_of(node)} lines"


def unsuitable_tasks(source):
    """Celery tasks that take anything but ids, or hold more than a few lines."""
    for node in functions(source):
        if not any("task" in ast.unparse(d) for d in node.decorator_list):
            continue
        taken = [a.arg for a in [*node.args.args, *node.args.kwonlyargs]]
        if not all(re.fullmatch(r"self|\w+_ids?", name) for name in taken):
            yield f"{node.name} takes {', '.join(taken)}"
        if lines_of(node) > 20:
            yield f"{node.name} has {lines_of(node)} lines"


def functions(source):
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return [node for node in ast.walk(ast.parse(source)) if isinstance(node, kinds)]


def lines_of(node):
    return node.end_lineno - node.lineno + 1


def unexplained_dependencies(pyproject):
    """Dependencies of a pyproject.toml without a comment in their line."""
    return [
        line.strip()
        for line in pyproject.partition("[tool.")[0].splitlines()
        if re.match(r'\s+"[\w-]+', line) and "#" not in line
    ]
