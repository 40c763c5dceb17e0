"""The words around comments, in many languages: reply links, form text, pings, heads, dates.

Most are those of WordPress and its translations; other sources are named below.
Every test takes one line and reads no more than its first few hundred characters: a page of any
size costs linear time.
"""

import re

#: WordPress: "Pingback: A blog"; themes of old: "Trackback from A blog".
_PING = re.compile(r"^(?:ping|track)back(?:s)?\s?(?::|：|\b(?=\s(?:from|von|by)\b))", re.IGNORECASE)

#: Links below a comment: of WordPress, of wordpress.com (like, liken), of Blogger (delete).
_LABEL_WORDS = (
    r"reply(?: ?[↓→»])?|reply to (?:this )?comment|log in to reply|login to reply|respond|quote|"
    r"delete|edit|report|flag|share|permalink|like|likes?|link|show replies|"
    r"hide replies|antworten|antwort|auf diesen kommentar antworten|zum antworten anmelden|"
    r"kommentar melden|melden|löschen|bearbeiten|zitieren|gefällt mir|liken|teilen|répondre|"
    r"connectez-vous pour répondre|j[’']aime|supprimer|signaler|modifier|responder|contestar|"
    r"respondre|me gusta|eliminar|reportar|citar|inicia sesión para responder|curtir|excluir|apagar|denunciar|"
    r"rispondi|mi piace|elimina|accedi per rispondere|segnala|beantwoorden|reageer|reageren|"
    r"antwoord|antwoorden|vind ik leuk|verwijderen|odpowiedz|usuń|lubię to|zgłoś|ответить|"
    r"удалить|нравится|цитировать|пожаловаться|відповісти|відповіcти|svara|gilla|ta bort|svar|besvar|slet|slett|"
    r"synes godt om|liker|vastaa|yanıtla|cevapla|beğen|sil|válasz|törlés|odpovědět|reagovat|"
    r"odpovedať|odgovori|răspunde|respon|απάντηση|отговор|返信|返信する|回复|回覆|답글|응답|balas|trả lời|"
    r"phản hồi|رد|الرد|הגב|הגיבו|השב|پاسخ|antworte|reageren op dit bericht|inloggen om te reageren|"
    r"zaloguj się,? aby odpowiedzieć|войдите,? чтобы ответить|logga in för att svara|"
    r"faça login para responder|connexion pour répondre"
)
_LABEL = re.compile(
    rf"^\W{{0,3}}(?:{_LABEL_WORDS}){{1,3}}(?:\s?[/|·•]?\s?(?:{_LABEL_WORDS})){{0,3}}\W{{0,4}}$",
    re.IGNORECASE,
)
#: Likes of wordpress.com ("Gefällt 1 Person", "Liked by 3 people", "Loading..."), votes of plugins.
_LABEL_COUNTED = re.compile(
    r"^(?:gefällt [0-9]{1,6} person(?:en)?|liked by [0-9]{1,6} (?:person|people)|"
    r"(?:gefällt|daumen hoch|thumbs up|likes?|upvotes?)[: ]{0,2}[0-9]{1,6}|"
    r"[0-9]{1,6} (?:likes?|people like this|personnes? aiment ça|personen vinden dit leuk)|"
    r"loading\.{0,3}|like ?\([0-9]{1,6}\)|a [0-9]{1,6} personas? les? gusta(?: esto)?|"
    r"antworten auf [^.!?,;]{1,40}|reply to [^.!?,;]{1,40})$",
    re.IGNORECASE,
)

