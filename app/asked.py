"""What programs send, validated: one question or one search, as a line of a batch or as an HTTP body.

Pydantic stands here, at the border; what comes out is handed on as plain arguments. Unknown fields are passed over, so
that a data set's own columns may ride along.
"""

from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

MAX_RESULTS = 100
MAX_DRAFT_CHARS = 100_000
# Not strict: an HTTP body is parsed before it is validated, and its dates are still texts then.
_Day = Annotated[date | None, Field(strict=False)]


class AskBody(BaseModel):
    """One question. `articles`: ids or URLs that limit the evidence; `as_of` hides what was published later."""

    model_config = ConfigDict(strict=True, frozen=True)

    id: Any = None
    question: str
    history: list[str | dict[str, Any]] = Field(default_factory=list)
    as_of: _Day = None
    articles: list[str] | None = None


class VerifyBody(BaseModel):
    """One statement to check: against `sources` and nothing else where they are given, else against the articles."""

    model_config = ConfigDict(strict=True, frozen=True)

    id: Any = None
    statement: str = Field(max_length=MAX_DRAFT_CHARS)
    sources: list[str] | None = None
    as_of: _Day = None
    articles: list[str] | None = None


class SearchBody(BaseModel):
    """One search: the best `k` chunks for a query."""

    model_config = ConfigDict(strict=True, frozen=True)

    id: Any = None
    query: str
    k: int = Field(8, ge=1, le=MAX_RESULTS)
    as_of: _Day = None
    articles: list[str] | None = None


def in_words(error: ValidationError) -> str:
    """Every fault of a validation error on one line: `question: Field required; k: …`.

    A fault of the whole (no field, such as text that is no JSON) stands without a name. The given values are not
    repeated.
    """
    faults = []
    for fault in error.errors(include_url=False, include_context=False, include_input=False):
        where = ".".join(str(step) for step in fault["loc"])
        faults.append(f"{where}: {fault['msg']}" if where else fault["msg"])
    return "; ".join(faults)
