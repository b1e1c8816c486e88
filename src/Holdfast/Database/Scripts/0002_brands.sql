create table brand (
  id         uuid primary key,
  name       text        not null,
  handles    text[]      not null default '{}',
  languages  text[]      not null default '{en}',
  time_zone  text        not null default 'UTC',
  quiet_from time,
  quiet_to   time,
  created_at timestamptz not null,
  retired_at timestamptz
);
create unique index brand_name on brand (lower(name)) where retired_at is null;
