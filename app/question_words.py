"""The words of a text that carry its meaning: lower case, folded, lightly stemmed, without function words.

Shared by what scores sentences and what judges whether they suffice. Pure functions of strings.
"""

import re
import unicodedata
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


def word_set(text: str) -> frozenset[str]:
    """The words of a list written as one string."""
    return frozenset(text.split())


FUNCTION_WORDS = word_set("""
a about above after again against all also am an and any are aren't as at be because been before being below between
both but by can can't cannot could couldn't did didn't do does doesn't doing don't down during each few for from
further had hadn't has hasn't have haven't having he her here hers herself him himself his how i if in into is isn't
it its itself just let's me more most mustn't my myself no nor not of off on once only or other ought our ours
ourselves out over own same shan't she should shouldn't so some such than that the their theirs them themselves then
there these they this those through to too under until up upon us very was wasn't we were weren't what when where
which while who whom whose why will with won't would wouldn't you your yours yourself yourselves according tell give
please exactly may might must shall vs via per etc whether done get got many much ever yet still even
""")


def fold(text: str) -> str:
    """Lower case without accents and with straight apostrophes: "Nazarbáev’s" → "nazarbaev's"."""
    plain = unicodedata.normalize("NFKD", text.replace("’", "'").replace("‘", "'"))
    return "".join(char for char in plain if not unicodedata.combining(char)).casefold()


@lru_cache(65536)
def stem(word: str) -> str:
    """A light stem of a folded word: plurals, possessives and the regular endings of verbs are taken off.

    >>> [stem(word) for word in ("countries", "discussed", "building", "sales", "news")]
    ['country', 'discuss', 'build', 'sale', 'news']
    """
    word = word.removesuffix("'s").replace("'", "")
    if len(word) <= 3 or not word.isalpha() or word == "news":
        return word
    for ending, put in (("ies", "y"), ("sses", "ss"), ("ing", ""), ("ied", "y"), ("ed", ""), ("s", "")):
        if word.endswith(ending) and len(word) - len(ending) + len(put) >= 3:
            if ending == "s" and word.endswith(("ss", "us", "is")):
                return word
            return word[: len(word) - len(ending)] + put
    return word


def words_of(text: str) -> list[str]:
    """All words of a text, folded, in order."""
    return _WORD.findall(fold(text))


def content_stems(text: str) -> list[str]:
    """Stems of the words that carry meaning, in order, repeats kept.

    >>> content_stems("When did the ministers discuss the gas union?")
    ['minister', 'discuss', 'gas', 'union']
    """
    return [stem(word) for word in words_of(text) if word not in FUNCTION_WORDS and word.removesuffix("'s")]
