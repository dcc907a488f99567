"""Copies of one text and what only looks like one, on invented articles."""

from dateline.index.syndication import MIN_WORDS, N_MARKS, compare, contained, lead_marks, words_of

LEAD = (
    "The harbour of Ostby was closed on Tuesday after a freighter lost forty containers in the narrow channel, the "
    "port authority said, and ferries to the outer islands will not sail before the weekend. "
)
BODY = (
    "Divers are looking for the containers, which hold timber and machine parts, according to the shipping line. "
    "Mayor Ida Lind told reporters that nobody was hurt and that the town had enough fuel for ten days. "
    "The freighter left Brevik on Sunday with a crew of eleven and met a storm off the cape during the night. "
)
TAIL = (
    "An inquiry will be led by the coast guard, whose boats had warned of high waves since the afternoon. "
    "The last such accident in the channel was nine years ago, when a tanker ran aground below the old lighthouse. "
)
STORY = LEAD + BODY + TAIL


def like(one, other):
    """Both ways round, which must be the same."""
    assert compare(words_of(one), words_of(other)) == compare(words_of(other), words_of(one))
    return compare(words_of(one), words_of(other))


def n_shared(one, other):
    return len(set(lead_marks(one)) & set(lead_marks(other)))


def test_compare_headline_dateline_and_byline_changed_is_a_copy():
    one = f"Freighter loses cargo\n\nOSTBY, May 3. /NTB/. {STORY}"
    other = f"Ferries stand still for days\nBy Jan Moe\n\nBREVIK, May 4 (CP) — {STORY}"
    assert like(one, other) == "copy"
    assert n_shared(one, other) >= 4


def test_compare_tail_cut_is_a_copy():
    assert like(STORY, LEAD + BODY) == "copy"


def test_compare_figure_written_as_a_word_is_a_copy():
    assert like(STORY, STORY.replace("ten days", "10 days").replace("’", "'")) == "copy"


def test_compare_other_number_is_a_version():
    assert like(STORY, STORY.replace("forty containers", "sixty containers")) == "version"


def test_compare_other_spelling_of_a_name_is_a_version():
    assert like(STORY, STORY.replace("Ida Lind", "Ida Lindh")) == "version"


def test_compare_follow_up_quoting_half_is_none():
    # Of the earlier story's words the follow-up has those of lead and body, under a lead of its own.
    follow_up = (
        "Ferries from Ostby sail again since Friday morning, three days after an accident that cut off the outer "
        "islands from the mainland and left shops without bread, the company that runs them announced at noon. "
        "Every container has been found, and the channel was swept twice before the first boat left the quay. "
    )
    assert like(STORY, follow_up + BODY) is None
    assert like(STORY, follow_up + STORY) is None  # even where the whole earlier story stands behind the news


def test_compare_bulletin_under_a_standing_paragraph_is_none():
    standing = (
        "Here is what you need to know this morning. Our bulletin comes every working day at seven, is free of charge, "
        "and can be ordered on our page; tell your friends if you like it, and write to us if you do not. "
    )
    assert like(standing + BODY + TAIL, standing + STORY.replace("Ostby", "Vik")[:180] * 3) is None


def test_compare_briefs_are_too_short_to_tell():
    brief = " ".join(STORY.split()[: MIN_WORDS - 1])
    assert like(brief, brief) is None
    assert lead_marks(brief) == ()


def test_lead_marks_are_few_and_the_same_for_the_same_lead():
    assert len(lead_marks(STORY)) == N_MARKS
    assert lead_marks(STORY) == lead_marks(STORY.upper())


def test_contained_is_the_share_of_runs():
    assert contained(BODY, STORY) == 1.0
    assert contained("a b c d e x", "a b c d e y") == 0.5  # two runs of five words, the first of them common
    assert contained("too short", STORY) == 0.0