#: WordPress: headings of the form, and notices of closed comments; "Speak Your Mind" is Genesis's.
_FORM_HEADING = re.compile(
    r"^\W{0,3}(?:leave (?:a|your|us a) (?:reply|comment|response|note|message)|"
    r"(?:post|add|write|submit) (?:a|your|new|a new) comment|"
    r"join the (?:conversation|discussion)|comments? (?:are )?(?:now )?closed|comments? off|"
    r"cancel reply|comment policy|speak your mind|what do you think\??|have your say|"
    r"(?:schreibe?n?|hinterlass(?:e|en)?|verfass(?:e|en)|poste) (?:sie )?(?:einen |deinen |eine |ihren )?"
    r"(?:kommentar|antwort|nachricht)|kommentar (?:schreiben|verfassen|hinterlassen|abgeben|hinzufügen)|"
    r"(?:eine )?antwort (?:schreiben|hinterlassen|verfassen|abbrechen)|ihr kommentar|dein kommentar|"
    r"die kommentarfunktion ist .{0,40}|kommentare? (?:sind )?geschlossen|"
    r"(?:laisser|laissez|écrire|poster|ajouter|publier) (?:un|votre|une) (?:commentaire|réponse|message)|"
    r"répondre à cet article|annuler la réponse|les commentaires sont (?:fermés|clos)|"
    r"(?:deja|dejar|deje|escribe|escribir|añade|añadir|publicar|haz) (?:un|una|tu|su) (?:comentario|respuesta)|"
    r"(?:cancelar (?:la )?respuesta)|los comentarios están cerrados|comentarios cerrados|"
    r"(?:lascia|scrivi|inserisci|aggiungi) (?:un|una|il tuo) (?:commento|risposta)|"
    r"annulla risposta|i commenti sono chiusi|"
    r"(?:deixe|deixar|escreva|adicione|faça) (?:um|uma|seu|o seu) (?:comentário|resposta)|"
    r"cancelar resposta|"
    r"(?:geef|laat|plaats|schrijf) (?:een )?(?:reactie|antwoord)(?: achter)?|reactie annuleren|"
    r"(?:dodaj|napisz|zostaw) (?:komentarz|odpowiedź)|anuluj pisanie odpowiedzi|"
    r"добавить комментарий|оставить комментарий|оставьте комментарий|отменить ответ|"
    r"(?:додати|залишити) коментар|(?:lämna|skriv) (?:ett|en) (?:svar|kommentar)|kommentera|"
    r"(?:skriv|legg igjen|læg|efterlad|legg inn) (?:et|en) (?:svar|kommentar)|"
    r"(?:bir )?(?:yanıt|yorum|cevap) (?:yazın|yaz|bırakın)|cevap bırakın|"
    r"(?:szólj hozzá|hozzászólás írása)|vélemény, hozzászólás\?|"
    r"(?:napsat|přidat|napište|napísať|pridaj|přidej) komentář|zanechte odpověď|"
    r"jätä kommentti|kirjoita kommentti|コメントを残す|コメントする|发表评论|發表留言|답글 남기기|"
    r"αφήστε (?:μια )?απάντηση|ostavi(?:te)? komentar|lasă un (?:răspuns|comentariu)|deixa un comentari|"
    r"залишити відповідь|коментувати|вашият коментар|dodaj odgovor|pridaj komentár|"
    r"để lại một (?:bình luận|phản hồi)|tinggalkan balasan|اترك (?:تعليق|رد).{0,3}|כתיבת תגובה|"
    r"دیدگاهتان را بنویسید|kommenttien lähettäminen|comments on this entry are closed|"
    r"leider sind keine kommentare möglich|einen kommentar abschicken)"
    r"(?:\W.{0,80})?$",
    re.IGNORECASE,
)
#: Notices of WordPress, Akismet, the form of wordpress.com ("Connecting to %s", "%d bloggers like
#: this", which scripts fill in), recipe plugins, cookie banners, and the feet of pages.
_FORM_LINE = re.compile(
    r"^\W{0,3}(?:your e-?mail(?: address)? (?:will|is)|required fields|"
    r"this site uses akismet|learn how your comment data|save my name|"
    r"notify me (?:of|when|via)|you must be logged in|log in to leave|you may use these html|"
    r"mail \(will not be|name \(required|sign me up|recipe rating|rate this recipe|"
    r"copyright ©|©|all rights reserved|powered by|privacy policy|back to top|you can use these|"
    r"fill in your details below|you are commenting using|connecting to %s|subscribe to comments|"
    r"this website uses (?:cookies|akismet)|older comments|newer comments|by commenting|"
    r"(?:deine|ihre|die) e-mail-adresse wird nicht|e-?mail adresse wird nicht|erforderliche felder|"
    r"meinen namen, meine e-mail|benachrichtige mich|diese (?:web)?site verwendet akismet|"
    r"diese (?:website|webseite|seite) (?:verwendet|nutzt)|erfahre(?:n sie)?,? (?:mehr|wie)|"
    r"trage deine daten unten ein|du kommentierst mit|verbinde mit %s|datenschutz|ältere kommentare|"
    r"neuere kommentare|abbrechen|du musst angemeldet sein|impressum|mit absenden|"
    r"mit (?:dem|der) (?:von dir )?(?:abgeschickten|nutzung)|durch die nutzung|mit der nutzung|"
    r"votre adresse (?:e-mail|de messagerie|courriel|email)|les champs obligatoires|"
    r"enregistrer mon nom|ce site utilise (?:akismet|des cookies)|en savoir plus sur|"
    r"prévenez-moi|vous devez|avertissez-moi|"
    r"(?:tu|su) dirección de correo|los campos (?:obligatorios|necesarios|requeridos)|"
    r"guarda(?:r)? mi nombre|este sitio (?:usa|utiliza|se reserva)|"
    r"il tuo indirizzo (?:e-?mail|email)|i campi obbligatori|salva il mio nome|"
    r"questo sito (?:usa|utilizza)|o (?:seu|teu) endereço de e-?mail|os? campos obrigatórios|"
    r"campos obrigatórios|salvar meus dados|este site (?:utiliza|usa)|"
    r"(?:je|het|uw) e-?mail ?adres wordt niet|vereiste velden|verplichte velden|"
    r"mijn naam, e-mail|deze site gebruikt|twój adres e-?mail|wymagane pola|pola wymagane|"
    r"zapamiętaj moje dane|ta strona używa|zapisz moje dane|"
    r"ваш (?:адрес|e-mail)|обязательные поля|сохранить моё имя|этот сайт использует|"
    r"din e-?post(?:adress)? (?:kommer|vil|publiceras)|din e-mail ?adresse (?:vil|bliver)|"
    r"obligatoriska fält|krævede felter|obligatoriske felt|denna webbplats|"
    r"e-?posta (?:hesabınız|adresiniz)|gerekli alanlar|az e-?mail ?-?cím|a kötelező mezők|"
    r"e-mail címed|vaše (?:e-mailová|emailová)|vyžadované informace|povinné položky|"
    r"sähköpostiosoitettasi|pakolliset kentät|メールアドレスが公開|新しいコメントをメール|您的(?:电子)?邮箱|"
    r"\*\s*$|%d bloggers? like|%d bloggern gefällt)",
    re.IGNORECASE,
)  # fmt: skip
#: Headings of lists that articles have: related posts, sources, the parts of a recipe.
_RELATED = re.compile(
    r"^\W{0,3}(?:related|you may also|you might also|see also|read (?:more|also|next)|more from|more on|"
    r"recent (?:posts|comments)|popular|further reading|references|sources|footnotes|share this|"
    r"tags|categories|filed under|table of contents|contents|ähnliche|verwandte|mehr (?:zum|von|über)|"
    r"das könnte|weitere|lesen sie|quellen|neueste|letzte kommentare|inhalt|articles? (?:liés|similaires)|"
    r"à lire|voir aussi|sources|lire aussi|artículos relacionados|relacionad|lea también|"
    r"vea también|ver también|te puede interesar|entradas recientes|fuentes|leggi anche|articoli correlati|potrebbe|fonti|"
    r"leia (?:também|mais)|veja também|artigos relacionados|lees ook|gerelateerd|zobacz (?:też|także)|"
    r"czytaj (?:też|także)|читайте также|похожие|по теме|läs (?:också|även|mer)|relaterade|læs også|les også|"
    r"ingredients|instructions|zutaten|zubereitung|notes|directions|method|ingrédients|"
    r"préparation|ingredientes|preparación|ingredienti|関連|相关|相關)",
    re.IGNORECASE,
)

