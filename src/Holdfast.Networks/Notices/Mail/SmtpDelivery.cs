using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Text;
using Holdfast.Core.Escalation;

namespace Holdfast.Networks.Notices.Mail;

/// <summary>One delivery from the first packet to the answer after the last dot.</summary>
internal sealed class SmtpDelivery(MailServer server, TimeProvider time, CancellationToken ct) : IAsyncDisposable
{
    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan GreetingLimit = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan CommandLimit = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan EncryptionLimit = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan ContentLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan VerdictLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan GoodbyeLimit = TimeSpan.FromMilliseconds(500);

    private readonly List<SmtpStep> _steps = [];
    private readonly Encryption _encryption = new(server);
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private SmtpConversation? _conversation;
    private SmtpPhase _phase = SmtpPhase.Connect;
    private SmtpOffer _offer = SmtpOffer.None;
    private bool _encrypted;
    private bool _dotSent;

    public IReadOnlyList<SmtpStep> Steps => _steps;

    private SmtpConversation Line => _conversation ?? throw new InvalidOperationException("There is no connection yet.");

    public async Task<Delivery> RunAsync(Envelope envelope)
    {
        await ConnectAsync().ConfigureAwait(false);
        await GreetAsync().ConfigureAwait(false);
        await HelloAsync().ConfigureAwait(false);
        if (server.Security == MailSecurity.StartTls)
        {
            await StartTlsAsync().ConfigureAwait(false);
            await HelloAsync().ConfigureAwait(false);
        }

        if (server.User is { Length: > 0 } user)
        {
            await AuthenticateAsync(user, server.Password ?? "").ConfigureAwait(false);
        }

        await OpenEnvelopeAsync(envelope).ConfigureAwait(false);
        return await SendContentAsync(envelope.Content).ConfigureAwait(false);
    }

    /// <summary>What an exception of the network means, given how far the delivery had come.</summary>
    public Delivery Explain(Exception e)
    {
        var said = e switch
        {
            AuthenticationException or CryptographicException => _encryption.Refusal ?? $"The encryption could not be agreed on: {e.Message}",
            OperationCanceledException => $"{server.Host} did not answer in time.",
            SmtpProtocolException => $"{server.Host}: {e.Message}.",
            SocketException socket => $"{server.Host}:{server.Port} cannot be reached ({socket.SocketErrorCode}).",
            _ => $"The connection to {server.Host} was lost ({e.Message}).",
        };
        Note(false, said);
        if (_dotSent)
        {
            return Delivery.Unknown($"The whole message was sent, but the answer was lost. {said}");
        }

        return e switch
        {
            AuthenticationException or CryptographicException when _encryption.Refusal is not null =>
                Delivery.Rejected(DeliveryFailure.CertificateRefused, false, said),
            AuthenticationException or CryptographicException => Delivery.Rejected(DeliveryFailure.EncryptionFailed, false, said),
            OperationCanceledException => Delivery.Rejected(DeliveryFailure.TimedOut, true, said),
            SmtpProtocolException => Delivery.Rejected(DeliveryFailure.NotUnderstood, false, said),
            SocketException => Delivery.Rejected(DeliveryFailure.Unreachable, true, said),
            _ when _phase == SmtpPhase.Encrypt => Delivery.Rejected(DeliveryFailure.EncryptionFailed, true, said),
            _ => Delivery.Rejected(DeliveryFailure.ConnectionLost, true, said),
        };
    }

    public async ValueTask DisposeAsync()
    {
        if (_conversation is { } line)
        {
            await line.DisposeAsync().ConfigureAwait(false);
        }

        _socket.Dispose();
    }

