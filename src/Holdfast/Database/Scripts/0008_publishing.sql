-- Accounts on networks, what is to be published on them, and what holds it back.
create table account (
  id           uuid primary key,
  brand_id     uuid        not null references brand on delete cascade,
  network      text        not null,
  server       text        not null,                 -- origin
  network_id   text        not null,                 -- who it is for ever; connected again it is this row again
  handle       text        not null,
  name         text,
  secret       bytea       not null,                 -- sealed with the installation's key
  limits       jsonb       not null,                 -- Networks: NetworkLimits, as last read from the server
  state        text        not null,                 -- Core: AccountState
  state_note   text,
  needs_approval boolean   not null default false,   -- a second person reads what goes out here
  connected_at timestamptz not null,
  unique (network, server, network_id)
);
create index account_brand on account (brand_id);

create table media (
  id         uuid primary key,
  brand_id   uuid        not null references brand on delete cascade,
  type       text        not null,
  bytes      bytea       not null,
  width      int,
  height     int,
  added_at   timestamptz not null,
  added_by   uuid
);

create table scheduled_post (                        -- one account's version; those written together share a set
  id           uuid primary key,
  set_id       uuid        not null,
  account_id   uuid        not null references account,
  brand_id     uuid        not null references brand on delete cascade,
  network      text        not null,
  purpose      text        not null,                 -- Core: PostPurpose
  situation_id uuid        references situation,
  statement_id uuid,                                 -- what it is a version of; see 0010
  text         text        not null,
  language     text,
  media        jsonb       not null default '[]',    -- Core: MediaItem
  options      jsonb       not null default '{}',    -- Networks: PostOptions
  reply_to     jsonb,                                -- Core: PostReference
  state        text        not null,                 -- Core: PostState
  held_because text,                                 -- Core: HeldBecause
  freeze_id    uuid,                                 -- which freeze holds it, or held it last
  due_at       timestamptz,
  not_before   timestamptz,                          -- a retry waits
  needs_approval boolean   not null default false,
  approved     boolean     not null default false,   -- these very words
  let_through_by     uuid,                           -- passes the freezes up to that epoch; Core: LetThrough
  let_through_reason text,
  let_through_epoch  bigint,
  key          text        not null unique,          -- ours on the network, the same over all tries
  fence        bigint      not null default 0,
  claimed_by   text,
  claimed_at   timestamptz,
  lease_until  timestamptz,
  departed_at  timestamptz,                          -- the first byte may have left in this claim
  first_departed_at timestamptz,                     -- of all claims: the time that the record bears
  tries        int         not null default 0,
  sent_at      timestamptz,
  network_ref  jsonb,                                -- Core: PostReference, once it is there
  outcome      text,
  asked_at     timestamptz,                          -- when the network was last asked for an Unknown one
  created_by   uuid,
  written_by   uuid,                                 -- who wrote these words last: never the one who approves them
  created_at   timestamptz not null,
  changed_at   timestamptz not null
);
create index scheduled_post_due on scheduled_post (due_at) where state = 'Scheduled';
create index scheduled_post_open on scheduled_post (state, lease_until) where state in ('Sending', 'Unknown');
create index scheduled_post_calendar on scheduled_post (brand_id, due_at);
create index scheduled_post_set on scheduled_post (set_id);

create table post_approval (                         -- bound to the exact words, pictures and account
  id        uuid primary key,
  post_id   uuid        not null references scheduled_post on delete cascade,
  person_id uuid        not null,
  content   bytea       not null,                    -- SHA-256 of all that the network would see
  approved  boolean     not null,
  reason    text,
  at        timestamptz not null
);
create index post_approval_post on post_approval (post_id);

create table "freeze" (
  id           uuid primary key,
  epoch        bigint      not null unique,          -- the how-manieth
  scope_brand  uuid        references brand on delete cascade,  -- Core: FreezeScope; all three null: everything
  scope_network text,
  scope_account uuid       references account,
  reason       text        not null,
  level        smallint,
  situation_id uuid        references situation,
  placed_by    text        not null,                 -- Core: Actor
  placed_at    timestamptz not null,
  answered_at  timestamptz,
  lift_asked_by text,                                -- the first of two; Core: Actor
  lift_reason  text,
  lifted_by    text,
  lifted_at    timestamptz
);
create index freeze_in_force on "freeze" (epoch) where lifted_at is null;