#: WordPress: "Ann says:", as its translations and other programs print it.
_SAYS = (
    r"says|said|wrote|writes|commented|sagt|sagte|schreibt|schrieb|meint|meinte|kommentierte|"
    r"dijo|dice|escribió|comentó|dit|a dit|écrit|a écrit|disse|diz|escreveu|comentou|scrive|"
    r"ha detto|ha scritto|zegt|schreef|schrijft|pisze|napisał|napisała|mówi|говорит|пишет|"
    r"сказал|написал|säger|skriver|skrev|siger|sier|sanoo|kirjoitti|dedi ki|diyor ki|szerint|"
    r"mondta|píše|λέει|каза|пише|kaže|zei|berkata|napsal|napsala|říká|a spus|spune|より|说道|說|님의 말"
)
_HEAD = re.compile(rf"^(?P<name>\S.{{0,79}}?)\s{{1,3}}(?:{_SAYS})\s?[:：]$", re.IGNORECASE)
#: Japanese and Chinese have no space before the word.
_HEAD_TIGHT = re.compile(r"^(?P<name>\S.{0,79}?)(?:より|说道|說)\s?[:：]$")

_MONTHS = (
    r"jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mai|juin|juil|août|aoû|fév|avr|déc|mär|"
    r"mrz|okt|dez|ene|abr|ago|dic|gen|mag|giu|lug|set|ott|fev|out|maj|mei|янв|фев|мар|апр|мая|май|"
    r"июн|июл|авг|сен|окт|ноя|дек|sty|lut|kwi|cze|lip|sie|wrz|paź|lis|gru|led|úno|bře|dub|kvě|čer|srp|zář|"
    r"říj|pro|oca|şub|nis|haz|tem|ağu|eyl|eki|kas|ara|már|ápr|máj|jún|júl|szep|tammi|helmi|maalis|"
    r"huhti|touko|kesä|heinä|elo|syys|loka|marras|joulu"
)
_MONTH = rf"(?:{_MONTHS})[^\W\d_]{{0,8}}\.?"
_TIME = re.compile(r"\b(?:[01]?[0-9]|2[0-3])[:h][0-5][0-9]\b")
_DIGIT = re.compile("[0-9]")
#: "3. Mai 2020", "May 3, 2020", "3/5/20", "2020-05-03", "2020年5月", "2 days ago", "vor 2 Tagen".
_DATE = re.compile(
    rf"\b[0-9]{{1,2}}(?:\.|th|st|nd|rd)? (?:de |of )?{_MONTH}.{{0,12}}?[0-9]"
    rf"|\b{_MONTH} [0-9]{{1,2}}(?:th|st|nd|rd)?,? (?:[0-9]{{4}}|(?:at|um|à) [0-9])"
    r"|\b[0-9]{1,2}[./-][0-9]{1,2}[./-][0-9]{2,4}\b|\b[0-9]{4}[-/.][0-9]{1,2}[-/.][0-9]{1,2}\b"
    r"|[0-9]{4}年\s?[0-9]{1,2}月"
    r"|\b[0-9]{1,3} (?:minute|hour|day|week|month|year|tag|woche|monat|jahr|stunde)[a-z]{0,2} (?:ago|her)\b"
    r"|\bvor [0-9]{1,3} (?:tag|woche|monat|jahr|stunde)[a-z]{0,2}\b",
    re.IGNORECASE,
)
#: German dates begin as numbered items do: "19. Juni 2019 / 6:16".
_DATE_ITEM = re.compile(
    rf"^[0-9]{{1,2}}\. ?(?:{_MONTH}[ ,.|/–-]{{1,4}}(?:um |at |kl\. )?[0-9]{{1,4}}\b|"
    r"[0-9]{1,2}\. ?[0-9]{4}\b)",
    re.IGNORECASE,
)
#: I, you, thanks, greetings: people who talk to each other, unlike items of a list.
_CHAT = re.compile(
    r"(?:^|\W)(?:i|i[’']m|i[’']ve|my|you|your|thanks?|thank you|lol|hi|hello|hey|@\w{2,40}|ich|mir|du|dein|"
    r"deine|danke|hallo|liebe[rs]?|je|j[’']ai|moi|vous|merci|bonjour|yo|mi|usted|gracias|hola|"
    r"grazie|ciao|eu|você|obrigad[oa]|olá|ik|jij|bedankt|jag|tack|jeg|tak|takk|ja|dzięki|dziękuję|"
    r"я|вы|спасибо|привет|ben|teşekkürler|köszönöm|díky|kiitos|please|sorry|agree)(?=\W|$)",
    re.IGNORECASE,
)


