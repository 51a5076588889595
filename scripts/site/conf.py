"""Settings of Sphinx, which reads them as variables of this module."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx

project = "MiPOS contract kit"
language = "en"
# Messages of the platform are shown as they are, apostrophes included.
smartquotes_action = "D"
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
root_doc = "index"
exclude_patterns = ["files"]
html_extra_path = ["extra"]

myst_heading_anchors = 4
myst_enable_extensions = ["attrs_inline"]

autodoc_member_order = "bysource"
autodoc_class_signature = "separated"
autodoc_typehints_format = "short"
autodoc_preserve_defaults = True
napoleon_numpy_docstring = False
napoleon_use_ivar = True
toc_object_entries = False

html_theme = "furo"
html_title = project
html_static_path = ["static"]
html_css_files = ["site.css"]
html_copy_source = False
html_show_sourcelink = False
html_show_sphinx = False
html_show_copyright = False
html_use_index = False
html_domain_indices = False
# It would be fetched from each page, which a page that was opened from a file may not do.
html_show_search_summary = False
# Twins of light and dark, each at least 4.5:1 against its background.
pygments_style = "a11y-high-contrast-light"
pygments_dark_style = "a11y-high-contrast-dark"
html_theme_options: dict[str, list[str]] = {"top_of_page_buttons": []}


def setup(app: Sphinx) -> None:
    """Have docstrings made into what Sphinx reads, before it looks for their sections."""
    app.connect("autodoc-process-docstring", _read_markdown, priority=400)


def _read_markdown(
    _app: Sphinx, _what: str, _name: str, _shown: object, _options: object, lines: list[str]
) -> None:
    lines[:] = restructured(lines)


def restructured(lines: list[str]) -> list[str]:
    """Return a docstring with its code marked as reStructuredText marks it.

    Docstrings have the backticks and the indented blocks of Markdown.
    """
    found = list[str]()
    for line in lines:
        begins = line.startswith("    ") and found[-1:] == [""]
        before = next((each for each in reversed(found) if each), " ")
        if begins and not before.startswith(" "):
            found += ["::", ""]
        found.append(re.sub(r"(?<!`)`([^`]+)`(?!`)", r"``\1``", line))
    return found
