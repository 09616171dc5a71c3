#!/bin/bash
# Runs once, when the database container's volume is empty: what app/db/cluster.py does for the private cluster.
# The container's entry point runs it as the superuser, over the socket.
set -euo pipefail

psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --username "${POSTGRES_USER:-postgres}" --dbname postgres \
  --set password="$YUANTU_DB_PASSWORD" <<'SQL'
CREATE ROLE yuantu LOGIN PASSWORD :'password';
CREATE ROLE yuantu_read LOGIN PASSWORD :'password';
CREATE DATABASE yuantu OWNER yuantu TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8';
SQL

psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --username "${POSTGRES_USER:-postgres}" --dbname yuantu \
  --command 'CREATE EXTENSION postgis' \
  --command 'CREATE EXTENSION pg_trgm' \
  --command 'CREATE EXTENSION fuzzystrmatch' \
  --file /docker-entrypoint-initdb.d/yuantu/grants.sql
