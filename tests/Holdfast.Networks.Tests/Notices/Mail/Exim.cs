using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace Holdfast.Networks.Tests.Notices.Mail;

/// <summary>A real exim4, with its own configuration and spool, that delivers into a maildir the tests read.</summary>
public sealed class Exim : IAsyncLifetime
{
    public const string Binary = "/usr/sbin/exim4";
    public const string User = "pager";
    public const string Password = "tajne hasło: 42";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private const UnixFileMode Everyone = (UnixFileMode)0b111_111_111;
    private readonly string _folder = Directory.CreateTempSubdirectory("holdfast-exim-").FullName;
    private Process? _process;

    public static bool IsInstalled => File.Exists(Binary) && Environment.IsPrivilegedProcess;

    public int Port { get; private set; }

    public int TlsPort { get; private set; }

    public string Authority { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        if (!IsInstalled || OperatingSystem.IsWindows())
        {
            return;
        }

        File.SetUnixFileMode(_folder, Everyone);
        foreach (var name in new[] { "spool", "log", "mail", "mail/new", "mail/cur", "mail/tmp" })
        {
            File.SetUnixFileMode(Directory.CreateDirectory(Path.Combine(_folder, name)).FullName, Everyone);
        }

        using var certificate = Certificates.Good("localhost");
        Authority = certificate.ExportCertificatePem();
        await File.WriteAllTextAsync(Path.Combine(_folder, "server.pem"), Authority);
        await File.WriteAllTextAsync(Path.Combine(_folder, "server.key"), certificate.GetRSAPrivateKey()!.ExportPkcs8PrivateKeyPem());
        (Port, TlsPort) = (FreePort(), FreePort());
        var configuration = Path.Combine(_folder, "exim.conf");
        await File.WriteAllTextAsync(configuration, Configuration());
        File.SetUnixFileMode(configuration, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        _process = Process.Start(new ProcessStartInfo(Binary, ["-C", configuration, "-bdf", "-oP", Path.Combine(_folder, "pid")])
        {
            RedirectStandardError = true,
        })!;
        await ListeningAsync();
    }

    /// <summary>The next mail that carries this text, as it lies in the maildir.</summary>
    public async Task<string> ReceiveAsync(string containing)
    {
        var inbox = new DirectoryInfo(Path.Combine(_folder, "mail", "new"));
        using var watcher = new FileSystemWatcher(inbox.FullName) { EnableRaisingEvents = true };
        while (true)
        {
            var change = NextChangeAsync(watcher);
            foreach (var file in inbox.GetFiles())
            {
                var text = await File.ReadAllTextAsync(file.FullName);
                if (text.Contains(containing, StringComparison.Ordinal))
                {
                    return text;
                }
            }

            if (await Task.WhenAny(change, Task.Delay(Patience)) != change)
            {
                throw new TimeoutException("No such mail arrived. exim4 says:\n" + Log);
            }
        }
    }

    public string Log => File.ReadAllText(Path.Combine(_folder, "log", "mainlog"));

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
            _process.Dispose();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private static Task NextChangeAsync(FileSystemWatcher watcher)
    {
        var changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        watcher.Created += (_, _) => changed.TrySetResult();
        watcher.Renamed += (_, _) => changed.TrySetResult();
        return changed.Task;
    }

    private async Task ListeningAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (true)
        {
            try
            {
                using var probe = new TcpClient();
                await probe.ConnectAsync(IPAddress.Loopback, TlsPort, limit.Token);
                return;
            }
            catch (SocketException) when (!_process!.HasExited)
            {
                await Task.Delay(20, limit.Token);
            }
            catch (SocketException)
            {
                throw new InvalidOperationException("exim4 did not start: " + await _process!.StandardError.ReadToEndAsync());
            }
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Passwords are known only over TLS, as a real provider has it; one address is greylisted, one does not exist.</summary>
    private string Configuration() => """
        primary_hostname = localhost
        daemon_smtp_ports = @PORT@ : @TLSPORT@
        tls_on_connect_ports = @TLSPORT@
        local_interfaces = 127.0.0.1
        spool_directory = @FOLDER@/spool
        log_file_path = @FOLDER@/log/%slog
        tls_advertise_hosts = *
        tls_certificate = @FOLDER@/server.pem
        tls_privatekey = @FOLDER@/server.key
        smtputf8_advertise_hosts = *
        message_size_limit = 200K
        never_users =
        host_lookup =
        rfc1413_hosts =
        auth_advertise_hosts = ${if eq{$tls_in_cipher}{}{}{*}}
        acl_smtp_rcpt = rcpt
        acl_smtp_data = data
        begin acl
        rcpt:
          defer local_parts = greylisted
                message = please come back in five minutes
          deny  local_parts = nobody
                message = there is no such person
          deny  local_parts = signed-in-only
                ! authenticated = *
                message = sign in first
          accept
        data:
          deny  condition = ${if match{$h_subject:}{unwanted}}
                message = this is not wanted here
          accept
        begin routers
        all:
          driver = accept
          transport = maildir
        begin transports
        maildir:
          driver = appendfile
          directory = @FOLDER@/mail
          maildir_format
          user = Debian-exim
          delivery_date_add
          envelope_to_add
        begin authenticators
        plain:
          driver = plaintext
          public_name = PLAIN
          server_prompts = :
          server_condition = ${if and{{eq{$auth2}{@USER@}}{eq{$auth3}{@PASSWORD@}}}}
          server_set_id = $auth2
        login:
          driver = plaintext
          public_name = LOGIN
          server_prompts = User : Password
          server_condition = ${if and{{eq{$auth1}{@USER@}}{eq{$auth2}{@PASSWORD@}}}}
          server_set_id = $auth1

        """
        .Replace("@FOLDER@", _folder, StringComparison.Ordinal)
        .Replace("@PORT@", $"{Port}", StringComparison.Ordinal)
        .Replace("@TLSPORT@", $"{TlsPort}", StringComparison.Ordinal)
        .Replace("@USER@", User, StringComparison.Ordinal)
        .Replace("@PASSWORD@", Password, StringComparison.Ordinal);
}
