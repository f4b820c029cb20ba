-- What is asked for at every plan and every claim is found without reading what is old.

-- To whom mails went of late.
CREATE INDEX entries_sent ON entries (sent_at) WHERE state = 'sent';
CREATE INDEX touches_by_moment ON touches (at);

-- What may have reached somebody under a name whose facts file is gone. NOCASE folds the letters of ASCII alone, so
-- addresses with other ones are looked through; they are few.
CREATE INDEX entries_to ON entries (to_email COLLATE NOCASE);
CREATE INDEX entries_to_beyond_ascii ON entries (to_email) WHERE to_email GLOB '*[^ -~]*';
CREATE INDEX entries_of_person ON entries (person);
