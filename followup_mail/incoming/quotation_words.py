"""What mail programs write above the mail that they quote, in the languages they are sold in.

Collected from what Outlook, Gmail, Apple Mail, Thunderbird, Yahoo, Proton and the mail programs of telephones put into
a reply or a forward.
"""

from __future__ import annotations

from typing import Final


def _lines(text: str) -> frozenset[str]:
    return frozenset(phrase.strip() for line in text.splitlines() for phrase in line.split(",") if phrase.strip())


LABELS: Final = {
    "from": _lines("""
        from, von, absender, de, expéditeur, remitente, da, mittente, van, afzender, fra, från, od, nadawca, odesílatel
        от, отправитель, від, відправник, lähettäjä, feladó, kimden, gönderen, de la, από, pošiljatelj, dari, từ
        发件人, 寄件者, 寄件人, 差出人, 送信者, 보낸 사람, 발신, מאת, من
    """),
    "sent": _lines("""
        sent, sent on, date sent, sent at, gesendet, gesendet am, envoyé, envoyé le, date d'envoi, enviado, enviado el
        enviada, enviada em, enviado em, inviato, inviato il, verzonden, verzonden op, sendt, skickat, skickades
        wysłano, wysłane, data wysłania, odesláno, odoslané, отправлено, отправлена, дата отправки, надіслано
        lähetetty, elküldve, gönderildi, gönderme tarihi, gönderilme, trimis, εστάλη, poslano, dikirim, đã gửi
        发送时间, 發送時間, 已傳送, 寄件日期, 送信日時, 보낸 날짜, 보낸 시간, נשלח, تم الإرسال
    """),
    "date": _lines("""
        date, datum, fecha, data, dato, päivämäärä, päiväys, дата, tarih, dátum, dată, ημερομηνία, tanggal, ngày, am
        日期, 时间, 時間, 日付, 日時, 날짜, 일시, תאריך, التاريخ
    """),
    "to": _lines("""
        to, an, empfänger, à, a, para, pour, destinataire, destinatario, aan, naar, til, till, do, komu, adresat, pro
        кому, получатель, одержувач, vastaanottaja, címzett, kime, alıcı, către, προς, za, kepada, đến
        收件人, 收件者, 宛先, 받는 사람, 수신, אל, إلى
    """),
    "subject": _lines("""
        subject, betreff, objet, sujet, asunto, oggetto, onderwerp, emne, ämne, temat, předmět, predmet, тема, aihe
        tárgy, konu, subiect, assunto, θέμα, zadeva, subjek, perihal, chủ đề, tiêu đề
        主题, 主旨, 主題, 件名, 제목, נושא, الموضوع
    """),
    "other": _lines("""
        cc, bcc, kopie, kopie an, copie, copie à, copia, con copia, kopia, kopi, kopi til, cópia, копия, kopio
        másolatot kap, bilgi, 抄送, 副本, 참조, reply-to, reply to, antwort an, antworten an, répondre à, responder a
        rispondi a, antwoord aan, importance, priority, wichtigkeit, priorität, importancia, prioridad, priorità
        prioriteit, attachments, attachment, anlagen, anlage, pièces jointes, adjuntos, allegati, bijlagen, anexos
        organization, organisation, message-id, x-mailer, resent-from, sender
    """),
}
"""The labels of a heading by their kind, in lower case."""
KIND_OF_LABEL: Final = {label: kind for kind, labels in LABELS.items() for label in labels}

