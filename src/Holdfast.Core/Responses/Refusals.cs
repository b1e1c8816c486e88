namespace Holdfast.Core.Responses;

/// <summary>Every expected refusal of this feature. The codes are stable; pages translate by them.</summary>
public static class Refusals
{
    public static Refusal NotFound { get; } = new("statement.not-found", "There is no such statement.");

    public static Refusal Ended(StatementState state) => new("statement.ended", $"The statement is {state}; it cannot be changed any more.");

    public static Refusal NoVersion { get; } = new("statement.no-text", "Write the text first.", "text");

    public static Refusal TextTooLong { get; } = new("statement.too-long", "At most 20,000 characters fit here.", "text");

    public static Refusal EmptyField(string field) => new("statement.empty-field", $"Fill in {{{field}}} first.", "text");

    public static Refusal NoSituation { get; } = new("statement.no-situation", "A prepared text is published from a situation: take it there first.");

    public static Refusal NotApproved { get; } = new("statement.not-approved", "These words are not approved yet.");

    public static Refusal SaidNo { get; } = new("statement.said-no", "Somebody said no to these words. Change them and ask again.");

    public static Refusal NotInReview { get; } = new("statement.not-in-review", "Nobody is asked to approve it now.");

    public static Refusal ApprovedAlready { get; } = new("statement.approved-already", "It is approved already; just publish it.");

    public static Refusal OwnWords { get; } = new("statement.own-words", "Who wrote it cannot approve it.");

    public static Refusal NotAsked { get; } = new("statement.not-asked", "Your approval is not asked for this statement.");

    public static Refusal NotYourDuty { get; } = new("statement.not-your-duty", "Only who holds this duty, or who commands, may ask somebody outside to speak for it.", "duty");

    public static Refusal OtherWords { get; } = new("statement.other-words", "The words were changed meanwhile. Read them again before you decide.");

    public static Refusal AskExpired { get; } = new("statement.ask-expired", "The time to answer is over; the author must ask again.");

    public static Refusal GlassOnlyInReview { get; } = new("statement.glass", "Only a statement of a situation that waits for approval can go out without it.");

    public static Refusal Reason(string property) => new("response.reason", "Say why, in a few words.", property);

    public static Refusal ReplyNotFound { get; } = new("reply.not-found", "There is no such post to answer.");

    public static Refusal ReplyTaken { get; } = new("reply.is-taken", "Someone else is answering this one.");

    public static Refusal ReplyOver { get; } = new("reply.answered-already", "It is answered already.");

    public static Refusal ReplyText { get; } = new("reply.no-text", "Write the answer first.", "text");

    public static Refusal ReplyTooLong(int over) => new("reply.too-long", $"Too long by {over}, as the network counts.", "text");

    public static Refusal NoAccount { get; } = new("reply.no-account", "No account of the brand is connected on that network. Answer there, then say that it is answered elsewhere.", "account");

    public static Refusal SnoozeTime { get; } = new("reply.snooze", "Choose for how long.", "minutes");

    public static Refusal LinkGone { get; } = new("link.gone", "This link was used already, or its time is over.");

    public static Refusal GuestName { get; } = new("statement.guest-name", "Write who is asked, and a mail address.", "name");

    public static Refusal GuestInside { get; } = new("statement.guest-inside", "That is the address of somebody who signs in here. Approvals of their own are theirs to give, signed in.", "mail");

    public static Refusal NotHeard { get; } = new("origin.not-heard", "No mention of the brand in the last 30 days has this address.", "link");

    public static Refusal SecondPerson { get; } = new("deletion.second-person", "A second person must decide on it.");

    public static Refusal DeletionAsked { get; } = new("deletion.asked-already", "Somebody has asked for that already.");

    public static Refusal DeletionOver { get; } = new("deletion.decided-already", "It is decided already.");
}
