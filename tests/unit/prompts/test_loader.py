"""Prompts are files that fail loudly: at load when they are wrong, at render when a value is missing or unknown."""

import pytest

from dateline.prompts.loader import Message, PromptError, parse_prompt, prompt

GOOD = "---\npurpose: test\nvariables: name\n---\n\n## system\n\nBe brief.\n\n## user\n\nHello $name, pay $$5.\n"


def test_prompt_with_its_values_renders_each_section_as_a_message():
    messages = parse_prompt("greet", GOOD).render({"name": "Ada"})
    assert messages == (Message("system", "Be brief."), Message("user", "Hello Ada, pay $5."))


def test_value_with_a_variable_in_it_is_not_read_again():
    source = GOOD.replace("variables: name", "variables: name, other").replace("$$5", "$other")
    messages = parse_prompt("greet", source).render({"name": "$other ${name} $", "other": "x"})
    assert messages[1].text == "Hello $other ${name} $, pay x."


@pytest.mark.parametrize("values", [{}, {"name": "Ada", "age": "36"}, {"nane": "Ada"}])
def test_render_with_missing_or_unknown_values_names_them(values):
    with pytest.raises(PromptError, match="missing or unknown"):
        parse_prompt("greet", GOOD).render(values)


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (("variables: name", "variables: name, age"), "mend .'age'."),
        (("variables: name", "variables:"), "mend .'name'."),
        (("pay $$5", "pay $5"), "write \\$\\$"),
        (("## user", "## humans"), "sections"),
        (("Be brief.", ""), "sections"),
        (("---\npurpose", "purpose"), "head"),
    ],
)
def test_wrong_prompt_file_fails_at_load(change, complaint):
    with pytest.raises(PromptError, match=complaint):
        parse_prompt("greet", GOOD.replace(*change, 1))


def test_unknown_prompt_is_an_error():
    with pytest.raises(PromptError, match="no prompt 'poem'"):
        prompt("poem")


def test_digest_changes_with_any_word_and_not_with_line_ends():
    digest = parse_prompt("greet", GOOD).digest
    assert len(digest) == 16
    assert parse_prompt("greet", GOOD.replace("\n", "\r\n")).digest == digest
    assert parse_prompt("greet", GOOD.replace("brief", "short")).digest != digest


@pytest.mark.parametrize(
    ("name", "variables"), [("answer", {"evidence", "question"}), ("condense", {"history", "question"})]
)
def test_shipped_prompts_load_and_take_their_variables(name, variables):
    loaded = prompt(name)
    assert loaded.variables == variables
    assert [part.role for part in loaded.sections] == ["system", "user"]
