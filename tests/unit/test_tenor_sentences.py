"""Rejections in single sentences and six languages; and sentences with the same words that are none."""

from __future__ import annotations

import pytest

from followup_mail.incoming.tenor import read_tenor
from followup_mail.incoming.tenors import Tenor

NO = [
    "Gracias por tu interés. Lamentablemente, hemos decidido continuar con otro candidato.",
    "Sentimos comunicarle que no ha sido seleccionado para el puesto.",
    "Tras valorar tu candidatura, hemos optado por otros perfiles que se ajustan más.",
    "En esta ocasión no podemos ofrecerte el puesto.",
    "La vacante ya ha sido cubierta.",
    "Purtroppo abbiamo deciso di proseguire con un altro candidato.",
    "Siamo spiacenti di comunicarle che la sua candidatura non è stata selezionata.",
    "Abbiamo scelto un altro profilo.",
    "La posizione è stata coperta.",
    "Helaas moeten we je meedelen dat we niet verder gaan met jouw sollicitatie.",
    "Onze keuze is op een andere kandidaat gevallen.",
    "We hebben besloten om je niet uit te nodigen voor een tweede gesprek.",
    "De vacature is inmiddels vervuld.",
    "Je bent het helaas niet geworden.",
    "Nous avons le regret de vous informer que votre candidature n'a pas été retenue.",
    "Malheureusement, nous ne donnerons pas suite à votre candidature.",
    "Notre choix s'est porté sur un autre candidat.",
    "Nous avons finalement retenu quelqu'un d'autre.",
    "Je suis désolée, mais nous partons avec une autre personne.",
    "Leider können wir Ihnen keine positive Rückmeldung geben.",
    "Wir haben uns für eine Mitbewerberin entschieden.",
    "Leider hat es diesmal nicht gereicht.",
    "Die Stelle wurde intern besetzt.",
    "Wir müssen Ihnen leider mitteilen, dass wir Ihre Bewerbung nicht weiter berücksichtigen können.",
    "Leider wird es nichts mit uns.",
    "I'm sorry to say we went with someone else.",
    "Unfortunately it's a no from the team.",
    "We've decided to go in a different direction.",
    "We won't be taking things further.",
    "The role has been put on hold indefinitely.",
    "You weren't selected this time.",
    "We are unable to offer you the position.",
    "They've chosen the other candidate, sorry!",
    "The hiring manager decided to pass.",
    "The client passed on your profile.",
    "It didn't work out this time, I'm afraid.",
    "We have offered the position to another applicant, who has accepted.",
    "I wish I had better news, but they picked someone with more Kubernetes.",
    "you were a strong runner-up, but we had to choose one.",
]
NOT = [
    "We spreken volgende week nog andere kandidaten.",
    "Lunedì vediamo un altro candidato.",
    "Nous rencontrons un autre candidat lundi.",
    "Wir führen noch Gespräche mit anderen Kandidaten.",
    "We hebben nog niet gekozen.",
    "Mañana entrevistamos a otro candidato.",
    "Hemos decidido hacer otra entrevista contigo.",
    "We are still talking to another candidate.",
    "Non abbiamo ancora scelto un candidato.",
    "Kan je niet verder dan dinsdag plannen?",
    "Het andere gesprek gaat verder op maandag.",
    "On a un autre entretien à organiser.",
    "The other person will call you.",
    "No hemos decidido todavía.",
    "Todavía no tenemos una decisión.",
    "No podemos el lunes, ¿te va bien el martes?",
    "Purtroppo lunedì non posso, martedì?",
    "Non abbiamo ancora deciso.",
    "Helaas kan ik maandag niet, dinsdag wel?",
    "We hebben nog geen besluit genomen.",
    "Malheureusement je ne suis pas disponible lundi.",
    "Nous n'avons pas encore pris de décision.",
    "Leider kann ich am Montag nicht, geht Dienstag?",
    "Leider haben wir noch keine Entscheidung getroffen.",
    "Unfortunately the room is taken; can we do Thursday?",
    "We're not moving forward until the budget is approved.",
    "Sorry, I cannot do Monday.",
    "We have not decided yet.",
    "Unfortunately Tom is ill, so we have to move your interview.",
    "Do you have another offer?",
    "Is there another role you'd like?",
    "We don't have any concerns.",
    "I won't be able to join the call, Katrin will.",
    "Nothing to worry about - you are still in the process.",
    "Hemos decidido invitarte a una segunda entrevista.",
    "Abbiamo deciso di invitarla a un secondo colloquio.",
    "We hebben besloten je uit te nodigen voor een tweede gesprek.",
    "Nous avons décidé de vous proposer le poste.",
    "Wir haben uns für Sie entschieden!",
    "Unfortunately I missed your call. Try again?",
    "The other candidate withdrew, so it's between you and one more.",
    "No ha sido posible reservar la sala; ¿otra hora?",
    "Non è possibile il 10, va bene un altro giorno?",
    "Niet vergeten: neem andere schoenen mee.",
    "El proceso no ha terminado; otro candidato viene mañana.",
]


@pytest.mark.parametrize("sentence", NO)
def test_a_rejection_is_recognised(sentence: str) -> None:
    """A strong phrase in one sentence is enough."""
    assert read_tenor("", sentence).tenor is Tenor.NO


@pytest.mark.parametrize("sentence", NOT)
def test_no_other_sentence_is_a_rejection(sentence: str) -> None:
    """A day that does not suit, other candidates, a decision to come: none of them ends anything."""
    assert read_tenor("", sentence).tenor is not Tenor.NO
