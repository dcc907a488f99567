import re
from dataclasses import replace
from datetime import date
from itertools import pairwise

from desk_news import DeskNews

from dateline.app.page import timeline_tab
from dateline.app.page.timeline_page import tick_days, timeline_html
from dateline.app.timeline import moments_of, timeline, timeline_json
from dateline.index.article import Article

# 3 March 2023 is a Friday: "on Thursday" is 2 March.
FERRY = Article(
    article_id="ferry",
    title="Ferry returns",
    publisher="Lindvik Post",
    published=date(2023, 3, 3),
    text="The ferry will sail again from 14 April 2023. “We hope so,” Ole Berg said on Thursday. It is white.",
)
OLD = Article(article_id="old", title="Old", text="The pier was opened on 5 May 1990.")


def test_moments_are_the_dated_sentences_with_their_speakers_and_exact_places():
    first, second = moments_of(FERRY)
    assert (first.day, first.words, first.speaker) == (date(2023, 4, 14), "14 April 2023", None)
    assert (second.day, second.speaker) == (date(2023, 3, 2), "Ole Berg")
    for moment in (first, second):
        assert FERRY.text[moment.start : moment.end] == moment.text


def test_timeline_is_in_the_order_of_days_and_within_its_limits():
    assert [moment.day.year for moment in timeline([FERRY, OLD])] == [1990, 2023, 2023]
    assert [moment.speaker for moment in timeline([FERRY, OLD], until=date(2023, 3, 31), since=date(2000, 1, 1))] == [
        "Ole Berg"
    ]
    assert [moment.article_id for moment in timeline([FERRY, OLD], words="PIER opened")] == ["old"]


def test_timeline_json_has_days_as_iso():
    plain = timeline_json(timeline([OLD]))
    assert plain["moments"][0] == {
        "day": "1990-05-05", "words": "5 May 1990", "text": OLD.text, "speaker": None, "article_id": "old",
        "title": "Old", "publisher": None, "published": None, "start": 0, "end": len(OLD.text),
    }  # fmt: skip


def test_plot_has_a_button_for_every_moment_in_the_lane_of_its_speaker():
    markup = timeline_html(timeline([FERRY, OLD]))
    assert markup.count('<button type="button" class="dl-dot"') == 3
    assert markup.count('<li id="moment-') == 3
    assert lanes_of(markup) == ["no speaker", "Ole Berg"]
    assert lanes_of(timeline_html(timeline([FERRY]), by="outlet")) == ["Lindvik Post"]


def lanes_of(markup):
    return re.findall(r'class="dl-lane-name" aria-hidden="true"><bdi>(.*?)</bdi>', markup)


def test_lane_has_its_name_in_full_however_long():
    speaker = "Minister for Islands and Harbours Anna-Katharina von Hohenstein"
    assert lanes_of(timeline_html([replace(moments_of(FERRY)[1], speaker=speaker)])) == [speaker]


def test_plot_of_one_day_is_drawn_in_the_middle():
    assert 'class="dl-dot" style="--at:0.5000;--shift:0px"' in timeline_html(timeline([OLD]))


def test_dots_of_one_day_and_lane_lie_below_and_above_each_other():
    old = moments_of(OLD)[0]
    assert re.findall(r"--at:0.5000;--shift:(-?\d+)px", timeline_html([old] * 4)) == ["0", "5", "-5", "10"]


def test_plot_of_nothing_says_so():
    assert "Nothing here is told with a day." in timeline_html([])


def test_plot_of_many_speakers_puts_the_rest_in_one_lane():
    text = " ".join(
        f"“Yes,” {name} Berg said on 4 May 2022."
        for name in ["Ada", "Bea", "Cia", "Dea", "Eva", "Fia", "Gia", "Hia", "Ida"]
    )
    markup = timeline_html(timeline([Article(article_id="a", title="t", text=text)]))
    assert lanes_of(markup)[-1] == "others"


def test_ticks_are_at_most_nine_and_evenly_spaced():
    days = tick_days(date(1990, 5, 5), date(2023, 4, 14))
    assert 2 <= len(days) <= 9
    assert len({after.year - before.year for before, after in pairwise(days)}) == 1


def test_speaker_named_by_surname_is_the_one_with_that_name():
    text = "“Yes,” Ole Berg said on 4 May 2022. “No,” Berg said on 5 May 2022. “So,” Karin Lund said on 6 May 2022."
    moments = timeline([Article(article_id="a", title="t", text=text)])
    assert [moment.speaker for moment in moments] == ["Ole Berg", "Ole Berg", "Karin Lund"]


class _Searched(DeskNews):
    """The double with a search for words."""

    @property
    def corpus(self):
        return self

    def search_lexical(self, words, *, k):
        return [(f"{name}#0-9", 1.0) for name, article in self.held.items() if words in article.text][:k]


def test_timeline_of_too_many_articles_reads_the_newest_of_the_days_and_words_asked(monkeypatch):
    monkeypatch.setattr(timeline_tab, "MAX_READ", 1)
    news = _Searched(FERRY, replace(OLD, published=date(1990, 5, 6)))
    told = {"all": {}, "days": {"days": ("", "1999-12-31")}, "words": {"words": "pier"}}
    found = {
        name: [moment.article_id for moment in timeline_tab.found(news, None, **how)] for name, how in told.items()
    }
    assert found == {"all": ["ferry", "ferry"], "days": ["old"], "words": ["old"]}
    said = timeline_tab.left_out(news, words="pier", until="1999-12-31")
    assert said == "Read for this: at most the 1 newest articles that hold these words published by that day, of 2."


def test_timeline_of_few_articles_leaves_none_out():
    assert timeline_tab.left_out(DeskNews(FERRY, OLD), words="", until="") == ""
