import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SET = re.compile(r'env\.(\w+)\(\s*"(\w+)"')


def names_of_tutor():
    for how, name in SET.findall((ROOT / "tendril/settings.py").read_text()):
        if how == "daily":
            for whose in ("A_STUDENT", "A_CLASS", "THE_SITE"):
                yield f"TUTOR_{name}_OF_{whose}"
        elif name.startswith(("TUTOR_", "TENDRIL_LLM_", "TENDRIL_MODERATION_")):
            yield name


def test_whatever_is_set_for_the_tutor_reaches_every_process():
    lines = (ROOT / "docker-compose.yml").read_text().splitlines()
    handed_on = {line.strip().removesuffix(":") for line in lines}

    names = set(names_of_tutor())

    assert {"TUTOR_TOKENS_OF_A_CLASS", "TENDRIL_LLM_PROVIDER"} < names
    assert names - handed_on == set()
