"""What several factories fill in."""

import uuid

import factory
from django.utils import timezone


def now():
    return factory.LazyFunction(timezone.now)


def new_uuid():
    return factory.LazyFunction(uuid.uuid4)


def after_the_last(parent, rows):
    """The next position among what the parent has already."""
    return factory.LazyAttribute(
        lambda row: getattr(getattr(row, parent), rows).count() + 1
    )
