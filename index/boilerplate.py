"""The furniture of a web page that gets copied with an article: menus, search boxes, sharing, cookies, "Read also".

Conservative: a line goes only when the whole of it is furniture; a sentence of the article never goes. Pure functions.
"""

import re

from .paragraphs import is_prose

_MAX_CHARS = 600

_WHOLE_LINES = r"""
search | search for | search\.\.\. | close this search box | close | menu | open menu | close menu | toggle (?:menu|navigation) | navigation
| main navigation | skip to (?:main )?(?:content|navigation) | home | back to (?:top|home) | sign in | sign up | log ?in | log ?out | register | my account
| subscribe(?: now| today)? | donate(?: now)? | share | share (?:this|on|via|with).{0,60} | shares? \d* | tweet | pin it | facebook | twitter | x
| linkedin | whatsapp | telegram | reddit | pinterest | instagram | youtube | tiktok | vk | viber | email | e-mail | print | copy(?: link| url)?
| link copied.? | save | bookmark | like | likes | comments? | \d+ comments? | (?:leave|post|add|write) a (?:comment|reply) | show comments | view comments
| join the (?:conversation|discussion) | listen | listen to (?:this )?(?:article|story).{0,30} | play | pause | watch | loading.* | advertisements? | ads?
| advertorial | sponsored(?: content)? | promoted(?: content)? | ad feedback | article continues below(?: advertisement)? | story continues below.{0,30}
| continue reading(?: below)? | (?:scroll|swipe) (?:down )?to continue.{0,40} | read more | read more\W* | see more | show more | view more | load more | more | more stories
| read (?:the )?full (?:story|article) | see also | read also | also read | read next | up next | next article | previous article | next | previous | prev
| related | related (?:articles|stories|news|posts|topics|content|links|coverage) | recommended(?: for you| stories| articles)? | you may (?:also )?like
| you might (?:also )?(?:like|be interested in) | more (?:from|on|in) .{1,50} | most (?:read|popular|viewed) | trending(?: now)? | latest(?: news| stories)? | popular
| top stories | editor['’]?s['’]? (?:picks?|choice) | don['’]t miss | tags? | topics | in this (?:article|story) | table of contents | newsletter | newsletters
| [\w ]{0,30}\blogo | image | photo | video | gallery | none | null | undefined | nan | n/a | true | false | \[?(?:no )?(?:image|photo|caption|alt)\]? | image caption
| (?:image|photo) (?:source|credit)s?[,:] .{1,80} | (?:accept|reject|allow|manage)(?: all)?(?: cookies| preferences)? | cookie (?:policy|settings|notice|preferences)
| privacy(?: policy| notice)? | terms(?: of (?:use|service)| & conditions| and conditions)? | contact(?: us)? | about(?: us)? | all rights reserved
| (?:text|font) size .{0,20} | a[-+] a[-+]?.* | \d+ (?:min(?:ute)?s?)[ -]read | reading time.{0,30} | estimated reading.{0,40} | views?:? ?[\d,. ]*k? | [\d,.]+k? (?:views|shares|likes|reads)
| follow(?: us)?(?: on .{1,80})? | join us on .{1,80} | get the app | download (?:the|our) app.{0,40} | (?:google|apple) (?:news|podcasts) | published | updated | last updated? | posted
| by | author | date | source | share this | share article | this article is more than .{1,40} old | report (?:a|an) (?:typo|error|mistake).{0,60} | -{2,} | _{2,} | \*(?:\s*\*)+ | [|•·►▶»›>]+
"""
_ANY_LINE = "|".join(re.split(r"\s+\|\s+", _WHOLE_LINES.strip()))
_FURNITURE = re.compile(rf"(?:{_ANY_LINE})[\s.:!›»>…|-]*", re.I)
_LABELLED_LINK = re.compile(
    r"(?:\[?(?:read (?:also|more|next|on)|also read|see also|must read|more|related(?: (?:articles?|story|stories|news|coverage))?"
    r"|recommended|watch|watch also|listen|further reading|don['’]t miss|you may also like|explained|in pictures|live updates?)\s*[:|>→»›–—]\s*)\S.{3,250}",
    re.I,
)
_OPENINGS = re.compile(
    r"(?:sign up|signup|subscribe) (?:here |now |today )?(?:for|to) (?:our|the|cnn|usa|this|my|a free|free|get|receive|[A-Z])"
    r"|(?:we|this (?:web)?site|our (?:web)?site) uses? (?:\w+ )?cookies|by (?:clicking|continuing|signing up|subscribing|submitting|using this)\b"
    r"|we will use the details you have shared|would you like to receive .{0,60}(?:newsletter|offers|e-?mail|contact)"
    r"|you agree to (?:the|our)|enter your e-?mail|your e-?mail address|please enable javascript|your browser does not support"
    r"|this content is not available|click here to (?:subscribe|sign up|join|read|see|view|watch|follow|download|get)"
    r"|(?:follow|like|join) us on (?:our )?(?:facebook|twitter|x\b|instagram|telegram|whatsapp|youtube|google|linkedin|social)"
    r"|get (?:the latest|our|daily|breaking) .{0,80}(?:inbox|newsletter|e-?mail|alerts)"
    r"|support (?:our|independent) journalism|thank you for reading|you have (?:\d+|one|no) (?:free )?articles? (?:left|remaining)"
    r"|already a (?:subscriber|member)|to (?:continue|keep) reading|(?:please )?log in to |read more (?:on|about|from) .{1,80}$"
    r"|download (?:the|our) .{0,40}\bapp\b|stay (?:up to date|informed|connected) with (?:our|us)"
    r"|comments are (?:closed|disabled|moderated)|have your say\b|what do you think\? (?:let us|tell us|comment|share)"
    r"|(?:©|\(c\)|copyright\b).{0,120}$|.{0,60}all rights reserved\.?$",
    re.I,
)
_LIST_HEADS = re.compile(
    r"(?:read (?:also|more|next)|also read|see also|related(?: (?:articles|stories|news|posts|content|links|coverage))?|recommended(?: for you| stories| articles)?"
    r"|you may (?:also )?like|you might (?:also )?like|more (?:from|on|in) .{1,50}|most (?:read|popular|viewed)|trending(?: now)?|latest(?: news| stories)?"
    r"|top stories|editor['’]?s['’]? (?:picks?|choice)|tags?|topics|comments?|\d+ comments?)[\s.:]*",
    re.I,
)


