"""Words that news uses for one thing, so that a question may ask with one and an article tell with another.

A small list by hand, of stems; near words only, since each false friend makes a false answer.
"""

from .question_words import stem

_GROUPS = """
die kill death dead fatal casualty murder assassinate slay lives
injure wound hurt injury
start begin launch open commence outbreak
end stop halt cease finish expire
buy purchase acquire acquisition takeover
sell sale
cost price worth value
pay spend
meet meeting talks negotiate summit
appoint name become elect nominate
resign quit leave depart retire
marry wed wedding wife husband spouse married
win victory beat defeat triumph
lose loss
attack strike assault
build construct construction
company firm corporation business
rise increase grow surge climb jump
fall decrease drop decline shrink
own owner possess hold
found establish create set
write author book pen
head lead leader chief chair run ceo chairman
visit trip travel arrive tour
agree agreement deal pact accord sign
ban prohibit outlaw forbid
arrest detain custody jail
accuse allege charge
live home resident population inhabitant
rule reign throne power monarch govern
car vehicle suv automobile
plane aircraft jet flight
law legislation bill act
vote ballot poll
child kid
doctor physician
help aid assist support
fight battle combat contain
fire blaze wildfire
storm hurricane typhoon cyclone
ship vessel boat
firefighter crew
suspect gunman attacker
shoot shot shooting gunfire
money fund cash
big large huge
call describe dub label
want seek plan aim
plan intend propose
need require
job post role position work
show reveal disclose find
host hold organize
move relocate transfer
ask request call urge
lawyer attorney counsel
film movie
study research survey report
reason cause because
gas fuel
country nation state
vaccine vaccinate immunize inoculate
illness disease sick
quake earthquake tremor
erupt eruption
send dispatch deploy
refuse reject decline
approve pass adopt endorse
cancel scrap drop
delay postpone
speak talk discuss
discover detect find
"""


def _groups_by_stem() -> dict[str, frozenset[str]]:
    groups = [frozenset(stem(word) for word in line.split()) for line in _GROUPS.strip().splitlines()]
    stems = {word for group in groups for word in group}
    return {word: frozenset().union(*(group for group in groups if word in group)) for word in stems}


_OF = _groups_by_stem()


def are_synonyms(one: str, other: str) -> bool:
    """Whether two stems stand in one group.

    >>> are_synonyms(stem("killed"), stem("deaths"))
    True
    """
    return other in _OF.get(one, ())
