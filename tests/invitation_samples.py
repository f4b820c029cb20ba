"""Invitations, mails and cards as programs write them, for made-up people: one invitation for each maker.

Each has the habits of its maker: how lines are folded and ended, what zones are called, what is added to the text.
"""

from __future__ import annotations

import base64
from textwrap import dedent

OWN = "jordan.example@gmail.com"


def _crlf(text: str) -> bytes:
    return dedent(text).strip("\n").replace("\n", "\r\n").encode() + b"\r\n"


GOOGLE_RULE = "-::~:~::~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~::~:~::-"

GOOGLE = _crlf(
    rf"""
    BEGIN:VCALENDAR
    PRODID:-//Google Inc//Google Calendar 70.9054//EN
    VERSION:2.0
    CALSCALE:GREGORIAN
    METHOD:REQUEST
    BEGIN:VEVENT
    DTSTART:20261118T203000Z
    DTEND:20261118T211500Z
    DTSTAMP:20261112T101010Z
    ORGANIZER;CN=Robin Vega (HR):mailto:robin.vega@lumenfreight.example
    UID:6ebn1fq0k3@google.com
    ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=
     TRUE;CN=jordan.example@gmail.com;X-NUM-GUESTS=0:mailto:jordan.example@gmail
     .com
    ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;RSVP=TRUE
     ;CN=Robin Vega (HR);X-NUM-GUESTS=0:mailto:robin.vega@lumenfreight.example
    ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;RSVP=TRUE
     ;CN=Priya Raman;X-NUM-GUESTS=0:mailto:priya.raman@lumenfreight.example
    ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=
     TRUE;CN=tom.okafor@lumenfreight.example;X-NUM-GUESTS=0:mailto:tom.okafor@lu
     menfreight.example
    ATTENDEE;CUTYPE=RESOURCE;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;RSVP=TRUE;CN
     ="Chicago-4-Lake (8) [Screen]";X-NUM-GUESTS=0:mailto:c_188@resource.calendar.google.com
    X-GOOGLE-CONFERENCE:https://meet.google.com/abc-defg-hij
    CREATED:20261112T101010Z
    DESCRIPTION:<p>You will talk about the <b>pipeline</b>.<br>Please bring a laptop.</
     p>\n\n{GOOGLE_RULE}\nJoin with Google Meet: https://meet.google.com/abc-defg-hij\nOr dial: (US) +1 252-123-4567
      PIN: 123456#\nLearn more about Meet at: https://support.google.com/a/users/answer/9282720\n\nPlease do not edi
     t this section.\n{GOOGLE_RULE}
    LAST-MODIFIED:20261112T101010Z
    LOCATION:
    SEQUENCE:0
    STATUS:CONFIRMED
    SUMMARY:Interview: Data Engineer (Jordan Example)
    TRANSP:OPAQUE
    END:VEVENT
    END:VCALENDAR
    """
)

TEAMS_RULE = "_" * 80

OUTLOOK = _crlf(
    r"""
    BEGIN:VCALENDAR
    METHOD:REQUEST
    PRODID:Microsoft Exchange Server 2010
    VERSION:2.0
    BEGIN:VTIMEZONE
    TZID:W. Europe Standard Time
    BEGIN:STANDARD
    DTSTART:16010101T030000
    TZOFFSETFROM:+0200
    TZOFFSETTO:+0100
    RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10
    END:STANDARD
    BEGIN:DAYLIGHT
    DTSTART:16010101T020000
    TZOFFSETFROM:+0100
    TZOFFSETTO:+0200
    RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3
    END:DAYLIGHT
    END:VTIMEZONE
    BEGIN:VEVENT
    ORGANIZER;CN="Vega, Robin (HR)":MAILTO:robin.vega@lumenfreight.example
    ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE;CN=jordan.exa
     mple@gmail.com:MAILTO:jordan.example@gmail.com
    ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE;CN="Müller,
      Jürgen":MAILTO:juergen.mueller@lumenfreight.example
    ATTENDEE;CUTYPE=ROOM;ROLE=NON-PARTICIPANT;RSVP=TRUE;CN=Besprechungsraum Alst
     er:MAILTO:alster@lumenfreight.example
    ATTENDEE;ROLE=NON-PARTICIPANT;RSVP=TRUE;CN=MR 4.12 Video Room:MAILTO:room-4.1
     2@lumenfreight.example
    DESCRIPTION;LANGUAGE=de-DE:\n
    UID:040000008200E00074C5B7101A82E00800000000B0C1F7A9D153DC010000000000000000
     100000004F1B1C8A2C9B6E4FA7F5C6E0B7D0A1B2
    SUMMARY;LANGUAGE=de-DE:Vorstellungsgespräch Data Engineer
    DTSTART;TZID=W. Europe Standard Time:20261118T143000
    DTEND;TZID=W. Europe Standard Time:20261118T153000
    CLASS:PUBLIC
    PRIORITY:5
    DTSTAMP:20261112T101010Z
    TRANSP:OPAQUE
    STATUS:CONFIRMED
    SEQUENCE:2
    LOCATION;LANGUAGE=de-DE:Hafenstraße 12, 20457 Hamburg
    X-MICROSOFT-CDO-APPT-SEQUENCE:2
    X-MICROSOFT-CDO-OWNERAPPTID:-1513254
    X-MICROSOFT-CDO-BUSYSTATUS:TENTATIVE
    X-MICROSOFT-CDO-INTENDEDSTATUS:BUSY
    X-MICROSOFT-CDO-ALLDAYEVENT:FALSE
    X-MICROSOFT-CDO-IMPORTANCE:1
    X-MICROSOFT-CDO-INSTTYPE:0
    BEGIN:VALARM
    DESCRIPTION:REMINDER
    TRIGGER;RELATED=START:-PT15M
    ACTION:DISPLAY
    END:VALARM
    END:VEVENT
    END:VCALENDAR
    """
)

