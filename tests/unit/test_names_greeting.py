"""What is safe to write after "Dear": names of many cultures, with titles, particles, initials and suffixes."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup_mail.facts.clean import UnfitError, clean_person
from followup_mail.facts.names import full_name, short_name
from followup_mail.facts.people import Person
from followup_mail.facts.terms import Tone
from followup_mail.facts.tidy_name import tidy_name
from followup_mail.facts.tone import greeting, tone_of

NAMES = [
    line for line in Path(__file__).with_name("names_of_many_cultures.txt").read_text("utf-8").splitlines() if line
]


@pytest.mark.parametrize(
    ("name", "country", "short"),
    [
        ("Nguyễn Văn An", None, "Nguyễn Văn An"),
        ("Nguyen Van An", "US", "Nguyen Van An"),
        ("Anna Nguyen", None, "Anna"),
        ("山田 太郎", None, "山田 太郎"),
        ("김민준", None, "김민준"),
        ("Yamada Tarō", "JP", "Yamada Tarō"),
        ("Yamada Tarō", None, "Yamada Tarō"),
        ("Tarō Yamada", "JP", "Tarō"),
        ("Kuraoka Daichi", "JP", "Kuraoka Daichi"),
        ("Szentesi Réka", "HU", "Szentesi Réka"),
        ("Nagy Péter", None, "Nagy Péter"),
        ("Péter Nagy", "HU", "Péter"),
        ("Nagy, Péter", "HU", "Péter"),
        ("NGUYEN Van An", None, "Nguyen Van An"),
        ("KIM Minjun", None, "Minjun"),
        ("Minjun KIM", "KR", "Minjun"),
        ("RAMAN Priya", None, "Priya"),
        ("VAN DER BERG Anna", None, "Anna"),
        ("Anna VAN DER BERG", None, "Anna"),
        ("O'BRIEN Pat", None, "Pat"),
        ("Kim Minjun", "KR", "Kim Minjun"),
        ("Kim Minjun", None, "Kim Minjun"),
        ("Lee Min Ho", None, "Lee Min Ho"),
        ("Kim Smith", "US", "Kim"),
        ("Kim Lee", None, "Kim Lee"),
        ("Priya Raman, Acme", None, "Priya Raman"),
        ("Priya Raman, London", None, "Priya Raman"),
        ("Hiring team", None, "Hiring team"),
        ("HR Department", None, "HR Department"),
        ("Priya & Tom", None, "Priya & Tom"),
        ("Weiss Hans Dr.", None, "Dr. Weiss Hans"),
        ("Smith Jones, A.", None, "A. Smith Jones"),
        ("Smith Jones, Ms. Anna", None, "Ms. Smith Jones"),
        ("Chan Tai Man, Peter", None, "Peter"),
        ("Xi Xiaoping", None, "Xi Xiaoping"),
        ("Petrov Ivan Sergeevich", None, "Petrov Ivan Sergeevich"),
        ("Ivan Sergeevich Petrov", None, "Ivan"),
    ],
)
def test_a_family_name_in_front_is_never_taken_for_the_first_name(name: str, country: str | None, short: str) -> None:
    """Where the order is told by capitals, comma or list the given name is found; else the full name is written."""
    assert short_name(name, country) == short


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Anna von der Heide", "Anna"),
        ("von der Heide", "von der Heide"),
        ("Von der Heide", "Von der Heide"),
        ("Van den Berg", "Van den Berg"),
        ("van den Berg Anna", "van den Berg Anna"),
        ("Al Rashid", "Al Rashid"),
        ("al-Rashid Omar", "al-Rashid Omar"),
        ("d'Angelo Marco", "d'Angelo Marco"),
        ("Dr. Maria d'Angelo", "Dr. d'Angelo"),
        ("ter Horst", "ter Horst"),
        ("Ter Horst", "Ter Horst"),
        ("Mac Donald", "Mac Donald"),
        ("Ewan Mac Donald", "Ewan"),
        ("Ben Smith", "Ben"),
        ("Mohammed bin Salman", "Mohammed"),
        ("al-Rashid, Omar", "Omar"),
        ("Pat O'Brien", "Pat"),
        ("Dr. Piet van den Berg", "Dr. van den Berg"),
        ("Dr. van den Berg", "Dr. van den Berg"),
        ("Dr. Maria De Luca", "Dr. De Luca"),
        ("Dr. Anna De La Cruz", "Dr. De La Cruz"),
        ("Dr. Omar al-Rashid", "Dr. al-Rashid"),
        ("Dr. Jan ter Horst", "Dr. ter Horst"),
        ("Dr. Gabriel García Márquez", "Dr. García Márquez"),
    ],
)
def test_a_particle_belongs_to_the_family_name(name: str, short: str) -> None:
    """ "Dear van" is written to nobody, and "Dr. Berg" is not the name of Dr. van den Berg."""
    assert short_name(name) == short


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Mary Jo Kowalski", "Mary Jo"),
        ("Jean-Pierre Martin", "Jean-Pierre"),
        ("Jean Pierre Martin", "Jean Pierre"),
        ("José María García López", "José María"),
        ("Mary Ellen", "Mary Ellen"),
        ("Abdul Rahman Khan", "Abdul Rahman"),
        ("Noor ul Ain Shah", "Noor ul Ain"),
        ("Thomas Edward Wright", "Thomas"),
        ('James "Jim" Raman', "Jim"),
        ("James “Jim” Raman", "Jim"),
        ('"Jim" Raman', "Jim"),
        ('James Raman "Jim"', "Jim"),
        ('"James Raman"', "James"),
        ("J. R. Smith", "J. R. Smith"),
        ("R. Ananthan", "R. Ananthan"),
        ("Ananthan R.", "Ananthan"),
        ("Dr. Karthik S", "Dr. Karthik"),
        ("J. Robert Oppenheimer", "J. Robert Oppenheimer"),
        ("JR Smith", "JR Smith"),
        ("PK Sharma", "PK Sharma"),
        ("Md. Rahim Uddin", "Md. Rahim Uddin"),
        ("Ma. Teresa Santos", "Ma. Teresa Santos"),
    ],
)
def test_the_given_name_is_chosen_well(name: str, short: str) -> None:
    """Two names that make one stay together, a nickname in quotation marks wins, initials stand with the full name."""
    assert short_name(name) == short


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("John Smith Jr.", "John"),
        ("John Smith III", "John"),
        ("Anna Berg RN", "Anna"),
        ("Anna Berg RN BSN CCRN", "Anna"),
        ("Anna Berg, RN, BSN", "Anna"),
        ("John Smith, Esq.", "John"),
        ("Dr. John Smith III", "Dr. Smith"),
        ("Judge Ada Okonkwo Jr.", "Judge Okonkwo"),
        ("Smith Jr., John", "John"),
        ("PRIYA RAMAN", "Priya"),
        ("PRIYA RAMAN, MBA", "Priya"),
        ("DR. PRIYA RAMAN", "Dr. Raman"),
        ("ANNA-LENA MCDONALD", "Anna-Lena"),
        ("DR. PAT O'BRIEN", "Dr. O'Brien"),
        ("priya raman", "Priya"),
    ],
)
def test_a_suffix_is_no_name_and_nobody_is_shouted_at(name: str, short: str) -> None:
    """Degrees and generations are left out, and capitals become a name."""
    assert short_name(name) == short


@pytest.mark.parametrize(
    ("name", "country", "short"),
    [
        ("Judge Ada Okonkwo", None, "Judge Okonkwo"),
        ("Justice Ada Okonkwo", None, "Justice Okonkwo"),
        ("Judge Okonkwo", None, "Judge Okonkwo"),
        ("Dean Smith", None, "Dean Smith"),
        ("James Dean", None, "James"),
        ("Sister Mary Agnes", None, "Sister Mary Agnes"),
        ("Sister Mary Agnes Byrne", None, "Sister Mary Agnes"),
        ("Brother Paul", None, "Brother Paul"),
        ("Father John Brown", None, "Father Brown"),
        ("Rev. Amy Stone", None, "Rev. Stone"),
        ("Rabbi David Levy", None, "Rabbi Levy"),
        ("Imam Yusuf Hassan", None, "Imam Hassan"),
        ("Chef Ines Castellow", None, "Chef Castellow"),
        ("Colonel Ruth Adams", None, "Colonel Adams"),
        ("Lt. Col. Ruth Adams", None, "Lt. Col. Adams"),
        ("Captain Ruth Adams", None, "Captain Adams"),
        ("Sergeant Ruth Adams", None, "Sergeant Adams"),
        ("Lieutenant Ruth Adams", None, "Lieutenant Adams"),
        ("Senator Ruth Adams", None, "Senator Adams"),
        ("Vice Admiral Ruth Adams", None, "Admiral Adams"),
        ("1st Lt. Ruth Adams", None, "Lt. Adams"),
        ("Attorney General Ruth Adams", None, "Attorney General Adams"),
        ("Principal Ruth Adams", None, "Principal Adams"),
        ("Don Pablo Ruiz", None, "Don Pablo Ruiz"),
        ("Don Draper", None, "Don"),
        ("Engr. Halima Tanko", None, "Engr. Tanko"),
        ("Ing. Pavel Novák", None, "Ing. Novák"),
        ("Herr Jochen Brandis", None, "Herr Brandis"),
        ("Frau Dr. Anna Weiss", None, "Dr. Weiss"),
        ("Mme Claire Dubois", None, "Mme Dubois"),
        ("M. Jean Dubois", "FR", "M. Dubois"),
        ("M. Jean Dubois", None, "M. Jean Dubois"),
        ("Sr. Pablo Ruiz", None, "Sr. Ruiz"),
        ("Señora Ana Ruiz", None, "Señora Ruiz"),
        ("Mr Ikenna Obasola", None, "Mr Obasola"),
        ("Mrs. Bisola Ogunyade", None, "Mrs. Ogunyade"),
        ("Mx. Sam Stone", None, "Mx. Stone"),
        ("Sir John Smith", None, "Sir John"),
        ("Dame Judi Dench", None, "Dame Judi"),
        ("Lord Ashby", None, "Lord Ashby"),
        ("Lady Jane Ashby", None, "Lady Ashby"),
        ("Prof. Dr. Dr. h.c. Müller", None, "Professor Müller"),
        ("Prof. Dr. Dr. h. c. mult. Hans Müller", None, "Professor Müller"),
        ("Dr. rer. nat. Hans Müller", None, "Dr. Müller"),
        ("Assoc. Prof. Ada Okonkwo", None, "Professor Okonkwo"),
        ("Dr Anil Wadekar", "GB", "Dr Wadekar"),
        ("Dr. Nguyễn Văn An", None, "Dr. Nguyễn Văn An"),
        ("Dr. Wei Ming Ng", None, "Dr. Ng"),
        ("Raman, Prof. Priya", None, "Professor Raman"),
        ("Raman, Priya, Dr.", None, "Dr. Raman"),
    ],
)
def test_a_title_goes_with_the_name_that_it_belongs_to(name: str, country: str | None, short: str) -> None:
    """A title goes with the family name; Sir, Dame and the titles of an order go with the given name."""
    assert short_name(name, country) == short


@pytest.mark.parametrize(
    ("name", "full"),
    [
        ("Brandis, Jochen", "Jochen Brandis"),
        ("Jochen Brandis, MBA", "Jochen Brandis"),
        ("Anna Li (Design)", "Anna Li"),
        ("BRANDIS Jochen", "Jochen Brandis"),
        ("Nguyễn Văn An", "Nguyễn Văn An"),
        ("van der Berg, Anna", "Anna van der Berg"),
        ("ANNA VAN DER BERG", "Anna van der Berg"),
    ],
)
def test_the_full_name_is_the_name_alone(name: str, full: str) -> None:
    """No suffix, remark, comma or capitals stand in it."""
    assert full_name(name) == full


FORBIDDEN = frozenset(
    word
    for words in (
        "van von der den de het ten ter del della di da dos du la le el al bin ibn mac jr sr ii iii iv phd md mba rn",
        "esq",
        "dr prof professor judge justice sister brother father rev rabbi imam chef colonel captain sergeant lieutenant",
        "senator dean engr ing herr frau mme mr mrs ms mx sir dame lord lady",
    )
    for word in words.split()
)


def test_the_names_are_many() -> None:
    """The list of names is as long as the promise says."""
    assert len(set(NAMES)) >= 200


@pytest.mark.parametrize("name", NAMES)
def test_no_greeting_is_a_fragment(name: str) -> None:
    """Whatever the tone and the country, it is no particle, suffix, initial or title alone, and no shout."""
    for country in (None, "US", "DE", "JP", "HU", "VN", "FR", "IN"):
        person = Person(name=name, country=country)
        for tone in (*Tone, tone_of(person, None)):
            hello, _, named = greeting(person, tone).partition(" ")
            words = named.split()
            assert hello in {"Dear", "Hi"}
            assert words
            assert not {word.replace(".", "").casefold() for word in words} <= FORBIDDEN, named
            assert words[-1].rstrip(".").casefold() not in {"jr", "iii", "phd", "md", "mba", "rn", "esq"}, named
            assert any(len(word.rstrip(".")) > 1 for word in words) or not named.isascii(), named
            assert not any(word.isupper() and len(word.replace(".", "")) > 2 for word in words), named
            assert not any(mark in named for mark in ',()[]"<>'), named


_WORDS = "Priya RAMAN van der Jr. PhD Dr. Prof. Judge Sister J. , - ( ) [ ] via M. Nguyễn Kim & III O' d'Angelo"
_PIECES = st.sampled_from([*_WORDS.split(), '"'])


@given(st.lists(_PIECES, min_size=1, max_size=8).map(" ".join), st.sampled_from([None, "US", "JP", "FR"]))
def test_any_heap_of_words_is_greeted(text: str, country: str | None) -> None:
    """Whatever stands in a name: there is a greeting, tidying leaves a name, and tidying again changes nothing."""
    try:
        name = clean_person(text)
    except UnfitError:
        return
    tidy = tidy_name(name)
    assert clean_person(tidy) == tidy
    for tone in Tone:
        assert greeting(Person(name=name, country=country), tone).partition(" ")[2].strip()


@pytest.mark.parametrize("name", NAMES)
def test_a_tidy_name_stays(name: str) -> None:
    """A name that was tidied once is a plain one, and greets as it did before."""
    tidy = tidy_name(name)
    assert tidy_name(tidy) == tidy
    assert short_name(tidy) == short_name(name)


@pytest.mark.parametrize("name", NAMES)
def test_the_greeting_and_the_name_in_it_agree(name: str) -> None:
    """``Person.greeting_name`` is what stands after "Dear" or "Hi"."""
    for country in (None, "US", "DE", "JP"):
        person = Person(name=name, country=country)
        assert greeting(person, tone_of(person, None)).partition(" ")[2] == person.greeting_name