def is_furniture(paragraph: str) -> bool:
    """Is the whole paragraph page furniture and no part of the article?"""
    if len(paragraph) > _MAX_CHARS:
        return False
    if len(paragraph) <= 120 and _FURNITURE.fullmatch(paragraph):
        return True
    if _LABELLED_LINK.fullmatch(paragraph) and not paragraph.endswith((".", ".”", '."')):
        return True
    return bool(_OPENINGS.match(paragraph))


def without_furniture(paragraphs: list[str]) -> list[str]:
    """The paragraphs that are the article's: no furniture, no list of links after a "Read also", none twice."""
    kept = _without_link_lists(paragraphs)
    return _without_repeats([paragraph for paragraph in kept if not is_furniture(paragraph)])


def _without_link_lists(paragraphs: list[str]) -> list[str]:
    """A heading such as "Related articles" goes with the headlines under it: to the end, or the one before prose."""
    kept: list[str] = []
    i = 0
    while i < len(paragraphs):
        if kept and len(paragraphs[i]) <= 80 and _LIST_HEADS.fullmatch(paragraphs[i]):
            after = next((j for j in range(i + 1, len(paragraphs)) if is_prose(paragraphs[j])), len(paragraphs))
            i = after if after == len(paragraphs) else min(i + 2, after)
            continue
        kept.append(paragraphs[i])
        i += 1
    return kept


def _without_repeats(paragraphs: list[str]) -> list[str]:
    """The first of paragraphs that repeat word for word; short speech ("Yes.") and labels ("Q:") may repeat."""
    seen: set[str] = set()
    kept: list[str] = []
    for paragraph in paragraphs:
        may_repeat = len(paragraph) < 60 and paragraph.endswith((".", "!", "?", ":", "”", '"', "’"))
        if may_repeat or paragraph not in seen:
            kept.append(paragraph)
        seen.add(paragraph)
    return kept
