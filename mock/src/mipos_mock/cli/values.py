"""Values of options and arguments: from what is typed to what is meant."""

import json
import re
from typing import Final, NoReturn

import click

PORT_MAX: Final = 65535

_UNITS: Final = {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86400}


class Port(click.ParamType[int]):
    """A TCP port, from 0 to 65535."""

    name = "port"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> int:
        """Returns the number."""
        text = str(value)
        if re.fullmatch(r"[0-9]{1,5}", text) is None or int(text) > PORT_MAX:
            self.fail(f"{text!r} is no port: give a number from 0 to {PORT_MAX}", param, ctx)
        return int(text)


class Seconds(click.ParamType[float]):
    """A length of time: seconds, or with a unit as ``90s``, ``10m``, ``2h``, ``1d``."""

    name = "seconds"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """Returns the seconds."""
        text = str(value)
        found = re.fullmatch(r"([0-9]{1,9}(?:\.[0-9]{1,9})?)([smhd]?)", text)
        if found is None:
            self.fail(f"{text!r} is no length of time: give seconds, or 90s, 10m, 2h", param, ctx)
        number, unit = found.groups()
        return float(number) * _UNITS[unit]


class Times(click.ParamType[int | None]):
    """How often: a number from 1, or ``forever``, which is None."""

    name = "times"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> int | None:
        """Returns the number."""
        text = str(value)
        if text == "forever":
            return None
        if re.fullmatch(r"[1-9][0-9]{0,6}", text) is None:
            self.fail(f"{text!r} is no number of times: give 1 or more, or forever", param, ctx)
        return int(text)


class Override(click.ParamType[tuple[str, object]]):
    """``FIELD=VALUE``: the value is JSON if it can be read as such, else it is text."""

    name = "override"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, object]:
        """Returns name and value."""
        field, equals, text = str(value).partition("=")
        if not field or not equals:
            self.fail(f"{value!r} sets nothing: give FIELD=VALUE, such as total=0", param, ctx)
        try:
            return field, json.loads(text, parse_constant=_refuse)
        except (RecursionError, ValueError):
            return field, text


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)  # NaN and the infinities are no JSON
