"""Whether two written names are one name: typos, transliterations, missing given names and titles allowed.

Letters only: "Akchulakov" and "Akshulakov" are one name, "Kasenov" and "Kasymov" are two.
"""

import re
from functools import lru_cache

from rapidfuzz.distance import OSA

from .names import bare

# How one sound is spelt from Cyrillic, Arabic and Turkic names; each pair folds the left spelling to the right one.
_SPELLINGS = re.findall(
    r"(\w+)>(\w+)",
    """
    shch>s sch>s tch>s dzh>j zh>j kh>h ch>s sh>s ph>f gh>g dj>j ks>x ck>k ou>u yo>o iy>i ij>i ye>e yu>u ya>a
    ie>e ei>e ai>a ay>a y>i w>v q>k c>k z>s
""",
)


@lru_cache(16384)
def sound(word: str) -> str:
    """A folded word with one letter for each way to spell a sound, doubled letters once.

    >>> sound("alikhan") == sound("alihan"), sound("tokayev") == sound("tokaev")
    (True, True)
    """
    for written, simple in _SPELLINGS:
        word = word.replace(written, simple)
    return re.sub(r"(.)\1+", r"\1", word)


@lru_cache(65536)
def same_word(left: str, right: str) -> bool:
    """Whether two folded words of names are one: equal, spelt alike in sound, or a typo apart (none in 4 letters)."""
    if left == right:
        return True
    short, long = sorted((len(left), len(right)))
    if short < 5 or long - short > 2:
        return short >= 4 and sound(left) == sound(right)
    if sound(left) == sound(right):
        return True
    allowed = 1 if short < 8 else 2
    return left[0] == right[0] and OSA.distance(left, right, score_cutoff=allowed) <= allowed


def same_name(left: str, right: str) -> bool:
    """Whether two names of persons, as written, can be one: the surname agrees, and the given names where both have
    them.

    >>> same_name("Smailov", "Alihan Smailov"), same_name("Ann Lee", "Bob Lee"), same_name("A. Lee", "Ann Lee")
    (True, False, True)
    """
    a, b = words_of_name(left), words_of_name(right)
    if not a or not b:
        return False
    if len(a) == 1 or len(b) == 1:
        one, many = (a[0], b) if len(a) == 1 else (b[0], a)
        return any(same_word(one, word) for word in many)
    if not same_word(a[-1], b[-1]):
        return False
    return same_word(a[0], b[0]) or (1 in (len(a[0]), len(b[0])) and a[0][0] == b[0][0])


def words_of_name(name: str) -> list[str]:
    """The folded words of a name: blanks and hyphens part them, "Jr." is left out."""
    words = [word.strip(".") for word in re.split(r"[\s-]+", bare(name))]
    return [word for word in words if word and word not in {"jr", "sr"}]
