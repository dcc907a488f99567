"""Are altered facts caught, and true sentences left alone? Pairs made by rule from news sentences, at run time.

    python -m benchmarks.altered_facts ARTICLES.jsonl.gz… [--half dev|report] [--context sentence|article]

From each chosen sentence one statement is altered (one number, date, name, negation or speaker changed) and one is kept
true (as it stands, or lightly reworded). Articles are split into halves by their URL: rules were written looking at
"dev" alone; figures to report are of "report". The makers use patterns of their own, not those of the checks.
"""

import argparse
import gzip
import hashlib
import json
import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from dateline.app.verify.judge import Held, judge
from dateline.app.verify.passage import Sources
from dateline.index.article import Article
from dateline.index.sentences import split_sentences

MONTHS = re.findall(
    r"\S+",
    """
January February March April May June July August September October November December
""",
)
DAYS = re.findall(
    r"\S+",
    """
Monday Tuesday Wednesday Thursday Friday Saturday Sunday
""",
)
NUMBERS = re.findall(
    r"\S+",
    """
two three four five six seven eight nine ten
""",
)
_MONTH = rf"(?:{'|'.join(MONTHS)})"
_FULL = r"[A-Z][a-z]+ (?:[A-Z]\. )?[A-Z][a-z]+"
_SAYS = r"(?:said|says|told|added|wrote|tweeted|explained|warned|noted)"
_TITLE = (
    r"(?:President|Prime Minister|Minister|Gov\.|Sen\.|Rep\.|Dr\.|Mr\.|Mrs\.|Ms\.|Secretary|Mayor|Justice|Judge"
    r"|Gen\.|Prof\.|Professor)"
)
CUT = {"contradicted", "unsupported"}


@dataclass(frozen=True)
class Pair:
    """A statement made from a sentence: of which kind, and whether it is true."""

    kind: str
    text: str
    sentence: str
    article: Article
    true: bool


@dataclass
class Pools:
    """Names seen in many articles, to alter with."""

    persons: list[str]
    places: list[str]


def articles(paths: list[Path], *, half: str) -> Iterator[Article]:
    """The articles of one half, by the parity of their URL's hash."""
    for path in paths:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for row in map(json.loads, lines):
                odd = hashlib.sha256(row["url"].encode()).digest()[0] % 2
                if odd == (half == "report"):
                    published = (
                        date.fromisoformat(row["publish_date"][:10].replace("/", "-"))
                        if row.get("publish_date")
                        else None
                    )
                    yield Article(
                        article_id=row["url"], title=row["title"] or "", text=row["text"], published=published
                    )


def pools(found: list[Article]) -> Pools:
    """Persons who speak or carry a title, and places behind "in"."""
    persons: Counter[str] = Counter()
    places: Counter[str] = Counter()
    for article in found:
        persons.update(re.findall(rf"({_FULL}),? (?:who )?{_SAYS}\b", article.text))
        persons.update(re.findall(rf"{_TITLE} ({_FULL})", article.text))
        places.update(re.findall(r"\b(?:in|near) ([A-Z][a-z]{3,})(?=[,.;]| and | on )", article.text))
    other = {*MONTHS, *DAYS, "Congress", "English", "Spanish", "French", "German"}
    return Pools([p for p, n in persons.items() if n > 1], [p for p, n in places.items() if n > 5 and p not in other])


# What is altered. Each maker gives the altered sentence, or None where the sentence has nothing of the kind.


def number(sentence: str, _pool: Pools, rng: random.Random) -> str | None:
    """Another figure in the place of one that counts something."""
    spots = [
        m
        for m in re.finditer(r"(?<![\w.,:/-])(\d{1,3}(?:,\d{3})*(?:\.\d+)?)(?=%| [a-z]|-year)", sentence)
        if not re.search(rf"{_MONTH}\.? \Z", sentence[: m.start()])
    ]
    words = list(re.finditer(rf"\b({'|'.join(NUMBERS)})\b(?= [a-z])", sentence))
    if not spots and not words:
        return None
    spot = rng.choice(spots or words)
    old = spot.group(1)
    new = rng.choice([w for w in NUMBERS if w != old]) if old in NUMBERS else _other_figure(old, rng)
    return sentence[: spot.start(1)] + new + sentence[spot.end(1) :]


def _other_figure(old: str, rng: random.Random) -> str:
    i = rng.choice([i for i, c in enumerate(old) if c.isdigit()])
    return old[:i] + rng.choice([d for d in "123456789" if d != old[i]]) + old[i + 1 :]


