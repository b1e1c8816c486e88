create table plan (                                  -- one row a version; the one in force is the newest whose moment has come
  id            uuid primary key,
  brand_id      uuid        not null references brand on delete cascade,
  version       int         not null,
  in_force_from timestamptz not null,
  document      jsonb       not null,                -- Core: CrisisPlan
  written_by    uuid,
  written_at    timestamptz not null,
  unique (brand_id, version)
);
