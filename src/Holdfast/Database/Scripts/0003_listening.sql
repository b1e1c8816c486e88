-- What is listened to, what was heard, and what could not be read.
create table source (
  id           uuid primary key,
  name         text        not null,
  kind         text        not null,                 -- Webhook, File, Hand
  network      text        not null,
  secret       bytea,                                -- sealed; a webhook's signing key
  expected_within interval,                          -- silence longer than this is Blind; null: the norm is learnt
  created_at   timestamptz not null,
  retired_at   timestamptz,
  last_post_at timestamptz,                          -- by our clock: when something last arrived
  last_error   text,
  last_error_at timestamptz,
  accepted     bigint      not null default 0,
  duplicate    bigint      not null default 0,
  unmatched    bigint      not null default 0,
  rejected     bigint      not null default 0
);
create unique index source_name on source (lower(name)) where retired_at is null;

create table source_brand (
  source_id uuid not null references source on delete cascade,
  brand_id  uuid not null references brand on delete cascade,
  primary key (source_id, brand_id)
);

create table source_hour (                            -- what arrived from a source in each hour of our clock: its norm is learnt from here
  source_id uuid        not null references source on delete cascade,
  hour      timestamptz not null,
  arrived   bigint      not null,
  primary key (source_id, hour)
);

create table webhook_delivery (                       -- ids seen within the replay window, so that a delivery counts once
  source_id   uuid        not null references source on delete cascade,
  delivery_id text        not null,
  at          timestamptz not null,
  primary key (source_id, delivery_id)
);
create index webhook_delivery_at on webhook_delivery (at);

create table monitor (
  id         uuid primary key,
  brand_id   uuid        not null references brand on delete cascade,
  name       text        not null,
  query      text        not null,
  created_at timestamptz not null,
  retired_at timestamptz
);
create index monitor_brand on monitor (brand_id);

create table post (
  id          uuid primary key,
  network     text        not null,
  network_id  text        not null,
  author_id   text        not null,
  handle      text        not null,
  author_name text,
  followers   bigint,
  verified    boolean     not null default false,
  voice       smallint    not null default 0,        -- Core: Voice
  text        text        not null,
  language    text,                                  -- as the network declares it
  url         text,
  reply_to    text,
  repost_of   text,
  quote_of    text,
  at          timestamptz not null,                  -- event time: the post's own
  received_at timestamptz not null,
  source_id   uuid,
  edited_at   timestamptz,
  deleted_at  timestamptz,
  search      tsvector    not null,
  unique (network, network_id)
);
create index post_at on post (at desc, id);
create index post_search on post using gin (search);

create table post_edit (                             -- the earlier text of an edited post
  post_id  uuid        not null references post on delete cascade,
  seen_at  timestamptz not null,
  text     text        not null,
  primary key (post_id, seen_at)
);

create table mention (                               -- a post as it was read for a brand
  brand_id   uuid        not null references brand on delete cascade,
  post_id    uuid        not null references post on delete cascade,
  monitors   uuid[]      not null,
  at         timestamptz not null,
  network    text        not null,
  author     text        not null,                   -- network and author id: one person on one network
  reach      bigint      not null,
  language   text        not null,
  sentiment  real        not null,
  class      smallint    not null,                   -- -1 negative, 0 neutral, 1 positive
  intent     smallint    not null,                   -- Core: Intent
  risk       smallint    not null default 0,         -- 0, 4 or 5; only what is credible
  risk_words text[]      not null default '{}',
  about      boolean     not null default true,
  voice      smallint    not null default 0,
  copy_key   bigint      not null,                   -- Core: Duplicates.Key; same text after folding
  spreads    boolean     not null default false,     -- a repost or copy: counts for spread, not as a new complaint
  counted_negative boolean not null default false,   -- it is in the pulse's negative; a later edit does not change that
  corrected_by uuid,
  primary key (brand_id, post_id)
);
create index mention_at on mention (brand_id, at desc, post_id);
create index mention_copy on mention (brand_id, copy_key) where not spreads and copy_key <> 0;  -- at most one: the original

create table correction (                            -- a reading corrected by hand, beside what it replaced: training data
  id         uuid primary key,
  brand_id   uuid        not null,
  post_id    uuid        not null,
  at         timestamptz not null,
  person_id  uuid        not null,
  before     jsonb       not null,
  after      jsonb       not null,
  foreign key (brand_id, post_id) references mention on delete cascade
);
create index correction_mention on correction (brand_id, post_id);

create table pulse (                                 -- counts per monitor, network and minute of event time
  monitor_id uuid        not null references monitor on delete cascade,
  minute     timestamptz not null,
  network    text        not null,
  mentions   int         not null,
  negative   int         not null,
  reach      bigint      not null,
  authors          int[] not null,                   -- hashes of distinct authors, so that minutes can be joined exactly
  negative_authors int[] not null,
  primary key (monitor_id, minute, network)
);

create table parked (                                -- what could not be read, whole, with the reason
  id        uuid primary key,
  source_id uuid        not null,
  origin    text        not null,                    -- file name or delivery id
  line      bigint,
  raw       bytea       not null,
  reason    text        not null,
  at        timestamptz not null
);
create index parked_source on parked (source_id, id);
