"""Page text, its words: headings, reply links, form text and names, in many languages."""

import pytest

from discourse.formats import parse
from discourse.formats._phrases import furniture, headings

HEADINGS = [
    ("20 thoughts on “A tale”", 20),
    ("One thought on “A tale”", 1),
    ("One response to “A tale”", 1),
    ("2 Responses to A tale", 2),
    ("29 Antworten zu Ein Märchen", 29),
    ("5 thoughts on a tale", None),
    ("5 Comments", 5),
    ("1,024 comments", 1024),
    ("Comments (5)", 5),
    ("24 comments:", 24),
    ("{ 38 comments… read them below or add one }", 38),
    ("This Post Has 80 Comments", 80),
    ("17 Discussion to this post", 17),
    ("No Comments", 0),
    ("6 Kommentare", 6),
    ("6 Kommentare zu “Ein Märchen”", 6),
    ("Ein Gedanke zu „Ein Märchen“", 1),
    ("11 Antworten zu “Ein Märchen: immer noch da!”", 11),
    ("91 Ergänzungen", 91),
    ("Kommentare: 12", 12),
    ("Une réflexion sur « Un conte »", 1),
    ("3 réponses à « Un conte »", 3),
    ("4 commentaires", 4),
    ("Se han publicado 11 comentarios", 11),
    ("3 comentarios en «Un cuento»", 3),
    ("Una respuesta a «Un cuento»", 1),
    ("5 pensamientos en “Un cuento”", 5),
    ("2 commenti su “Una favola”", 2),
    ('3 risposte a "Una favola"', 3),
    ("Um comentário em “Um conto”", 1),
    ("7 comentários em “Um conto”", 7),
    ("Eén reactie op “Een sprookje”", 1),
    ("8 reacties op Een sprookje", 8),
    ("5 gedachten over “Een sprookje”", 5),
    ("Jeden komentarz do „Bajka”", 1),
    ("5 komentarzy do „Bajka”", 5),
    ("3 przemyślenia na temat „Bajka”", 3),
    ("Один комментарий к “Сказка”", 1),
    ("5 комментариев к “Сказка”", 5),
    ("Комментарии (12)", 12),
    ("3 коментарі до “Казка”", 3),
    ("3 svar på ”En saga”", 3),
    ("4 kommentarer till ”En saga”", 4),
    ("2 kommentarer til “Et eventyr”", 2),
    ("3 kommenttia artikkeliin “Satu”", 3),
    ("“Bir masal” üzerine 3 yorum", 3),
    ("“Egy mese” bejegyzéshez 3 hozzászólás", 3),
    ("3 komentáře u „Pohádka“", 3),
    ("5 komentárov", 5),
    ("3 σχόλια στο “Παραμύθι”", 3),
    ("「物語」に3件のコメントがあります", 3),
    ("3件のコメント", 3),
    ("コメント (3)", 3),
    ("《故事》上有3条评论", 3),
    ("댓글 3개", 3),
    ("3 bình luận về “Chuyện”", 3),
]


@pytest.mark.parametrize(("line", "count"), HEADINGS)
def test_headings_and_their_numbers(line, count):
    heads, number = headings.count_in(line)
    if count is None:
        assert not heads  # without quotes it could be the title of a part of the article
    else:
        assert (heads, number) == (True, count)


@pytest.mark.parametrize(
    "line",
    [
        "Comments", "Comments:", "Kommentare", "Kommentare:", "Commentaires", "Comentarios",
        "Comentários", "Commenti", "Reacties", "Komentarze", "Комментарии", "Yorumlar", "コメント",
        "Reader Interactions", "Discussion",
    ],
)  # fmt: skip
def test_headings_without_a_number(line):
    assert headings.is_bare_heading(line)


@pytest.mark.parametrize(
    "line",
    [
        "We had 20 thoughts about it, and none was good.",
        "3 ideas for a better garden",
        "5 reactions to the vote that you must read",
        "Two mills",
        "Comments are closed.",
        "Comment by Ann",
        "Antworten",
        "Reply",
        "10. May",
        "2 eggs",
        "The 3 comments he made were short.",
        "100 people",
        "x" * 1000,
    ],
)
def test_lines_that_are_no_heading(line):
    assert not headings.is_heading(line)


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("20 thoughts on “A tale”", "A tale"),
        ("25 thoughts on “A tale", "A tale"),
        ("3 comentarios en «Un cuento»", "Un cuento"),
        ("「物語」に3件のコメントがあります", "物語"),
        ("5 Comments", None),
    ],
)
def test_the_title_in_a_heading(line, title):
    assert headings.title_in(line) == title


@pytest.mark.parametrize(
    "line",
    [
        "Reply", "Reply ↓", "REPLY", "Reply to Ann", "Log in to Reply", "ReplyDelete", "Like",
        "Liked by 3 people", "Antworten", "AntwortenLöschen", "Löschen", "Liken", "Zitieren",
        "Gefällt 1 Person", "Répondre", "Responder", "Me gusta", "Rispondi", "Beantwoorden",
        "Odpowiedz", "Ответить", "Відповісти", "Svara", "Svar", "Vastaa", "Yanıtla", "Válasz",
        "Odpovědět", "返信", "回复", "답글", "Balas", "Trả lời", "Reply | Quote",
    ],
)  # fmt: skip
def test_reply_links(line):
    assert furniture.is_label(line)


@pytest.mark.parametrize(
    "line", ["I will reply", "Like a mill", "Reply to this at once, please, all of you!", "Ann", ""]
)
def test_lines_that_are_no_reply_link(line):
    assert not furniture.is_label(line)


