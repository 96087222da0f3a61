"""The rows of key terms, and which lessons use them."""

from __future__ import annotations

from collections.abc import Iterable

from lessons.files import TermEntry
from lessons.library import Library
from lessons.models import Lesson, Term, Tier


def load_terms(library: Library) -> None:
    """Bring the rows in line with terms.yaml; what is the same is left alone."""
    wanted = {
        (entry.id, tier): (entry.term, definition)
        for entry in library.terms.values()
        for tier, definition in _definitions(entry)
    }
    rows = {(row.slug, row.tier): row for row in Term.objects.all()}
    gone = [row.pk for key, row in rows.items() if key not in wanted]
    if gone:
        Term.objects.filter(pk__in=gone).delete()
    Term.objects.bulk_create(
        Term(slug=slug, tier=tier, name=name, definition=definition)
        for (slug, tier), (name, definition) in wanted.items()
        if (slug, tier) not in rows
    )
    changed = []
    for key, row in rows.items():
        if key in wanted and (row.name, row.definition) != wanted[key]:
            row.name, row.definition = wanted[key]
            changed.append(row)
    Term.objects.bulk_update(changed, ["name", "definition"])


def _definitions(entry: TermEntry) -> Iterable[tuple[str, str]]:
    for tier in Tier.values:
        if definition := entry.definition(tier):
            yield tier, definition


def link_terms(library: Library, rows: Iterable[Lesson]) -> None:
    """Write down anew which terms these lessons use."""
    rows = list(rows)
    terms = {(term.slug, term.tier): term.pk for term in Term.objects.all()}
    link = Lesson.terms.through
    link.objects.filter(lesson__in=rows).delete()
    link.objects.bulk_create(
        link(lesson_id=row.pk, term_id=terms[name, row.tier])
        for row in rows
        for name in dict.fromkeys(library.lessons[row.slug].head.terms)
    )
