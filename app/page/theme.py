"""One look: Gradio's theme in the colours and letters of `assets/page.css`, and the files that style and move the page.

Only fonts that the reader's system has: nothing is fetched.
"""

from pathlib import Path

from .quiet_gradio import gr

_ASSETS = Path(__file__).parent / "assets"
FAVICON = _ASSETS / "favicon.svg"
SERIF = ("Charter", "Iowan Old Style", "Palatino Linotype", "Noto Serif", "Georgia", "DejaVu Serif", "serif")
SANS = ("system-ui", "-apple-system", "Segoe UI", "Roboto", "Noto Sans", "DejaVu Sans", "sans-serif")
_LIGHT = {
    "paper": "#fbf9f4",
    "panel": "#fffefb",
    "ink": "#1c1b19",
    "muted": "#5c574e",
    "rule": "#d8d1c3",
    "accent": "#8f1d1d",
}
_DARK = {
    "paper": "#161513",
    "panel": "#1e1d1a",
    "ink": "#ece7dc",
    "muted": "#b0a99b",
    "rule": "#3b382f",
    "accent": "#f2a099",
}
_FILLS = {
    "body_background_fill": "paper",
    "background_fill_primary": "panel",
    "background_fill_secondary": "paper",
    "block_background_fill": "panel",
    "input_background_fill": "panel",
    "body_text_color": "ink",
    "block_label_text_color": "muted",
    "block_title_text_color": "ink",
    "body_text_color_subdued": "muted",
    "block_info_text_color": "muted",
    "input_placeholder_color": "muted",
    "border_color_primary": "rule",
    "block_border_color": "rule",
    "input_border_color": "rule",
    "input_border_color_focus": "accent",
    "link_text_color": "accent",
    "button_primary_background_fill": "accent",
    "button_primary_background_fill_hover": "ink",
    "button_primary_text_color": "paper",
    "button_primary_text_color_hover": "paper",
    "button_secondary_background_fill": "paper",
    "button_secondary_background_fill_hover": "panel",
    "button_secondary_text_color": "ink",
    "button_secondary_border_color": "rule",
    "loader_color": "accent",
    "slider_color": "accent",
    "checkbox_background_color_selected": "accent",
    "checkbox_border_color_selected": "accent",
    "checkbox_background_color": "panel",
    "checkbox_label_background_fill": "paper",
    "checkbox_label_background_fill_selected": "paper",
    "checkbox_label_text_color": "ink",
    "checkbox_label_text_color_selected": "ink",
}


def theme() -> gr.themes.Base:
    """Gradio's plainest theme with our colours, light and dark."""
    plain = gr.themes.Base(font=SANS, font_mono=("ui-monospace", "monospace"), radius_size="sm")
    light = {name: _LIGHT[colour] for name, colour in _FILLS.items()}
    dark = {f"{name}_dark": _DARK[colour] for name, colour in _FILLS.items()}
    return plain.set(**light, **dark, block_shadow="none", block_shadow_dark="none", block_border_width="0px")


def head() -> str:
    """The page's own style sheet, with the theme's colours as its variables, and its script, for the document's head.

    Not by Gradio's own `css`, which rewrites selectors.
    """
    fonts = f"--dl-serif: {_family(SERIF)}; --dl-sans: {_family(SANS)};"
    colours = f":root {{{_variables(_LIGHT)} {fonts}}}\n.dark {{{_variables(_DARK)}}}\n"
    style, script = ((_ASSETS / name).read_text("utf-8") for name in ("page.css", "page.js"))
    return f"<style>{colours}{style}</style><script>{script}</script>"


def _family(names: tuple[str, ...]) -> str:
    return ", ".join(f'"{name}"' if " " in name else name for name in names)


def _variables(colours: dict[str, str]) -> str:
    return "".join(f"--dl-{name}: {value};" for name, value in colours.items())
