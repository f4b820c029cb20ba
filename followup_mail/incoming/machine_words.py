"""What mail programs and servers write when no person does: words as data, in the languages they are translated into.

Subjects count where they begin; the words of a text only where ``machine_sent`` says so.
"""

from __future__ import annotations

import re
from typing import Final

# Set before a subject by a company's mail server: "[EXTERN]", "***EXT***", "External email -", "Caution:"; then a
# bracket that may stand around the mark itself. Possessive, so that no row of brackets is tried in many ways.
_TAGS: Final = (
    r"(?:[^\w\[\](){}<>*【】]{0,4}+(?:[\[({<*【]{1,3}+[^\[\](){}<>*【】]{1,40}+[\])}>*】]{1,3}+\s*+[:|-]?+"
    r"|(?:ext(?:ern\w{0,3})?(?: (?:e-?mail|mail|sender))?|caution)\s*[:|-])){0,4}\W{0,4}"
)


def _any(*lines: str) -> str:
    return "|".join(lines)


_FORWARDED: Final = _any(
    "fwd?|fw(?:arded)?|wg|weitergeleitet|weiterleitung|tr|transf(?:ert|éré)?|rv|reenv(?:iado)?|enc|encaminh\\w*",
    "doorst\\w*|doorgestuurd|vs|vb|vl|vid|videresendt|vidarebefordra\\w*|pd|przek\\w*|i|inoltr\\w*|fs|ilt|i\u0307lt",
    "ilet|πρθ|προώθ\\w*|转发|轉寄|轉發|转寄|転送|전달|פרק|הועבר|إعادة توجيه|هدایت|пересы?л\\w*|препр\\w*|пер|trs|ct",
    "chuyển tiếp|tov|továbbít\\w*|přep\\w*|předáno|pře|prosl\\w*|posred\\w*|edasi|välitetty|pārs\\w*|pers|birb|anf",
    "ส่งต่อ|yönl",
)
FORWARDED: Final = re.compile(
    _any(
        rf"{_TAGS}(?:{_FORWARDED})\s*(?:[\[(]\d{{1,4}}[\])])?\s*[:：]",
        r"\[[^\s\]]{1,100}@[^\s\]:]{1,200}: |.*\(fwd\)\Z",
    ),
    re.IGNORECASE,
)
"""The mark of a forward, as mail programs translate it; also Mutt's "[who@where: subject]" and Pine's "(fwd)"."""

REPLIED: Final = re.compile(
    rf"{_TAGS}(?:re|aw|antw|sv|vs|rif|odp|ynt|réf?|res|r|ответ|回复|回覆|返信|답장|απ)\s*(?:[\[(]\d{{1,4}}[\])])?\s*[:：]",
    re.IGNORECASE,
)
"""The mark of an answer."""

REPORT_SUBJECT: Final = re.compile(
    _TAGS
    + r"(?:"
    + _any(
        r"mail delivery (?:failed|failure|problem|system)|mail delivery error|failure notice|failure delivery",
        r"undeliver\w+|un-?delivered (?:mail|message)|(?:mail )?return(?:ed|ing) (?:mail|message|to sender)",
        r"delivery[ -]status notif\w+",
        r"(?:message |e-?mail )?delivery (?:failure|failed|has failed|notification|report)",
        r"(?:message )?delivery (?:error|delayed|problem|unsucc\w+)",
        r"(?:e-?mail|message|mail) (?:not|could not be|cannot be|can't be) (?:delivered|sent)|non-?delivery",
        r"nondeliver\w+|(?:mail system|mail|message) (?:error|status)|warning: (?:could not send|message)",
        r"delayed mail|message delayed|could not (?:send|deliver) |unable to deliver|returned to sender",
        r"address (?:not found|rejected|unknown)|dsn\b|return receipt|disposition notification|read receipt",
        r"bounced (?:mail|message)|\W*message you sent blocked|unzustellbar|nicht zustellbar|zustellung fehl",
        r"mail konnte nicht|onbestelbaar|niet bestelbaar|kan niet worden|non remis|non distribué|échec de",
        r"avis de non|message non (?:remis|distribué)|no se puede entregar|no entregad\w+|no se ha podido",
        r"error en la entrega|correo (?:no entregado|devuelto)|não é possível entregar|não entregue|falha na entrega",
        r"impossibile recapitare|non recapitabile|mancato recapito|recapito non|olevererbart",
        r"kan (?:inte|ej|ikke) lever|ikke leveret|uleverbar|toimittamaton|ei voi(?:tu)? toimittaa",
        r"toimitus epäonnistui|niedostarcz|nie można dostarc|nedoručiteln|nedoručiteľn|kézbesíthetetlen|nelivrabil",
        r"не ?доставлен|недоставлен|не удается доставить|ошибка дост|teslim edilem|iletilemedi|αδυναμία παράδοσης",
        r"complaint about message from|メールエラー|エラー通知|配信不能|配信エラー|配達不能|未送达|未傳遞",
        r"无法(?:送达|传递|投递)|系统退信|退信|無法(?:傳遞|投遞|送達)|배달되지|배달할 수 없음|반송",
    )
    + ")",
    re.IGNORECASE,
)
"""Subjects of what mail servers return: Exim, qmail, Postfix, Sendmail, Exchange, Gmail, Yahoo, OpenSMTPD and more."""