def is_ping(text: str) -> bool:
    """Return whether the comment that begins with *text* is a pingback or trackback."""
    return _PING.match(text[:40]) is not None


def is_label(text: str) -> bool:
    """Return whether the line is a link under a comment, such as "Reply" or "Antworten"."""
    if len(text) > 80:
        return False
    text = text.strip()
    return _LABEL.match(text) is not None or _LABEL_COUNTED.match(text) is not None


def is_form_heading(text: str) -> bool:
    """Return whether the line heads the form for a new comment, or says there is none."""
    return len(text) <= 200 and _FORM_HEADING.match(text.strip()) is not None


def is_form(text: str) -> bool:
    """Return whether the line belongs to the form, its notices or the foot of the page."""
    return is_form_heading(text) or _FORM_LINE.match(text.strip()[:100]) is not None


def is_related(text: str) -> bool:
    """Return whether the line heads a list that is not comments ("Related posts")."""
    return _RELATED.match(text.strip()[:80]) is not None


def name_in_head(text: str) -> str | None:
    """Return the name in a line such as "Ann says:"."""
    if len(text) > 120:
        return None
    match = _HEAD.match(text.strip()) or _HEAD_TIGHT.match(text.strip())
    return match["name"] if match else None


def is_date_line(text: str) -> bool:
    """Return whether the line is short and has a date in it."""
    return len(text) <= 80 and _DIGIT.search(text) is not None and _DATE.search(text) is not None


def is_dated_with_time(text: str) -> bool:
    """Return whether the line is little but a date and a time of day, as above a comment."""
    return is_date_line(text) and len(text) <= 60 and _TIME.search(text) is not None


def is_date_like_item(text: str) -> bool:
    """Return whether a line that looks like a list item is a date ("19. Juni 2019 / 6:16")."""
    return len(text) <= 60 and _DATE_ITEM.match(text) is not None


def is_talk(text: str) -> bool:
    """Return whether the text talks to somebody, as comments do."""
    return _CHAT.search(text[:2000]) is not None
