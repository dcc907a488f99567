import base64

import pytest
from desk_news import BRIDGE, HARBOUR, DeskNews, answer_of, cite
from starlette.testclient import TestClient

from dateline.app.server import MAX_BODY_BYTES, build_server
from dateline.app.web_guard import PAGE_POLICY, Guard, GuardSettings, check_host, listen
from dateline.index.errors import BadInput, DatelineError, ProviderRefused, ProviderUnavailable

LOCAL = "http://127.0.0.1:8760"


@pytest.fixture
def news():
    return DeskNews(HARBOUR, BRIDGE, script=lambda q: answer_of(q, cite(HARBOUR, "It cost 30 million.")))


@pytest.fixture
def client(news):
    return TestClient(build_server(news, host="127.0.0.1"), base_url=LOCAL, raise_server_exceptions=False)


def test_ask_gives_the_answer_in_schema_1(client, news):
    reply = client.post("/ask", json={"question": "Cost?", "as_of": "2021-05-05", "history": ["Who?"]})
    assert (reply.status_code, reply.json()["schema"], reply.json()["kind"]) == (200, 1, "answer")
    assert reply.json()["citations"][0]["quote"] == "It cost 30 million."
    assert news.heard[0]["history"] == ["Who?"]


def test_search_gives_rows(client):
    rows = client.post("/search", json={"query": "harbour", "k": 1}).json()["results"]
    assert [(row["article_id"], row["text"]) for row in rows] == [("harbour", "LINDVIK, M")]


def test_articles_are_listed_and_read_whole(client):
    assert [row["article_id"] for row in client.get("/articles").json()["articles"]] == ["harbour", "bridge"]
    whole = client.get("/articles/harbour").json()
    assert (whole["text"], whole["published"]) == (HARBOUR.text, "2021-05-04")


def test_article_whose_id_has_a_slash_is_read(news):
    from dataclasses import replace

    news.held["2021/harbour"] = replace(HARBOUR, article_id="2021/harbour")
    client = TestClient(build_server(news, host="127.0.0.1"), base_url=LOCAL)
    assert client.get("/articles/2021/harbour").json()["article_id"] == "2021/harbour"


def test_health_says_how_many_articles(client):
    assert client.get("/health").json() == {"schema": 1, "status": "ok", "n_articles": 2, "notes": []}


@pytest.mark.parametrize(
    ("path", "body", "status", "said"),
    [
        ("/ask", {}, 422, "question: Field required"),
        ("/ask", {"question": 5}, 422, "question: Input should be a valid string"),
        ("/ask", {"question": " "}, 422, "The question is empty; ask something in words."),
        ("/ask", {"question": "x", "as_of": "soon"}, 422, "as_of: "),
        ("/search", {"query": "x", "k": 1000}, 422, "k: Input should be less than or equal to 100"),
        ("/nothing", {}, 404, "Not Found"),
        ("/articles", {}, 405, "Method Not Allowed"),
    ],
)
def test_wrong_request_is_refused_in_plain_words(client, path, body, status, said):
    reply = client.post(path, json=body)
    assert (reply.status_code, reply.json()["kind"]) == (status, "error")
    assert reply.json()["error"].startswith(said)


def test_body_that_is_no_json_is_422(client):
    reply = client.post("/ask", content=b"{", headers={"content-type": "application/json"})
    assert (reply.status_code, reply.json()["kind"]) == (422, "error")


def test_unknown_article_is_404(client):
    reply = client.get("/articles/castle")
    assert (reply.status_code, reply.json()["error"]) == (404, "No article has the id 'castle'.")


@pytest.mark.parametrize(
    ("error", "status", "said"),
    [
        (ProviderRefused("The key is wrong."), 502, "The key is wrong."),
        (ProviderUnavailable("Too busy."), 503, "Too busy."),
        (RuntimeError("secret"), 500, "Dateline failed inside; its log says where."),
    ],
)
def test_failure_has_its_status_and_no_secret(client, news, error, status, said):
    def script(question):
        raise error

    news.script = script
    reply = client.post("/ask", json={"question": "x"})
    assert (reply.status_code, reply.json()["error"]) == (status, said)


