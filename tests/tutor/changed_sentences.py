"""What may be done to a sentence so that it says the same, or something else."""

import random
import re
from dataclasses import dataclass

NAMES = ["Paris", "Einstein", "Maria", "Google", "Wednesday", "Tokyo", "Oliver"]
NUMBERS = dict(
    [
        *(("one", "1"), ("two", "2"), ("three", "3"), ("four", "4"), ("five", "5")),
        *(("six", "6"), ("seven", "7"), ("eight", "8"), ("nine", "9"), ("ten", "10")),
    ]
)
NUMBER = re.compile(rf"\b(?:\d+(?:[.,]\d+)*|(?:{'|'.join(NUMBERS)})(?![-\w]))\b")
VERB = re.compile(
    r"\b(?:is|are|was|were|can|could|may|might|must|will|would|should|does|do|did|has|"
    r"have|had)\b(?! not)"
)
NEGATION = re.compile(r"\bnot |\bno |\bnever |(?<=can)not\b", re.IGNORECASE)
PRONOUN = re.compile(r"\b(?:[Ii]t|[Tt]hey|[Ss]he|[Hh]e)\b")
BORDER = re.compile(r", (?:and|but|so) |; |: ")
PAIRS = [
    *("more less", "most least", "many few", "all none", "all some", "every no"),
    *("each no", "always never", "often never", "before after", "with without"),
    *("same different", "true false", "right wrong", "big small", "large small"),
    *("long short", "good bad", "better worse", "best worst", "first last"),
    *("new old", "easy hard", "up down", "inside outside", "safe dangerous"),
    *("fast slow", "high low", "early late", "open closed", "start stop"),
    *("help harm", "real fake", "both neither", "something nothing"),
    *("somebody nobody", "likely unlikely", "fair unfair", "possible impossible"),
    *("can cannot", "may must", "he she", "his her", "on off", "over under"),
    *("fact opinion", "known unknown", "sure unsure", "give take", "adds removes"),
    *("keep lose", "question answer", "now never", "yes no", "only never"),
    *("useful useless", "careful careless", "remember forget", "win lose"),
]
OPPOSITES = {
    one: other
    for pair in PAIRS
    for one, other in [pair.split(), reversed(pair.split())]
}
CLAUSES = [
    "because people like it",
    "and it always works",
    "so it is free",
    "because it is fun",
    "and this is why scientists study it",
    "which makes it the best in the world",
    "and everybody agrees",
    "so you can trust it",
    "because computers have feelings",
    "and it costs a lot of money",
    "which happens every day",
    "as most teachers know",
    "even when it rains",
    "but only on weekends",
    "and that is dangerous",
    "since it was invented in America",
    "so you should never worry",
    "which is why it is banned in schools",
    "unless you pay for it",
    "and it must be so for all of us",
]
NOT = ("is", "are", "was", "do", "does", "did", "has", "have", "could")
CONTRACTIONS = {f"{verb} not": f"{verb}n't" for verb in NOT} | {
    "cannot": "can't",
    "will not": "won't",
    "it is": "it's",
    "It is": "It's",
    "you are": "you're",
    "they are": "they're",
}
FRAMES = [
    "The lesson says that ",
    "According to the lesson, ",
    "The lesson explains that ",
    "This section tells you that ",
]
# A Cyrillic letter, a zero-width space, markup, and an address.
DISGUISES = [
    lambda text: text.replace("e", "\u0435", 1),
    lambda text: text.replace(" ", "\u200b ", 1),
    lambda text: f"<b>{text}</b>",
    lambda text: text.replace(" ", " https://example.com ", 1),
]


@dataclass(frozen=True)
class Source:
    """A sentence of a lesson, to be changed, and what stands around it."""

    text: str
    place: int
    lesson: tuple
    names: tuple
    # Nouns with what makes one of them many, or many of them one.
    nouns: dict
    # A sentence of some other lesson.
    foreign: str
    rng: random.Random

    def swap(self, pattern, instead):
        """Replace one match of many, or nothing if there is none."""
        matches = list(re.finditer(pattern, self.text))
        match = self.choice(matches)
        new = match and instead(match.group())
        return new and self.text[: match.start()] + new + self.text[match.end() :]

    def choice(self, choices, *taken):
        left = [choice for choice in choices if choice not in taken]
        return self.rng.choice(left) if left else None

    @property
    def passage(self):
        return self.lesson[self.place]

    def strange_noun(self):
        """A noun of the lesson, unlike every word of the sentence."""
        own = {word[:4] for word in re.findall(r"[a-z]+", self.text.lower())}
        return self.choice([noun for noun in self.nouns if noun[:4] not in own])

    def question(self):
        """In words of the sentence, which answers it."""
        words = re.findall(r"[a-z]{4,}", self.text)
        chosen = self.rng.sample(words, min(3, len(words)))
        return f"What about {' and '.join(chosen)}?"


