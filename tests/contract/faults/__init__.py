"""Servers with one defect each, which the contract suite must catch, a module a family."""

from tests.contract.faults import (
    authentication,
    concurrency,
    conflict_body,
    headers,
    identity,
    intermittent,
    isolation,
    list_shape,
    order_acceptance,
    persistence,
    robustness,
    status,
    success_body,
    validation_body,
)
from tests.contract.faults.registry import FAULTS, Fault

FAMILIES = tuple(
    module.__name__.rpartition(".")[2]
    for module in (
        status,
        success_body,
        conflict_body,
        validation_body,
        authentication,
        persistence,
        isolation,
        identity,
        list_shape,
        order_acceptance,
        robustness,
        headers,
        concurrency,
        intermittent,
    )
)

__all__ = ["FAMILIES", "FAULTS", "Fault"]
