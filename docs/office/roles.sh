#!/bin/sh
# Makes the two roles and the database, when the server begins for the first time. followup_owner owns the tables and is
# for `office migrate` and `office restored`; followup is the program's, and row-level security binds it.
set -eu
psql --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" \
    --set owner_password="$OWNER_PASSWORD" --set program_password="$PROGRAM_PASSWORD" <<'SQL'
CREATE ROLE followup_owner LOGIN CREATEROLE PASSWORD :'owner_password';
CREATE ROLE followup LOGIN PASSWORD :'program_password';
CREATE DATABASE followup OWNER followup_owner;
REVOKE ALL ON DATABASE followup FROM PUBLIC;
GRANT CONNECT ON DATABASE followup TO followup;
SQL
