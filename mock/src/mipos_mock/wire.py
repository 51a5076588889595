"""How pushes are written: as PHP's ``json_encode`` does without flags.

The signature is over the exact bytes, so a receiver that encodes the parsed order again in
another way computes another one. That the platform writes its pushes so is an assumption: the
worked example of a sibling page verifies only in this form.
"""

import json


def encode(value: object) -> str:
    r"""Returns JSON without blanks, non-ASCII as ``\uXXXX`` and each slash as ``\/``."""
    return json.dumps(value, separators=(",", ":")).replace("/", "\\/")
