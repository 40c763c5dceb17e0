"""Systems of comments whose pages no format reads, by what they write into a page."""

import re

_LOADED = "a script loads its comments, so they are not in the page"
_IN_PAGE = "its markup is not read"
_GITHUB = "read the answer of GitHub's API as github"
_FORUM = "save the address of the topic with .json behind it, and read that as discourse-forum"

#: Systems that a script loads, each with what to do instead. They come first: pages of blogs and
#: forums may have them.
_SCRIPTS = (
    (
        "Disqus",
        r"id=[\"']?disqus_thread|\.disqus\.com/embed\.js|disqus_shortname",
        "export them at disqus.com, and read the file as disqus-xml",
    ),
    ("Facebook comments", r"class=[\"']?fb-comments\b|<fb:comments\b", ""),
    (
        "Coral",
        r"id=[\"']?coral[_-](?:thread|talk|container)|Coral\.createStreamEmbed|coralTalkStream",
        "",
    ),
    ("Hyvor Talk", r"<hyvor-talk-comments\b|talk\.hyvor\.com/(?:web-api|embed)", ""),
    (
        "OpenWeb (Spot.IM)",
        r"launcher\.spot\.im/|data-spotim-module|data-spot-im|spotim-conversation",
        "",
    ),
    ("Viafoura", r"<vf-conversations\b|cdn\.viafoura\.net/|class=[\"']?viafoura\b", ""),
    ("Insticator", r"id=[\"']?insticator-comment|insticator-comments", ""),
    ("giscus", r"giscus\.app/client\.js|class=[\"']?giscus\b", _GITHUB),
    ("utterances", r"utteranc\.es/client\.js", _GITHUB),
    (
        "Commento",
        r"id=[\"']?commento[\"'\s>]|/js/commento\.js|cdn\.commento\.io",
        "export them, and read the file as commento",
    ),
    (
        "Isso",
        r"id=[\"']?isso-thread|data-isso=",
        "read the answer of its API, or its database, as isso",
    ),
    (
        "remark42",
        r"id=[\"']?remark42\b|remark_config",
        "read the answer of its API, or its backup, as remark42",
    ),
    ("Artalk", r"Artalk\.init\(|new\s{1,9}Artalk\(", "export them, and read the file as artrans"),
    ("Waline", r"Waline\.init\(|id=[\"']?waline\b", ""),
    ("Livefyre", r"id=[\"']?livefyre|fyre\.conv\.load", ""),
    ("IntenseDebate", r"idcomments_acct|intensedebate\.com/js", ""),
    ("Cusdis", r"id=[\"']?cusdis_thread", ""),
    ("Ghost", r"data-ghost-comments=", ""),
    ("Discourse", r"id=[\"']?discourse-comments|DiscourseEmbed\s{0,9}=", _FORUM),
)
#: Systems whose comments are in the page.
_PAGES = (
    ("Discourse", r"<meta name=[\"']generator[\"'] content=[\"']Discourse\b", _FORUM),
    ("XenForo", r"<html[^<>]{0,300}\bid=[\"']XF[\"']|data-xf-init=|XenForo\.", ""),
    (
        "phpBB",
        r"<body[^<>]{0,200}\bid=[\"']phpbb[\"']|class=[\"']postbody[\"']|phpbb\.com/?[\"']\s{0,9}>phpBB",
        "",
    ),
    (
        "vBulletin",
        r"content=[\"']vBulletin\b|id=[\"']post_message_[0-9]|vbulletin_global\.js",
        "",
    ),
    ("Drupal", r"id=[\"']comment-[0-9][^<>]{0,300}\b(?:comment|js-comment)\b", ""),
    (
        "Blogger",
        r"content=[\"']blogger[\"']|id=[\"']Blog[0-9]_comments",
        "export the blog and read that as blogger-export, or read its comment feed as feed",
    ),
)
_SYSTEMS = tuple(
    (name, re.compile(mark, re.IGNORECASE), f"{where}: {advice}" if advice else where)
    for where, systems in ((_LOADED, _SCRIPTS), (_IN_PAGE, _PAGES))
    for name, mark, advice in systems
)
_DRUPAL = re.compile(r"content=[\"']Drupal\b|data-drupal-selector=|Drupal\.settings", re.IGNORECASE)


def unread_comments(page: str) -> str | None:
    """Return what to say of a page with comments of a system that no format reads; else None.

    >>> print(unread_comments('<html><div id="disqus_thread"></div>').partition(";")[0])
    this page has comments of a system that is not read yet: Disqus
    """
    for name, mark, advice in _SYSTEMS:
        if mark.search(page) is not None and (name != "Drupal" or _DRUPAL.search(page)):
            return f"this page has comments of a system that is not read yet: {name}; {advice}"
    return None