def day(sentence: str, _pool: Pools, rng: random.Random) -> str | None:
    """Another day, weekday, month or year."""
    spots = [(m.span(), _other(m.group(), DAYS, rng)) for m in re.finditer("|".join(DAYS), sentence)]
    for m in re.finditer(rf"\b({_MONTH})\b(?: (\d{{1,2}})\b|(?=,|\.| of))", sentence):
        if m[2]:
            spots.append((m.span(2), str(int(m[2]) % 28 + 1)))
        if m[2] or m[1] not in {"May", "March"}:
            spots.append((m.span(1), _other(m[1], MONTHS, rng)))
    years = re.finditer(r"(?<=in )(?:19|20)\d\d\b", sentence)
    spots += [(m.span(), str(int(m.group()) + rng.choice([-3, -2, -1, 1, 2]))) for m in years]
    if not spots:
        return None
    (start, end), new = rng.choice(spots)
    return sentence[:start] + new + sentence[end:]


def _other(old: str, words: list[str], rng: random.Random) -> str:
    return rng.choice([word for word in words if word != old])


def name(sentence: str, pool: Pools, rng: random.Random) -> str | None:
    """Another person or place in the place of one, wherever it stands."""
    known_persons, known_places = set(pool.persons), set(pool.places)
    spots = [(m, pool.persons) for m in re.finditer(_FULL, sentence) if m.group() in known_persons]
    spots += [
        (m, pool.places)
        for m in re.finditer(r"(?<=[ai][nt] )[A-Z][a-z]{3,}\b(?! [A-Z])", sentence)
        if m.group() in known_places
    ]
    if not spots:
        return None
    spot, others = rng.choice(spots)
    old = spot.group()
    new = rng.choice([other for other in others if not set(other.split()) & set(old.split())])
    return sentence[: spot.start()] + new + sentence[spot.end() :]


def negation(sentence: str, _pool: Pools, _rng: random.Random) -> str | None:
    """A "not" taken out or put in."""
    out = re.search(r"\b(is|are|was|were|will|would|could|can|has|have|had|should) not\b", sentence)
    if out:
        return sentence[: out.start()] + out.group(1) + sentence[out.end() :]
    put = re.search(
        r"\b(is|are|was|were|will|would|could|has|have|had) (?!not\b|n't|never|no\b)(?=[a-z]+(?:ed|en|ing|e)\b)",
        sentence,
    )
    if put:
        return sentence[: put.end()] + "not " + sentence[put.end() :]
    return None


def speaker(sentence: str, pool: Pools, rng: random.Random) -> str | None:
    """Somebody else as the one who says it."""
    spot = re.search(rf"\b({_FULL})(?= {_SAYS}\b)|(?<=said )({_FULL})\b", sentence)
    if spot is None:
        return None
    new = rng.choice([p for p in pool.persons if not set(p.split()) & set(spot.group().split())])
    return sentence[: spot.start()] + new + sentence[spot.end() :]


# What stays true. Each gives the reworded sentence, or None.


def _sub(pattern: str, to: str | Callable[[re.Match[str]], str]) -> Callable[[str], str | None]:
    def reworded(sentence: str) -> str | None:
        new = re.sub(pattern, to, sentence, count=1)
        return None if new == sentence else new

    return reworded


def _to_end(sentence: str) -> str | None:
    lead = re.match(
        r"((?:In|On|At|After|Before|During|Since|By) [^,]{4,60}), ((?:the |a |an |he |she |it |they )?.*)([.])\Z",
        sentence,
    )
    return (
        f"{lead[2][0].upper()}{lead[2][1:]} {lead[1][0].lower()}{lead[1][1:]}."
        if lead and '"' not in sentence and "”" not in sentence
        else None
    )


def _attribution_first(sentence: str) -> str | None:
    said = re.match(rf"(.+),? ({_FULL}) (said)\.\Z", sentence)
    if said and "“" not in sentence and '"' not in sentence:
        return f"{said[2]} said that {said[1].rstrip(',')[0].lower()}{said[1].rstrip(',')[1:]}."
    return None


