"""Each rule finds its planted change, and only that."""

from __future__ import annotations

import pytest

from scripts.changes.compare import compare
from scripts.changes.table import RULES
from tests.changes.constraints import CONSTRAINTS, Constraint
from tests.changes.plants import PLANTS, Plant


def found(old: dict[str, object], new: dict[str, object]) -> list[tuple[str, str]]:
    """Return the rules and classes of what changed."""
    return [(finding.rule, finding.change.value) for finding in compare(old, new)]


@pytest.mark.parametrize("planted", PLANTS, ids=str)
def test_planted_change_is_the_only_finding(planted: Plant) -> None:
    """A planted change is found by its rules, in their classes, and nothing else is."""
    assert planted.findings() == sorted(found(*planted.documents()))


@pytest.mark.parametrize("planted", PLANTS, ids=str)
def test_way_back_falls_under_the_reverse_rule(planted: Plant) -> None:
    """With the sides swapped, the change falls under one of the rules that the table names."""
    old, new = planted.documents()
    rules = {rule for rule, _ in found(new, old)}

    assert rules
    assert rules <= {
        reverse for rule, _ in planted.findings() for reverse in RULES[rule].reverse or (rule,)
    }


@pytest.mark.parametrize("constraint", CONSTRAINTS, ids=str)
def test_constraint_is_narrowed_and_widened(constraint: Constraint) -> None:
    """A narrower schema, and the way back, fall under the rules of their section and direction."""
    before, after = constraint.documents()

    assert [constraint.narrowed()] == found(before, after)
    assert [constraint.widened()] == found(after, before)


def test_every_rule_has_a_planted_change() -> None:
    """No rule is there that no test has seen at work."""
    seen = {rule for planted in PLANTS for rule, _ in planted.findings()}
    for constraint in CONSTRAINTS:
        seen |= {constraint.narrowed()[0], constraint.widened()[0]}

    assert set() == set(RULES) - seen


def test_reverse_rules_exist() -> None:
    """The table names only rules that it has."""
    assert set() == {name for rule in RULES.values() for name in rule.reverse} - set(RULES)
