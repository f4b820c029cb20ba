"""What people in many trades say about their next steps, and what a mail may say of it.

Each row: the quote, what follows "You said that" when the reader said it (nothing where only the date may be taken up),
and what follows "that I could".
"""

from __future__ import annotations

# Written before there were patterns, which then read 22 of the 26 as they stand here.
# The other four were not told apart from a plain date, or lost the condition; one said more than the quote.
BEFORE: tuple[tuple[str, str, str], ...] = (
    ("I'll give you a bell Friday either way.", "you'd call", ""),
    ("Mark will drop you a line by the end of the week.", "I'd hear", ""),
    ("Expect a call from us around the 12th.", "I'd get a call", ""),
    ("We ought to have an answer for you by Monday.", "", ""),
    ("You will be informed by email latest by the 30th.", "I'd get an email", ""),
    ("Give me a shout if you haven't heard by Tuesday.", "", "get in touch if I hadn't heard"),
    ("We don't phone people, we write, and it takes about ten days.", "you'd write to me", ""),
    ("I will not call unless it's good news.", "", ""),
    ("HR is going to reach out next Thursday.", "I'd hear", ""),
    ("Don't be shy, chase me if I go quiet.", "", "get in touch if I hadn't heard"),
    ("Kindly bear with us till the 15th; the secretary shall communicate.", "I'd hear", ""),
    ("Should know more by mid December.", "", ""),
    ("Feel free to email me any time.", "", "email you"),
    ("We're calling your referees this week, then we decide.", "", ""),
    ("Ring the office on the 9th and ask for Bernie.", "", ""),
    ("We will do the needful and intimate you by Saturday.", "you'd be in touch", ""),
    ("I'll text you when the rota's sorted, should be the 3rd.", "you'd text me", ""),
    ("You'll get an answer in writing within two weeks.", "I'd hear", ""),
    ("If nothing's come by then, my door's open.", "", ""),
    ("Let's speak again on the 18th.", "", ""),
    ("The hiring committee sits on the 14th, and I'll let you know the day after.", "you'd be in touch", ""),
    ("Please don't call the office, we will contact you.", "you'd be in touch", ""),
    ("Someone from my team will be in touch before Christmas.", "I'd hear", ""),
    ("He'll phone you himself.", "I'd get a call", ""),
    ("We make our minds up on Friday, back to you Monday.", "", ""),
    ("No news by Friday? Then call me.", "", "get in touch if I hadn't heard"),
)

# Written with the patterns in view.
AFTER: tuple[tuple[str, str, str], ...] = (
    (
        "We'll ring you Tuesday week. If the phone stays silent, drop me an email.",
        "you'd ring",
        "email you if I hadn't heard",
    ),
    ("End of the month I telephone. If I forget, then write.", "you'd phone", "write to you if I hadn't heard"),
    ("I am slow with the computer but I text!", "", ""),
    ("I'll be in touch by the 9th, otherwise give me a ring.", "you'd be in touch", "get in touch if I hadn't heard"),
    ("You should get an email on Monday.", "I'd get an email", ""),
    ("You'll have my call on the 20th.", "you'd call", ""),
    ("Successful or not, you shall get a call.", "I'd get a call", ""),
    ("You don't hear, call or email me.", "", "call or email you if I hadn't heard"),
    ("I'll call you if you make the shortlist.", "", ""),
    ("We might ring you on Friday.", "", ""),
    ("Nobody will call you before the audit is done.", "", ""),
    ("Shall I call you on Monday?", "", ""),
    ("We won't email, we'll phone.", "you'd phone", ""),
    ("We will revert latest by Thursday.", "you'd get back to me", ""),
    ("By Wednesday you know where you stand.", "I'd know where I stood", ""),
    ("The front desk will give you a call on Saturday.", "I'd get a call", ""),
    ("You may write to me at any time.", "", "write to you"),
    ("Do not write to me, the office will inform you.", "I'd hear", ""),
    ("Send me your transcripts and I'll tell you by the 5th.", "you'd be in touch", ""),
    ("They call me Mac. Give it till the weekend.", "", ""),
    ("Gimme a week, I'll get back to you.", "you'd get back to me", ""),
    ("We write to everybody, also when it is a no.", "", ""),
    ("Please call the office, not me.", "", ""),
    ("I'm going to message you as soon as the chef has decided.", "you'd send me a message", ""),
    ("You'll get an offer from us or you won't.", "", ""),
    ("No email by the 3rd, just nudge me.", "", "get in touch if I hadn't heard"),
    ("I shall write personally after the synod.", "you'd write to me", ""),
    ("Don't hesitate to ask me.", "", "ask you"),
    ("Email me if you have questions about the contract.", "", ""),
    ("If you get another offer, call me.", "", ""),
    ("We'll phone you if there's a vacancy on nights.", "", ""),
    ("If you haven't heard by Monday, please email us.", "", "email you if I hadn't heard"),
)
