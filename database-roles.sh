# Roles and database of docs/operations.md, once, when the container of PostgreSQL starts on an empty volume.
psql --username=postgres --set=ON_ERROR_STOP=1 \
  --set=owner="$OWNER_PASSWORD" --set=bot="$BOT_PASSWORD" --set=dump="$DUMP_PASSWORD" <<'END'
create role xueshibu_owner login password :'owner';
create role xueshibu_bot login password :'bot';
create role xueshibu_dump login bypassrls password :'dump';
grant pg_read_all_data to xueshibu_dump;
create database xueshibu owner xueshibu_owner encoding 'UTF8' template template0;
revoke connect, temporary on database xueshibu from public;
grant connect on database xueshibu to xueshibu_bot, xueshibu_dump;
END
