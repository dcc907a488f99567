"""The verbs by which an article tells who says something."""

import re

SPEECH = (
    r"(?:said|says|say|told|tells|added|adds|noted|notes|stated|states|announced|announces|wrote"
    r"|writes|tweeted|explained|explains|"
    r"argued|argues|warned|warns|claimed|claims|stressed|emphasi[sz]ed|confirmed|insisted|admitted"
    r"|declared|recalled|replied|"
    r"remarked|commented|pointed out|points out|suggested|believes?|thinks?|reported|acknowledged"
    r"|continued|concluded|responded|"
    r"testified|promised|vowed|called|described|asked|posted|predicted|estimated|alleged|denied|urged"
    r"|reiterated|informed|assured|"
    r"mentioned|expressed|voiced|proposed|complained|praised|condemned|criticized|criticised|pledged"
    r"|objected|discussed|saying|adding|noting|advised|advises|recommended|recommends|affirmed|ruled"
    r"|quipped|joked|went on to (?:write|add|explain|tell))"
)
# Verbs that tell of speech only where somebody's words stand beside them.
_BESIDE_WORDS = (
    r"(?:jokes|texted|recounted|recounts|recalls|remembered|remembers|observed|observes|mused|muses|lamented|laments"
    r"|cautioned|cautions|countered|exclaimed|shouted|yelled|cried|whispered|opined|maintained|maintains|contended"
    r"|contends|asserted|asserts|conceded|concedes|boasted|boasts|gushed|pleaded|begged|answered|retorted|reflected"
    r"|reflects|agreed|agrees|stresses|emphasi[sz]es|insists|admits|declares|replies"
    r"|suggests|acknowledges|continues|concludes|responds|testifies|promises|vows|calls|describes|asks"
    r"|predicts|alleges?|denies|urges|reads?|sang|sings|summed up|sums up|summari[sz]ed|put it|puts it"
    r"|hailed|hails|blasted|slammed|honou?red|thanked|defined|defines|framed|likened|compared|touted|touts|labell?ed"
    r"|branded|accused|blamed|denounced|decried|mocked|ridiculed|referred to|refers to|apologi[sz]ed|thanking|telling"
    r"|writing|tweeting|calling|describing|arguing|warning|explaining|insisting|stating|posting|demanded|demands"
    r"|captioned|signed off|chimed in|cracked|teased|revealed|reveals|encouraged|encourages|marvell?ed|raved|tweets"
    r"|identified|commended|commends|cheered|welcomed|welcomes|rejected|dismissed|dismisses|cited|cites|citing"
    r"|pronounced|proclaimed|proclaims|reminded|reminds|reasoned|repeated|repeats|interjected|muttered|disclosed"
    r"|speculated|speculates|wondered|wonders|elaborated|enthused|instructed|instructs|theori[sz]ed|reassured|ventured"
    r"|asserting|declaring|announcing|replying|claiming|denouncing|reading)"
)
_SURELY = (
    r"(?:said|says|told|tells|added|adds|noted|notes|stated|states|wrote|writes|tweeted|explained|explains|argued|argues"
    r"|warned|warns|claimed|claims|insisted|replied|remarked|commented|joked|jokes|quipped|recalled|recounted|reads?"
    r"|continued|asked|responded|reported|alleged?|testified|recalls|declared|concluded|stressed|emphasi[sz]ed|posted"
    r"|suggested|announced)"
)
ADVERBS = (
    r"(?:(?:has|had|have|also|then|later|further|previously|once|recently|earlier|again|who|himself|herself"
    r"|went (?:further|on) to|just|simply|only|even|first|\w+ly)\s)*"
)
# "called in", "called off" and "so-called" are no speech.
SPEAKS = re.compile(rf"(?<![\w-])(?!(?:called|calls)\s(?:in|off|up|back)\b)(?:{SPEECH}|{_BESIDE_WORDS})\b")
SURELY = re.compile(rf"{_SURELY}\b")
BESIDE_WORDS = re.compile(rf"{_BESIDE_WORDS}\b")