TEAMS = _crlf(
    rf"""
    BEGIN:VCALENDAR
    METHOD:REQUEST
    PRODID:Microsoft Exchange Server 2010
    VERSION:2.0
    BEGIN:VTIMEZONE
    TZID:Customized Time Zone
    BEGIN:STANDARD
    DTSTART:16010101T020000
    TZOFFSETFROM:-0500
    TZOFFSETTO:-0600
    RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=1SU;BYMONTH=11
    END:STANDARD
    BEGIN:DAYLIGHT
    DTSTART:16010101T020000
    TZOFFSETFROM:-0600
    TZOFFSETTO:-0500
    RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=2SU;BYMONTH=3
    END:DAYLIGHT
    END:VTIMEZONE
    BEGIN:VEVENT
    ORGANIZER;CN=Priya Raman:mailto:priya.raman@lumenfreight.example
    ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE;CN=Jordan Exam
     ple:mailto:Jordan.Example@gmail.com
    DESCRIPTION;LANGUAGE=en-US:Looking forward to it!\n\n{TEAMS_RULE}\nMicrosoft Teams Need help?<https://aka.ms/JoinTeamsMee
     ting?omkt=en-US>\nJoin the meeting now<https://teams.microsoft.com/l/meetup-join/19%3ameeting_x>\nMeeting ID: 262 1
     47 355 110\nPasscode: aB3dE9\n________________________________\nDial in by phone\n+1 872-240-4494\,\,123456789#<tel
     :+18722404494> United States\, Chicago\nFind a local number<https://dialin.teams.microsoft.com/x>\nPhone conferenc
     e ID: 123 456 789#\nFor organizers: Meeting options<https://teams.microsoft.com/meetingOptions/?x>\n{TEAMS_RULE}\n
    UID:040000008200E00074C5B7101A82E00800000000AAAA
    SUMMARY;LANGUAGE=en-US:Second conversation
    DTSTART;TZID=Customized Time Zone:20261124T100000
    DTEND;TZID=Customized Time Zone:20261124T113000
    DTSTAMP:20261112T101010Z
    STATUS:CONFIRMED
    SEQUENCE:0
    LOCATION;LANGUAGE=en-US:Microsoft Teams Meeting
    X-MICROSOFT-SKYPETEAMSMEETINGURL:https://teams.microsoft.com/l/meetup-join/19%3ameeting_x
    X-MICROSOFT-CDO-APPT-SEQUENCE:0
    END:VEVENT
    END:VCALENDAR
    """
)

