"""The words of a text that carry its meaning: lower case, folded, lightly stemmed, without function words.

Shared by what scores sentences and what judges whether they suffice. Pure functions of strings.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


def word_set(text: str) -> frozenset[str]:
    """The words of a list written as one string."""
    return frozenset(text.split())


def listed(names: Sequence[str]) -> str:
    """Names as a person lists them; empty for none.

    >>> listed(["Oslo"]), listed(["Oslo", "Gol", "Voss"])
    ('Oslo', 'Oslo, Gol and Voss')
    """
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else "".join(names)


FUNCTION_WORDS = word_set("""
    a about above after again against all also am an and any are aren't as at be because been before being below
    between both but by can can't cannot could couldn't did didn't do does doesn't doing don't down during each
    few for from further had hadn't has hasn't have haven't having he her here hers herself him himself his how
    i if in into is isn't it its itself just let's me more most mustn't my myself no nor not of off on once only
    or other ought our ours ourselves out over own same shan't she should shouldn't so some such than that the
    their theirs them themselves then there these they this those through to too under until up upon us very was
    wasn't we were weren't what when where which while who who's whom whose what's where's when's how's there's
    why will with won't would wouldn't you your yours yourself yourselves according tell give please exactly may
    might must shall vs via per etc whether done get got many much ever yet still even
""")


def fold(text: str) -> str:
    """Lower case without accents and with straight apostrophes: "Nazarbáev’s" → "nazarbaev's"."""
    text = text.replace("’", "'").replace("‘", "'")
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text)
    return "".join(char for char in plain if not unicodedata.combining(char)).casefold()


# Irregular forms and nouns that regular endings do not bring together, each folded to one stem.
_IRREGULAR: dict[str, str] = dict(
    pair.split(">")
    for pair in re.findall(
        r"\S+",
        """
    met>meet said>say says>say told>tell went>go gone>go paid>pay payment>pay spent>spend sold>sell bought>buy
    won>win winner>win lost>lose loss>lose led>lead leader>lead held>hold built>build born>birth began>begin
    begun>begin became>become took>take taken>take gave>give given>give made>make found>find left>leave
    wrote>write written>write rose>rise risen>rise fell>fall fallen>fall grew>grow grown>grow growth>grow
    shot>shoot died>die dead>die death>die chose>choose chosen>choose choice>choose spoke>speak spoken>speak
    flew>fly flown>fly flight>fly drove>drive broke>break broken>break brought>bring sent>send kept>keep
    thought>think taught>teach caught>catch fought>fight sought>seek struck>strike sank>sink sunk>sink
    stole>steal stolen>steal drew>draw drawn>draw threw>throw knew>know known>know shown>show saw>see seen>see
    came>come ran>run stood>stand understood>understand heard>hear ate>eat drank>drink wore>wear worn>wear
    rode>ride sang>sing swam>swim beat>beat lent>lend meant>mean felt>feel slept>sleep dealt>deal hid>hide
    hidden>hide froze>freeze frozen>freeze lay>lie laid>lay hung>hang children>child people>person men>man
    women>woman proposal>propose decision>decide decided>decide agreed>agree announced>announce sale>sell
    founder>found founded>found prices>price costs>cost using>use used>use based>base caused>cause
    located>locate arrival>arrive approval>approve discussion>discuss explosion>explode invasion>invade
    suspension>suspend expansion>expand destruction>destroy success>succeed analysis>analyse votes>vote
    voted>vote
""",
    )
)


@lru_cache(65536)
def stem(word: str) -> str:
    """A light stem of a folded word: plurals, possessives and the regular endings of verbs are taken off.

    >>> [stem(word) for word in ("countries", "discussed", "building", "sales", "news")]
    ['country', 'discuss', 'build', 'sell', 'news']
    """
    word = word.removesuffix("'s").replace("'", "")
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) <= 3 or not word.isalpha() or word == "news":
        return word
    for ending, put in (("ies", "y"), ("sses", "ss"), ("ing", ""), ("ied", "y"), ("ed", ""), ("s", "")):
        if word.endswith(ending) and len(word) - len(ending) + len(put) >= 3:
            if ending == "s" and word.endswith(("ss", "us", "is")):
                return word
            bare = word[: len(word) - len(ending)] + put
            return _IRREGULAR.get(bare) or _without_e(bare)
    return _without_e(word)


def _without_e(word: str) -> str:
    """ "propose" and "propos(ed)", "stop" and "stopp(ed)" alike."""
    if len(word) > 4 and word[-1] == word[-2] and word[-1] not in "aeioulsz":
        return word[:-1]
    return word[:-1] if len(word) > 4 and word.endswith("e") else word


def words_of(text: str) -> list[str]:
    """All words of a text, folded, in order."""
    return _WORD.findall(fold(text))


def content_stems(text: str) -> list[str]:
    """Stems of the words that carry meaning, in order, repeats kept.

    >>> content_stems("When did the ministers discuss the gas union?")
    ['minister', 'discuss', 'gas', 'union']
    """
    for pattern, plain in _ALIASES:
        text = pattern.sub(plain, text)
    return [stem(word) for word in words_of(text) if word not in FUNCTION_WORDS and word.removesuffix("'s")]


_ALIASES = tuple(
    (re.compile(pattern), plain)
    for pattern, plain in (
        (r"\bU\.?S\.?(?:A\b\.?)?(?=\W|$)|\bUnited States(?: of America)?\b|\bunited states\b", "usa"),
        (r"\bU\.?K\b\.?|\bUnited Kingdom\b|\b(?:Great )?Britain\b|\bunited kingdom\b", "uk"),
        (r"\bU\.?N\b\.?|\bUnited Nations\b", "unitednations"),
        (r"\bE\.?U\b\.?|\bEuropean Union\b", "europeanunion"),
    )
)
