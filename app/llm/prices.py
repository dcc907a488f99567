"""What OpenAI's models cost, as listed on one day. An unknown model costs None, never a guess."""

import re
from datetime import date

PRICES_AS_OF = date(2026, 3, 21)
# US dollars for a million tokens: in, out. Prices change: mend the table and its date together.
_PER_MILLION = {
    "gpt-4o": (2.50, 10.00),
    "gpt-4o-mini": (0.15, 0.60),
    "gpt-4.1": (2.00, 8.00),
    "gpt-4.1-mini": (0.40, 1.60),
    "gpt-4.1-nano": (0.10, 0.40),
    "gpt-5": (1.25, 10.00),
    "gpt-5-mini": (0.25, 2.00),
    "gpt-5-nano": (0.05, 0.40),
    "gpt-5.1": (1.25, 10.00),
    "gpt-5.4": (2.50, 15.00),
    "o3": (2.00, 8.00),
    "o3-mini": (1.10, 4.40),
    "o4-mini": (1.10, 4.40),
}
# Dated snapshots that were never sold at the price of their family.
_OTHERWISE = {"gpt-4o-2024-05-13": (5.00, 15.00)}
_DATED = re.compile(r"-\d{4}-\d\d-\d\d$")


def cost_usd(model: str, *, prompt_tokens: int, completion_tokens: int) -> float | None:
    """US dollars for one call without any discount (cached input costs less), None for a model not in the table.

    >>> cost_usd("gpt-4.1-mini", prompt_tokens=1_000_000, completion_tokens=500_000)
    1.2
    """
    price = _OTHERWISE.get(model) or _PER_MILLION.get(_DATED.sub("", model))
    if price is None:
        return None
    return (prompt_tokens * price[0] + completion_tokens * price[1]) / 1_000_000
