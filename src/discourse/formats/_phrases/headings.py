"""The headings of comments in many languages: "6 Kommentare", "20 thoughts on “A tale”".

Most are those of WordPress's themes and their translations: "thoughts" since Twenty Eleven,
"responses" before.
Every test takes one line and reads no more than its first few hundred characters: a page of any
size costs linear time.
"""

import re

_LONGEST = 400

#: Words that nearly always mean comments.
_SURE = (
    r"comments?|commenti|commento|kommentar(?:e|en|er|ene|erna|i)?|kommentteja|kommenttia?|"
    r"kommentti(?:a)?|commentaires?|coment[aá]rios?|comentaris?|comentarii|comentariu|"
    r"reacties?|opmerkingen|komentarz(?:e|y)?|komentář(?:e|ů)?|komentár(?:e|ov)?|"
    r"komentar(?:a|i|jev|ji|ja|ov)?|hozzászólás(?:ok)?|yorum(?:lar)?|комментари(?:й|я|ев|и|ям)|"
    r"коментар(?:и|ів|і|я|а)?|σχόλι[αο]|athugasemdir|bình luận|leserkommentare?|leserbriefe?|"
    r"reader comments?|user comments?|תגובות|תגובה|تعليقات|تعليق|دیدگاه"
)
#: Words that mean comments, and other things too.
_OFTEN = (
    r"responses?|repl(?:y|ies)|thoughts?|reactions?|ideas?|discussions?|opinions?|gedanken?|"
    r"antwort(?:en)?|rückmeldungen?|meinung(?:en)?|ergänzung(?:en)?|beiträge|réponses?|avis|"
    r"réactions?|réflexions?|pensées?|respuestas?|pensamientos?|opiniones|reflexi(?:ón|ones)|"
    r"respostas?|pensamentos?|ideias?|rispost[ea]|pensier[io]|gedachten?|antwoorden?|svar|"
    r"tank(?:e|ar|er)|innlegg|odpowied(?:zi|ź)|przemyśle(?:nia|ń|nie)|myśl(?:i)?|odpověd(?:i|í|ěď)|"
    r"myšlenk[ay]|myšlenek|názor(?:y|ů)?|odpovede|ответ(?:а|ов)?|мысл(?:ь|и|ей)|отзыв(?:а|ов|ы)?|"
    r"відповід(?:ь|і|ей)|думк(?:а|и)|мнени(?:е|я)|yanıt(?:lar)?|düşünce|cevap|válasz|vélemény|"
    r"gondolat|vastaus(?:ta)?|ajatus(?:ta)?|gânduri|răspunsuri?|pemikiran|tanggapan|balasan|"
    r"σκέψεις|σκέψη|απαντήσεις|אחת|מחשבות|ردود"
)
#: ... of which these say "answer", so that "to" and a title may follow without quotes.
_ANSWER = re.compile(
    r"(?:responses?|repl(?:y|ies)|antwort(?:en)?|réponses?|respuestas?|respostas?|rispost[ea]|svar|"
    r"odpowied(?:zi|ź)|ответ(?:а|ов)?)$",
    re.IGNORECASE,
)
_NOUN = rf"(?:{_SURE}|{_OFTEN})"
_EAST = r"コメント|フィードバック|評論|评论|留言|回复|回應|回应|想法|댓글|응답|생각"
_NUMBER = r"[0-9][0-9.,\u00a0 ]{0,8}"
_SMALL_NUMBERS = {
    "no": 0, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "deux": 2, "trois": 3,
    "dos": 2, "tres": 3, "due": 2, "tre": 3, "dois": 2, "três": 3, "twee": 2, "drie": 3,
}  # fmt: skip
_ONE = (
    r"one|ein(?:e|en)?|un[oae]?|um|uma|één|eén|een|en|én|ett|et|один|одна|jeden|jedna|egy|bir|yksi|"
    r"ena|jedan|o|μία|ένα|един"
)
_COUNT = rf"(?P<n>{_NUMBER}|(?:{_ONE}|{'|'.join(_SMALL_NUMBERS)})\b)"
_LEAD = (
    r"(?:this (?:post|entry|article) (?:currently )?has |se han publicado |hay |há |es gibt |"
    r"il y a |there (?:are|is) |bisher |ci sono |(?:currently|so far) |we have |er zijn |"
    r"jetzt |all |alle |les |los )?"
)
_QUOTES = "“”\"«»„‟‘’'‹›「」『』《》"
_LINK = (
    r"(?:on|to|for|about|in response to|zu|zum|zur|auf|über|en|sur|à|au|a|al|su|em|para|sobre|op|"
    r"over|do|na|o|til|till|om|på|к|ко|на|о|об|для|до|про|pro|k|ku|u|la|pentru|artikkeliin|"
    r"στο|για|за|về|pada|untuk|below)"
)
#: "6 Kommentare", "20 thoughts on “A tale”", "There are 3 comments".
_NUMBERED = re.compile(
    rf"^[\W_]{{0,4}}{_LEAD}{_COUNT}\s{{0,3}}(?:reader |user |new |visitor )?"
    rf"(?:(?P<sure>{_SURE})|(?P<often>{_OFTEN}))\b(?P<rest>.{{0,300}})$",
    re.IGNORECASE,
)
#: "“A tale” への2件のフィードバック", "3 条评论", "댓글 2개".
_NUMBERED_EAST = re.compile(
    rf"^(?:[{_QUOTES}].{{1,250}}[{_QUOTES}])?\D{{0,30}}(?P<n>[0-9]{{1,6}})\s?(?:件|条|條|則|则|个|個|개)?"
    rf"(?:の|의)?\s?\W?(?:{_EAST})\D{{0,20}}$",
    re.IGNORECASE,
)
#: "“A tale” has 3 comments".
_TITLE_FIRST = re.compile(
    rf"^[{_QUOTES}].{{1,250}}[{_QUOTES}]\D{{0,30}}?\s{_COUNT}\s(?:{_NOUN})\W{{0,4}}$",
    re.IGNORECASE,
)
#: "Comments (3)", "Kommentare: 3".
_NOUN_FIRST = re.compile(
    rf"^[\W_]{{0,4}}(?:{_SURE}|{_EAST}|responses|replies|reactions|antworten|meinungen)\s{{0,3}}"
    rf"(?:[:\-–]\s{{0,2}})?[(\[（]?\s?(?P<n>{_NUMBER})\s?(?:件|개)?[)\]）]?[\W_]{{0,4}}$",
    re.IGNORECASE,
)
#: "by Ann, May 3 · 24 comments".
_COUNT_AT_END = re.compile(
    rf"(?:^|[\s|·•,/–-])(?P<n>[0-9]{{1,6}})\s(?:{_SURE}|{_OFTEN})\W{{0,3}}$", re.IGNORECASE
)
#: What may follow a noun of any kind: marks, or up to four words and a quoted title.
_QUOTED = re.compile(
    rf"^(?:\W{{0,6}}|(?:\s[^\s{_QUOTES}]{{1,16}}){{0,4}}\s?[:{_QUOTES}].*|"
    r"(?:\s|\W{0,3}\s?)(?:so far|posted|yet|read them|read them below|in this|bisher|vorhanden|"
    r"published|publicados|to this (?:post|entry|article)|add yours|view|join)\b.{0,60})$",
    re.IGNORECASE,
)
#: What may follow a sure noun: a title without quotes, and no sentence.
_LINKED = re.compile(rf"^\s{_LINK}\s\S.{{0,250}}[^.:;,]$", re.IGNORECASE)
#: "Comments" and no more; "Reader Interactions" is of Genesis.
_BARE = re.compile(
    rf"^[\W_]{{0,4}}(?:(?:reader |user |leave a |the |les |los |las |i |die |deine |eure |latest |"
    rf"your |all |alle |vos |sus )?(?:comments?|comments section|comment section|"
    rf"kommentar(?:e|er|ene|erna)?|commentaires|coment[aá]rios|comentarios|commenti|comentaris|"
    rf"comentarii|reacties|komentarze|komentáře|komentáre|komentarji|komentari|hozzászólások|"
    rf"yorumlar|комментарии|коментарі|коментари|σχόλια|kommentit|leserkommentare|bình luận|"
    rf"reader interactions|discussion|diskussion|discusión|responses|replies|reactions|réactions|"
    rf"meinungen|תגובות|التعليقات|تعليقات|دیدگاه‌ها|{_EAST}))[\W_]{{0,4}}$",
    re.IGNORECASE,
)
_TITLE = re.compile(r"[“\"«„「『《‘'‹](?P<title>.{1,300})$")
_AROUND_TITLE = " \u00a0”“\"»«‟„’‘'›:}.…」』》"
#: "Pingbacks", "2 Trackbacks/Pingbacks", "Webmentions".
_PING_HEADING = re.compile(
    r"^\W{0,4}(?:[0-9]{1,5} )?(?:(?:ping|track)backs?(?:[ /&]{1,3}(?:ping|track)backs?)?|pings?|"
    r"mentions|webmentions)(?: (?:on|to|zu|für|for) .*)?\W{0,4}$",
    re.IGNORECASE,
)


