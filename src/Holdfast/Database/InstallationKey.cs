using System.Security.Cryptography;

namespace Holdfast.Database;

/// <summary>
/// 32 random bytes in a file outside the database, so that a copy of the database alone opens nothing. Nodes of one installation
/// share it: copy the file, or point <c>HOLDFAST_KEY_FILE</c> at it.
/// </summary>
internal sealed record InstallationKey(string Path, ReadOnlyMemory<byte> Bytes)
{
    public const string Variable = "HOLDFAST_KEY_FILE";
    private const int Length = 32;

    /// <summary>Tells keys apart without telling the key.</summary>
    public string Fingerprint => Convert.ToHexStringLower(HMACSHA256.HashData(Bytes.Span, "holdfast installation key"u8)[..8]);

    public static InstallationKey Open(DataFolder folder)
    {
        var asked = Environment.GetEnvironmentVariable(Variable);
        var path = string.IsNullOrWhiteSpace(asked) ? folder.InstallationKey : System.IO.Path.GetFullPath(asked);
        try
        {
            if (!File.Exists(path))
            {
                Make(path);
            }

            var bytes = Convert.FromBase64String(File.ReadAllText(path).Trim());
            return bytes.Length == Length ? new InstallationKey(path, bytes) : throw new FormatException($"it holds {bytes.Length} bytes, not {Length}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            throw new DatabaseException($"The installation's key {path} cannot be used: {e.Message} Put back the file from your copy.", e);
        }
    }

    private static void Make(string path)
    {
        var half = $"{path}.{Environment.ProcessId}.new";
        using (var file = new FileStream(half, new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        }))
        {
            file.Write(System.Text.Encoding.ASCII.GetBytes(Convert.ToBase64String(RandomNumberGenerator.GetBytes(Length)) + "\n"));
            file.Flush(flushToDisk: true);
        }

        try
        {
            File.Move(half, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another program made it first; theirs it is.
            File.Delete(half);
        }
    }
}
