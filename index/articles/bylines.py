"""Names in bylines and credits: who wrote an article, and for which outlet. Pure functions of one line or a part of it.

A name is told by its form alone; nothing here knows people. Outlets are told by the words that their names are made of.
"""

import re

from .publishers import is_known_publisher, spell_out

_FILLER = re.compile(r"\b(?:on|at|in|and|the|of|as)\b|[\s,;:|/()\[\]•·–—.-]+", re.I)
_INITIAL = r"[A-ZÀ-ÖØ-ÞĀ-Ž]"
_PARTICLE = r"(?:de|del|van|von|der|den|da|di|la|le|al|el|bin|ibn|dos|du|ter|ten|y|bint|af|av)\b"
_ARTICLE = r"(?:al|el|ul|as|ad|an|ar|at|az)-"
_NAME = rf"{_INITIAL}[\w'’.-]*(?: (?!AND\b)(?:(?:{_ARTICLE})?{_INITIAL}[\w'’.-]*|{_PARTICLE})){{0,4}}"
_NAMES = rf"{_NAME}(?:(?:,? (?i:and) |,? & |, ){_NAME}){{0,6}}"
_BY = re.compile(
    r"(?i:(?:written |reported |story |words |text |analysis |opinion |reporting |report |article |compiled "
    r"|edited )?by:?"
    r"|author(?:s|\(s\))?:|reporters?:|writer:|correspondent:|posted by:?)\s+"
    rf"(?P<names>{_NAMES})"
)
_DESK = (
    r"(?:our |special |senior |chief |staff |foreign |political |business |science |health |economics |diplomatic |own "
    r"|regional |national |deputy |managing |news |world |sports |energy |defen[cs]e )*"
    r"(?:correspondent|reporter|staff writer|staff reporter|writer|newsroom|news desk|web desk|editorial board"
    r"|editorial team|monitoring desk|staff|bureau|editor)s?"
)
_ROLE = re.compile(rf"{_DESK}(?:,? (?:of|for|at|in|on|from|with|to) .{{1,80}}|, .{{1,60}})?", re.I)
_CAPITALISED = rf"{_INITIAL}[\w'’-]+"
_PLAIN_NAME = rf"{_CAPITALISED}(?: [A-Z]\.?)?(?: (?:(?:{_ARTICLE})?{_INITIAL}[\w'’-]+|{_PARTICLE})){{1,3}}"
_PLAIN_NAMES = re.compile(rf"{_PLAIN_NAME}(?:(?:,? and |, ){_PLAIN_NAME}){{0,4}}")
_OUTLET = re.compile(
    rf"(?!For )(?:The )?(?:\(?{_INITIAL}[\w.'’&-]*\)? ){{1,4}}(?:[\w-]*(?:Times|Post|News|Press|Tribune|Herald"
    rf"|Journal|Gazette|Register"
    r"|Chronicle|Observer|Daily|Telegraph|Courier|Examiner|[IE]nquirer|Dispatch|Sentinel|Globe|Mail|Network|Tennessean"
    r"|Magazine|Agency|Republic|Leader|Bulletin|Monitor|Reporter|Independent|Standard|Record)|[\w-]+\.(?:com|org|net))"
    r"(?: (?:Sports|Opinion|Editors?|Staff))?"
)
_SECTION_WORD = re.compile(
    r"\b(?:news|world|business|politics|sports?|opinion|culture|science|health|technology|tech|economy|markets?"
    r"|asia|europe|africa"
    r"|america|americas|east|breaking|latest|live|analysis|report|energy|climate|travel|style|video|photos?|top"
    r"|stories)\b",
    re.I,
)
_NOBODY = re.compile(r"(?:site )?(?:admin(?:istrator)?|webmaster|super ?user|guest|unknown|none)", re.I)
_DESK_OF = re.compile(r" (?:Sports|Opinion|Editors?|Staff|Network)$")
_CREDIT = re.compile(
    r"(?:story|words|text|photos?|photographs?|pictures?|video|graphics?|illustrations?|compiled"
    r"|from)\b.{0,40}?\b(?:by|reports)\b"
    r"|special (?:to|for)\b|for the [A-Z]",
    re.I,
)
_REPORTING = re.compile(rf"\(?(?:Additional )?Reporting by (?P<names>{_NAMES}?)(?: in {_INITIAL}[\w. ]+?)?(?:[;,.)]|$)")


