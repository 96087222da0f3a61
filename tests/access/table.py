"""All rows of the table, collected from the modules beside this one.

A module holds ``ROWS``; where its addresses need more than the cast has,
``prepare(cast)`` makes it, and ``ARGUMENTS`` names what stands in the addresses.
``DATA`` is what is posted, ``QUERIES`` what is asked for, by the name of the route.
"""

from importlib import import_module
from pathlib import Path

MODULES = [
    import_module(f"tests.access.{path.stem}")
    for path in sorted(Path(__file__).parent.glob("*.py"))
    if path.stem not in ("__init__", "answers", "table")
]


def collected(name):
    """What the modules say under this name, in one dictionary."""
    found = {}
    for module in MODULES:
        rows = getattr(module, name, {})
        assert not found.keys() & rows.keys(), f"{module.__name__} says it again"
        found |= rows
    return found


ROWS = collected("ROWS")
DATA = collected("DATA")
QUERIES = collected("QUERIES")
ARGUMENTS = collected("ARGUMENTS")
# What every form sends; the test client is not asked whether it is right.
EVERY_FORM = {"csrfmiddlewaretoken": "any"}
# Asked by scripts, with a body that is no form; here with an empty one.
TAKING_JSON = {"home:sync", "home:offer", "quizzes:review_device"}


def prepare(cast):
    """Make what the addresses need; ``cast`` is the people of the table by name."""
    for module in MODULES:
        if hasattr(module, "prepare"):
            module.prepare(cast)