def count_in(text: str) -> tuple[bool, int | None]:
    """Return whether *text* is a heading of comments with a number, and the number.

    >>> count_in("20 thoughts on “A tale”")
    (True, 20)
    >>> count_in("We had 20 thoughts.")
    (False, None)
    """
    if len(text) > _LONGEST:
        return False, None
    text = text.strip()
    match = _NUMBERED.match(text)
    if match is not None and not _is_whole(match):
        match = None
    match = (
        match
        or _NOUN_FIRST.match(text)
        or _TITLE_FIRST.match(text)
        or (_NUMBERED_EAST.match(text) if not text.isascii() else None)
    )
    return (match is not None, _number(match["n"]) if match is not None else None)


def _is_whole(match: "re.Match[str]") -> bool:
    """Return whether what follows the noun can follow it in a heading."""
    rest = match["rest"]
    if _QUOTED.match(rest) is not None:
        return True
    sure = match["sure"] is not None or _ANSWER.match(match["often"]) is not None
    return sure and _LINKED.match(rest) is not None


def _number(words: str) -> int:
    digits = "".join(c for c in words if c in "0123456789")
    return int(digits) if digits else _SMALL_NUMBERS.get(words.lower(), 1)


def ends_in_count(text: str) -> int | None:
    """Return the number in small print such as "by Ann, May 3 · 24 comments"."""
    match = _COUNT_AT_END.search(text[-60:].rstrip()) if len(text) <= _LONGEST else None
    return _number(match["n"]) if match else None


def is_bare_heading(text: str) -> bool:
    """Return whether *text* says "Comments" and no more."""
    return len(text) <= 60 and _BARE.match(text.strip()) is not None


def is_heading(text: str) -> bool:
    """Return whether *text* is a heading of comments, with or without a number."""
    return is_bare_heading(text) or count_in(text)[0]


def title_in(text: str) -> str | None:
    """Return the title that a heading quotes.

    >>> title_in("3 thoughts on “A tale”")
    'A tale'
    """
    match = _TITLE.search(text[:_LONGEST])
    if match is None:
        return None
    title = re.split(r"[」』》]", match["title"])[0]
    return title.strip(_AROUND_TITLE) or None


def is_ping_heading(text: str) -> bool:
    """Return whether *text* heads a list of pings."""
    return len(text) <= _LONGEST and _PING_HEADING.match(text.strip()) is not None
