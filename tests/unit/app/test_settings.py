import pytest

from dateline.app.settings import load_settings
from dateline.index.errors import SettingsError

SECRET = "sk-very-secret"


def test_reader_kind_auto_without_key_is_extractive(monkeypatch):
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    monkeypatch.delenv("OPENAI_BASE_URL", raising=False)
    assert load_settings().reader_kind == "extractive"


def test_reader_kind_auto_with_key_or_address_is_llm(monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", SECRET)
    assert load_settings().reader_kind == "llm"
    monkeypatch.setenv("OPENAI_API_KEY", "")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:1234/v1")
    assert load_settings().reader_kind == "llm"


def test_load_settings_argument_wins_over_environment(monkeypatch):
    monkeypatch.setenv("DATELINE_READER", "llm")
    assert load_settings({"reader": "extractive"}).reader == "extractive"
    assert load_settings({"reader": None}).reader == "llm"


def test_load_settings_wrong_value_names_the_field_and_no_secret():
    with pytest.raises(SettingsError) as caught:
        load_settings({"n_evidence": 0, "openai_api_key": SECRET})
    assert "n_evidence" in str(caught.value)
    assert SECRET not in str(caught.value)


def test_load_settings_unknown_field_is_an_error():
    with pytest.raises(SettingsError, match="colour"):
        load_settings({"colour": "red"})


def test_load_settings_two_chromas_is_an_error():
    with pytest.raises(SettingsError, match="exclude each other"):
        load_settings({"chroma_url": "http://127.0.0.1:8000", "chroma_api_key": "x"})


def test_digest_changes_with_what_answers_and_not_with_secrets_or_paths(tmp_path):
    plain = load_settings({"reader": "llm"})
    assert plain.digest() == load_settings({"reader": "llm", "openai_api_key": SECRET, "home": tmp_path}).digest()
    assert plain.digest() != load_settings({"reader": "llm", "model": "other"}).digest()


def test_repr_shows_no_key():
    assert SECRET not in repr(load_settings({"openai_api_key": SECRET, "chroma_api_key": SECRET}))


def test_load_settings_empty_value_is_unset_and_home_is_expanded(monkeypatch):
    monkeypatch.setenv("DATELINE_READER", "")
    monkeypatch.setenv("DATELINE_HOME", "")
    assert load_settings().reader == "auto"
    assert load_settings({"home": ""}).home == load_settings().home
    assert "~" not in str(load_settings({"home": "~/news"}).home)


def test_load_settings_unreadable_environment_is_a_settings_error(monkeypatch):
    monkeypatch.setenv("DATELINE_CHROMA_HEADERS", "not json")
    with pytest.raises(SettingsError, match="chroma_headers"):
        load_settings()
