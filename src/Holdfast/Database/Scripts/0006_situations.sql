-- The timeline is the situation; the row is a projection of it, kept in the same transaction.
create table situation (
  id         uuid primary key,
  brand_id   uuid        not null references brand on delete cascade,
  topic_id   uuid,
  title      text        not null,
  cause      text        not null,                   -- Core: SignalKind; what opened it
  state      text        not null,                   -- Core: SituationState
  level      smallint    not null,
  proposed   smallint,                               -- a level 4 or 5 that waits for a person
  lead       uuid,
  opened_at  timestamptz not null,
  changed_at timestamptz not null,
  cools_at   timestamptz,                            -- when rules have been quiet long enough to come down
  confirm_by timestamptz,                            -- when an unanswered proposal takes effect, if the plan says so
  last_seq   int         not null,
  last_hash  bytea       not null,
  merged_into uuid
);
create index situation_brand on situation (brand_id, opened_at desc);
create index situation_due on situation (least(cools_at, confirm_by)) where cools_at is not null or confirm_by is not null;

create table situation_signal (                      -- which situation a signal belongs to, and when it was last heard of by our clock
  signal_id    uuid primary key,
  situation_id uuid        not null references situation,
  asked        smallint    not null,                 -- the highest level it proposed
  in_force     smallint    not null,                 -- what it counts for, see Core: StandingSignal
  size         double precision not null,            -- the first of its figures when last written to the timeline
  heard_at     timestamptz not null
);
create index situation_signal_situation on situation_signal (situation_id);

create table timeline_entry (
  situation_id  uuid        not null references situation,
  seq           int         not null,
  at            timestamptz not null,
  who           text        not null,                -- a person's id, or the name of the part that acted
  kind          text        not null,                -- Core: the event's name
  body          jsonb       not null,
  body_text     text        not null,                -- the exact bytes that were hashed
  previous_hash bytea       not null,
  hash          bytea       not null,
  primary key (situation_id, seq)
);
create function timeline_only_grows() returns trigger language plpgsql as
$$ begin raise exception 'the timeline only grows'; end $$;
create trigger timeline_only_grows before update or delete on timeline_entry
  for each row execute function timeline_only_grows();
create trigger timeline_never_emptied before truncate on timeline_entry
  for each statement execute function timeline_only_grows();