def take_author(rest: str) -> tuple[str | None, str]:
    """The author in a line whose dates and labels are gone, and what is left; (None, rest) when it names none."""
    by = _BY.search(rest)
    if by and not without_filler(rest[: by.start()]):
        names, after = by["names"].strip(" ,"), rest[by.end() :].strip()
        names, outlet = _split_outlet(names)
        if _NOBODY.fullmatch(names):
            return None, ""
        if re.fullmatch(r"(?:,|for|of|\||-|–|—)?\s*(?:the )?[\w ,.'’&-]{0,60}", after) and not _is_sentence(
            names + after
        ):
            return names, outlet or re.sub(r"^(?:,|for|of|\||-|–|—)\s*", "", after)
    head, comma, tail = rest.partition(", ")
    if comma and is_plain_name(head) and (is_outlet(tail) or re.fullmatch(r"\S+@\S+", tail)):
        return head, outlet_name(tail) if is_outlet(tail) else ""
    role = _ROLE.fullmatch(rest.strip())
    if role and len(rest) <= 80 and not rest.rstrip().endswith((".", ":", "?", "!")):
        return rest.strip(), ""
    return None, rest


def take_publisher(rest: str) -> tuple[str | None, str]:
    """The outlet that is all of a line's rest, and what is left; (None, rest) when it is something else."""
    name = _FILLER.sub(" ", rest).strip()
    return (outlet_name(name), "") if name and is_outlet(name) else (None, rest)


def author_of_credit(paragraph: str) -> str | None:
    """Who reported, from a closing "(Reporting by …; Editing by …)"; None when there is no such credit."""
    credit = _REPORTING.match(paragraph)
    return credit["names"] if credit else None


def is_credit(line: str) -> bool:
    """Is it the name of a person or an outlet, or says who supplied words or pictures, rather than a headline?"""
    section = len(line.split()) <= 3 and _SECTION_WORD.search(line)
    return bool(section) or is_plain_name(line) or is_outlet(line) or bool(_CREDIT.match(line))


def is_plain_name(line: str) -> bool:
    """Could the line be one or several names of people and nothing else? Section names ("World News") are not."""
    if _SECTION_WORD.search(line):
        return False
    return len(line) <= 100 and bool(_PLAIN_NAMES.fullmatch(line)) and not is_known_publisher(line)


def is_outlet(line: str) -> bool:
    """Is it the name of an outlet: one that we know, or one that says what it is ("Valley Herald")?"""
    pieces = re.split(r" and | [|] ", line)
    return all(is_known_publisher(_DESK_OF.sub("", piece)) or _OUTLET.fullmatch(piece) for piece in pieces)


def outlet_name(line: str) -> str:
    """The outlet's own name, without the desk or the site behind it."""
    return spell_out(_DESK_OF.sub("", re.split(r" [|] ", line)[0]))


def is_name_list(value: str) -> bool:
    """Is the whole of it one or several names, in any of the forms that a byline takes?"""
    return bool(re.fullmatch(_NAMES, value))


def name_before_place(line: str) -> str:
    """The line without the place that correspondents put behind their name ("Jane Doe in Oslo")."""
    return re.sub(rf" in {_INITIAL}[\w. -]+$", "", line)


def without_filler(words: str) -> str:
    """What is left without the words and signs that only join facts ("on", "|", "-")."""
    return _FILLER.sub("", words)


def _split_outlet(names: str) -> tuple[str, str]:
    """Names and the outlet after the last comma: "Jim Doe, Associated Press"."""
    head, comma, tail = names.rpartition(", ")
    if comma and is_outlet(tail):
        return head, outlet_name(tail)
    return names, ""


def _is_sentence(text: str) -> bool:
    return text.endswith((".", "!", "?")) and len(text.split()) > 6