def test_body_that_says_it_is_too_large_is_413(client):
    reply = client.post("/ask", content=b" " * (MAX_BODY_BYTES + 1))
    assert reply.status_code == 413


def test_body_that_grows_too_large_without_saying_is_not_answered(client, news):
    chunks = (b" " * 100_000 for _ in range(11))
    reply = client.post("/ask", content=chunks, headers={"content-type": "application/json"})
    assert reply.status_code >= 400
    assert news.heard == []


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:8760", ""])
def test_name_of_another_host_is_refused(client, host):
    assert client.get("/health", headers={"host": host}).status_code == 400


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost:1", "LOCALHOST:8760", "[::1]:8760"])
def test_names_of_this_machine_are_served(client, host):
    assert client.get("/health", headers={"host": host}).status_code == 200


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://127.0.0.1:9999", ""])
def test_page_of_another_site_cannot_ask(client, news, origin):
    reply = client.post("/ask", json={"question": "x"}, headers={"origin": origin})
    assert (reply.status_code, news.heard) == (403, [])


def test_page_of_our_own_can_ask(client):
    assert client.post("/ask", json={"question": "x"}, headers={"origin": LOCAL}).status_code == 200


def basic(password):
    return "Basic " + base64.b64encode(f"anyone:{password}".encode()).decode()


@pytest.mark.parametrize(
    ("header", "status"),
    [
        (None, 401),
        ("", 401),
        ("Basic !!!", 401),
        (basic("wrong"), 401),
        (basic("s:ecret é"), 200),
        ("Bearer s:ecret", 401),
        (basic("s:ecret é").replace("Basic", "Digest"), 401),
    ],
)
def test_password_is_asked_for(news, header, status):
    client = TestClient(build_server(news, host="0.0.0.0", password="s:ecret é"), base_url="http://desk.example")
    reply = client.get("/health", headers={} if header is None else {"authorization": header})
    assert reply.status_code == status
    assert ("www-authenticate" in reply.headers) == (status == 401)


def test_every_reply_forbids_framing_and_sniffing(client):
    for path in ("/health", "/articles/castle"):
        headers = client.get(path).headers
        assert headers["x-frame-options"] == "DENY"
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["content-security-policy"].startswith("default-src 'none'")


def test_interactive_documentation_that_loads_foreign_scripts_is_off(client):
    assert [client.get(path).status_code for path in ("/docs", "/redoc", "/openapi.json")] == [404, 404, 200]


def test_page_policy_lets_nothing_come_from_or_go_to_another_host():
    rules = dict(rule.strip().split(" ", 1) for rule in PAGE_POLICY.split(";"))
    allowed = {source for sources in rules.values() for source in sources.split()}
    assert allowed == {"'self'", "'none'", "'unsafe-inline'", "'unsafe-eval'", "data:", "blob:"}


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.7", "desk.example", "::"])
def test_host_that_others_reach_needs_a_password_or_a_yes(host):
    with pytest.raises(BadInput, match="--password, or --allow-remote"):
        check_host(host, password=None, allow_remote=False)
    check_host(host, password="x", allow_remote=False)
    check_host(host, password=None, allow_remote=True)


def test_taken_port_gives_the_next_and_a_fixed_one_an_error():
    with listen("127.0.0.1", 0) as first:
        port = first.getsockname()[1]
        with listen("127.0.0.1", port) as second:
            assert port < second.getsockname()[1] <= port + 50
        with pytest.raises(DatelineError, match=f"port {port} is taken or forbidden"):
            listen("127.0.0.1", port, fixed=True)


def test_address_that_is_not_ours_is_the_users_mistake():
    with pytest.raises(BadInput, match=r"This machine has no address 192\.0\.2\.7"):
        listen("192.0.2.7", 0)


def test_guard_lets_the_servers_own_events_through():
    seen = []

    async def app(scope, receive, send):
        seen.append(scope["type"])

    import asyncio

    settings = GuardSettings(host="127.0.0.1", max_body_bytes=1, policy="x", password="p")
    asyncio.run(Guard(app, settings)({"type": "lifespan"}, None, None))
    assert seen == ["lifespan"]
