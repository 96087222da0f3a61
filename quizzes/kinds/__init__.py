"""The kinds of question: every module here is one, found by its name."""

from __future__ import annotations

import pkgutil
from importlib import import_module
from typing import cast

from quizzes.answers import Kind

KINDS: dict[str, Kind] = {
    module.name: cast(Kind, import_module(f"{__name__}.{module.name}"))
    for module in pkgutil.iter_modules(__path__)
}
