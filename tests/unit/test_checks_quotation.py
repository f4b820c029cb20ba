"""Where the writer's own words end: every usual way to quote is known, and no sentence of one's own is taken for it."""

from __future__ import annotations

import pytest
from changing import replace
from hypothesis import given
from hypothesis import strategies as st

from followup_mail.checks import check_mail
from followup_mail.checks.samples import Sample
from followup_mail.incoming.quotation import blank_quotes

QUOTED = "Hi [First Name],\n\nTODO add the room!!! I beg you to answer ASAP, Marcus.\n\nCatherine"
GOOD = Sample(
    "Thank you for the time on Tuesday. The way each team owns its pipelines, alarms and all, stayed with me, and so "
    "did your story of moving the nightly jobs to streaming while the freight company slept. I ran a similar move."
).context()

_HEADINGS = [
    "From: Catherine Okafor <c@northwind.example>\nSent: Tuesday, November 17, 2026 5:00 PM\nTo: Sam\nSubject: Jobs",
    "From: Catherine Okafor\nSubject: Jobs\nTo: Sam\nDate: Tuesday, November 17, 2026, 6:02 PM",
    "Subject: Jobs\nDate: Tue, 17 Nov 2026 17:00:00 -0600\nFrom: Catherine Okafor <c@northwind.example>\nTo: Sam",
    "Date: Tue, 17 Nov 2026 17:00:00 -0600\nFrom: c@northwind.example\nTo: sam@rivera.example\nSubject: Jobs",
    "To: Sam Rivera\nFrom: Catherine Okafor\nDate: 11/17/2026 05:00PM\nSubject: Jobs",
    "*From:* Catherine Okafor <c@northwind.example>\n*Sent:* Tuesday, 5:00 PM\n*To:* Sam\n*Subject:* Jobs",
    "**From:** Catherine Okafor\n**Date:** Tuesday\n**To:** Sam",
    "*From*: Catherine Okafor\n*Sent*: Tuesday\n*To*: Sam",
    "From: Catherine Okafor\n\nSent: Tuesday, November 17, 2026\n\nTo: Sam Rivera\n\nSubject: Jobs",
    "From:\nCatherine Okafor\nSent:\nTuesday, November 17, 2026\nTo:\nSam Rivera",
    "From: Catherine Okafor\nTo: Sam <sam@rivera.example>;\n Marcus <m@northwind.example>\nCc: Priya\nSubject: Jobs",
    "Von: Catherine Okafor <c@northwind.example>\nGesendet: Dienstag, 17. November 2026 17:00\nAn: Sam\nBetreff: Jobs",
    "De : Catherine Okafor\nEnvoyé : mardi 17 novembre 2026 17:00\nÀ : Sam\nObjet : Jobs",
    "De: Catherine Okafor\nEnviado el: martes, 17 de noviembre de 2026 17:00\nPara: Sam\nAsunto: Jobs",
    "Da: Catherine Okafor\nInviato: martedì 17 novembre 2026 17:00\nA: Sam\nOggetto: Jobs",
    "Van: Catherine Okafor\nVerzonden: dinsdag 17 november 2026 17:00\nAan: Sam\nOnderwerp: Jobs",
    "De: Catherine Okafor\nEnviada em: terça-feira, 17 de novembro de 2026 17:00\nPara: Sam\nAssunto: Jobs",
    "Från: Catherine Okafor\nSkickat: den 17 november 2026 17:00\nTill: Sam\nÄmne: Jobs",
    "Fra: Catherine Okafor\nSendt: tirsdag 17. november 2026 17:00\nTil: Sam\nEmne: Jobs",
    "Od: Catherine Okafor\nWysłano: wtorek, 17 listopada 2026 17:00\nDo: Sam\nTemat: Jobs",
    "От: Catherine Okafor\nОтправлено: 17 ноября 2026 г. 17:00\nКому: Sam\nТема: Jobs",
    "发件人: Catherine Okafor\n发送时间: 2026年11月17日 17:00\n收件人: Sam\n主题: Jobs",
    "差出人: Catherine Okafor\n送信日時: 2026年11月17日 17:00\n宛先: Sam\n件名: Jobs",
    "Frå: Catherine Okafor <c@northwind.example>\nSend: 17.11.2026 17:00\nMottakar: Sam",
]
_RULES = ["_" * 32, "  _____  ", "-" * 40, "* * *", "\u2014" * 10]
_LINES = [
    "-----Original Message-----",
    "----- Original Message -----",
    "-------- Original message --------",
    "-------- Original message --------From: Catherine Okafor Date: 17/11/2026 17:00 (GMT-06:00) To: Sam Subject: Jobs",
    "\u2010\u2010\u2010\u2010\u2010\u2010\u2010 Original Message \u2010\u2010\u2010\u2010\u2010\u2010\u2010",
    "---------- Forwarded message ---------",
    "---------------------- Forwarded by Catherine Okafor/Northwind on 11/17/2026 05:00 PM ----------------------",
    "-----Ursprüngliche Nachricht-----",
    "-------- Weitergeleitete Nachricht --------",
    "-----Message d'origine-----",
    "-----Mensaje original-----",
    "-----Messaggio originale-----",
    "-----Oorspronkelijk bericht-----",
    "-----Mensagem original-----",
    "-----Ursprungligt meddelande-----",
    "-----Opprinnelig melding-----",
    "-----Alkuperäinen viesti-----",
    "----- Wiadomość oryginalna -----",
    "-----Исходное сообщение-----",
    "-----原始邮件-----",
    "-----元のメッセージ-----",
    "Begin forwarded message:",
    "Anfang der weitergeleiteten Nachricht:",
    "Début du message réexpédié :",
    "Inicio del mensaje reenviado:",
    "Inizio messaggio inoltrato:",
    "Begin doorgestuurd bericht:",
]
_ATTRIBUTIONS = [
    "On Tue, Nov 17, 2026 at 5:00 PM Catherine Okafor <c@northwind.example> wrote:",
    "On Nov 17, 2026, at 5:00 PM, Catherine Okafor <c@northwind.example> wrote:",
    "On 17/11/2026 17:00, Catherine Okafor wrote:",
    "On Tuesday, November 17th, 2026 at 5:00 PM, Catherine Okafor <c@northwind.example> wrote:",
    "On Tue, 17 Nov 2026 17:00 -0600, Catherine Okafor <c@northwind.example>, wrote:",
    "On Tue, Nov 17, 2026 at 5:00 PM, Catherine Okafor <\nc@northwind.example> wrote:",
    "On Tue, Nov 17, 2026 at 5:00 PM, Catherine Okafor - Head of Data at\nNorthwind Labs\n<c@northwind.example> wrote:",
    "On Tue, Nov 17, 2026 at 5:00 PM, Catherine Okafor\nHead of Data, Northwind Inc.\n<c@northwind.example>\nwrote:",
    "On Tuesday Catherine Okafor\n<c@northwind.example> wrote:",
    "  On Tue, Nov 17, 2026 at 5:00 PM, Catherine Okafor<c@northwind.example> wrote:   ",
    "--- On Tue, 11/17/26, Catherine Okafor <c@northwind.example> wrote:",
    "Catherine Okafor <c@northwind.example> wrote:",
    "Catherine Okafor <c@northwind.example> writes:",
    "At 05:00 PM 11/17/2026, Catherine Okafor wrote:",
    "2026-11-17 17:00 GMT-06:00 Catherine Okafor <c@northwind.example>:",
    "Am 17.11.2026 um 17:00 schrieb Catherine Okafor <c@northwind.example>:",
    "Am Di., 17. Nov. 2026 um 17:00 Uhr schrieb Catherine Okafor\n<c@northwind.example>:",
    "Quoting Catherine Okafor <c@northwind.example>:",
    "Catherine Okafor via Recruiting <c@northwind.example> wrote on 17 Nov 2026:",
    "---- On Tue, 17 Nov 2026 17:00:00 -0600 Catherine Okafor <c@northwind.example> wrote ----",
    "Catherine Okafor schrieb am 17.11.2026 um 17:00:",
    "Am 17. November 2026 17:00:12 schrieb Ella Li:",
    "Le mar. 17 nov. 2026 à 17:00, Catherine Okafor <c@northwind.example> a\nécrit :",
    "Le 17/11/2026 à 17:00, Catherine Okafor a écrit\u00a0:",
    "El mar, 17 nov 2026 a las 17:00, Catherine Okafor (<c@northwind.example>)\nescribió:",
    "Il giorno mar 17 nov 2026 alle ore 17:00 Catherine Okafor\n<c@northwind.example> ha scritto:",
    "Il 17/11/2026 17:00, Catherine Okafor ha scritto:",
    "Op di 17 nov 2026 om 17:00 schreef Catherine Okafor <c@northwind.example>:",
    "Op 17-11-2026 om 17:00 schreef Catherine Okafor:",
    "Em ter., 17 de nov. de 2026 às 17:00, Catherine Okafor\n<c@northwind.example> escreveu:",
    "Den tis 17 nov. 2026 kl 17:00 skrev Catherine Okafor <c@northwind.example>:",
    "tir. 17. nov. 2026 kl. 17:00 skrev Catherine Okafor <c@northwind.example>:",
    "wt., 17 lis 2026 o 17:00 Catherine Okafor <c@northwind.example> napisał(a):",
    "út 17. 11. 2026 v 17:00 odesílatel Catherine Okafor <c@northwind.example> napsal:",
    "вт, 17 нояб. 2026 г. в 17:00, Catherine Okafor <c@northwind.example>:",
    "17 ноября 2026 г., в 17:00, Catherine Okafor написал(а):",
    "ti 17. marrask. 2026 klo 17.00 Catherine Okafor (c@northwind.example) kirjoitti:",
    "Catherine Okafor <c@northwind.example>, 17 Kas 2026 Sal, 17:00 tarihinde şunu\nyazdı:",
    "Catherine Okafor <c@northwind.example> ezt írta (időpont: 2026. nov. 17., K, 17:00):",
    "2026年11月17日(火) 17:00 Catherine Okafor <c@northwind.example>:",
    "Catherine Okafor <c@northwind.example> 于2026年11月17日周二 17:00写道：",
]
UNPREFIXED = [*_HEADINGS, *_LINES, *_ATTRIBUTIONS, *(f"{rule}\n{_HEADINGS[0]}" for rule in _RULES)]


