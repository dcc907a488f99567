"""Maps the top-level folders into the import namespace `dateline`; see pyproject.toml for everything else."""

from setuptools import find_packages, setup

FOLDERS = ("app", "index", "prompts", "eval")
PACKAGES = [f"dateline.{name}" for top in FOLDERS for name in (top, *(f"{top}.{sub}" for sub in find_packages(top)))]

setup(
    packages=[*PACKAGES, "dateline.seeds"],
    package_dir={f"dateline.{top}": top for top in (*FOLDERS, "seeds")},
    package_data={
        "dateline.app": ["py.typed"],
        "dateline.app.page": ["assets/*"],
        "dateline.eval": ["sets/*", "py.typed"],
        "dateline.index": ["models/*/*", "py.typed"],
        "dateline.prompts": ["*.md", "py.typed"],
        "dateline.seeds": ["*.txt"],
    },
)
