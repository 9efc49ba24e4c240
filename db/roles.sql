-- What the account that the service runs as may do: read and write rows, but not change or delete what was
-- recorded, nor make, change or drop a table. Whoever may make accounts makes it:
--   create role calendar_service login password '...'
-- Then run this once, after db-apply, as the owner of the tables:
--   psql -v role=calendar_service -f db/roles.sql
-- db-apply, projections rebuild and projections drop are run with the owner's account.

grant usage on schema calendar, calendar_messages to :role;
grant select, insert, update, delete on all tables in schema calendar, calendar_messages to :role;
revoke update, delete on calendar.mt_events, calendar.audit_leaf, calendar.audit_head from :role;
grant usage, select, update on all sequences in schema calendar, calendar_messages to :role;
grant execute on all functions in schema calendar, calendar_messages to :role;

-- The same for what later versions bring.
alter default privileges in schema calendar, calendar_messages
    grant select, insert, update, delete on tables to :role;
alter default privileges in schema calendar, calendar_messages
    grant usage, select, update on sequences to :role;
alter default privileges in schema calendar, calendar_messages grant execute on functions to :role;