ZOOM = _crlf(
    r"""
    BEGIN:VCALENDAR
    PRODID:-//zoom.us//iCalendar Event//EN
    VERSION:2.0
    CALSCALE:GREGORIAN
    METHOD:PUBLISH
    CLASS:PUBLIC
    BEGIN:VTIMEZONE
    TZID:America/New_York
    LAST-MODIFIED:20230407T050750Z
    TZURL:https://www.tzurl.org/zoneinfo-outlook/America/New_York
    X-LIC-LOCATION:America/New_York
    BEGIN:DAYLIGHT
    TZNAME:EDT
    TZOFFSETFROM:-0500
    TZOFFSETTO:-0400
    DTSTART:19700308T020000
    RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU
    END:DAYLIGHT
    BEGIN:STANDARD
    TZNAME:EST
    TZOFFSETFROM:-0400
    TZOFFSETTO:-0500
    DTSTART:19701101T020000
    RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU
    END:STANDARD
    END:VTIMEZONE
    BEGIN:VEVENT
    DTSTAMP:20261112T101010Z
    DTSTART;TZID=America/New_York:20261118T093000
    DTEND;TZID=America/New_York:20261118T100000
    SUMMARY:Lumen Freight / Jordan Example
    UID:20261112T101010Z-81234567890@fe80:0:0:0:31:49ff:fe10:5d0eens5
    TZID:America/New_York
    DESCRIPTION:Elena Petrova is inviting you to a scheduled Zoom meeting.\n\nJoi
     n Zoom Meeting\nhttps://us02web.zoom.us/j/81234567890?pwd=x\n\nMeeting ID: 812
      3456 7890\nPasscode: 123456\n\n---\n\nOne tap mobile\n+13126266799\,\,81234567890#\,\,\,\,*123456# US
      (Chicago)\n\n---\n\nDial by your location\n• +1 312 626 6799 US (Chicago)\n\nFind your local number: http
     s://us02web.zoom.us/u/x\n\n
    LOCATION:https://us02web.zoom.us/j/81234567890?pwd=x
    BEGIN:VALARM
    TRIGGER:-PT10M
    ACTION:DISPLAY
    DESCRIPTION:Reminder
    END:VALARM
    END:VEVENT
    END:VCALENDAR
    """
)

APPLE = (
    dedent(
        r"""
    BEGIN:VCALENDAR
    CALSCALE:GREGORIAN
    PRODID:-//Apple Inc.//macOS 15.1//EN
    VERSION:2.0
    METHOD:REQUEST
    X-APPLE-CALENDAR-COLOR:#0E61B9
    BEGIN:VTIMEZONE
    TZID:Berlin (office)
    BEGIN:DAYLIGHT
    DTSTART:19810329T020000
    RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
    TZNAME:MESZ
    TZOFFSETFROM:+0100
    TZOFFSETTO:+0200
    END:DAYLIGHT
    BEGIN:STANDARD
    DTSTART:19961027T030000
    RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
    TZNAME:MEZ
    TZOFFSETFROM:+0200
    TZOFFSETTO:+0100
    END:STANDARD
    END:VTIMEZONE
    BEGIN:VEVENT
    TRANSP:OPAQUE
    SUMMARY:Gespräch
    UID:1E5C7B53-86B9-4F30-9A64-0D4C62C9F2B7
    DTSTAMP:20261112T101010Z
    DTSTART;TZID="Berlin (office)":20261118T143000
    DURATION:PT1H
    ORGANIZER;CN="Sanne ten Hoope";EMAIL="sanne@lumenfreight.example":mailto:2_
     GEYTEMRQGE@imip.me.com
    ATTENDEE;CN="Jordan Example";CUTYPE=INDIVIDUAL;EMAIL="jordan.example@gmail.
     com";PARTSTAT=NEEDS-ACTION;ROLE=REQ-PARTICIPANT:/aMTEx/principal/
    LOCATION:Harbor Street 1\n20457 Hamburg\, Germany
    X-APPLE-STRUCTURED-LOCATION;VALUE=URI;X-ADDRESS="Harbor Street 1":geo:53.5,9.9
    X-APPLE-TRAVEL-ADVISORY-BEHAVIOR:AUTOMATIC
    SEQUENCE:1
    END:VEVENT
    END:VCALENDAR
    """
    ).lstrip("\n")
).encode()
"""With LF alone, as Apple's programs export."""

MAKERS = {"google": GOOGLE, "outlook": OUTLOOK, "teams": TEAMS, "zoom": ZOOM, "apple": APPLE}


def change(calendar: bytes, *pairs: tuple[str, str]) -> bytes:
    """Return an invitation with words replaced; each must be there."""
    for old, new in pairs:
        assert old.encode() in calendar, old
        calendar = calendar.replace(old.encode(), new.encode())
    return calendar


def event(*lines: str, before: str = "", method: str = "REQUEST") -> bytes:
    """Return a plain invitation with these lines in its event."""
    head = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//EN\r\nMETHOD:{method}\r\n{before}BEGIN:VEVENT"
    return "\r\n".join((head, *lines, "END:VEVENT", "END:VCALENDAR", "")).encode()


