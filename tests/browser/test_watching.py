import pytest

from tests.browser.watching import Watch


@pytest.fixture
def watched(browser, site):
    """A window whose problems are looked at by the test, not held against it."""
    context = browser.new_context(base_url=site, service_workers="block")
    watch = Watch(context, site)
    page = context.new_page()
    page.goto("/learn/")
    yield page, watch
    context.close()


def add(page, element, attributes):
    page.evaluate(
        """([element, attributes]) => {
          document.head.append(Object.assign(document.createElement(element),
            attributes));
        }""",
        [element, attributes],
    )
    page.wait_for_timeout(200)


def test_a_quiet_page_has_no_problems(watched):
    _page, watch = watched

    assert watch.problems == []


def test_a_request_to_another_site_is_seen(watched):
    page, watch = watched

    add(page, "img", {"src": "http://192.0.2.1/pixel.png"})

    assert any("192.0.2.1" in problem for problem in watch.problems)


def test_a_breach_of_the_content_security_policy_is_seen(watched):
    page, watch = watched

    add(page, "style", {"textContent": "p { color: red }"})

    assert any("Content Security Policy" in problem for problem in watch.problems)


def test_an_error_in_a_script_is_seen(watched):
    page, watch = watched

    page.evaluate("setTimeout(() => { throw new Error('broken') })")
    page.wait_for_timeout(100)

    assert any("broken" in problem for problem in watch.problems)


def test_a_missing_file_is_seen(watched):
    page, watch = watched

    add(page, "script", {"src": "/static/js/missing.js"})

    assert any("404" in problem for problem in watch.problems)
