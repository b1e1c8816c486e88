-- What people say of stretches of a brand's history, so that false alarms of any rules can be counted.
create table backtest_mark (
  id         uuid primary key,
  brand_id   uuid        not null references brand on delete cascade,
  from_at    timestamptz not null,                   -- event time of the alarm that was judged
  to_at      timestamptz not null,
  verdict    text        not null,                   -- Core: Verdict
  began_at   timestamptz,                            -- when it really began; null where nobody said
  marked_by  uuid        not null,
  marked_at  timestamptz not null
);
create unique index backtest_mark_stretch on backtest_mark (brand_id, from_at, to_at);
create index signal_shadow on signal (brand_id, raised_at) where shadow;
