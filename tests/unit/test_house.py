"""The house keeps its rules: who imports whom, one room for each outside library, small modules and functions."""

import ast
import sys
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MAY_IMPORT = {
    "prompts": {"prompts"},
    "index": {"index"},
    "app": {"app", "index", "prompts"},
    "eval": {"eval", "app", "index", "prompts"},
}
# An outside library's room: the modules that may import it. The longest matching name counts.
ROOMS = {
    "chromadb": ("index/vectors/chroma.py", "index/vectors/probe.py"),
    "fastapi": ("app/server*.py", "app/page/*.py"),
    "filelock": ("index/lock.py",),
    "gradio": ("app/page/*.py",),
    "htmldate": ("index/articles/web_page.py",),
    "httpx": ("app/llm/client.py", "app/page/fetch.py", "index/hosted_embed.py"),
    "llama_index.core": ("app/llm/client.py", "app/query_engine.py", "index/llama*.py", "index/hosted_embed.py"),
    "llama_index.core.llms": ("app/llm/client.py",),
    "llama_index.embeddings": ("index/hosted_embed.py",),
    "llama_index.llms": ("app/llm/client.py",),
    "lxml": ("index/articles/web_page.py",),
    "numpy": ("index/*.py", "app/*.py", "eval/*.py"),
    "onnxruntime": ("index/onnx_model.py",),
    "openai": ("app/llm/client.py", "index/hosted_embed.py"),
    "platformdirs": ("app/settings.py",),
    "pydantic": ("app/*.py", "eval/*.py"),
    "pydantic_settings": ("app/settings.py",),
    "rapidfuzz": ("app/*.py", "eval/*.py"),
    "sqlalchemy": ("index/record/*.py",),
    "starlette": ("app/server*.py", "app/page/*.py", "app/web_guard.py"),
    "tantivy": ("index/lexical/bm25.py",),
    "tiktoken": ("index/tokens.py",),
    "tokenizers": ("index/onnx_model.py",),
    "tqdm": ("app/cli/*.py", "app/main.py", "eval/public/progress.py"),
    "trafilatura": ("index/articles/web_page.py",),
    "uvicorn": ("app/cli/*.py", "app/server*.py", "app/page/*.py"),
}
MAX_MODULE_LINES = 400
MAX_FUNCTION_LINES = 60
NO_NAMES = {"utils", "util", "helpers", "helper", "common", "base", "core", "misc"}

MODULES = sorted(
    path.relative_to(ROOT).as_posix() for top in MAY_IMPORT for path in (ROOT / top).rglob("*.py") if path.is_file()
)


def imported_names(source: str, *, module: str) -> Iterator[str]:
    """The full dotted names that a module (its path from the root) imports, relative ones resolved."""
    package = ["dateline", *module.split("/")[:-1]]
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            start = package[: len(package) - node.level + 1] if node.level else []
            name = ".".join([*start, *((node.module or "").split(".") if node.module else [])])
            # `from .. import index` names the package only in what it takes.
            yield from (f"{name}.{alias.name}" for alias in node.names) if node.level and not node.module else [name]


def forbidden_imports(source: str, *, module: str) -> list[str]:
    """Imports that the table does not allow, and outside libraries out of their room."""
    allowed = MAY_IMPORT[module.split("/", maxsplit=1)[0]]
    wrong = []
    for name in imported_names(source, module=module):
        first, *rest = name.split(".")
        if first in sys.stdlib_module_names:
            continue
        if first == "dateline":
            if not rest or rest[0] not in allowed:
                wrong.append(name)
        elif not any(fnmatch(module, place) for place in room_of(name)):
            wrong.append(name)
    return wrong


def room_of(name: str) -> tuple[str, ...]:
    """The room of an imported name; empty for a library that has none yet."""
    libraries = [library for library in ROOMS if name == library or name.startswith(f"{library}.")]
    return ROOMS[max(libraries, key=len)] if libraries else ()


def long_functions(source: str) -> list[str]:
    functions = (
        node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )
    return [node.name for node in functions if (node.end_lineno or 0) - node.lineno + 1 > MAX_FUNCTION_LINES]


def test_there_are_modules_to_look_at():
    assert len(MODULES) > 20


@pytest.mark.parametrize("module", MODULES)
def test_module_keeps_the_import_table_and_the_rooms(module):
    assert forbidden_imports((ROOT / module).read_text(encoding="utf-8"), module=module) == []


@pytest.mark.parametrize("module", MODULES)
def test_module_and_its_functions_are_small_and_it_says_what_it_is(module):
    source = (ROOT / module).read_text(encoding="utf-8")
    assert len(source.splitlines()) <= MAX_MODULE_LINES
    assert long_functions(source) == []
    assert not NO_NAMES & set(Path(module).with_suffix("").parts)
    tree = ast.parse(source)
    assert ast.get_docstring(tree) or not tree.body, "say what is here, why, and what it must not do"


@pytest.mark.parametrize("module", [module for module in MODULES if module.endswith("__init__.py")])
def test_init_has_exports_and_no_code(module):
    body = ast.parse((ROOT / module).read_text(encoding="utf-8")).body
    for node in body:
        plain = isinstance(node, ast.Import | ast.ImportFrom)
        docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        exports = isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__"
        assert plain or docstring or exports, ast.unparse(node)


@pytest.mark.parametrize(
    ("module", "source", "wrong"),
    [
        ("index/x.py", "from ..app.answer import Answer", ["dateline.app.answer"]),
        ("index/x.py", "from .. import app", ["dateline.app"]),
        ("index/x.py", "from dateline.prompts.loader import prompt", ["dateline.prompts.loader"]),
        ("index/x.py", "import dateline.eval.run", ["dateline.eval.run"]),
        ("index/x.py", "def f():\n    from ..eval import run", ["dateline.eval"]),
        ("index/sub/x.py", "from ...app import api", ["dateline.app"]),
        ("prompts/x.py", "from ..index.article import Article", ["dateline.index.article"]),
        ("app/x.py", "from ..training import export", ["dateline.training"]),
        ("app/x.py", "from ..index.article import Article\nfrom .answer import Answer\nimport json, os.path", []),
        ("index/sub/x.py", "from ..article import Article\nfrom . import y", []),
        ("app/x.py", "import chromadb", ["chromadb"]),
        ("app/x.py", "from llama_index.llms.openai import OpenAI", ["llama_index.llms.openai"]),
        ("index/llama.py", "from llama_index.core.llms import MockLLM", ["llama_index.core.llms"]),
        ("index/llama.py", "from llama_index.core.schema import TextNode", []),
        ("app/x.py", "import requests", ["requests"]),
    ],
)
def test_import_against_the_table_is_found(module, source, wrong):
    assert forbidden_imports(source, module=module) == wrong


def test_long_function_is_found_wherever_it_stands():
    body = "\n".join(["        x = 1"] * MAX_FUNCTION_LINES)
    assert long_functions(f"class A:\n    def f(self):\n{body}\n") == ["f"]