create table freeze_post (                           -- what a freeze found in its scope
  freeze_id  uuid        not null references "freeze" on delete cascade,
  post_id    uuid        not null references scheduled_post on delete cascade,
  found      text        not null,                   -- Held, HeldBefore, InFlight, Unknown
  primary key (freeze_id, post_id)
);
create index freeze_post_post on freeze_post (post_id);

create table certificate_key (                       -- ECDSA P-256, sealed with the installation's key
  one        boolean primary key default true check (one),
  sealed_key bytea   not null
);

-- One row: how many freezes there have been. Who departs or puts a post on its way shares the gate's lock (an advisory lock,
-- taken first), who freezes takes it alone: between the two there is an order, always. See docs/design/freeze.md.
create table freeze_gate (
  one   boolean primary key default true check (one),
  epoch bigint  not null default 0
);
insert into freeze_gate default values;

create table network_scheduled (                     -- found on a network's own scheduler during a freeze
  id         uuid primary key,
  freeze_id  uuid        not null references "freeze",
  account_id uuid        not null references account,
  network_key text       not null,
  due_at     timestamptz not null,
  text       text        not null,
  body       jsonb       not null,                   -- the network's own, so that all of it can be put back
  state      text        not null,                   -- Found, Withdrawn, PutBack, Failed, Left
  note       text,
  changed_at timestamptz not null,
  unique (freeze_id, account_id, network_key)
);

-- What became of a post, whoever did it: written by the row itself, so that no part of the program can forget to. Who acts says so
-- for its transaction: set_config('holdfast.person', <id>, true).
create table post_change (
  id         bigint generated always as identity primary key,
  post_id    uuid        not null references scheduled_post on delete cascade,
  at         timestamptz not null,
  by_person  uuid,
  state      text        not null,
  held_because text,
  due_at     timestamptz,
  words      boolean     not null                    -- the words, pictures or options are others than before
);
create index post_change_post on post_change (post_id, id);

create function note_post_change() returns trigger language plpgsql as $$
begin
  insert into post_change (post_id, at, by_person, state, held_because, due_at, words)
  values (new.id, new.changed_at, nullif(current_setting('holdfast.person', true), '')::uuid, new.state, new.held_because, new.due_at,
    tg_op = 'INSERT' or (old.text, old.language, old.media, old.options) is distinct from (new.text, new.language, new.media, new.options));
  return null;
end $$;

create trigger scheduled_post_made after insert on scheduled_post for each row execute function note_post_change();
create trigger scheduled_post_changed after update on scheduled_post for each row
  when ((old.state, old.held_because, old.due_at, old.text, old.language, old.media, old.options)
    is distinct from (new.state, new.held_because, new.due_at, new.text, new.language, new.media, new.options))
  execute function note_post_change();

create table plan_file (                             -- months' plans that were taken in, so that the same file twice is noticed
  id       uuid primary key,
  brand_id uuid        not null references brand on delete cascade,
  sha256   bytea       not null,
  name     text        not null,
  posts    int         not null,
  taken_at timestamptz not null,
  taken_by uuid
);
create index plan_file_same on plan_file (brand_id, sha256);

-- Sources that are listened to on a network: a stream, or a list that is asked again and again.
create table network_source (
  source_id  uuid primary key references source on delete cascade,
  kind       text        not null,                   -- Listening: NetworkKind
  server     text        not null,                   -- origin of the stream or of the account's server
  account_id uuid        references account on delete cascade,  -- whose; null: what is public
  tag        text,
  cursor     text,                                   -- the network's own; stored after the posts before it are
  heard_at   timestamptz                             -- by our clock: the last sign of life, a post or not
);
create index network_source_account on network_source (account_id);

create table network_look (                          -- whether an account's scheduler on the network itself was emptied for a freeze
  freeze_id  uuid        not null references "freeze" on delete cascade,
  account_id uuid        not null references account on delete cascade,
  state      text        not null,                   -- Core: CertifiedScheduler
  note       text,
  looked_at  timestamptz not null,
  primary key (freeze_id, account_id)
);
