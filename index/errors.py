"""Everything that can go wrong, as one tree. Refusing to answer is not here: a refusal is a value.

    DatelineError
    ├── BadInput             what the user gave cannot be used; change it
    │   ├── ArticleNotFound  no article with that id
    │   └── SettingsError    a setting is missing, unknown or contradicts another
    ├── CorpusError          the data folder cannot be used as it is
    │   ├── CorpusLocked     another process is writing there; `retryable`
    │   ├── CorpusMismatch   built with another embedding model or chunk settings; offers a rebuild
    │   ├── CorpusReadOnly   this process reads only; the change must be made by the owner
    │   └── StorageError     disk full, no permission, damaged database
    └── ProviderError        an outside service failed; `retryable` says whether trying again can help
        ├── ProviderRefused      401, 403, 404: the key, the model or the address is wrong
        ├── ProviderUnavailable  429, 5xx, no connection, time-out; `retryable`
        └── ProviderGarbled      a reply that is not what the protocol promises

Each message says what happened, with which value, and what to do. The command line prints it as one line and exits with
2 for BadInput, 1 for the rest.
"""


class DatelineError(Exception):
    """Base of all errors that Dateline raises on purpose."""

    retryable = False


class BadInput(DatelineError):
    """What the user gave cannot be used."""


class ArticleNotFound(BadInput):
    """No article with that id is in the corpus."""


class SettingsError(BadInput):
    """A setting is missing, unknown or contradicts another."""


class CorpusError(DatelineError):
    """The data folder cannot be used as it is."""


class CorpusLocked(CorpusError):
    """Another process is writing in this data folder."""

    retryable = True


class CorpusMismatch(CorpusError):
    """The data folder was built with another embedding model or other chunk settings."""


class CorpusReadOnly(CorpusError):
    """This process opened the corpus for reading only."""


class StorageError(CorpusError):
    """The disk is full, a permission is missing, or the database is damaged."""


class ProviderError(DatelineError):
    """An outside service (LLM or hosted embeddings) failed."""


class ProviderRefused(ProviderError):
    """The key, the model name or the address is wrong."""


class ProviderUnavailable(ProviderError):
    """The service is overloaded, unreachable or too slow."""

    retryable = True


class ProviderGarbled(ProviderError):
    """The service replied with something that the protocol does not allow."""
