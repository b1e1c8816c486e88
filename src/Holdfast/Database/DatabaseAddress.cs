using Npgsql;

namespace Holdfast.Database;

/// <summary>What stands in <c>HOLDFAST_DATABASE</c>: Npgsql's <c>Host=…;Database=…</c>, or the <c>postgres://</c> form that hosters give.</summary>
internal static class DatabaseAddress
{
    public const string Variable = "HOLDFAST_DATABASE";

    public static string? FromEnvironment() =>
        Environment.GetEnvironmentVariable(Variable) is { } text && !string.IsNullOrWhiteSpace(text) ? Read(text.Trim()) : null;

    public static string Read(string text)
    {
        try
        {
            var builder = Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "postgres" or "postgresql"
                ? FromUri(uri!)
                : new NpgsqlConnectionStringBuilder(text);
            if (string.IsNullOrEmpty(builder.Host))
            {
                throw new ArgumentException("no host is named");
            }

            return builder.ConnectionString;
        }
        catch (Exception e) when (e is ArgumentException or FormatException or KeyNotFoundException)
        {
            // The text may hold a password and is not repeated.
            throw new DatabaseException(
                $"{Variable} cannot be read ({e.Message}). Write it as Host=…;Database=…;Username=…;Password=… or postgres://user:password@host/database.");
        }
    }

    private static NpgsqlConnectionStringBuilder FromUri(Uri uri)
    {
        var builder = new NpgsqlConnectionStringBuilder
        {
            Host = Uri.UnescapeDataString(uri.Host),
            Port = uri.Port > 0 ? uri.Port : 5432,
            Database = Uri.UnescapeDataString(uri.AbsolutePath.Trim('/')),
        };
        var user = uri.UserInfo.Split(':', 2);
        if (user[0].Length > 0)
        {
            builder.Username = Uri.UnescapeDataString(user[0]);
        }

        if (user.Length == 2)
        {
            builder.Password = Uri.UnescapeDataString(user[1]);
        }

        foreach (var pair in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Select(p => p.Split('=', 2)))
        {
            var (name, value) = (Uri.UnescapeDataString(pair[0]), Uri.UnescapeDataString(pair.ElementAtOrDefault(1) ?? ""));
            builder[name == "sslmode" ? "SSL Mode" : name] = name == "sslmode" ? value.Replace("-", "", StringComparison.Ordinal) : value;
        }

        return builder;
    }
}