def _prefixed(mark: str, text: str) -> str:
    return "\n".join(f"{mark}{line}" for line in text.split("\n"))


FORMS = [f"{form}\n\n{QUOTED}" for form in UNPREFIXED] + [
    *(f"{form}\n{_prefixed('> ', QUOTED)}" for form in [*_ATTRIBUTIONS, "Catherine wrote:"]),
    *(_prefixed(mark, QUOTED) for mark in (">", "> ", " > ", "   >", "\u00a0> ", ">> ")),
]


@pytest.mark.parametrize("form", FORMS)
def test_every_form_of_quotation_is_left_out(form: str) -> None:
    """Nothing of what stands below a mail is read as the writer's, however the mail program marks it."""
    text = f"Dear Dr. Okafor,\n\nOne.\n\nBest regards,\nSam Rivera\n\nPS: two.\n\n{form}\n"
    kept = blank_quotes(text)
    assert kept.rstrip() == "Dear Dr. Okafor,\n\nOne.\n\nBest regards,\nSam Rivera\n\nPS: two."
    assert [len(line) for line in kept.split("\n")] == [len(line) for line in text.split("\n")]


@given(forms=st.lists(st.sampled_from(FORMS), min_size=1, max_size=3), gap=st.sampled_from(["\n", "\n\n", "\n\n\n"]))
def test_a_quotation_changes_no_finding(forms: list[str], gap: str) -> None:
    """A good mail stays good, whatever is quoted below it, once or several times."""
    appended = replace(GOOD, text=f"{GOOD.text}{gap}{gap.join(forms)}")
    assert check_mail(GOOD) == ()
    assert check_mail(appended) == ()


