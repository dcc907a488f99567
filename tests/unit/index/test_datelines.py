import pytest

from dateline.index.articles.datelines import read_dateline

REST = "The harbour reopened."


@pytest.mark.parametrize(
    ("head", "place", "agency", "month_day"),
    [
        ("LONDON, May 3 (Reuters) - ", "London", "Reuters", (5, 3)),
        ("(Reuters) - ", None, "Reuters", None),
        ("WASHINGTON (AP) — ", "Washington", "Associated Press", None),
        ("BERLIN, 3 May 2024, dpa – ", "Berlin", "dpa", (5, 3)),
        ("ASTANA, March 24. /TASS/. ", "Astana", "TASS", (3, 24)),
        ("MOSCOW, March 24 - RIA Novosti. ", "Moscow", "RIA Novosti", (3, 24)),
        ("MOSCOW. May 3 (Interfax) - ", "Moscow", "Interfax", (5, 3)),
        ("ASTANA. KAZINFORM – ", "Astana", "Kazinform", None),
        ("KYIV — ", "Kyiv", None, None),
        ("ASHGABAT, Turkmenistan, March 21. ", "Ashgabat", None, (3, 21)),
        ("Kyiv, 3 May (Ukrinform) – ", "Kyiv", "Ukrinform", (5, 3)),
        ("New Delhi, May 3 (PTI) ", "New Delhi", "PTI", (5, 3)),
        ("Nur-Sultan, 3 May, KazTAG – ", "Nur-Sultan", "KazTAG", (5, 3)),
        ("New York CNN Business — ", "New York", "CNN Business", None),
        ("CNN — ", None, "CNN", None),
        ("(CNN)", None, "CNN", None),
        ("ANKARA (AA) - ", "Ankara", "Anadolu Agency", None),
        ("RIO DE JANEIRO (AP) — ", "Rio de Janeiro", "Associated Press", None),
        ("ST. LOUIS (AP) — ", "St. Louis", "Associated Press", None),
        ("PORT-AU-PRINCE, Haiti (AP) — ", "Port-au-Prince", "Associated Press", None),
        ("LONDON/PARIS, May 3 (Reuters) - ", "London/Paris", "Reuters", (5, 3)),
        ("NEW DELHI: ", "New Delhi", None, None),
        ("TASHKENT, Uzbekistan (Silk Wire) -- ", "Tashkent", "Silk Wire", None),
    ],
)
def test_read_dateline_form_of_an_agency_is_read_whole(head, place, agency, month_day):
    found = read_dateline(head + REST)
    assert found is not None
    assert (found.place, found.agency) == (place, agency)
    assert (found.day and (found.day.month, found.day.day)) == month_day
    assert (head + REST)[found.end :] == REST


@pytest.mark.parametrize(
    "text",
    [
        "WATCH: the video", "EXCLUSIVE — The president", "NATO — which was founded", "COVID-19 — the disease",
        "On March 24. The president said", "London. May 3 was a day", "Biden, May 3 - he said", "The US (AP) said so",
        "Mr. Smith (AP Photo) said", "Tesla (TSLA) — the carmaker", "ANNA REED: Live from Velden, good evening.",
        "May 3, 2024 - The president", "THE HEADLINE IS HERE - and so on", "Anna Reed/AFP/Getty Images The harbour", "",
    ],
)  # fmt: skip
def test_read_dateline_look_alike_is_none(text):
    assert read_dateline(text) is None
