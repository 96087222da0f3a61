"""Whether the web server answers, asked as the browser will."""

from __future__ import annotations

import http.client
from urllib.parse import urlsplit


def web_answers(port: int, site_url: str) -> bool:
    """Whether /healthz says ok, to a request such as the site's proxy passes on."""
    site = urlsplit(site_url)
    headers = {"Host": site.netloc, "X-Forwarded-Proto": site.scheme}
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        connection.request("GET", "/healthz", headers=headers)
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
