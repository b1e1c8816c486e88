using Holdfast.Core;

namespace Holdfast.People;

/// <summary>What this feature refuses, each with its stable code.</summary>
internal static class Refusals
{
    public static readonly Refusal AlreadyBegun = new("person.already-begun", "This installation already has an administrator. Sign in instead.");
    public static readonly Refusal WrongSetupCode = new("person.setup-code", "That is not the code the server printed when it started.", "setupCode");
    public static readonly Refusal MailTaken = new("person.mail-taken", "Somebody here already has this mail address.", "mail");
    public static readonly Refusal InvitationSpent = new("person.invitation-spent", "This invitation was used or has expired. Ask for a new one.");
    public static readonly Refusal WeakPassword = new("person.password", "Use at least 12 characters. A sentence is fine.", "password");
    public static readonly Refusal WrongCode = new("person.code", "That code is not right, or was used already. Wait for the next one.", "code");
    public static readonly Refusal WrongPassword = new("person.sign-in", "This mail address and password do not go together.", "password");
    public static readonly Refusal Locked = new("person.locked", "Too many attempts. Wait 15 minutes, or use a passkey.", "password");
    public static readonly Refusal WrongPasskey = new("person.passkey", "This passkey is not known here.");
    public static readonly Refusal LastAdministrator = new("person.last-administrator", "Somebody must stay administrator. Make another one first.");
}
