"""The one room for LlamaIndex's LLM classes and the openai client: talks to OpenAI or any OpenAI-compatible server.

Retries are ours alone: LlamaIndex and openai each retry too, and nested they make twelve requests of three, so theirs
are off. Every failure leaves as a ProviderError. The module must not know prompts, evidence or citations.
"""

import random
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from ...index.errors import SettingsError
from ...index.tokens import count_tokens
from ...prompts.loader import Message
from ..answer import Usage
from . import failures as llm_failures
from .failures import AttemptError
from .language_model import Completion
from .prices import cost_usd
from .sent import keep

if TYPE_CHECKING:
    import httpx
    from llama_index.core.llms import ChatMessage
    from llama_index.llms.openai import OpenAI

OPENAI_ADDRESS = "https://api.openai.com/v1"
# The protocol adds about four tokens to each message for its role and its ends.
_TOKENS_A_MESSAGE = 4


@dataclass(frozen=True, slots=True)
class LLMSettings:
    """Which model, where, and within which limits. `base_url` None is OpenAI itself, `api_key` None a server without.

    `timeout_s` is the longest silence before and within a reply; a failed call is made at most `max_retries` times
    more. `max_answer_tokens` holds for the whole reply, a reasoning model's thoughts included. `context_window` is used
    only for models that LlamaIndex does not know.
    """

    model: str
    api_key: str | None = None
    base_url: str | None = None
    timeout_s: float = 60.0
    max_retries: int = 2
    temperature: float = 0.0
    max_answer_tokens: int = 2000
    context_window: int = 8192


