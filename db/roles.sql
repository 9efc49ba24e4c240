-- The account that the service runs as: it reads and writes rows, and can neither make, change nor drop a
-- table. Run once, after db-apply, as the owner of the tables, who has to be allowed to make roles:
--   psql -v role=calendar_service -v password="'...'" -f db/roles.sql
-- db-apply, projections rebuild and projections drop are run with the owner's account.

create role :role login password :password;

grant usage on schema calendar, calendar_messages to :role;
grant select, insert, update, delete on all tables in schema calendar, calendar_messages to :role;
grant usage, select, update on all sequences in schema calendar, calendar_messages to :role;
grant execute on all functions in schema calendar, calendar_messages to :role;

-- The same for what later versions bring.
alter default privileges in schema calendar, calendar_messages
    grant select, insert, update, delete on tables to :role;
alter default privileges in schema calendar, calendar_messages
    grant usage, select, update on sequences to :role;
alter default privileges in schema calendar, calendar_messages grant execute on functions to :role;
