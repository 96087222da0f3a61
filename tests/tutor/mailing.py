"""What was queued for after the commit, done here and now."""

from contextlib import contextmanager

from django.test import TestCase


@contextmanager
def mails_sent():
    """Run what the block queues as a worker would, by the task that was named."""
    with TestCase.captureOnCommitCallbacks() as queued:
        yield
    for call in queued:
        task = call.func.__self__
        task(*call.args)
