"""Mend in the built pages what keeps some people from reading them.

- Sphinx breaks long signatures into lists of definitions that define nothing: they are no lists.
- A caption above a list of pages is said to be a heading, and not of which level.
- An example or a table that scrolls sideways can be reached by keyboard (see ``scrolling.js``).
"""

_MENDED = {
    '<dl>\n<dd><em class="sig-param">': '<dl role="presentation">\n<dd><em class="sig-param">',
    '<p class="caption" role="heading">': '<p class="caption" role="heading" aria-level="2">',
}


def _mend(app, pagename, templatename, context, doctree):
    body = context.get("body", "")
    for broken, mended in _MENDED.items():
        body = body.replace(broken, mended)
    context["body"] = body


def setup(app):
    app.connect("html-page-context", _mend)
    app.add_js_file("scrolling.js", loading_method="defer")
    return {"parallel_read_safe": True}
