-- Which stretch of event time must be looked at again, what was found, and the topics found in it.
create table detection_due (                         -- written by intake in the transaction that stores the mentions
  id          bigint generated always as identity primary key,
  brand_id    uuid        not null,
  from_minute timestamptz not null,
  to_minute   timestamptz not null,
  accepted_at timestamptz not null
);
create index detection_due_brand on detection_due (brand_id);

create table topic (
  id         uuid primary key,
  brand_id   uuid        not null references brand on delete cascade,
  name       text        not null,
  terms      text[]      not null,
  first_at   timestamptz not null,
  last_at    timestamptz not null,
  merged_into uuid
);
create index topic_brand on topic (brand_id, last_at desc);

create table topic_post (
  topic_id uuid not null references topic on delete cascade,
  post_id  uuid not null,
  primary key (topic_id, post_id)
);
create index topic_post_post on topic_post (post_id);

create table signal (
  id         uuid primary key,
  brand_id   uuid        not null references brand on delete cascade,
  kind       text        not null,                   -- Core: SignalKind
  rule       text        not null,                   -- the rule's name in the plan
  monitor_id uuid,
  topic_id   uuid,
  source_id  uuid,
  level      smallint    not null,
  started_at timestamptz not null,                   -- event time of the first minute of the run
  last_at    timestamptz not null,                   -- event time of its last minute so far
  raised_at  timestamptz not null,                   -- by our clock
  figures    jsonb       not null,
  posts      uuid[]      not null,
  shadow     boolean     not null default false,
  situation_id uuid,
  peak_at    timestamptz not null,                   -- event time of the strongest minute, whose figures these are
  words      text[]      not null default '{}',      -- what its posts have in common, the most telling first
  at_once    boolean     not null default false,     -- a level of 4 or 5 that does not wait for a person
  merged_into uuid                                   -- a late post closed the gap between two signals: they are one
);
create index signal_brand on signal (brand_id, last_at desc);
create table signal_post (                           -- all posts of a signal whose rule looks at posts; those of a count are in signal.posts
  signal_id uuid        not null references signal on delete cascade,
  at        timestamptz not null,
  post_id   uuid        not null,
  core      boolean     not null default false,      -- of a topic: enough people's posts resemble this one
  primary key (signal_id, at, post_id)
);
create index signal_situation on signal (situation_id);