TRUE: dict[str, Callable[[str], str | None]] = {
    "as it stands": lambda sentence: sentence,
    "date format": _sub(rf"\b({_MONTH}) (\d{{1,2}}), (\d{{4}})\b", r"\2 \1 \3"),
    "day and month": _sub(rf"\b({_MONTH}) (\d{{1,2}})\b(?!,? \d|%)", r"\2 \1"),
    "two and 2": _sub(rf"\b({'|'.join(NUMBERS)})\b(?= [a-z]+s\b)", lambda m: str(NUMBERS.index(m.group(1)) + 2)),
    "2 and two": _sub(r"(?<![\w.,$:/-])([2-9])(?= [a-z]+s\b)", lambda m: NUMBERS[int(m.group(1)) - 2]),
    "percent": _sub(r"(\d)%", r"\1 percent"),
    "dollars": _sub(r"\$(\d[\d.,]* (?:m|b|tr)illion)\b", r"\1 dollars"),
    "grouping": _sub(r"\b(\d{1,3}),(\d{3})\b(?!,)", r"\1\2"),
    "title dropped": _sub(rf"\b{_TITLE} (?={_FULL})", ""),
    "surname alone": _sub(rf"\b[A-Z][a-z]+ ([A-Z][a-z]+)(?= {_SAYS}\b)", r"\1"),
    "not in short": _sub(r"\b(is|are|was|were|would|could|has|have|had) not\b", r"\1n't"),
    "not in full": _sub(r"\b(is|are|was|were|would|could|has|have|had|did|does|do)n[’']t\b", r"\1 not"),
    "country in full": _sub(r"\bU\.S\.(?= [a-z])", "United States"),
    "lead to the end": _to_end,
    "speaker first": _attribution_first,
}
ALTERED = {"number": number, "date": day, "name": name, "negation": negation, "speaker": speaker}


def pairs(found: list[Article], pool: Pools, *, n: int, rng: random.Random) -> Iterator[Pair]:
    """About n statements of each kind, at most one of a kind from one article."""
    wanted: Counter[str] = Counter()
    order = found[:]
    rng.shuffle(order)
    for article in order:
        bounds = split_sentences(article.text)
        sentences = [article.text[a:b] for a, b in bounds if 50 <= b - a <= 320 and article.text[b - 1] in '.”"']
        rng.shuffle(sentences)
        taken: set[str] = set()
        for sentence in sentences[:25]:
            for kind, alter in ALTERED.items():
                if wanted[kind] < n and kind not in taken:
                    text = alter(sentence, pool, rng)
                    if text and text != sentence:
                        wanted[kind] += 1
                        taken.add(kind)
                        yield Pair(kind, text, sentence, article, true=False)
            for kind, reword in TRUE.items():
                if wanted[kind] < n // 2 and kind not in taken and (text := reword(sentence)):
                    wanted[kind] += 1
                    taken.add(kind)
                    yield Pair(kind, text, sentence, article, true=True)


def verdict(pair: Pair, sources: Sources, *, context: str) -> tuple[str, str]:
    """The verdict on a pair, held against its sentence or its whole article, and the checks that failed."""
    article = pair.article
    source = sources.of(article)
    held = [Held(source, sentence) for sentence in source.view.sentences]
    if context == "sentence":
        place = article.text.find(pair.sentence)
        held = [one for one in held if one.sentence.start <= place < one.sentence.end]
    judged = judge(pair.text, held)
    return judged.verdict, "; ".join(f"{check.kind}: {check.value}" for check in judged.checks if not check.ok)


def main() -> None:
    """Makes the pairs, judges them and prints a table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--half", choices=["dev", "report"], default="dev")
    parser.add_argument("--n", type=int, default=150)
    parser.add_argument("--context", choices=["sentence", "article"], default="sentence")
    parser.add_argument("--seed", type=int, default=4)
    parser.add_argument("--show", type=int, default=0)
    args = parser.parse_args()
    found = list(articles(args.paths, half=args.half))
    sources = Sources(n_kept=8)
    table: dict[tuple[bool, str], Counter[str]] = defaultdict(Counter)
    shown: Counter[str] = Counter()
    for pair in pairs(found, pools(found), n=args.n, rng=random.Random(args.seed)):
        judged, why = verdict(pair, sources, context=args.context)
        table[pair.true, pair.kind][judged] += 1
        wrong = (judged == "supported") != pair.true
        if wrong and shown[pair.kind] < args.show:
            shown[pair.kind] += 1
            print(f"{pair.kind} {judged} {why}\n   {pair.text}\n   {pair.sentence}")
    report(table)


def report(table: dict[tuple[bool, str], Counter[str]]) -> None:
    """A row a kind, then the totals: altered ones caught and cut, true ones wrongly flagged and cut."""
    for (true, kind), counts in sorted(table.items()):
        print(row(kind, counts, true=true), dict(counts))
    for true in (False, True):
        whole = sum((counts for (is_true, _), counts in table.items() if is_true == true), Counter[str]())
        print(row("all", whole, true=true))


def row(kind: str, counts: Counter[str], *, true: bool) -> str:
    """The shares that were not called supported, and that were cut."""
    n = counts.total()
    flagged, cut = 1 - counts["supported"] / n, sum(counts[one] for one in CUT) / n
    return f"{'true' if true else 'altered':8} {kind:16} n {n:4}  not supported {flagged:.3f}  cut {cut:.3f}"


if __name__ == "__main__":
    main()