REPORT_TEXT: Final = re.compile(
    r"(?im)^[^\w\n]{0,40}+(?:"
    + _any(
        r"(?:hi\W{1,20}+)?this is (?:the|an?) (?:qmail|mailer-daemon|mail system|postfix|.{1,40} program at)",
        r"this (?:message|report|mail|e-?mail) (?:was|has been) (?:created|generated) automatically by (?:the )?mail",
        r"this is an? (?:automatically|auto)[ -]?generated delivery|the original message was received at",
        r"a message (?:that )?you (?:have )?sent (?:to .{1,80} )?could not be delivered|delivery has failed to these",
        r"(?:your|the) (?:message|e?-?mail) (?:to .{1,100} )?(?:did not reach|could not be delivered|wasn.t deliv)",
        r"(?:sorry, )?(?:we|i) (?:were|was|am|are) (?:not able|unable) to deliver",
        r"sorry to have to inform you that your me|delivery to the following recipients?",
        r"the following (?:address(?:es)?|recipients?|message).{1,60}(?:fail|errors|not)|address not found",
        r"message (?:not delivered|blocked)|diese nachricht wurde automatisch|ihre nachricht .{1,80}konnte",
    )
    + ")"
)
"""How the text of such a report begins a line."""

# Bounded instead of possessive: Python before 3.11.5 matches such groups wrongly (CPython issue 106052).
REPORT_ENDS: Final = re.compile(
    r"\w*+(?:\W{1,3}(?:e-?mail|mail|message|returned|to sender|notif\w+|report|failure|failed|error|system|status|from"
    r"|nachricht|zugestellt|werden|remise|entrega|consegna)){0,6}\s*"
    r"(?:\Z|[]:\uff1a(){}>】【.,;!|\d\"'<]|[-–—]\s|(?:to|for|of|by|an|à|a|für|from|you)\b)",
    re.IGNORECASE,
)
"""What may follow such words where they are the whole mark; "Undelivered messages project" is the name of something."""

AUTOMATIC_SUBJECT: Final = re.compile(
    _TAGS
    + r"(?:"
    + _any(
        r"auto(?:mat(?:ic|ed))?[ -]?(?:reply|response|respond\w*|answer)\b|auto\s*:|ooo\b",
        r"(?:i am |i'm |currently )?(?:out of (?:the )?office|away from|on (?:\w+ )?(?:leave|vacation|holiday))",
        r"(?:re: )?out of office|vacation (?:reply|notice|response)|absence (?:notice|notif)",
        r"automatische (?:antwort|rückantwort)|abwesen\w+|nicht im (?:büro|hause)|au(?:ß|ss)er haus",
        r"réponse automatique|absent|absence|message d.absence|en congés?|respuesta autom[aá]tica|autorrespuesta",
        r"fuera de (?:la )?oficina|resposta autom[aá]tica|fora do escrit[oó]rio|ausên?cia|ausente",
        r"risposta automatica|fuori (?:ufficio|sede)|assenza|automatis(?:ch|k|kt) (?:antwoord|svar|bericht)|afwezig",
        r"autosvar|frånvar|ikke på kontoret|inte på kontoret|fravær|automaattinen|poissa|automatyczna odpowied",
        r"odpowied[źz] automat|poza biurem|nieobecn|automatick[áaý] odpov|automatikus válasz|házon kívül",
        r"răspuns automat|samodejni odg|automatski odg|автоматическ\w+ ответ|автоответ|автоматична відп",
        r"автоматичен отг|αυτόματη απάντηση|otomatik yan|ofis dışı|自动(?:答复|回复|回覆)",
        r"自動(?:答覆|回覆|回复|返信|応答)|不在|자동 ?(?:회신|응답|답장)|부재|תשובה אוטומטית|מענה אוטומטי",
        r"(?:ال)?رد (?:ال)?تلقائي|ตอบกลับอัตโนมัติ|trả lời tự động|balasan otomatis|jawapan auto|automaatvas",
        r"automātisk|automatinis",
    )
    + r")|(?!re\b).*\b(?:is|am|are|will be) (?:currently )?out of (?:the )?office",
    re.IGNORECASE,
)
"""Subjects of automatic replies: Exchange and Outlook in their languages, Sieve, Lotus, vacation programs."""