@pytest.mark.parametrize(
    "own",
    [
        "From: the first minute on, I felt welcome.",
        "From: 9 am\nTo: 5 pm\nDate: any day next week",
        "From: Monday\nTo: Wednesday\nSubject: what we agreed",
        "Date: 1 December\nPlace: Leeds",
        "Subject: streaming",
        "On Tuesday you wrote that each team owns its pipelines.",
        "On Tuesday you wrote:",
        "On 17 November 2026 at 17:00 you wrote:",
        "On Tuesday, 17 November, we spoke about two things:",
        "Am 17. November 2026 schrieb ich:",
        "As she wrote:",
        "To reach me by telephone, write to sam@rivera.example first:",
        "I keep coming back to one line that you wrote:",
        "The original message of the poster was lost.",
        "--- My questions ---",
        "____________________",
        "I read the forwarded message:",
        "Two numbers stayed with me:",
        "At 17:00 on 17 November 2026 the alarm rang, and this is what I noted:",
    ],
)
def test_sentences_of_ones_own_do_not_end_the_mail(own: str) -> None:
    """A sentence that begins like a mark of quotation is read, and so is what follows it."""
    text = f"Dear Dr. Okafor,\n\nOne.\n\n{own}\n\nTwo.\n\nBest regards,\nSam Rivera"
    assert blank_quotes(text) == text


@pytest.mark.parametrize("attribution", ["On 17/11/2026 17:00, Catherine Okafor wrote:", "Catherine wrote:"])
def test_an_answer_below_and_between_quoted_lines_is_read(attribution: str) -> None:
    """Who answers below or between the lines of the other still has the own words checked."""
    text = f"{attribution}\n> Which room?\n\nThe blue one.\n\n> And when?\n\nAt nine.\n\nSam"
    kept = [line for line in blank_quotes(text).split("\n") if line.strip()]
    assert kept == ["The blue one.", "At nine.", "Sam"]


def test_a_mark_with_nothing_above_hides_nothing() -> None:
    """A draft that was pasted together with its heading is read: else nobody would have looked at it."""
    text = "From: Sam Rivera <sam@rivera.example>\nTo: Catherine\nSubject: Jobs\n\nDear Dr. Okafor,\n\nTODO: find."
    assert "TODO" in blank_quotes(text)
