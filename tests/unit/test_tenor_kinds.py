"""Kinds of rejection and of what only sounds like one, ten sentences of each kind, in six languages and many trades."""

from __future__ import annotations

import pytest

from followup_mail.incoming.tenor import read_tenor
from followup_mail.incoming.tenors import Tenor

NO = {
    "in passing": """
They passed, sorry. Call me tomorrow?
Heads-up: the client passed. Their loss.
The team has decided to pass this time.
The panel passed on your profile after all.
It's a formal decline from the bank, I'm afraid.
Word from Ellis Foods: it's a rejection.
They turned you down after the trial shift.
The client said no, no reasons given.
They rated you second of three after the case.
The client came back with a no.
I'm afraid the answer is no.
Sadly it isn't you this time.
We're afraid we have to leave it there.
You'd have been my pick in any other month.
""",
    "somebody else": """
Someone signed yesterday who has run our kitchen before.
We've filled it from inside.
We went another way in the end.
The committee went with an internal candidate.
We have gone with someone who lives closer to the ward.
The job went to somebody with a welding certificate.
One of our nurses stepped up and has taken the role.
We've hired someone else for the front desk.
We decided on a different route.
Someone inside got the post.
We have given the position to another applicant.
""",
    "no place any more": """
The role is gone, the budget was pulled.
The vacancy has been cancelled by head office.
The position has been put on hold indefinitely.
We have closed the requisition without a hire.
The Platform Engineer opening has now been filled.
We've lost the headcount.
There is no way I can pay you next year.
The job is off the table, sorry.
We have scrapped the position.
We had to withdraw the vacancy.
""",
    "of a system": """
We will not be making you an offer.
Your application will not be taken forward.
We are not progressing your application at this time.
Your application has been unsuccessful on this occasion.
The position you applied for has been closed.
We have decided to move forward with other candidates.
Your application was declined.
We won't be inviting you to the next round.
""",
    "in German": """
Wir haben uns anders entschieden.
Es ist jemand anderes geworden.
Die Stelle wurde gestrichen.
Die Stelle ist leider schon weg.
Der Kunde hat leider abgesagt, Begründung folgt.
Wir konnten uns nicht für Sie entscheiden.
Wir haben jemanden aus dem eigenen Haus gefunden.
Die andere Bewerberin hat heute unterschrieben.
Leider muss ich Ihnen absagen.
wir bedauern, Ihnen absagen zu müssen.
Daraus wird leider nichts.
Die Ausschreibung wurde aufgehoben.
""",
    "in French": """
On part avec quelqu'un d'autre.
Nous avons choisi une autre personne.
Le poste est pourvu.
Le poste n'existe plus.
Je vous donne une réponse négative.
Le client a dit non.
Nous n'irons pas plus loin avec vous.
Nous avons recruté en interne.
Le recrutement est annulé.
Nous avons préféré un profil plus senior, un autre candidat en somme.
""",
    "in Spanish, Italian and Dutch": """
Nos quedamos con otra persona.
El cliente ha dicho que no.
Han elegido a otra candidata.
El proceso se ha cerrado sin contratación.
La vacante se ha cancelado.
Abbiamo preso qualcun altro.
Il cliente ha detto no.
La posizione è stata annullata.
Abbiamo scelto una risorsa interna.
L'esito è negativo.
Helaas gaan we niet met je verder in de procedure.
We hebben iemand anders gekozen.
De klant heeft nee gezegd.
De functie is vervallen.
We gaan verder met een andere kandidaat.
""",
}
NOT = {
    "an appointment": """
The interview on Tuesday is cancelled, we'll find another date.
Thursday won't work out, Friday would.
Unfortunately I can't make it on Monday.
The slot at 3 pm has been taken.
I'm sorry to tell you that I can't do Wednesday.
Der Termin am 10.12. um 14 Uhr kann leider nicht gehalten werden.
Am 10. kann ich leider nicht, da ist Netzbeirat.
Ich muss den Termin am Freitag leider absagen.
Malheureusement le rendez-vous de mardi est annulé.
Por desgracia no puedo el jueves, ¿otro día?
Purtroppo l'appuntamento di lunedì è annullato.
Helaas gaat de afspraak van dinsdag niet door.
""",
    "something else of theirs": """
We went through the same stages: a longer wait, then a second job, then an ugly table.
Have passed to the CTO, he'll write to you direct.
I've passed on your CV to the hiring manager.
I passed on your thanks to the whole ward.
It will not take you long.
We took a different approach with the billing service.
Unfortunately nobody has found the time to write it down.
I was not able to get a firmer commitment from the board.
Other candidates wrote the opposite.
The office is closed on Friday.
Your note went to the head chef, who liked it.
The canteen is closed for good, bring a sandwich.
We offered another team the same tool.
Leider habe ich Ihre Mappe im Zug vergessen.
Leider ist der Aufzug kaputt, nehmen Sie die Treppe.
Malheureusement, le bâtiment n'a pas d'ascenseur.
Hemos decidido continuar con tu candidatura.
Ha sido seleccionado para la siguiente fase.
""",
    "under a condition": """
If someone else is chosen, you will hear it from me first.
We'll let you know whether the role has been filled.
If you have not heard from us within 14 days, your application has been unsuccessful.
Unless the client says no, we'll meet in January.
I'd tell you if it were a no.
Even if they passed, I would put you forward elsewhere.
Should the position be cancelled, we will write to you.
Falls die Stelle anderweitig besetzt wird, melden wir uns.
Wenn wir uns für eine andere Kandidatin entscheiden, rufe ich Sie an.
Si nous choisissons un autre candidat, je vous appelle.
Si elegimos a otra persona, te avisaremos.
Als we voor een andere kandidaat kiezen, bel ik je.
""",
    "a question": """
Has the role at the other firm been filled?
Would you mind if we went with another candidate first?
Have they turned you down?
Would it be a problem if the position were cancelled?
Did you hear that they passed?
""",
    "others' news": """
The other candidate has been rejected.
Two of the other applicants were turned down yesterday.
Another candidate has withdrawn.
The other position has been filled.
Die andere Stelle ist schon besetzt.
L'autre poste est pourvu.
""",
    "nothing decided": """
The role is on hold for now, I'll know more in January.
Hiring is frozen for a few weeks.
We won't decide before the board meets.
We won't make a decision before Christmas.
Nobody has been rejected, nothing has been decided.
The vacancy has not been filled.
Leider zieht sich die Entscheidung hin: wir sprechen mit zwei anderen Kandidaten.
Wir sprechen noch mit anderen Bewerbern.
Das ist keine Absage.
Nous rencontrons encore d'autres candidats.
Todavía estamos viendo a otros candidatos.
Stiamo ancora incontrando altri candidati.
We spreken nog met andere kandidaten.
Your pairing session is not off, just not on; other candidates are in the same boat.
""",
}


def sentences(kinds: dict[str, str]) -> list[str]:
    """Return the sentences of all kinds."""
    return [line for kind in kinds.values() for line in kind.strip().split("\n")]


@pytest.mark.parametrize("sentence", sentences(NO))
def test_a_kind_of_rejection_is_recognised(sentence: str) -> None:
    """A no in passing, somebody else, a post that is gone, of a recruiter or a system: each is one."""
    assert read_tenor("", sentence).tenor is Tenor.NO


@pytest.mark.parametrize("sentence", sentences(NOT))
def test_words_of_a_no_about_something_else_are_none(sentence: str) -> None:
    """A date, a condition, a question, others' news, a role on hold for now: none of them ends anything."""
    assert read_tenor("", sentence).tenor is not Tenor.NO
