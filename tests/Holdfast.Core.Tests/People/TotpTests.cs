using System.Text;
using Holdfast.Core.People;

namespace Holdfast.Core.Tests.People;

public sealed class TotpTests
{
    private static readonly byte[] Secret = Encoding.ASCII.GetBytes("12345678901234567890");
    private static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 10, TimeSpan.Zero);

    [Theory] // RFC 6238 appendix B, the last six of its eight digits
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    [InlineData(20000000000, "353130")]
    public void The_codes_are_those_of_the_standard(long second, string code) =>
        Assert.Equal(code, Totp.Code(Secret, Totp.StepAt(DateTimeOffset.FromUnixTimeSeconds(second))));

    [Theory]
    [InlineData(-2, false)]
    [InlineData(-1, true)]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public void A_phone_may_be_half_a_minute_off(int steps, bool accepted) =>
        Assert.Equal(accepted, Totp.Accept(Secret, Totp.Code(Secret, Totp.StepAt(Noon) + steps), null, Noon) is not null);

    [Fact]
    public void A_code_is_good_once_and_so_is_every_older_one()
    {
        var code = Totp.Code(Secret, Totp.StepAt(Noon));
        var used = Totp.Accept(Secret, code, null, Noon);
        Assert.NotNull(used);
        Assert.Null(Totp.Accept(Secret, code, used, Noon));
        Assert.Null(Totp.Accept(Secret, Totp.Code(Secret, used.Value - 1), used, Noon));
        Assert.NotNull(Totp.Accept(Secret, Totp.Code(Secret, used.Value + 1), used, Noon));
    }

    [Theory]
    [InlineData("")]
    [InlineData("12345")]
    [InlineData("1234567")]
    [InlineData("łódź00")]
    [InlineData("000000")]
    public void Anything_else_is_refused(string code) => Assert.Null(Totp.Accept(Secret, code, null, Noon));

    [Theory] // RFC 4648 section 10, without padding
    [InlineData("", "")]
    [InlineData("f", "MY")]
    [InlineData("fo", "MZXQ")]
    [InlineData("foo", "MZXW6")]
    [InlineData("foobar", "MZXW6YTBOI")]
    public void The_secret_is_written_in_base_32(string bytes, string text) =>
        Assert.Equal(text, Totp.ToBase32(Encoding.ASCII.GetBytes(bytes)));
}
