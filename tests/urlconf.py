"""Every route of the site: its name, its pattern and its view."""

from typing import NamedTuple

from django.urls import URLResolver, get_resolver


class Route(NamedTuple):
    name: str
    pattern: str
    view: object

    @property
    def is_admin(self):
        return self.pattern.startswith("staff/admin/")


def routes(resolver=None, namespace="", prefix=""):
    for entry in (resolver or get_resolver()).url_patterns:
        pattern = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from routes(entry, inner, pattern)
        else:
            yield Route(namespace + (entry.name or ""), pattern, entry.callback)
