"""Recognise pages of comment systems that no format reads, by their markup."""

import re

_LOADED = "a script loads its comments, so they are not in the page"
_IN_PAGE = "its markup is not read"
_GITHUB = "read the response of GitHub's API as github"
_FORUM = "save the address of the topic with .json appended, and read that as discourse-forum"

#: Systems that a script loads: their markup in lower case, and advice. They come first, since pages
#: of blogs and forums may have them.
_SCRIPTS = (
    (
        "Disqus",
        ("disqus_thread", "disqus.com/embed.js", "disqus_shortname"),
        "export them at disqus.com, and read the file as disqus-xml",
    ),
    ("Facebook comments", ('class="fb-comments', "class='fb-comments", "<fb:comments"), ""),
    (
        "Coral",
        (
            "coral_thread",
            "coral-thread",
            "coral_talk",
            "coral.createstreamembed",
            "coraltalkstream",
        ),
        "",
    ),
    ("Hyvor Talk", ("<hyvor-talk-comments", "talk.hyvor.com/"), ""),
    (
        "OpenWeb (Spot.IM)",
        ("launcher.spot.im/", "data-spotim-module", "data-spot-im", "spotim-conversation"),
        "",
    ),
    ("Viafoura", ("<vf-conversations", "cdn.viafoura.net/", 'class="viafoura'), ""),
    ("Insticator", ("insticator-comment",), ""),
    ("giscus", ("giscus.app/client.js", 'class="giscus"'), _GITHUB),
    ("utterances", ("utteranc.es/client.js",), _GITHUB),
    (
        "Commento",
        ('id="commento"', "/js/commento.js", "cdn.commento.io"),
        "export them, and read the file as commento",
    ),
    (
        "Isso",
        ("isso-thread", "data-isso="),
        "read the response of its API, or its database, as isso",
    ),
    (
        "remark42",
        ('id="remark42', "remark_config"),
        "read the response of its API, or its backup, as remark42",
    ),
    ("Artalk", ("artalk.init(", "new artalk("), "export them, and read the file as artrans"),
    ("Waline", ("waline.init(", 'id="waline"'), ""),
    ("Livefyre", ('id="livefyre', "fyre.conv.load"), ""),
    ("IntenseDebate", ("idcomments_acct", "intensedebate.com/js"), ""),
    ("Cusdis", ("cusdis_thread",), ""),
    ("Ghost", ("data-ghost-comments=",), ""),
    ("Discourse", ("discourse-comments", "discourseembed ="), _FORUM),
)
#: Systems whose comments are in the page.
_PAGES = (
    ("Discourse", ('name="generator" content="discourse',), _FORUM),
    ("XenForo", ('<html id="xf"', "data-xf-init="), ""),
    ("phpBB", ('id="phpbb"', 'class="postbody"'), ""),
    ("vBulletin", ('content="vbulletin', 'id="post_message_', "vbulletin_global.js"), ""),
    (
        "Drupal",
        ('about="/comment/', "comment-by-anonymous", 'class="js-comment', "drupal-comment"),
        "",
    ),
    (
        "Blogger",
        ('id="blog1_comments', "id='blog1_comments", "content='blogger'", 'content="blogger"'),
        "export the blog and read that as blogger-export, or read its comment feed as feed",
    ),
)


def unread_comments(page: str) -> str | None:
    """Return a message about a page of a comment system that no format reads, or None.

    >>> print(unread_comments('<html><div id="disqus_thread"></div>').partition(";")[0])
    this page has comments of a system that is not read yet: Disqus
    """
    page = page.lower()
    for where, systems in ((_LOADED, _SCRIPTS), (_IN_PAGE, _PAGES)):
        for name, marks, advice in systems:
            if any(mark in page for mark in marks):
                what = f"{where}: {advice}" if advice else where
                return f"this page has comments of a system that is not read yet: {name}; {what}"
    if len(set(_NUMBERED.findall(page))) >= _SEVERAL:
        return f"this page has comments of a system that is not known; {_IN_PAGE}"
    return None


#: Common names for the element of a comment. A single one may be a template or a link.
_NUMBERED = re.compile(r"""\bid=["']?comment[-_]?([0-9]{1,20})\b""")
_SEVERAL = 2
