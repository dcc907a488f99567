import json

from desk_news import BRIDGE, HARBOUR, DeskNews, answer_of, cite

from dateline.app.batch import ask_batch, search_batch


def lines(*bodies):
    return [(body if isinstance(body, str) else json.dumps(body)).encode() + b"\n" for body in bodies]


def test_ask_batch_line_without_id_keeps_the_answers_own():
    news = DeskNews(HARBOUR, script=lambda q: answer_of(q, cite(HARBOUR, "It cost 30 million.")))
    (result,) = ask_batch(news, lines({"question": "What did it cost?"}))
    assert result["id"] == "a1"
    assert result["schema"] == 1
    assert result["citations"][0]["quote"] == "It cost 30 million."


def test_ask_batch_passes_history_date_and_articles_on():
    news = DeskNews(HARBOUR)
    asked = {"id": 7, "question": "And when?", "history": ["Who?"], "as_of": "2021-05-05", "articles": ["harbour"]}
    (result,) = ask_batch(news, lines(asked))
    assert result["id"] == 7
    heard = news.heard[0]
    assert (heard["history"], heard["as_of"].isoformat(), heard["articles"]) == (["Who?"], "2021-05-05", ["harbour"])


def test_ask_batch_broken_lines_give_errors_in_their_places_and_the_rest_goes_on():
    bodies = lines('{"id": "a", "question"', {"id": "b"}, {"id": "c", "question": "Age?"}, {"id": "d", "question": " "})
    results = list(
        ask_batch(DeskNews(HARBOUR), [*bodies, b"\xff\xfe\n", b'{"id":"e","question":"x","as_of":"soon"}\n'])
    )
    assert [result["id"] for result in results] == [None, "b", "c", "d", None, "e"]
    assert [set(result) == {"id", "error"} for result in results] == [True, True, False, True, True, True]
    assert results[1]["error"] == "Line 2 cannot be read: question: Field required."
    assert results[3]["error"] == "The question is empty; ask something in words."
    assert "as_of" in results[5]["error"]


def test_ask_batch_blank_lines_and_byte_order_mark_are_passed_over():
    results = list(ask_batch(DeskNews(), [b"\xef\xbb\xbf" + lines({"id": 1, "question": "Age?"})[0], b"\n", b"  \n"]))
    assert [result["id"] for result in results] == [1]


def test_ask_batch_a_fault_inside_takes_only_its_own_line():
    def script(question):
        if question == "bad":
            raise RuntimeError("boom")
        return answer_of(question, cite(HARBOUR, "It cost 30 million."))

    results = list(ask_batch(DeskNews(HARBOUR, script=script), lines({"id": 1, "question": "bad"}, {"question": "x"})))
    assert results[0] == {"id": 1, "error": "Line 1 failed inside Dateline: RuntimeError: boom"}
    assert results[1]["kind"] == "answer"


def test_ask_batch_answers_each_line_before_the_next_is_read():
    read = []

    def source():
        for number in range(3):
            read.append(number)
            yield lines({"id": number, "question": "Age?"})[0]

    results = ask_batch(DeskNews(), source())
    assert next(results)["id"] == 0
    assert read == [0]


def test_search_batch_gives_rows_best_first():
    (result,) = search_batch(DeskNews(HARBOUR, BRIDGE), lines({"id": "s", "query": "harbour", "k": 1}))
    assert result == {
        "id": "s",
        "results": [
            {
                "article_id": "harbour",
                "url": "https://lindvik.example/harbour",
                "title": "New harbour opens in Lindvik",
                "published": "2021-05-04",
                "start": 0,
                "end": 10,
                "text": "LINDVIK, M",
                "score": 0.5,
                "scores": {"dense": 0.25, "fused": 0.5},
            }
        ],
    }


def test_search_batch_k_of_zero_is_an_error_in_its_place():
    (result,) = search_batch(DeskNews(HARBOUR), lines({"id": "s", "query": "harbour", "k": 0}))
    assert result["error"].startswith("Line 1 cannot be read: k: ")
