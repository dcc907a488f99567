#!/usr/bin/env bash
# Finds a browser for the page's tests: one that is there, else Debian's package where we are root. Where none can be had
# the tests are skipped with the reason; with CI set that is a failure, so that a green run means they ran.
set -u
for name in chromium chromium-browser google-chrome google-chrome-stable chrome; do
    command -v "$name" >/dev/null 2>&1 && exit 0
done
ls "$HOME"/.cache/ms-playwright/chromium-*/chrome-linux*/chrome >/dev/null 2>&1 && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "No browser found; installing Debian's chromium for the page's tests."
    (apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium) \
        >/dev/null 2>&1 && exit 0
fi
.venv/bin/python -m playwright install chromium >/dev/null 2>&1 && exit 0
echo "No Chromium or Chrome found and none could be installed: the page's tests will be skipped." >&2
[ -z "${CI:-}" ] || { echo "CI needs them; install chromium." >&2; exit 1; }
