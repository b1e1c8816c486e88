-- Why something that was written cannot go out, as people were told; null: nothing is in its way.
alter table statement add column stuck_because text;                -- account, approvals, rejected
alter table reply_item add column stuck_because text;               -- account
create index reply_item_stuck on reply_item (answer_id) where stuck_because is not null;
