-- People, how they sign in, what they may do, and who did what.
create table person (
  id            uuid primary key,
  name          text        not null,
  mail          text        not null,
  phone         text,
  language      text        not null default 'en',   -- of the interface: en or pl
  time_zone     text        not null default 'UTC',
  permission    text        not null,                -- Read, Respond, Command, Administer: each includes the ones before
  password_hash text,
  totp_secret   bytea,                               -- sealed with the installation's key, never in clear
  totp_last_step bigint,                             -- a code is good once
  recovery_codes text[]     not null default '{}',   -- hashes; a used one is removed
  failed_sign_ins int       not null default 0,
  locked_until  timestamptz,
  security_stamp text       not null,
  created_at    timestamptz not null,
  left_at       timestamptz
);
create unique index person_mail on person (lower(mail)) where left_at is null;

create table passkey (
  credential_id bytea primary key,
  person_id     uuid        not null references person on delete cascade,
  name          text        not null,
  body          jsonb       not null,
  created_at    timestamptz not null,
  used_at       timestamptz
);

create table session (
  id         uuid primary key,
  person_id  uuid        not null references person on delete cascade,
  created_at timestamptz not null,
  seen_at    timestamptz not null,
  device     text        not null,
  ended_at   timestamptz
);

create table invitation (                            -- good once; the holder sets their own proof of identity
  token_hash bytea primary key,
  person_id  uuid        not null references person on delete cascade,
  expires_at timestamptz not null,
  used_at    timestamptz
);

create table audit_entry (
  id        uuid primary key,
  at        timestamptz not null,
  person_id uuid,
  act       text        not null,
  subject   text        not null
);

-- Settings of the installation, and its keys sealed for the data protection of cookies and links.
create table setting (
  name  text  primary key,
  value jsonb not null
);
create table protection_key (
  id  text primary key,
  xml text not null
);
