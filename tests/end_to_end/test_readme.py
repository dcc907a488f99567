import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_readme_transcript_is_what_the_product_prints():
    done = subprocess.run(
        [sys.executable, ROOT / "scripts/readme.py", "--check"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, "stale transcript: run `make readme`\n" + done.stderr
