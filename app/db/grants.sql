-- What the owner and the reading role may do in this database. Run by a superuser, any number of times:
-- by app/db/cluster.py for the private cluster and by scripts/docker-db-init.sh for the container.
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO PUBLIC;
GRANT CREATE ON SCHEMA public TO yuantu;

-- The owner may step down to the reading role (SET ROLE), never the other way.
GRANT yuantu_read TO yuantu;
ALTER DEFAULT PRIVILEGES FOR ROLE yuantu GRANT USAGE ON SCHEMAS TO yuantu_read;
ALTER DEFAULT PRIVILEGES FOR ROLE yuantu GRANT SELECT ON TABLES TO yuantu_read;
ALTER ROLE yuantu_read SET default_transaction_read_only = on;
ALTER ROLE yuantu_read SET statement_timeout = '30s';

-- A reader has no use for temporary tables, and they would be a way to fill the disk.
DO $$
BEGIN
  EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC', current_database());
  EXECUTE format('GRANT CONNECT ON DATABASE %I TO yuantu, yuantu_read', current_database());
  EXECUTE format('GRANT TEMPORARY ON DATABASE %I TO yuantu', current_database());
END
$$;
