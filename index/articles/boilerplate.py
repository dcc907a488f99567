"""The furniture of a web page that gets copied with an article: menus, search boxes, sharing, cookies, "Read also".

Conservative: a line goes only when the whole of it is furniture; a sentence of the article never goes. Pure functions.
"""

import re

from .paragraphs import is_prose

_MAX_CHARS = 600

_WHOLE_LINE = (
    r"search|search for|search\.\.\.|close this search box|close|menu|open menu|close menu"
    r"|toggle (?:menu|navigation)|navigation|main navigation|skip to (?:main )?(?:content|navigation)|home"
    r"|back to (?:top|home)|sign in|sign up|log ?in|log ?out|register|my account|subscribe(?: now| today)?"
    r"|donate(?: now)?|share|share (?:this|on|via|with).{0,60}|shares? \d*|tweet|pin it|facebook|twitter"
    r"|linkedin|whatsapp|telegram|reddit|pinterest|instagram|youtube|tiktok|vk|viber|email|e-mail|print"
    r"|copy(?: link| url)?|link copied.?|save|bookmark|like|likes|comments?|\d+ comments?"
    r"|(?:leave|post|add|write) a (?:comment|reply)|show comments|view comments"
    r"|join the (?:conversation|discussion)|listen|listen to (?:this )?(?:article|story).{0,30}|play|pause"
    r"|watch|loading.*|advertisements?|ads?|advertorial|sponsored(?: content)?|promoted(?: content)?"
    r"|ad feedback|article continues below(?: advertisement)?|story continues below.{0,30}"
    r"|continue reading(?: below)?|(?:scroll|swipe) (?:down )?to continue.{0,40}|read more|read more\W*"
    r"|see more|show more|view more|load more|more|more stories|read (?:the )?full (?:story|article)|see also"
    r"|read also|also read|read next|up next|next article|previous article|next|previous|prev|related"
    r"|related (?:articles|stories|news|posts|topics|content|links|coverage)"
    r"|recommended(?: for you| stories| articles)?|you may (?:also )?like"
    r"|you might (?:also )?(?:like|be interested in)|more (?:from|on|in) .{1,50}|most (?:read|popular|viewed)"
    r"|trending(?: now)?|latest(?: news| stories)?|popular|top stories|editor['’]?s['’]? (?:picks?|choice)"
    r"|don['’]t miss|tags?|topics|in this (?:article|story)|table of contents|newsletter|newsletters"
    r"|[\w ]{0,30}\blogo|image|photo|video|gallery|none|null|undefined|nan|n/a"
    r"|\[?(?:no )?(?:image|photo|caption|alt)\]?|image caption|(?:image|photo) (?:source|credit)s?[,:] .{1,80}"
    r"|(?:accept|reject|allow|manage)(?: all)?(?: cookies| preferences)?"
    r"|cookie (?:policy|settings|notice|preferences)|privacy(?: policy| notice)?"
    r"|terms(?: of (?:use|service)| & conditions| and conditions)?|contact(?: us)?|about(?: us)?"
    r"|all rights reserved|(?:text|font) size .{0,20}|a[-+] a[-+]?.*|\d+ (?:min(?:ute)?s?)[ -]read"
    r"|reading time.{0,30}|estimated reading.{0,40}|views?:? ?[\d,. ]*k?|[\d,.]+k? (?:views|shares|likes|reads)"
    r"|follow(?: us)?(?: on .{1,80})?|join us on .{1,80}|get the app|download (?:the|our) app.{0,40}"
    r"|(?:google|apple) (?:news|podcasts)|published|updated|last updated?|posted|share this|share article"
    r"|this article is more than .{1,40} old|report (?:a|an) (?:typo|error|mistake).{0,60}|-{2,}|_{2,}"
    r"|from .{2,40} (?:wire|staff|news service) reports|special (?:to|for) .{2,40}"
    r"|(?:\d\. )?how relevant is this ad to you\?"
    r"|(?:\d\. )?did you encounter any technical issues\?|\*(?:\s*\*)+|[|•·►▶»›>]+|by|author|date|source"
)
_FURNITURE = re.compile(rf"(?:{_WHOLE_LINE})[\s.:!›»>…|-]*", re.I)
_RELATED = r"related(?: (?:articles?|story|stories|news|posts?|content|links|coverage))?"
_LABELLED_LINK = re.compile(
    r"\[?(?:read (?:also|more|next|on)|also read|see also|must read|more|recommended|watch|watch also|listen"
    r"|further reading"
    rf"|don['’]t miss|you may also like|{_RELATED})\s*[:|>→»›–—]\s*\S.{{3,250}}",
    re.I,
)
_OPENINGS = re.compile(
    r"(?:sign up|signup|subscribe) (?:here |now |today )?(?:for|to) (?:our|the|this|my|a free|free|get|receive|[A-Z])"
    r"|(?:we|this (?:web)?site|our (?:web)?site) uses? (?:\w+ )?cookies"
    r"|by (?:clicking|continuing|signing up|subscribing|submitting|using) .{0,120}you (?:\w+ )?(?:agree|accept"
    r"|consent|confirm)"
    r"|we will use the details you have shared|would you like to receive .{0,60}(?:newsletter|offers|e-?mail|contact)"
    r"|you agree to (?:the processing|our)|enter your e-?mail|your e-?mail address|please enable javascript"
    r"|your browser does not support|this content is not available"
    r"|click here to (?:subscribe|sign up|join|read|see|view|watch|follow|download|get)"
    r"|(?:follow|like|join) us on (?:our )?(?:facebook|twitter|x\b|instagram|telegram|whatsapp|youtube|google"
    r"|linkedin|social)"
    r"|get (?:the latest|our|daily|breaking) .{0,80}(?:inbox|newsletter|e-?mail|alerts)"
    r"|support (?:our|independent) journalism|thank you for reading"
    r"|you have (?:\d+|one|no) (?:free )?articles? (?:left|remaining)|already a (?:subscriber|member)\?"
    r"|to (?:continue|keep) reading\b.{0,80}$|(?:please )?log in to .{0,60}$|read more (?:on|about|from) .{1,80}$"
    r"|download (?:the|our) .{0,40}\bapp\b.{0,60}$|stay (?:up to date|informed|connected) with (?:our|us)"
    r"|comments are (?:closed|disabled|moderated)|have your say\b.{0,80}$"
    r"|what do you think\? (?:let us|tell us|comment|share)"
    r"|(?:©|\(c\) |copyright (?:©|\(c\)|(?:19|20)\d\d)).{0,120}$|.{0,60}all rights reserved\.?$",
    re.I,
)
_LIST_HEADS = re.compile(
    rf"(?:read (?:also|more|next)|also read|see also|{_RELATED}|recommended(?: for you| stories| articles)?"
    r"|you may (?:also )?like|you might (?:also )?like|more (?:from|on|in) .{1,50}|most (?:read|popular|viewed)"
    r"|trending(?: now)?|latest(?: news| stories)?|top stories|editor['’]?s['’]? (?:picks?|choice)|tags?|topics"
    r"|comments?|\d+ comments?)[\s.:]*",
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
