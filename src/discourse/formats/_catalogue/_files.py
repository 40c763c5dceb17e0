"""The formats of files: saved pages, feeds, exports of sites, data sets, and the library's own."""

from .._signatures import Beginning, HtmlMarks, JsonKeys, Magic, MailHead, Prose, Rows, XmlRoot
from ._row import Row, keys_in

_META_GENERATOR = (
    r"(?i:<meta\s[^<>]{0,200}?name\s*=\s*[\"']generator[\"'][^<>]{0,60}?content\s*=\s*[\"'])"
)
#: Types of schema.org, and of SIOC as Drupal 7 writes them, that make a discussion. The patterns
#: begin with letters, which makes them fast: all of a page is searched.
_POSTS = (
    r"(?:UserComments|[Cc]omment|Answer|QAPage|Question|DiscussionForumPosting|SocialMediaPosting"
    r"|UserReview|Review)"
)

FILES = (
    Row(
        name="artrans",
        module="artrans",
        title="Artalk's export, and what Artransfer makes of other systems",
        suffixes=(".artrans", ".json"),
        media_types=("application/json",),
        signature=(
            JsonKeys("[].page_key", "[].content", "[].nick"),
            JsonKeys("[].page_key", "[].content", "[].rid"),
            JsonKeys("page_key", "content", "nick"),
        ),
    ),
    Row(
        name="blogger-export",
        module="blogger_export",
        title="exports of Blogger, those of Takeout too",
        suffixes=(".xml", ".atom"),
        media_types=("application/atom+xml",),
        signature=(
            XmlRoot(
                "feed",
                having=r"schemas\.google\.com/blogger/2018|blogger/2008/kind#(?:settings|template)\b"
                r"|<id>\s*tag:blogger\.com,[0-9]{4}:blog-[0-9]{1,30}\.archive\b",
            ),
        ),
        folder=("*Blogs/*/feed.atom",),
    ),
    Row(
        name="commento",
        module="commento",
        title="Commento's export of a site",
        suffixes=(".json",),
        media_types=("application/json",),
        signature=(
            JsonKeys("comments[].commentHex", "comments[].parentHex"),
            JsonKeys("version", "comments", "commenters"),
        ),
    ),
    Row(
        name="convokit",
        module="convokit",
        title="corpora of ConvoKit: a folder, zipped, or utterances",
        suffixes=(".convokit", ".convokit.zip"),
        media_types=("application/jsonl", "application/json"),
        signature=(
            *keys_in("", "[].", keys="speaker conversation_id id"),
            *keys_in("", "[].", keys="speaker reply-to id text"),
            *keys_in("", "[].", keys="user root id text"),
            *keys_in("", "[].", keys="user reply-to id text"),
            *keys_in("", "[].", keys="speaker reply_to conversation_id id text"),
        ),
        folder=(
            *("utterances.jsonl", "utterances.json", "speakers.json", "users.json"),
            *("conversations.json", "corpus.json", "index.json"),
        ),
    ),
    Row(
        name="disqus-xml",
        module="disqus_xml",
        title="Disqus's export (XML)",
        suffixes=(".xml",),
        media_types=("application/xml", "text/xml"),
        signature=(XmlRoot("disqus"),),
    ),
    Row(
        name="feed",
        module="feeds",
        title="comment feeds: RSS, Atom, Blogger",
        suffixes=(".rss", ".atom", ".rdf", ".xml"),
        media_types=("application/rss+xml", "application/atom+xml"),
        has_newest_first=True,
        signature=(
            XmlRoot("rss", lacking="://wordpress.org/export/|<wp:"),
            XmlRoot("feed"),
            XmlRoot("RDF", having="http://purl.org/rss/1.0/"),
        ),
    ),
    Row(
        name="isso",
        module="isso",
        title="Isso's database, answers of its API, and what it imports",
        suffixes=(".json", ".db", ".sqlite", ".sqlite3"),
        media_types=("application/json", "application/vnd.sqlite3"),
        signature=(
            Magic(b"SQLite format 3\0", having=b"voters BLOB NOT NULL"),
            JsonKeys("total_replies", "hidden_replies", "replies"),
            JsonKeys("id", "parent", "mode", "created", "dislikes"),
            JsonKeys("[].id", "[].parent", "[].mode", "[].created", "[].dislikes"),
            JsonKeys(
                "[].id", "[].comments[].created", "[].comments[].text", "[].comments[].author"
            ),
        ),
    ),
    Row(
        name="json",
        module="thread_json",
        title="this library's own JSON, one thread",
        suffixes=(".json",),
        media_types=("application/json",),
        signature=(JsonKeys("schema=discourse/*"),),
    ),
    Row(
        name="jsonl",
        module="thread_jsonl",
        title="this library's own JSON, one thread a line",
        suffixes=(".jsonl", ".ndjson"),
        media_types=("application/jsonl", "application/x-ndjson"),
        signature=(JsonKeys("schema=discourse/*", lines=True), JsonKeys("schema=discourse/*")),
    ),
    Row(
        name="mail",
        module="mail",
        title="mail and news: mbox, Maildir, MMDF, single messages",
        suffixes=(".mbox", ".eml", ".mail", ".mbx", ".mmdf", ".txt"),
        media_types=("application/mbox", "message/rfc822", "message/news"),
        signature=(MailHead(),),
        # Maildir; saved messages and mailboxes; MH and the spool of a news server count messages.
        folder=(
            *("cur/*", "new/*", "*/cur/*", "*/new/*", "*.eml", "*.mbox", "*.mail"),
            *(place + "[0-9]" * digits for place in ("", "*/") for digits in range(1, 10)),
        ),
    ),
    Row(
        name="microformats",
        module="microformats",
        title="entries with replies in microformats: pages, and parsed JSON",
        suffixes=(".mf2.json", ".mf2.html"),
        media_types=("application/mf2+json", "text/html"),
        has_articles_among_posts=True,
        page_rank=3,
        signature=(
            HtmlMarks(
                r"h-(?<=[\s\"'=]h-)(?:entry|cite|feed)(?=[\s\"'>])",
                is_whole=True,
            ),
            HtmlMarks(
                r"h(?:entry(?<=[\s\"'=]hentry)|feed(?<=[\s\"'=]hfeed))(?=[\s\"'>])",
                # Themes of WordPress and of Blogger mark the article so, and no comment.
                lacking=r"/wp-(?:content|includes|json)/|wp-block-|[Ww]ord[Pp]ress|\bdepth-[0-9]"
                r"|[Bb]logger",
            ),
            *keys_in("", "[].", "items[].", keys="type[]=h-* properties"),
            *keys_in("", "children[].", keys="type=entry wm-property"),
            *keys_in("", "children[].", keys="type=entry wm-target"),
        ),
    ),
    Row(
        name="mtif",
        module="mtif",
        title="Movable Type's import format, of TypePad and Hatena Blog too",
        suffixes=(".txt", ".mtif"),
        media_types=("text/plain",),
        signature=(
            Beginning(
                r"\s*+[A-Z][A-Z0-9_ ]{1,30}:[^\n]*\n(?:(?!-----)[^\n]*\n){0,200}-----[ \t]*\r?\n"
                r"(?:BODY|EXTENDED BODY|EXCERPT|KEYWORDS|COMMENT|PING):"
            ),
        ),
    ),
    Row(
        name="pagetext",
        module="pagetext",
        title="plain text that an extractor made of a page",
        suffixes=(".txt",),
        media_types=("text/plain",),
        signature=(
            JsonKeys("fingerprint", "comments", "text"),  # trafilatura
            XmlRoot("doc", having=r"<doc\s[^>]{0,9999}\bfingerprint="),
            XmlRoot("TEI", having="[Tt]rafilatura"),
            Prose(),
        ),
        last_resort=2,
    ),
    Row(
        name="remark42",
        module="remark42",
        title="remark42's backups, and answers of its API",
        suffixes=(".json", ".backup"),
        media_types=("application/json",),
        signature=(
            JsonKeys("pid", "locator.url"),
            JsonKeys("[].pid", "[].locator.url"),
            JsonKeys("comments[].pid", "comments[].locator.url"),
            JsonKeys("comments[].comment.pid", "comments[].comment.locator.url"),
            JsonKeys("version", "users", "posts"),
        ),
    ),
    Row(
        name="schema-org",
        module="schema_org",
        title="discussions in the words of schema.org: JSON-LD, microdata and RDFa in pages",
        suffixes=(".schema.jsonld", ".jsonld"),
        media_types=("application/ld+json", "text/html"),
        page_rank=2,
        signature=(
            HtmlMarks(
                r"schema\.org/" + _POSTS + r"(?=[\"'\s>])",
                r"typeof\s{0,9}=\s{0,9}[\"'][^\"'<>]{0,100}?\b" + _POSTS + r"\b",
                r"\"@type\"\s{0,99}:\s{0,99}(?:\[[^\[\]<>]{0,200}?)?\"(?:schema:)?"
                + _POSTS
                + r"\"",
                is_whole=True,
            ),
            *(
                JsonKeys(f"{place}@context{context}")
                for place in ("", "[].")
                for context in (
                    "=https://schema.org*",
                    "=http://schema.org*",
                    "=https://www.schema.org*",
                    "=http://www.schema.org*",
                    "[]=https://schema.org*",
                    "[]=http://schema.org*",
                    ".@vocab=https://schema.org*",
                    ".@vocab=http://schema.org*",
                    ".schema=https://schema.org*",
                    ".schema=http://schema.org*",
                )
            ),
            JsonKeys("@type=DiscussionForumPosting"),
            JsonKeys("[].@type=DiscussionForumPosting"),
        ),
    ),
    Row(
        name="table",
        module="table",
        title="a table of comments: CSV, TSV, JSON Lines of rows, Parquet, Arrow",
        suffixes=(".csv", ".tsv", ".tab", ".parquet", ".feather", ".arrow"),
        media_types=(
            *("text/csv", "text/tab-separated-values", "application/vnd.apache.parquet"),
            "application/vnd.apache.arrow.file",
        ),
        signature=(
            Rows(),
            Magic(b"PAR1\x15"),  # Parquet; what follows is the head of its first page
            Magic(b"ARROW1\0\0"),  # Arrow files, which Feather is now
            Magic(b"FEA1"),  # Feather as it was
        ),
        last_resort=1,
    ),
    Row(
        name="wordpress-html",
        module="wordpress_html",
        title="a page of a WordPress site, with its comments",
        suffixes=(".html", ".htm"),
        media_types=("text/html", "application/xhtml+xml"),
        page_rank=1,
        signature=(
            HtmlMarks(
                _META_GENERATOR + "(?i:WordPress)",
                # WordPress's own comment classes, and wpDiscuz's ids.
                r"<[a-zA-Z]{1,12}[^<>]{0,300}?(?:(?i:class)\s*=\s*[\"'][^\"'<>]{0,200}\b(?:even|odd)\b"
                r"[^\"'<>]{0,200}\b(?<!-)(?:depth-[0-9])"
                r"|id\s*=\s*[\"']?(?:wpd|wc)-comm-[0-9]{1,20}_)",
                r"<li\s?class[^<>]{0,200}\bdepth-[0-9]{1,3}\b[^<>]{0,200}id=[\"']comment-[0-9]",
            ),
            HtmlMarks(
                r"(?i:<(?:link|script)\s[^<>]{0,600}?/wp-(?:content|includes|json)/)",
                # What WordPress prints into the head, whatever a plugin makes of its addresses.
                r"--wp--preset--",
                r"<link\s[^<>]{0,300}?(?:\brel\s*=\s*[\"']https://api\.w\.org/|/xmlrpc\.php\?rsd)",
                r"class\s*=\s*[\"'][^\"'<>]{0,300}\b(?:wp-block-|wp-image-|wp-singular|"
                r"single-format-|postid-[0-9]|comment-reply-link|comment-respond|wpdiscuz|"
                r"wpd-thread|wc-thread)",
                # Pages of other systems have files of a WordPress blog beside them.
                lacking=_META_GENERATOR
                + r"\s*(?i:blogger|drupal|discourse|joomla|typepad|movable type|ghost|phpbb)",
            ),
        ),
    ),
    Row(
        name="wordpress-rest",
        module="wordpress_rest",
        title="posts and comments of WordPress's REST API",
        suffixes=(".json",),
        media_types=("application/json",),
        signature=(
            JsonKeys("*.author_name", "*.parent", "*.rendered"),
            JsonKeys("*.author_name", "*.parent", "*.author_url"),
            JsonKeys("*.author_name", "*.parent", "*.date_gmt"),
            JsonKeys("*.title.rendered"),
            JsonKeys("*.content.rendered"),
            JsonKeys("*.date_gmt", "*.rendered", "*.title"),
            JsonKeys("headers.X-WP-Total"),
            JsonKeys("code=rest_*"),
            JsonKeys("[].code=rest_*"),
            JsonKeys("body.code=rest_*"),
        ),
    ),
    Row(
        name="wxr",
        module="wxr",
        title="WordPress's export (WXR)",
        suffixes=(".wxr", ".xml"),
        media_types=("application/rss+xml", "application/xml", "text/xml"),
        signature=(XmlRoot("rss", having="https?://wordpress[.]org/export/|<wp:"),),
    ),
)
"""A row for each, in order of name."""
