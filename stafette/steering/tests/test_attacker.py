"""Somebody who has the page and the workbook, knows how the numbers hang together, and narrows down every one.

For each hidden number the attacker keeps the least and the most it can be, and uses every sum on both papers until
nothing moves any more. No small number may end up with one possible value.
"""

import random
from datetime import timedelta
from uuid import UUID

import pytest

from stafette.kernel.clock import today
from stafette.kernel.small_numbers import INSIDE, OUTSIDE, is_publishable
from stafette.steering import marks
from stafette.steering.queries import Sums, nodes, quarter_tree, weeks_of
from stafette.steering.queries.figures import SPLITS

START = marks.quarter_before(marks.quarter_before(marks.quarter_of(today())))
MOST = 10**6
WHOLES = {  # of which number a split is a split; the others have a whole that nothing else tells
    "progress": ("sent", 0),
    "in_time": ("progress", 0),
    "overdue": ("progress", 1),
    "taken": ("progress", 0),
    "back": ("taken", 1),
    "gaps": ("taken", 1),
    "reasons": ("taken", 1),
}
INSIDES = [(("gaps", 0), ("reasons", [0])), (("gaps", 1), ("reasons", [1])), (("gaps", 2), ("reasons", [2, 3, 4])),
           (("results", 0), ("outcomes", [0, 1, 2, 3])), (("results", 1), ("outcomes", [4])),
           (("results", 2), ("outcomes", [5, 6, 7, 8, 9]))]  # fmt: skip


def random_sums(dice):
    units = [UUID(int=number) for number in range(1, 5)]
    sums, cohorts = Sums(), {}
    for _number in range(dice.randrange(3, 12)):
        sender, receiver = dice.sample(units, 2)
        cohorts[receiver, dice.choice(["a", "b"]), sender] = random_leaf(dice)
    sums.cohorts[START] = cohorts
    sums.overdue[marks.quarter_number(START)] = {
        leaf: dice.randrange(1 + counts[marks.SENT] - counts[marks.ANSWERED] - counts[marks.WITHDRAWN])
        for leaf, counts in cohorts.items()
    }
    for counts in cohorts.values():
        for _one in range(counts[marks.SENT]):
            week = sums.weeks.setdefault(START + timedelta(weeks=dice.randrange(13)), {})
            week[marks.FLOW_SENT] = week.get(marks.FLOW_SENT, 0) + 1
    return sums


def random_leaf(dice):
    sent = dice.choice([1, 2, 3, 6, 12, 30, 60])
    answered = dice.randrange(sent + 1)
    back = dice.choice([0, dice.randrange(answered + 1)])
    declined, done = dice.randrange(back + 1), dice.randrange(answered - back + 1)
    counts = {
        marks.SENT: sent,
        marks.ANSWERED: answered,
        marks.DECLINED: declined,
        marks.RETURNED: back - declined,
    }
    counts |= {marks.IN_TIME: dice.choice([answered, dice.randrange(answered + 1)]), marks.DONE: done}
    counts[marks.WITHDRAWN] = dice.randrange(sent - answered + 1)
    for names, number in ((list(marks.REASONS.values()), back), (list(marks.OUTCOMES.values()), done)):
        for _one in range(number):
            mark = dice.choice(names[:3] if dice.random() < 0.7 else names)
            counts[mark] = counts.get(mark, 0) + 1
    for _one in range(answered - declined):
        week = dice.randrange(13)
        counts[marks.TAKEN_IN + week] = counts.get(marks.TAKEN_IN + week, 0) + 1
        if dice.random() < 0.7:
            counts[marks.REACHED_IN + week] = counts.get(marks.REACHED_IN + week, 0) + 1
    return counts


def papers(sums):
    inside = quarter_tree(sums, START, least=INSIDE)
    outside = quarter_tree(sums, START, least=INSIDE, stricter=(OUTSIDE,))
    return inside, outside


def what_is_shown(papers):
    """Every number on one of the papers, and every sum that everybody knows to hold."""
    shown, sums, least = {}, [], {}
    for root in papers:
        for depth in range(4):
            for node in nodes(root, depth):
                for split, parts in node.parts.items():
                    for number, count in enumerate(parts):
                        if node.shows(split):
                            shown[node.path, split, number] = count
    for depth in range(4):
        for node in nodes(papers[0], depth):
            least[node.path, "sent", 0] = 1  # a line that is there counts something
            for split, parts in node.parts.items():
                keys = [(node.path, split, number) for number in range(len(parts))]
                if split in WHOLES:
                    sums.append(((node.path, *WHOLES[split]), keys))
                for number, key in enumerate(keys):
                    if node.children:
                        sums.append((key, [(child.path, split, number) for child in node.children]))
            for (whole, number), (split, numbers) in INSIDES:
                sums.append(((node.path, whole, number), [(node.path, split, one) for one in numbers]))
    return shown, sums, least


def narrow(shown, sums, least):
    """Least and most of every number, as far as the sums tell."""
    low = {key: shown.get(key, least.get(key, 0)) for whole, parts in sums for key in (whole, *parts)}
    high = {key: shown.get(key, MOST) for key in low}
    moved = True
    while moved:
        moved = False
        for whole, parts in sums:
            lows, highs = sum(low[p] for p in parts), sum(high[p] for p in parts)
            news = [(whole, max(low[whole], lows), min(high[whole], highs))]
            news += [
                (p, max(low[p], low[whole] - (highs - high[p])), min(high[p], high[whole] - (lows - low[p])))
                for p in parts
            ]
            for key, lower, upper in news:
                if lower > low[key] or upper < high[key]:
                    low[key], high[key], moved = max(low[key], lower), min(high[key], upper), True
    return low, high


def small_and_known(sums):
    both = papers(sums)
    shown, equations, least = what_is_shown(both)
    low, high = narrow(shown, equations, least)
    truth = {
        (node.path, split, number): count
        for depth in range(4)
        for node in nodes(both[0], depth)
        for split, parts in node.parts.items()
        for number, count in enumerate(parts)
    }
    assert all(low[key] <= truth[key] <= high[key] for key in low)
    return [key for key in low if low[key] == high[key] and not is_publishable(truth[key], INSIDE)]


@pytest.mark.parametrize("seed", range(200))
def test_page_and_workbook_together_tell_no_small_number(seed):
    assert small_and_known(random_sums(random.Random(seed))) == []


def test_the_attacker_would_find_what_is_hidden_alone(monkeypatch):
    from stafette.steering.queries import figures

    def alone(children, least, **_options):
        return {n for n, parts in enumerate(children) if not all(is_publishable(p, least) for p in parts)}

    monkeypatch.setattr(figures, "hide_family", alone)
    assert any(small_and_known(random_sums(random.Random(seed))) for seed in range(20))


@pytest.mark.parametrize("seed", range(40))
def test_weeks_do_not_give_themselves_away_against_the_quarter(seed):
    sums = random_sums(random.Random(seed))
    inside, outside = papers(sums)
    for limits, root in (((INSIDE,), inside), ((INSIDE, OUTSIDE), outside)):
        weeks = weeks_of(sums, [(START, root)], limits=limits)
        hidden = [sums.weeks[week.monday][marks.FLOW_SENT] for week in weeks if week.sent is None]
        if root.shows("sent") and hidden:
            assert len(hidden) > 1 and sum(hidden) > len(hidden)


def test_every_split_is_attacked():
    assert set(SPLITS) == {"sent", *WHOLES, "reached", "results", "outcomes"}
