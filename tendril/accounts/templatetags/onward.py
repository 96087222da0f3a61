from __future__ import annotations

from urllib.parse import quote

from django import template
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

register = template.Library()


@register.simple_tag(takes_context=True)
def onward(context: template.Context) -> str:
    """What follows the address of signing in: back to this page.

    Account pages are on the way: from them on to where they were to lead, if that
    is a path of this site.
    """
    request = context["request"]
    here = request.htmx.current_url_abs_path or request.path
    if here.startswith(reverse("accounts:account")):
        here = request.POST.get("next") or request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(here, allowed_hosts=None):
        return ""
    return f"?next={quote(here)}"