class LLMClient:
    """One model at one address, as a LanguageModel. Close it after use, or use it as a context manager.

    `sleep` and `jitter` (a number in [0, 1)) are given by tests. Raises SettingsError for settings that cannot work.
    """

    def __init__(
        self,
        settings: LLMSettings,
        *,
        sleep: Callable[[float], None] = time.sleep,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        _check(settings)
        self.settings = settings
        self.address = (settings.base_url or OPENAI_ADDRESS).rstrip("/")
        self._sleep, self._jitter = sleep, jitter
        self._http, self._llm = _build(settings, self.address)

    @property
    def name(self) -> str:
        """Model, address and temperature: what decides its replies, without a secret."""
        return f"{self.settings.model}@{self.address} t={self._llm.temperature:g}"

    def complete(self, messages: Sequence[Message]) -> Completion:
        """The whole reply. Raises ProviderRefused, ProviderUnavailable or ProviderGarbled."""
        keep(messages)
        attempt = 1
        while True:
            try:
                return self._complete_once(messages)
            except AttemptError as failure:
                self._wait_or_raise(failure, attempt=attempt)
            attempt += 1

    def stream(self, messages: Sequence[Message]) -> Iterator[str | Completion]:
        """The text in pieces as they come, then the Completion. Raises as `complete` does.

        A failure is tried again only while nothing has been given out; what breaks off later never has a Completion.
        """
        keep(messages)
        attempt, given = 1, False
        while True:
            try:
                for piece in self._stream_once(messages):
                    given = True
                    yield piece
            except AttemptError as failure:
                if given:
                    raise failure.error from failure
                self._wait_or_raise(failure, attempt=attempt)
            else:
                return
            attempt += 1

    def close(self) -> None:
        """Closes the connections."""
        self._http.close()

    def __enter__(self) -> "LLMClient":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _complete_once(self, messages: Sequence[Message]) -> Completion:
        with self._failures():
            response = self._llm.chat(_chat_messages(messages))
            choice = response.raw.choices[0]
            text = str(response.message.content or "")
            return self._completion(text, messages, finish=choice.finish_reason or "stop", counted=response.raw.usage)

    def _stream_once(self, messages: Sequence[Message]) -> Iterator[str | Completion]:
        texts: list[str] = []
        finish: str | None = None
        counted: Any = None
        with self._failures():
            for chunk in self._llm.stream_chat(_chat_messages(messages)):
                finish = next((one.finish_reason for one in chunk.raw.choices if one.finish_reason), finish)
                counted = getattr(chunk.raw, "usage", None) or counted
                if chunk.delta:
                    texts.append(chunk.delta)
                    yield chunk.delta
            # A connection that just ends looks like success to LlamaIndex; only the reason says that it is one.
            if finish is None:
                raise AttemptError(llm_failures.broke_off(address=self.address))
            yield self._completion("".join(texts), messages, finish=finish, counted=counted)

    def _completion(self, text: str, messages: Sequence[Message], *, finish: str, counted: Any) -> Completion:
        if finish == "content_filter":
            raise AttemptError(llm_failures.withheld(address=self.address))
        prompt_tokens = getattr(counted, "prompt_tokens", None) or _n_tokens(messages)
        completion_tokens = getattr(counted, "completion_tokens", None) or count_tokens(text)
        cost = None
        if self.settings.base_url is None:
            model = self.settings.model
            cost = cost_usd(model, prompt_tokens=prompt_tokens, completion_tokens=completion_tokens)
        return Completion(
            text, Usage(prompt_tokens, completion_tokens, cost), "length" if finish == "length" else "stop"
        )

    def _wait_or_raise(self, failure: AttemptError, *, attempt: int) -> None:
        too_long = failure.asked_s is not None and failure.asked_s > llm_failures.MAX_WAIT_S
        if not failure.error.retryable or attempt > self.settings.max_retries or too_long:
            raise failure.error from failure
        self._sleep(llm_failures.wait_s(attempt=attempt, asked_s=failure.asked_s, jitter=self._jitter()))

    @contextmanager
    def _failures(self) -> Iterator[None]:
        """Turns whatever openai, httpx and LlamaIndex raise for a bad reply into a AttemptError."""
        import httpx
        import openai

        address = self.address
        try:
            yield
        except openai.APIStatusError as error:
            raise self._status_failure(error) from error
        except (openai.APITimeoutError, httpx.TimeoutException) as error:
            raise AttemptError(llm_failures.timed_out(address=address, timeout_s=self.settings.timeout_s)) from error
        except openai.APIConnectionError as error:
            why = str(error.__cause__ or error) or type(error.__cause__).__name__
            raise AttemptError(llm_failures.unreachable(address=address, why=self._clean(why))) from error
        except openai.APIResponseValidationError as error:
            raise AttemptError(llm_failures.garbled(address=address, why="fields are missing")) from error
        except openai.APIError as error:  # an error told within a stream
            raise AttemptError(llm_failures.failed_within(address=address, said=self._clean(error.message))) from error
        except httpx.TransportError as error:
            raise AttemptError(llm_failures.broke_off(address=address)) from error
        except (openai.OpenAIError, ValueError, TypeError, AttributeError, LookupError) as error:
            raise AttemptError(llm_failures.garbled(address=address, why=type(error).__name__)) from error

    def _status_failure(self, error: Any) -> AttemptError:
        body = error.body if isinstance(error.body, dict) else {}
        told = llm_failures.status_error(
            error.status_code,
            said=self._clean(str(body.get("message") or "")),
            model=self.settings.model,
            address=self.address,
            code=str(body.get("code") or body.get("type") or ""),
        )
        return AttemptError(told, llm_failures.asked_wait_s(error.response.headers, now=datetime.now(UTC)))

    def _clean(self, text: str) -> str:
        return llm_failures.in_one_line(text, secret=self.settings.api_key)


def _check(settings: LLMSettings) -> None:
    if not settings.api_key and not settings.base_url:
        raise SettingsError(
            "An LLM needs OPENAI_API_KEY, or OPENAI_BASE_URL for a server of your own. Set one of them."
        )
    if settings.base_url and not settings.base_url.startswith(("http://", "https://")):
        raise SettingsError(f"OPENAI_BASE_URL is {settings.base_url!r}; it must begin with http:// or https://.")
    if settings.api_key and not (settings.api_key.isascii() and settings.api_key.isprintable()):
        raise SettingsError("OPENAI_API_KEY has characters that no key has, such as a line end. Set it again.")


def _build(settings: LLMSettings, address: str) -> "tuple[httpx.Client, OpenAI]":
    from llama_index.llms.openai import OpenAI
    from llama_index.llms.openai.utils import is_chat_model, openai_modelname_to_contextsize
    from llama_index.llms.openai_like import OpenAILike  # type: ignore[import-untyped]  # it has no py.typed
    from openai import DefaultHttpxClient

    http = DefaultHttpxClient()
    shared: dict[str, Any] = {
        "model": settings.model,
        "api_base": address,  # LlamaIndex would read OPENAI_API_BASE, not OPENAI_BASE_URL
        "api_key": settings.api_key or "none",
        "timeout": settings.timeout_s,
        "max_retries": 0,
        "http_client": http,
    }
    usage = {"stream_options": {"include_usage": True}}
    limit = settings.max_answer_tokens
    try:
        openai_modelname_to_contextsize(settings.model)
        known = is_chat_model(settings.model)
    except ValueError:
        known = False
    try:
        if known:
            plain = OpenAI(**shared, temperature=settings.temperature, max_tokens=limit, additional_kwargs=usage)
            return http, plain
        like = {**shared, "is_chat_model": True, "context_window": settings.context_window}
        if settings.base_url is None:
            # Newer than LlamaIndex's list. OpenAI's newer models take no other temperature, and this name of the limit.
            extra = {**usage, "max_completion_tokens": limit}
            return http, OpenAILike(**like, temperature=1.0, additional_kwargs=extra)
        return http, OpenAILike(**like, temperature=settings.temperature, max_tokens=limit, additional_kwargs=usage)
    except ValueError as error:
        http.close()
        raise SettingsError(f"The model {settings.model!r} cannot be used here: {error}") from None


def _chat_messages(messages: Sequence[Message]) -> "list[ChatMessage]":
    from llama_index.core.llms import ChatMessage, MessageRole

    return [ChatMessage(role=MessageRole(message.role), content=message.text) for message in messages]


def _n_tokens(messages: Sequence[Message]) -> int:
    return sum(count_tokens(message.text) + _TOKENS_A_MESSAGE for message in messages)
