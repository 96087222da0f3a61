import os
import subprocess
import sys

import pytest

from tests.run import find_uv
from tests.stack.running import ROOT, running

pytestmark = pytest.mark.stack


@pytest.fixture(scope="module")
def fresh_python(tmp_path_factory):
    """A Python with what `uv run manage.py` installs, and no test packages."""
    folder = tmp_path_factory.mktemp("fresh") / "venv"
    subprocess.run(
        [*find_uv(), "sync", "--frozen", "--quiet", "--python", sys.executable],
        cwd=ROOT,
        env={**os.environ, "UV_PROJECT_ENVIRONMENT": str(folder)},
        check=True,
    )
    return folder / "bin" / "python"


def test_a_site_needs_nothing_that_only_the_tests_install(fresh_python, tmp_path):
    has_pytest = [fresh_python, "-c", "import pytest"]
    assert subprocess.run(has_pytest, stderr=subprocess.DEVNULL).returncode == 1

    with running("demo", tmp_path / "data", python=str(fresh_python)) as site:
        site.wait_until_ready()

        assert site.get("/readyz").text == "ok"
