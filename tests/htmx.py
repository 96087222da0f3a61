import re

from django.test import Client
from django.test.html import parse_html

SECRET_OF_THE_FORM = re.compile(r'(name="csrfmiddlewaretoken" value=")\w+')


class HtmxClient(Client):
    def swap(self, method, url, target, data=None):
        """Make the request an element with ``hx-target="#target"`` would make."""
        headers = {"HX-Request": "true", "HX-Target": target}
        return getattr(self, method)(url, data, headers=headers, follow=True)

    def fragment_and_element(self, url, target):
        """A fragment, and the same element of the whole page, to be equal."""
        fragment = element(self.swap("get", url, target), target)
        return fragment, element(self.get(url), target)


def element(response, target):
    """The element with this id; tokens, new in every form, are left out of it."""
    html = SECRET_OF_THE_FORM.sub(r"\1", response.content.decode())
    found = find(parse_html(html), target)
    assert found, f"No element with the id {target} in {response.request['PATH_INFO']}"
    return found


def find(node, target):
    if isinstance(node, str):
        return None
    if ("id", target) in node.attributes:
        return node
    return next(filter(None, (find(child, target) for child in node.children)), None)