    private async Task ConnectAsync()
    {
        using var clock = new CancellationTokenSource(ConnectLimit, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(clock.Token, ct);
        await _socket.ConnectAsync(server.Host, server.Port, both.Token).ConfigureAwait(false);
        Note(true, $"connected to {server.Host}:{server.Port}");
        var stream = new NetworkStream(_socket, ownsSocket: false);
        _conversation = new SmtpConversation(stream, time);
        if (server.Security == MailSecurity.Implicit)
        {
            await EncryptAsync().ConfigureAwait(false);
        }
    }

    private async Task EncryptAsync()
    {
        _phase = SmtpPhase.Encrypt;
        using var clock = new CancellationTokenSource(EncryptionLimit, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(clock.Token, ct);
        var encrypted = await _encryption.StartAsync(Line.Bare, both.Token).ConfigureAwait(false);
        Line.Upgrade(encrypted);
        _encrypted = true;
        Note(true, $"{encrypted.SslProtocol}, {encrypted.NegotiatedCipherSuite}");
    }

    private async Task GreetAsync()
    {
        _phase = SmtpPhase.Greeting;
        var reply = await Line.ReadAsync(GreetingLimit, ct).ConfigureAwait(false);
        Expect(reply, 220, DeliveryFailure.Unreachable);
    }

    private async Task HelloAsync()
    {
        _phase = SmtpPhase.Hello;
        var ehlo = await AskAsync($"EHLO {OurName()}\r\n").ConfigureAwait(false);
        if (ehlo.Code == 250)
        {
            Note(true, ehlo.ToString());
            _offer = SmtpOffer.From(ehlo);
            return;
        }

        _offer = SmtpOffer.None;
        Expect(await AskAsync($"HELO {OurName()}\r\n").ConfigureAwait(false), 250, DeliveryFailure.NotUnderstood);
    }

    private async Task StartTlsAsync()
    {
        _phase = SmtpPhase.Encrypt;
        if (!_offer.StartTls)
        {
            Refuse(DeliveryFailure.EncryptionNotOffered, false, "The server does not offer STARTTLS; nothing was sent in the clear.");
        }

        Expect(await AskAsync("STARTTLS\r\n").ConfigureAwait(false), 220, DeliveryFailure.EncryptionFailed);
        await EncryptAsync().ConfigureAwait(false);
    }

    private async Task AuthenticateAsync(string user, string password)
    {
        _phase = SmtpPhase.Authenticate;
        if (!_encrypted && !IsThisMachine)
        {
            Refuse(DeliveryFailure.PasswordNeedsEncryption, false, "A password is not sent over a connection that is not encrypted.");
        }

        SmtpReply reply;
        if (_offer.Authentication.Contains("PLAIN"))
        {
            reply = await AskAsync($"AUTH PLAIN {Base64($"\0{user}\0{password}")}\r\n").ConfigureAwait(false);
        }
        else if (_offer.Authentication.Contains("LOGIN"))
        {
            reply = await AskAsync("AUTH LOGIN\r\n").ConfigureAwait(false);
            reply = reply.Code == 334 ? await AskAsync(Base64(user) + "\r\n").ConfigureAwait(false) : reply;
            reply = reply.Code == 334 ? await AskAsync(Base64(password) + "\r\n").ConfigureAwait(false) : reply;
        }
        else
        {
            Refuse(DeliveryFailure.AuthenticationNotOffered, false, "A user and password are set, but the server offers neither AUTH PLAIN nor LOGIN.");
            return;
        }

        Expect(reply, 235, DeliveryFailure.WrongPassword, reply.Code == 535 ? $"The server refused the user or the password: {reply}" : null);
    }

    private async Task OpenEnvelopeAsync(Envelope envelope)
    {
        _phase = SmtpPhase.Envelope;
        if (envelope.IsInternational && !_offer.International)
        {
            Refuse(DeliveryFailure.BadAddress, false, "An address has letters beyond ASCII before the @, and the server cannot take those.");
        }

        if (_offer.MaxSize is { } max && envelope.Content.Length > max)
        {
            Refuse(DeliveryFailure.TooLarge, false, $"The server takes at most {max} bytes.");
        }

        var from = $"MAIL FROM:<{envelope.From}>{(_offer.HasSize ? $" SIZE={envelope.Content.Length}" : "")}"
            + (envelope.IsInternational ? $"{(_offer.EightBit ? " BODY=8BITMIME" : "")} SMTPUTF8" : "") + "\r\n";
        var to = $"RCPT TO:<{envelope.To}>\r\n";
        if (_offer.Pipelining)
        {
            await OpenPipelinedAsync(from + to + "DATA\r\n").ConfigureAwait(false);
            return;
        }

        Expect(await AskAsync(from).ConfigureAwait(false), 250, DeliveryFailure.SenderRefused);
        Expect(await AskAsync(to).ConfigureAwait(false), 250, DeliveryFailure.RecipientRefused);
        Expect(await AskAsync("DATA\r\n").ConfigureAwait(false), 354, DeliveryFailure.ContentRefused);
    }

    private async Task OpenPipelinedAsync(string commands)
    {
        await Line.SendAsync(commands, CommandLimit, ct).ConfigureAwait(false);
        var from = await Line.ReadAsync(CommandLimit, ct).ConfigureAwait(false);
        var to = await Line.ReadAsync(CommandLimit, ct).ConfigureAwait(false);
        var data = await Line.ReadAsync(CommandLimit, ct).ConfigureAwait(false);
        if (data.Code == 354 && !(from.IsOk && to.IsOk))
        {
            // RFC 2920, 3.1: a server that opened the content in spite of it gets an empty one, for nobody.
            await Line.SendAsync(".\r\n", CommandLimit, ct).ConfigureAwait(false);
        }

        Expect(from, 250, DeliveryFailure.SenderRefused);
        Expect(to, 250, DeliveryFailure.RecipientRefused);
        Expect(data, 354, DeliveryFailure.ContentRefused);
    }

    private async Task<Delivery> SendContentAsync(byte[] content)
    {
        _phase = SmtpPhase.Content;
        await Line.SendAsync(content, ContentLimit, ct).ConfigureAwait(false);
        // From here on the server may have it, whatever we hear.
        _dotSent = true;
        await Line.SendAsync(".\r\n", ContentLimit, ct).ConfigureAwait(false);
        var verdict = await Line.ReadAsync(VerdictLimit, ct).ConfigureAwait(false);
        Expect(verdict, 250, DeliveryFailure.ContentRefused);
        await SayGoodbyeAsync().ConfigureAwait(false);
        return Delivery.Confirmed(verdict.ToString());
    }

    /// <summary>A courtesy: the message is delivered already, and nothing that happens here changes that.</summary>
    private async Task SayGoodbyeAsync()
    {
        try
        {
            await Line.SendAsync("QUIT\r\n", GoodbyeLimit, ct).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // Nothing is lost by it.
        }
    }

    private async Task<SmtpReply> AskAsync(string command)
    {
        await Line.SendAsync(command, CommandLimit, ct).ConfigureAwait(false);
        return await Line.ReadAsync(CommandLimit, ct).ConfigureAwait(false);
    }

    private void Expect(SmtpReply reply, int code, DeliveryFailure otherwise, string? sentence = null)
    {
        if (reply.Code == code || (code == 250 && reply.Code is 251 or 252))
        {
            Note(true, reply.ToString());
            return;
        }

        Refuse(reply.IsTransient ? DeliveryFailure.Busy : otherwise, reply.IsTransient, sentence ?? $"{server.Host} answered: {reply}");
    }

    private void Refuse(DeliveryFailure failure, bool retryable, string sentence)
    {
        Note(false, sentence);
        throw new SmtpRefusedException(Delivery.Rejected(failure, retryable, sentence));
    }

    private void Note(bool succeeded, string said) => _steps.Add(new SmtpStep(_phase, succeeded, said));

    private bool IsThisMachine => _socket.RemoteEndPoint is IPEndPoint { Address: var other } && IPAddress.IsLoopback(other);

    private string OurName() =>
        _socket.LocalEndPoint is IPEndPoint { Address: var own }
            ? own.IsIPv4MappedToIPv6 || own.AddressFamily == AddressFamily.InterNetwork ? $"[{own.MapToIPv4()}]" : $"[IPv6:{own}]"
            : "[127.0.0.1]";

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
