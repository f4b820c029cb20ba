"""The grammar of notes: what kind of note it is, and the sentence that can safely be made of it.

Everything is pure: text in, a frozen value out. Read ``notes`` first: ``read_note`` asks ``private_notes`` whether the
note may be used at all, ``note_words`` cuts it into words and parts, and ``own_sentences``, ``reader_sentences``,
``note_topics`` and ``quotations`` each build what they can, after ``finished_notes`` has looked whether it is already
written out. ``noun_phrases`` and ``verb_phrases`` hold the grammar, ``lexicon`` the words, from the files beside it,
and ``speakers`` whose sentence it is. ``rejection_reasons`` and ``note_promises`` read two other kinds of notes;
``next_steps`` reads what they said would happen next, and ``next_step_phrases`` says it in a mail.

An empty string is the ordinary answer: whatever the grammar does not know for sure, it leaves out. So a word that is
new, a verb that could be a noun, or a figure without an owner costs the sentence.
"""
