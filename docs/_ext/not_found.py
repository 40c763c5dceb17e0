"""Make the links of the page ``404`` hold wherever it is shown.

A server shows that page in the place of any other, at any depth, so that its links cannot be
relative to it. They are relative to `not_found_base` instead, the folder at which the pages are
served: ``/``, unless the environment variable ``DISCOURSE_DOCS_BASE`` says otherwise when the pages
are built.
"""

import html
import os


def _add_base(app, pagename, templatename, context, doctree):
    if pagename == "404":
        base = html.escape(app.config.not_found_base)
        context["metatags"] = f'<base href="{base}">\n{context["metatags"]}'


def setup(app):
    app.add_config_value("not_found_base", os.environ.get("DISCOURSE_DOCS_BASE", "/"), "html")
    app.connect("html-page-context", _add_base)
    return {"parallel_read_safe": True}