@pytest.mark.parametrize(
    "line",
    [
        "Leave a Reply", "Leave a Reply Cancel reply", "Leave a Comment", "Comments are closed.",
        "Schreibe einen Kommentar", "Kommentar verfassen", "Kommentar schreiben",
        "Hinterlasse einen Kommentar", "Die Kommentarfunktion ist geschlossen.",
        "Laisser un commentaire", "Deja una respuesta", "Deja un comentario",
        "Lascia un commento", "Deixe um comentário", "Deixe uma resposta", "Geef een reactie",
        "Laat een reactie achter", "Dodaj komentarz", "Добавить комментарий",
        "Залишити відповідь", "Lämna ett svar", "Skriv et svar", "Legg igjen en kommentar",
        "Jätä kommentti", "Bir cevap yazın", "Bir yanıt yazın", "Vélemény, hozzászólás?",
        "Napsat komentář", "Pridaj komentár", "コメントを残す", "Αφήστε μια απάντηση",
    ],
)  # fmt: skip
def test_form_headings(line):
    assert furniture.is_form_heading(line)


@pytest.mark.parametrize(
    "line",
    [
        "Your email address will not be published. Required fields are marked *",
        "Deine E-Mail-Adresse wird nicht veröffentlicht.", "*",
        "Votre adresse e-mail ne sera pas publiée.",
        "Tu dirección de correo electrónico no será publicada.",
        "Il tuo indirizzo email non sarà pubblicato.",
        "O seu endereço de e-mail não será publicado.",
        "Je e-mailadres wordt niet gepubliceerd.",
        "Twój adres e-mail nie zostanie opublikowany.",
        "Ваш адрес email не будет опубликован.",
        "Din e-postadress kommer inte publiceras.",
        "E-posta hesabınız yayımlanmayacak.", "Vaše e-mailová adresa nebude zveřejněna.",
        "This site uses Akismet to reduce spam. Learn how your comment data is processed.",
    ],
)  # fmt: skip
def test_form_lines(line):
    assert furniture.is_form(line)


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Ann says:", "Ann"), ("Ann B. wrote:", "Ann B."), ("Ute sagt:", "Ute"),
        ("Ute schreibt:", "Ute"), ("Ramón dijo:", "Ramón"), ("Luc dit :", "Luc"),
        ("Luc a dit :", "Luc"), ("Ada ha detto:", "Ada"), ("Ana disse:", "Ana"),
        ("Jan zegt:", "Jan"), ("Jan pisze:", "Jan"), ("Иван говорит:", "Иван"),
        ("Bo säger:", "Bo"), ("Ali dedi ki:", "Ali"), ("花子より:", "花子"),
        ("Ann says", None), ("says:", None), ("My list:", None),
    ],
)  # fmt: skip
def test_names_in_heads(line, name):
    assert furniture.name_in_head(line) == name


@pytest.mark.parametrize(
    "line",
    [
        "May 3, 2020 at 10:15 am", "3. Juni 2019 / 6:16", "März 7, 2018", "21 mai 2016 à 13:54",
        "17/12/2013", "2013-12-17", "6 de mayo de 2022 05:30", "3 days ago", "vor 3 Tagen",
        "2020年5月3日",
    ],
)  # fmt: skip
def test_dates(line):
    assert furniture.is_date_line(line)


@pytest.mark.parametrize("line", ["16. SieGER says", "May I?", "It is March", "10 people", "1.5"])
def test_lines_without_a_date(line):
    assert not furniture.is_date_line(line)


LANGUAGES = [
    ("2 thoughts on “T”", "Reply", "Leave a Reply"),
    ("2 Gedanken zu „T“", "Antworten", "Schreibe einen Kommentar"),
    ("2 réflexions sur « T »", "Répondre", "Laisser un commentaire"),
    ("2 comentarios en «T»", "Responder", "Deja una respuesta"),
    ("2 commenti su “T”", "Rispondi", "Lascia un commento"),
    ("2 comentários em “T”", "Responder", "Deixe um comentário"),
    ("2 reacties op “T”", "Beantwoorden", "Geef een reactie"),
    ("2 komentarze do „T”", "Odpowiedz", "Dodaj komentarz"),
    ("2 комментария к “T”", "Ответить", "Добавить комментарий"),
    ("2 svar på ”T”", "Svara", "Lämna ett svar"),
    ("2 kommentarer til “T”", "Svar", "Skriv et svar"),
    ("“T” üzerine 2 yorum", "Yanıtla", "Bir yanıt yazın"),
    ("“T” bejegyzéshez 2 hozzászólás", "Válasz", "Vélemény, hozzászólás?"),
    ("2 komentáře u „T“", "Odpovědět", "Napsat komentář"),
    ("「T」に2件のコメントがあります", "返信", "コメントを残す"),
]


@pytest.mark.parametrize(("heading", "label", "form"), LANGUAGES)
def test_a_page_in_each_language(heading, label, form):
    reading = parse(
        f"T\n\nA b c.\n\n{heading}\n\n  1. x\n\n    {label}\n\n    • y\n\n      {label}\n\n{form}\n"
    )
    thread = reading.thread
    assert reading.problems == ()
    assert [(c.id, c.text, c.meta["labels"]) for c in thread] == [
        ("1", "x", (label,)),
        ("1.1", "y", (label,)),
    ]
    assert thread.article.comment_count == 2
    assert thread.article.title == "T"
    assert thread.meta["furniture"] == {"before": (heading,), "after": (form,)}
