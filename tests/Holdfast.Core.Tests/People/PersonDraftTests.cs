using Holdfast.Core.People;

namespace Holdfast.Core.Tests.People;

public sealed class PersonDraftTests
{
    [Theory]
    [InlineData("ania@example.org")]
    [InlineData("a+b.c@xn--d-0ga.example")]
    [InlineData("root@localhost")]
    [InlineData("zażółć@gęślą.example")]
    public void A_mail_address_is_taken(string mail) =>
        Assert.True(PersonDraft.Check("Ania", mail, "pl", "Europe/Warsaw").Succeeded(out _));

    [Theory]
    [InlineData("")]
    [InlineData("@example.org")]
    [InlineData("ania@")]
    [InlineData("ania")]
    [InlineData("a@b@c")]
    [InlineData("a b@example.org")]
    [InlineData("a@example.org\r\nBcc: b@example.org")]
    [InlineData("<a@example.org>")]
    [InlineData("a@example..org")]
    public void Anything_else_is_refused_at_its_field(string mail)
    {
        var refusal = Assert.Single(PersonDraft.Check("Ania", mail, "en", "UTC").Refusals);
        Assert.Equal(("person.mail", "mail"), (refusal.Code, refusal.Property));
    }

    [Fact]
    public void All_that_is_wrong_is_said_at_once() =>
        Assert.Equal(["name", "mail", "language", "timeZone"], PersonDraft.Check(" ", "x", "de", "Mars/Base").Refusals.Select(r => r.Property));
}
