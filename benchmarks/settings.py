"""How much is measured."""

from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Settings:
    """How much is measured. The defaults are those of the published results.

    Attributes:
        seconds: The length of one load in whole seconds. Kept short, since what creates adds
            to the state of the server.
        repetitions: How often everything is measured, in turn.
        connections: How many connections send at the same time under load.
        webhooks: The sizes of the growing account.
        orders: How many orders one burst places, and a tenth of them how many the isolation
            of receivers is measured with.
        calls: After how many calls the memory is measured at last.
    """

    seconds: int = 3
    repetitions: int = 5
    connections: int = 16
    webhooks: tuple[int, ...] = (10, 1_000, 100_000)
    orders: int = 1_000
    calls: int = 1_000_000

    def named(self, *names: str) -> dict[str, float]:
        """Returns some of the settings by name, for the results."""
        return {name: value for name, value in asdict(self).items() if name in names}


QUICK = Settings(seconds=1, repetitions=1, webhooks=(10, 100), orders=100, calls=20_000)
"""A smoke test: everything runs, and no figure is worth anything."""
