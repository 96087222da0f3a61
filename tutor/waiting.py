"""How long a page waits before it asks again whether there is an answer."""

from __future__ import annotations

from django.core.cache import cache
from redis.exceptions import RedisError

from tutor.models import Exchange

# In thousandths of a second.
SHORTEST, LONGEST = 400, 15_000
# While nobody knows how many are waiting.
UNCOUNTED = 3_000
# All pages together ask so often in a second, whatever is waiting.
A_SECOND = 120
MOST = LONGEST * A_SECOND // 1000
COUNT = "tutor-waiting"


def milliseconds() -> int:
    """Longer where more are waiting, so that asking does not slow the answers.

    One page counts for all that ask in the same second.
    """
    try:
        waiting = cache.get_or_set(COUNT, _count, timeout=1) or 0
    except RedisError:
        return UNCOUNTED
    return min(LONGEST, max(SHORTEST, waiting * 1000 // A_SECOND))


def _count() -> int:
    return Exchange.objects.pending()[:MOST].count()
