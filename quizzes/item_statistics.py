"""What marks say about the questions that earned them: pure functions on numbers.

Rows are sittings, columns questions; None stands where a question was not asked.
Definitions are those of Moodle's quiz statistics ("Quiz statistics calculations",
docs.moodle.org/dev), as shares where Moodle shows percentages. All spreads are a
sample's, over n - 1. Every interval holds with 95 %; it has no ends where there are
too few to tell.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from statistics import NormalDist, correlation, covariance, fmean, stdev, variance
from typing import NamedTuple

Row = Sequence[float | None]

Z = NormalDist().inv_cdf(0.975)
# Sums of decimal fractions are equal again once they are rounded.
DIGITS = 9


class Estimate(NamedTuple):
    """A figure with the ends of its interval."""

    value: float
    low: float | None = None
    high: float | None = None


def facility(marks: Sequence[float], maximum: float) -> Estimate | None:
    """The mean share of the marks; None if nobody was asked.

    Interval: Wilson, "Probable inference, the law of succession, and statistical
    inference", JASA 22 (1927). With marks between nothing and all it is wider than
    need be: no share of mean p varies more than p (1 - p).
    """
    count = len(marks)
    if not count:
        return None
    share = round(fmean(marks) / maximum, DIGITS)
    middle = share + Z * Z / (2 * count)
    reach = Z * math.sqrt(share * (1 - share) / count + (Z / (2 * count)) ** 2)
    scale = 1 + Z * Z / count
    return Estimate(
        share,
        min(max((middle - reach) / scale, 0.0), share),
        max(min((middle + reach) / scale, 1.0), share),
    )


def related(xs: Sequence[float], ys: Sequence[float]) -> Estimate | None:
    """Pearson's correlation; None if either side does not vary.

    Of a question with the rest it is Moodle's discrimination index; of a pick
    (0 or 1) with the rest, the point-biserial correlation of a choice.
    Interval: Fisher's z, "On the probable error of a coefficient of correlation
    deduced from a small sample", Metron 1 (1921).
    """
    if not (_vary(xs) and _vary(ys)):
        return None
    value = min(max(correlation(xs, ys), -1.0), 1.0)
    if len(xs) <= 3:
        return Estimate(value)
    if abs(value) == 1:
        return Estimate(value, value, value)
    reach = Z / math.sqrt(len(xs) - 3)
    middle = math.atanh(value)
    return Estimate(value, math.tanh(middle - reach), math.tanh(middle + reach))


def efficiency(xs: Sequence[float], ys: Sequence[float]) -> Estimate | None:
    """How much of the correlation that these marks allow is there.

    Moodle's discriminative efficiency: the covariance over the one there would be,
    had the best on the rest the best marks here, too. Interval: that of the
    correlation, over the highest possible one, which is taken as known.
    """
    found = related(xs, ys)
    if found is None:
        return None
    most = correlation(sorted(xs), sorted(ys))
    low, high = found.low, found.high
    return Estimate(
        min(found.value / most, 1.0),
        None if low is None else low / most,
        None if high is None else min(high / most, 1.0),
    )


def effective_weights(rows: Sequence[Sequence[float]]) -> list[Estimate | None]:
    """How much of the spread of totals each question brings about.

    Moodle's effective question weight: the root of a question's covariance with the
    total, over the sum of these roots; None where it is below 0. Interval: the
    jackknife's, Tukey, Ann. Math. Stat. 29 (1958); Efron and Tibshirani, "An
    Introduction to the Bootstrap" (1993), chapter 11.
    """
    if len(rows) < 2:
        return [None for _ in (rows[0] if rows else ())]
    totals = [round(math.fsum(row), DIGITS) for row in rows]
    columns = list(zip(*rows, strict=True))
    shared = [round(covariance(column, totals), DIGITS) for column in columns]
    weights = _weights(shared)
    errors = _jackknife_errors(columns, totals)
    return [
        None if each < 0 or not any(weights) else _between_0_and_1(weight, error)
        for each, weight, error in zip(shared, weights, errors, strict=True)
    ]


def _weights(shared: Sequence[float]) -> list[float]:
    roots = [math.sqrt(max(each, 0.0)) for each in shared]
    whole = math.fsum(roots)
    return [root / whole if whole else 0.0 for root in roots]


def _jackknife_errors(
    columns: Sequence[Sequence[float]], totals: Sequence[float]
) -> list[float | None]:
    """The standard error of each weight, from leaving out one sitting at a time."""
    count = len(totals)
    if count < 3:
        return [None for _ in columns]
    without = [_covariances_without(column, totals) for column in columns]
    left_out = zip(*map(_weights, zip(*without, strict=True)), strict=True)
    factor = (count - 1) ** 2 / count
    return [math.sqrt(factor * variance(weights)) for weights in left_out]


def _covariances_without(xs: Sequence[float], ys: Sequence[float]) -> Iterator[float]:
    """The covariance without each pair in turn, from sums over all of them."""
    count, x_mean, y_mean = len(xs), fmean(xs), fmean(ys)
    x_off, y_off = [x - x_mean for x in xs], [y - y_mean for y in ys]
    whole = math.fsum(x * y for x, y in zip(x_off, y_off, strict=True))
    part = count / (count - 1)
    for x, y in zip(x_off, y_off, strict=True):
        yield (whole - x * y * part) / (count - 2)


def _between_0_and_1(weight: float, error: float | None) -> Estimate:
    if error is None:
        return Estimate(weight)
    return Estimate(weight, max(weight - Z * error, 0), min(weight + Z * error, 1))


def alpha(rows: Sequence[Sequence[float]]) -> Estimate | None:
    """How well the questions hold together; None for one, or if totals are alike.

    Cronbach, "Coefficient alpha and the internal structure of tests", Psychometrika
    16 (1951); Moodle's coefficient of internal consistency. Interval: Bonett,
    "Sample size requirements for testing and estimating coefficient alpha",
    Journal of Educational and Behavioral Statistics 27 (2002).
    """
    width = len(rows[0]) if rows else 0
    totals = [round(math.fsum(row), DIGITS) for row in rows]
    if width < 2 or not _vary(totals):
        return None
    within = math.fsum(variance(column) for column in zip(*rows, strict=True))
    rest = width / (width - 1)
    # Never above 1 but for the rounding of fractions.
    value = min(rest * (1 - within / variance(totals)), 1.0)
    if len(rows) <= 2:
        return Estimate(value)
    reach = Z * math.sqrt(2 * rest / (len(rows) - 2))
    low, high = (1 - (1 - value) * math.exp(side * reach) for side in (1, -1))
    return Estimate(value, low, high)


def mean(totals: Sequence[float]) -> Estimate | None:
    """The mean; its interval is the normal one, mean ± 1.96 sd / √n."""
    if not totals:
        return None
    value = fmean(totals)
    if len(totals) < 2:
        return Estimate(value)
    reach = Z * stdev(totals) / math.sqrt(len(totals))
    return Estimate(value, value - reach, value + reach)


def spread(totals: Sequence[float]) -> float | None:
    """The standard deviation; None of less than two."""
    return stdev(totals) if len(totals) > 1 else None


def _vary(values: Sequence[float]) -> bool:
    return len(values) > 1 and min(values) < max(values)
