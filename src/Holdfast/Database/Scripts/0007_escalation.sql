-- Who is paged, by which way, when, and what became of it.
create table page (                                  -- one run of an escalation policy for a situation; it grows, it is not repeated
  id           uuid primary key,
  situation_id uuid        not null references situation,
  level        smallint    not null,
  to_confirm   boolean     not null default false,   -- the level is only proposed
  policy       jsonb       not null,                 -- Core: PagePlan; the policy and the people it names, as they were when it began
  state        text        not null,                 -- Running, Acknowledged, Exhausted, Void
  step         int         not null,
  round        int         not null,
  step_due_at  timestamptz,
  started_at   timestamptz not null,
  fresh_at     timestamptz not null,                 -- event time of the newest thing it is about
  owner        uuid,
  acknowledged_at timestamptz,
  lapses_at    timestamptz,
  signals      int         not null default 1,       -- how much this page has grown
  unreachable  boolean     not null default false,   -- a whole round reached nobody: the red banner
  void_reason  text
);
create index page_due on page (step_due_at) where state = 'Running';
create index page_lapse on page (lapses_at) where state = 'Acknowledged';
create index page_situation on page (situation_id);
create unique index page_running on page (situation_id) where state = 'Running';

create table attempt (                               -- an outgoing act: intent, claimed, confirmed, rejected or unknown
  id           uuid primary key,
  page_id      uuid        references page,          -- null: Holdfast itself is not well
  person_id    uuid        not null,
  cause        text        not null,                 -- Core: AttemptCause
  note         text,                                 -- what is not well
  way          text        not null,                 -- Mail, Outbox
  address      text        not null,
  step         int         not null,
  round        int         not null,
  due_at       timestamptz not null,
  state        text        not null,                 -- Intent, Claimed, Confirmed, Rejected, Unknown, Void
  message_id   text,                                 -- of the latest try
  claimed_at   timestamptz,
  lease_until  timestamptz,
  fence        bigint      not null default 0,
  tries        int         not null default 0,
  ended_at     timestamptz,
  outcome      text,                                 -- why it was rejected, or what is unknown
  possible_repeat boolean  not null default false
);
create index attempt_due on attempt (due_at) where state in ('Intent', 'Claimed');
create index attempt_page on attempt (page_id);

create table acknowledgement_link (
  token_hash bytea primary key,
  page_id    uuid        not null references page,
  person_id  uuid        not null,
  expires_at timestamptz not null,
  used_at    timestamptz
);

create table outbox (                                -- where mail goes in the demo and where no mail server is set
  id       uuid primary key,
  at       timestamptz not null,
  to_address text      not null,
  subject  text        not null,
  body     text        not null,
  message_id text      not null
);

create table worker (                                -- a sign of life of each worker of each node
  node    text        not null,
  name    text        not null,
  seen_at timestamptz not null,
  primary key (node, name)
);