def mail_with_calendar(calendar: bytes) -> bytes:
    """Return the mail that brings an invitation, in base64, as Exchange sends it."""
    encoded = base64.encodebytes(calendar).decode()
    return _crlf(
        """
        From: "Vega, Robin (HR)" <robin.vega@lumenfreight.example>
        To: Jordan Example <jordan.example@gmail.com>
        Subject: =?utf-8?B?Vm9yc3RlbGx1bmdzZ2VzcHLDpGNo?=
        Date: Thu, 12 Nov 2026 10:10:10 +0000
        Message-ID: <abc@lumenfreight.example>
        MIME-Version: 1.0
        Content-Type: multipart/alternative; boundary="b1"

        --b1
        Content-Type: text/plain; charset="utf-8"

        See you soon.

        Robin Vega
        Recruiting Coordinator
        T +1 312 555 0142

        --b1
        Content-Type: text/calendar; charset="utf-8"; method=REQUEST
        Content-Transfer-Encoding: base64

        @CALENDAR@
        --b1--
        """
    ).replace(b"@CALENDAR@", encoded.replace("\n", "\r\n").strip().encode())


CONFIRMATION = _crlf(
    """
    From: Robin Vega <robin.vega@lumenfreight.example>
    To: Jordan Example <jordan.example@gmail.com>
    Cc: priya.raman@lumenfreight.example, Boardroom <boardroom@lumenfreight.example>
    Subject: Your interview
    Date: Thu, 12 Nov 2026 10:10:10 +0000
    Message-ID: <abd@lumenfreight.example>
    Content-Type: text/plain; charset="utf-8"

    Dear Jordan,

    we look forward to meeting you on Wednesday, 18 November at 2:30 pm.

    Kind regards,
    Robin Vega
    Talent Partner | Lumen Freight
    M: +1 312 555 0142

    On Wed, Nov 11, 2026 at 9:00 AM Jordan Example <jordan.example@gmail.com> wrote:
    > I could come on 20 November at 9:00.
    """
)

FORWARDED = _crlf(
    """
    From: Jordan Example <jordan.example@gmail.com>
    To: Jordan Example <jordan.example@gmail.com>
    Subject: Fwd: Your interview
    Date: Fri, 13 Nov 2026 08:00:00 +0000
    Message-ID: <abe@gmail.com>
    Content-Type: text/plain; charset="utf-8"

    ---------- Forwarded message ---------
    From: Robin Vega <robin.vega@lumenfreight.example>
    Date: Thu, Nov 12, 2026 at 10:10 AM
    Subject: Your interview
    To: Jordan Example <jordan.example@gmail.com>
    Cc: Priya Raman <priya.raman@lumenfreight.example>

    We look forward to meeting you on November 18, 2026 at 2:30 pm.

    Robin Vega
    Talent Partner
    """
)

CARD_21 = _crlf(
    """
    BEGIN:VCARD
    VERSION:2.1
    N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;J=C3=BCrgen;;Dr.;
    FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Dr. J=C3=BCrgen =
    M=C3=BCller
    ORG;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:Lumen Freight;K=FChlung
    TITLE:Head of Cooling
    TEL;WORK;FAX:+49 40 555 0100
    TEL;CELL;VOICE:+49 171 555 0142
    EMAIL;INTERNET:jm@lumenfreight.example
    EMAIL;PREF;INTERNET:juergen.mueller@lumenfreight.example
    END:VCARD
    """
)
CARD_30 = _crlf(
    r"""
    BEGIN:VCARD
    VERSION:3.0
    PRODID:-//Apple Inc.//macOS 15.1//EN
    N:Raman;Priya;;;
    FN:Priya Raman
    ORG:Lumen Freight\, Inc.;Data
    TITLE:Head of Data
    item1.EMAIL;type=INTERNET;type=HOME:priya@home.example
    item2.EMAIL;type=INTERNET;type=WORK;type=pref:priya.raman@lumenfreight.examp
     le
    item2.X-ABLabel:_$!<Work>!$_
    TEL;type=WORK;type=VOICE:+1 312 555 0199
    END:VCARD
    """
)
CARD_40 = _crlf(
    """
    BEGIN:VCARD
    VERSION:4.0
    FN;LANGUAGE=en:Tom Okafor
    EMAIL;PREF=2:tom@home.example
    EMAIL;PREF=1;TYPE=work:tom.okafor@lumenfreight.example
    TEL;VALUE=uri;PREF=1;TYPE="voice,work":tel:+1-312-555-0170;ext=12
    ORG:Harbor Labs
    TITLE:Staff Engineer
    END:VCARD
    """
)