AUTOMATIC_ENDS: Final = re.compile(
    r"(?<=:)|\w*+(?:\W{1,3}(?:auto\W?(?:reply|response)|reply|response|notif\w+|notice|message|e-?mail|nachricht|notiz"
    r"|benachrichtigung|du bureau|meddelande|bericht|office)){0,6}\s*"
    r"(?:\Z|[]:\uff1a(){}>】【.,;!|\d]|[-–—]\s"
    r"|(?:until|till|from|to|on|next|this|today|tomorrow|back|bis|vom|ab|seit|jusqu|du|hasta|desde|fino|dal|tot|van"
    r"|t\.?o\.?m|do|od|re)\b)",
    re.IGNORECASE,
)
"""What may follow such words where they are the whole mark; "Out of office support engineer" is the name of a post."""

AWAY: Final = re.compile(
    _any(
        r"out of (?:the )?office|away from (?:the office|my (?:desk|e-?mail|mail))",
        r"on (?:\w+ )?(?:leave|vacation|holidays?)\b|not in the office|currently away",
        r"limited access to (?:my )?e-?mail|auto(?:matic)?[ -]?reply\b|(?:up)?on my return",
        r"when i(?: am|.m)? (?:return|back)|no longer works? (?:at|for|here)|have left the company",
        r"nicht im (?:büro|hause?)|au(?:ß|ss)er haus|abwesend|im urlaub|in elternzeit|automatische antwort",
        r"(?:je suis|serai) (?:actuellement )?absent|en congés?|réponse automatique|fuera de la oficina",
        r"de vacaciones|respuesta automática|fora do escritório|de férias|ausente|fuori (?:ufficio|sede)|in ferie",
        r"assente|afwezig|niet (?:aanwezig|op kantoor)|(?:met|op) vakantie|automatisch antwoord",
        r"(?:inte|ikke) på kontoret|frånvarande|på (?:semester|ferie)|föräldraledig|fraværende|lomalla|poissa",
        r"poza biurem|nieobecn|na urlopie|na dovolené|mimo kancelář|nepřítom|szabadság|házon kívül|в отпуске",
        r"отсутству|вне офиса|ofis dışında|izindeyim|不在|休暇|休假|外出|부재중|휴가",
    ),
    re.IGNORECASE,
)
"""Somebody is away, and a machine says so."""

ABOUT_APPLICATION: Final = re.compile(
    _any(
        r"appl(?:ication|ied|ying)\b|candida|\bposition|\brole\b|vacanc|\binterview|recruit|\bhir(?:e|ing)\b|talent",
        r"bewerb|\bstelle|sollicit|vacature|\bposte\b|postul|puesto|\bvaga\b|posizione|ansök|ansøg|søknad|hakemu",
        r"rekry|rekrut|aplikac|stanowisk|uchaze|pozic|pályáz|állás|вакан|кандидат|собесед|başvur|応募|選考|申请|职位",
        r"應徵|職位|지원|채용|αίτησ|υποψήφι|candidat",
    ),
    re.IGNORECASE,
)
"""The text speaks of an application, in whatever way it ended."""
