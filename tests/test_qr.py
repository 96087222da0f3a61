import re

import segno

from tendril.qr import qr_code


def test_the_code_draws_the_modules_of_the_address_at_site_url():
    code = qr_code("/learn/lesson/first/")

    modules = segno.make_qr("http://testserver/learn/lesson/first/").matrix_iter(
        border=4
    )
    dark = {(x, y) for y, row in enumerate(modules) for x, on in enumerate(row) if on}
    assert code.address == "http://testserver/learn/lesson/first/"
    assert drawn(code.path) == dark
    assert code.size == max(x for x, _ in dark) + 5


def test_an_address_on_paper_breaks_after_a_slash():
    parts = qr_code("/account/login/").parts

    assert parts == ["http://", "testserver/", "account/", "login/"]


def drawn(path):
    strips = re.findall(r"M(\d+) (\d+)h(\d+)v1h-\3z", path)
    assert "".join(f"M{x} {y}h{n}v1h-{n}z" for x, y, n in strips) == path
    return {(int(x) + i, int(y)) for x, y, n in strips for i in range(int(n))}
