-- Run once, by psql as the administrator of a new PostgreSQL cluster: two roles, one database.
-- gebied_owner owns the schema and runs migrations; gebied_app reads and writes rows and can do no more,
-- so that a hole in the application cannot change the schema or switch off the triggers of history and log.
\getenv owner_password OWNER_PASSWORD
\getenv app_password APP_PASSWORD

CREATE ROLE gebied_owner LOGIN PASSWORD :'owner_password';
CREATE ROLE gebied_app LOGIN PASSWORD :'app_password';
CREATE DATABASE gebied OWNER gebied_owner;
REVOKE ALL ON DATABASE gebied FROM PUBLIC;
GRANT CONNECT ON DATABASE gebied TO gebied_app;

\connect gebied
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO gebied_app;
ALTER DEFAULT PRIVILEGES FOR ROLE gebied_owner IN SCHEMA public
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO gebied_app;
ALTER DEFAULT PRIVILEGES FOR ROLE gebied_owner IN SCHEMA public
    GRANT USAGE, SELECT ON SEQUENCES TO gebied_app;
