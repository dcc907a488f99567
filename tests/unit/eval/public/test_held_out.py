"""What the reader suite asks is what training leaves out: both state the rule, and this holds them to one another."""

import importlib.util
import sys
from pathlib import Path

from dateline.eval.public.squad import HELD_OUT, Paragraph, by_article, by_paragraph, share

ROOT = Path(__file__).parents[4]


def test_held_out_part_is_what_training_leaves_out() -> None:
    path = ROOT / "training" / "reader" / "sources.py"
    spec = importlib.util.spec_from_file_location("training_sources", path)
    sources = importlib.util.module_from_spec(spec)
    sys.modules["training_sources"] = sources
    spec.loader.exec_module(sources)
    texts = [f"Paragraph {number} of an invented town." for number in range(400)]
    examples = [sources.Example("?", text, (), title=f"Town {index // 7}") for index, text in enumerate(texts)]
    paragraphs = [Paragraph(example.title, example.context, ()) for example in examples]
    assert sources.HELD_OUT == HELD_OUT
    assert all(sources.share(text) == share(text) for text in texts)
    for theirs, ours in ((sources.split, by_paragraph), (sources.split_articles, by_article)):
        kept = [example.context for example in theirs(examples)[1]]
        assert [paragraph.context for paragraph in ours(paragraphs)] == kept
        assert 0 < len(kept) < len(texts)
