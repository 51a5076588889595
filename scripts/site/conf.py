"""Settings of Sphinx, which reads them as variables of this module."""

from __future__ import annotations

project = "MiPOS contract kit"
language = "en"
# Messages of the platform are shown as they are, apostrophes included.
smartquotes_action = "D"
extensions = ["myst_parser"]
root_doc = "index"
exclude_patterns = ["files"]
html_extra_path = ["extra"]

myst_heading_anchors = 4
myst_enable_extensions = ["attrs_inline"]

toc_object_entries_show_parents = "hide"

html_theme = "furo"
html_title = project
html_static_path = ["static"]
html_css_files = ["site.css"]
html_js_files: list[tuple[str, dict[str, str]]] = [("page.js", {"defer": "defer"})]
templates_path = ["templates"]
html_copy_source = False
html_show_sourcelink = False
html_show_sphinx = False
html_show_copyright = False
html_use_index = False
html_domain_indices = False
# Twins of light and dark, each at least 4.5:1 against its background.
pygments_style = "a11y-high-contrast-light"
pygments_dark_style = "a11y-high-contrast-dark"
html_theme_options: dict[str, list[str]] = {"top_of_page_buttons": []}