def any_of(words):
    return rf"\b(?:{'|'.join(map(re.escape, words))})\b" if words else r"(?!)"


def small(text):
    """To go on with inside a sentence."""
    return text if text.split()[0] in ("I", "AI") else text[0].lower() + text[1:]


def name_swapped(source):
    pattern = any_of(source.names)
    taken = re.findall(pattern, source.text)
    choices = [*source.names, *NAMES]
    return source.swap(pattern, lambda _: source.choice(choices, *taken))


def number_swapped(source):
    taken = NUMBER.findall(source.text)
    words = {number: word for word, number in NUMBERS.items()}
    taken += [{**NUMBERS, **words}.get(number) for number in taken]
    choices = [*NUMBERS, "15", "40", "1,000", "2019", "100"]
    return source.swap(NUMBER, lambda _: source.choice(choices, *taken))


def exchanged(source, pattern):
    found = list(re.finditer(pattern, source.text))
    pairs = [(a, b) for i, a in enumerate(found) for b in found[i + 1 :]]
    pair = source.choice([(a, b) for a, b in pairs if a.group() != b.group()])
    if pair is None:
        return None
    (one, other), text = pair, source.text
    before, between = text[: one.start()], text[one.end() : other.start()]
    return before + other.group() + between + one.group() + text[other.end() :]


def names_exchanged(source):
    return exchanged(source, any_of(source.names))


def nouns_exchanged(source):
    return exchanged(source, any_of(source.nouns))


def numbers_exchanged(source):
    return exchanged(source, NUMBER)


def negation_put_in(source):
    if source.rng.random() < 0.2:
        return f"It is not true that {small(source.text)}"
    return source.swap(VERB, lambda verb: f"{verb} not")


def negation_taken_out(source):
    return source.swap(NEGATION, lambda _: " ")


def opposite_put_in(source):
    return source.swap(any_of(OPPOSITES), OPPOSITES.get)


def clause_added(source):
    clause = source.choice(CLAUSES)
    if source.rng.random() < 0.5:
        other = source.choice(source.lesson, source.passage)
        clause = f"and {small(other.text)}".rstrip(".!?")
    return f"{source.text.rstrip('.!?')}, {clause}."


def word_swapped(source):
    return source.swap(any_of(source.nouns), lambda _: source.strange_noun())


def word_put_in(source):
    new = source.strange_noun()
    return source.swap(any_of(source.nouns), lambda noun: new and f"{new} {noun}")


def pronoun_swapped(source):
    new = source.strange_noun()
    return source.swap(PRONOUN, lambda _: new and f"the {new}")


def disguised(source):
    changed = source.rng.choice(DISGUISES)(source.text)
    return None if changed == source.text else changed


def contracted(source):
    return source.swap(any_of(CONTRACTIONS), CONTRACTIONS.get)


def framed(source):
    is_name = source.text.split()[0].rstrip(",") in source.names
    return source.rng.choice(FRAMES) + (source.text if is_name else small(source.text))


def cut(source):
    """The part before or behind the border of a clause."""
    border = source.choice(list(BORDER.finditer(source.text)))
    if border is None:
        return None
    parts = [source.text[: border.start()], source.text[border.end() :]]
    part = source.rng.choice(parts).rstrip(".")
    return f"{part[0].upper()}{part[1:]}." if len(part.split()) >= 4 else None


def other_number(source):
    return source.swap(any_of(source.nouns), source.nouns.get)


def in_digits(source):
    return source.swap(any_of(list(NUMBERS)[1:]), NUMBERS.get)


# What is done to a sentence, its quote staying what it is.
FAITHFUL = {
    "verbatim": lambda source: source.text,
    "cut at the border of a clause": cut,
    "contraction": contracted,
    "the lesson says": framed,
    "plural or singular": other_number,
    "number in digits": in_digits,
}
TURNED = {
    "name swapped": name_swapped,
    "number swapped": number_swapped,
    "names exchanged": names_exchanged,
    "numbers exchanged": numbers_exchanged,
    "negation put in": negation_put_in,
    "negation taken out": negation_taken_out,
    "opposite put in": opposite_put_in,
    "clause added": clause_added,
    "word swapped": word_swapped,
    "word put in": word_put_in,
    "pronoun swapped": pronoun_swapped,
    "disguised": disguised,
}
