import signal
from types import SimpleNamespace

import pytest

from tests.stack.running import starting


@pytest.fixture(scope="module")
def first(tmp_path_factory):
    """What a first start of the demo showed, and the folder it left."""
    folder = tmp_path_factory.mktemp("demo") / "data"
    with starting("demo", folder) as site:
        site.wait_until_up()
        worked = site.processor_time()
        site.wait_until_ready()
        page = site.get("/learn/")
        site.send(signal.SIGINT)
        code = site.wait()
        left = site.leftovers()
    return SimpleNamespace(
        folder=folder,
        url=site.url,
        worked=worked,
        lines=site.lines,
        page=page,
        code=code,
        leftovers=left,
    )