FRAMED: Final = _lines("""
    original message, original-message, original email, original mail, original e-mail, forwarded message, reply message
    forwarded mail, forwarded by, forwarded email, original appointment, replied message
    ursprüngliche nachricht, originalnachricht, original-nachricht, original nachricht, weitergeleitete nachricht
    originalmail, urspr. nachricht, ursprünglicher termin, weitergeleitete mail
    message d'origine, message original, message transféré, message initial, courriel original, message réexpédié
    mensaje original, mensaje reenviado, mensagem original, mensagem encaminhada, mensagem reencaminhada
    messaggio originale, messaggio inoltrato, messaggio inoltrato da
    oorspronkelijk bericht, doorgestuurd bericht, origineel bericht
    ursprungligt meddelande, originalmeddelande, vidarebefordrat meddelande, vidarebefordrat mejl
    opprinnelig melding, videresendt melding, original melding, oprindelig meddelelse, oprindelig besked
    videresendt meddelelse, videresendt besked, original besked
    alkuperäinen viesti, välitetty viesti, edelleenlähetetty viesti
    wiadomość oryginalna, oryginalna wiadomość, wiadomość przekazana, treść przekazanej wiadomości
    původní zpráva, přeposlaná zpráva, pôvodná správa, preposlaná správa, eredeti üzenet, továbbított üzenet
    исходное сообщение, пересылаемое сообщение, пересланное сообщение, оригинальное сообщение
    початкове повідомлення, переслане повідомлення, orijinal mesaj, özgün ileti, iletilen mesaj, yönlendirilen ileti
    mesaj original, mesaj redirecționat, mesaj inițial, αρχικό μήνυμα, προωθημένο μήνυμα, izvorna poruka
    proslijeđena poruka, izvirno sporočilo, pesan asli, thư gốc, pesan terusan
    原始邮件, 邮件原件, 转发邮件信息, 原始郵件, 轉寄的郵件, 转发的邮件, 元のメッセージ, 転送メッセージ
    원본 메시지, 전달된 메시지, 원본 메일, הודעה מקורית, رسالة أصلية
""")
"""Between dashes: "-----Original Message-----"."""
ANNOUNCED: Final = _lines("""
    begin forwarded message, start of forwarded message, begin forwarded mail, begin original message
    anfang der weitergeleiteten nachricht, anfang der weitergeleiteten e-mail, beginn der weitergeleiteten nachricht
    début du message réexpédié, début du message transféré, début du message
    inicio del mensaje reenviado, comienzo del mensaje reenviado, início da mensagem encaminhada
    início da mensagem reencaminhada, inizio messaggio inoltrato, inizio del messaggio inoltrato
    begin doorgestuurd bericht, vidarebefordrat brev, vidarebefordrat mejl, start på videresendt besked
    videresendt melding, start på videresendt melding, välitetty viesti alkaa, początek przekazywanej wiadomości
    začátek přeposílané zprávy, začiatok preposlanej správy, továbbított levél kezdete
    начало переадресованного сообщения, початок листа що пересилається, început mesaj redirecționat
    iletilmiş mesajın başlangıcı, iletilen ileti başlangıcı, započni proslijeđenu poruku
    下面是被转发的邮件, 開始轉寄郵件, 转发的邮件, 以下は転送されたメッセージです, 전달된 메시지 시작
""")
"""Alone on a line before a colon, as Apple Mail does."""

OPENERS: Final = _lines("""
    on, at, in, am, um, le, el, il, op, em, no, den, på, dnia, dne, dňa, w dniu, în, il giorno, pada, vào, στις
    dana, 在, 於
""")
"""First words of "On Tue, 24 Nov 2026, X wrote:"."""
WROTE: Final = (
    r"wrote|writes|quoting|zitat von|schrieb|geschrieben|écrit|ecrit|escribi[óo]|scritto|schreef|"
    r"geschreven|escreveu|skrev|skrifaði|"
    r"napisał(?:\(?a\)?)?|pisze|napsal(?:\(?a\)?)?|napísal(?:\(?a\)?)?|napisao(?:/la)?|je napisao|"
    r"написал(?:\(?[аa]\)?)?|пишет|пише|писал(?:\(?а\)?)?|написа(?:в|ла)|kirjoitti|írta|yazdı|a scris|scris|έγραψε|"
    r"menulis|đã viết|va escriure|kirjutas|rašė|rakstīja|"
    r"写道|寫道|书写|書きました|のメール|작성|כתב/?ה?|كتب"
)
"""The verb of an attribution: what stands before or after the name."""
SPEAKERS: Final = _lines("""
    you, I, we, he, she, they, it, one, who, du, ich, sie, Sie, er, wir, ihr, man, tu, vous, je, j'ai, nous, elle
    ils, usted, yo, tú, él, ella, nosotros, io, lei, lui, noi, jij, je, u, ik, hij, zij, wij, eu, você, ele, ela, ni
    jag, han, hon, vi, jeg, hun
""")
"""Words that stand for a person in a sentence, and never, in this spelling, in an attribution made by a program."""
